"""Parsing of Daily Papers: the day of a listing, which both formats need, and the answers of the API."""
