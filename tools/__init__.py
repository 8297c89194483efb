"""Generators of documentation and metadata, for developers; no part of the wheel."""
