"""Export a database: whole copies, tables and queries as files, bibliographies, calendars and feeds.

`bibtex`, `calendars` and `feeds` are pure: rows in, text out. The site builds its downloads with them.
"""
