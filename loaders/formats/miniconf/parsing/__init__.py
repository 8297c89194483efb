"""Parsing of Mini-Conf files: their tables in three notations, the declared rows, calendars and papers."""
