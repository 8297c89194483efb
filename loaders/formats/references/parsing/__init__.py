"""Parsing of references: what every export states, and how each writes it."""
