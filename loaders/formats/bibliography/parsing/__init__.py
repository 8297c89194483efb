"""Parsing of BibTeX: entries, the values of their fields, and the papers they become."""

TYPES = (
    "article|inproceedings|conference|incollection|inbook|book|booklet|misc|techreport|report|unpublished|phdthesis|"
    "mastersthesis|thesis|online|electronic|www|manual|proceedings|collection|periodical|dataset|software"
)
"""The types of entries that reference managers write."""
