"""Bibliographies, whoever wrote them."""
