"""What has to be derived again."""

from typing import NamedTuple


class Touched(NamedTuple):
    """Rows of which statements or corrections came or went, by id."""

    papers: set[int]
    sessions: set[int]
    listings: set[int]
    authors: set[int]
    repositories: set[int]
