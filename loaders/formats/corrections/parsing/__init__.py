"""Parsing of corrections: the entries of a document, their subjects, their fields, and statements of identity."""

from programme.loaders.formats.corrections.parsing.entries import records

__all__ = ["records"]
