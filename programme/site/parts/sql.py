"""SQL that several pages share, to be put into f-strings; `paper_id` is the SQL of the id of a paper."""

from programme.queries.macros import expand

NEWEST_LISTINGS_FIRST = """
    listings.listed_on DESC NULLS LAST, listings.listed_month DESC NULLS LAST, listings.listed_day DESC NULLS LAST,
    listings.key
"""


def has_code(paper_id: str) -> str:
    """Return a condition: the paper states a repository of its own.

    >>> has_code("slots.paper_id")
    "EXISTS (SELECT 1 FROM repo_links WHERE repo_links.paper_id = slots.paper_id AND repo_links.role = 'own')"
    """
    return expand(f"has_code({paper_id})")


def code_url(paper_id: str) -> str:
    """Return an expression: the URL of a paper's own repository, of several the first in alphabetical order."""
    return expand(f"code_of({paper_id})")
