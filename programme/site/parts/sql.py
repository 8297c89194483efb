"""SQL that several pages share, to be put into f-strings; `paper_id` is the SQL of the id of a paper."""

NEWEST_LISTINGS_FIRST = """
    listings.listed_on DESC NULLS LAST, listings.listed_month DESC NULLS LAST, listings.listed_day DESC NULLS LAST,
    listings.key
"""


def has_code(paper_id: str) -> str:
    """Return a condition: the paper states a repository of its own.

    >>> has_code("slots.paper_id")
    "EXISTS (SELECT 1 FROM repo_links WHERE repo_links.paper_id = slots.paper_id AND repo_links.role = 'own')"
    """
    return f"EXISTS (SELECT 1 FROM repo_links WHERE repo_links.paper_id = {paper_id} AND repo_links.role = 'own')"


def code_url(paper_id: str) -> str:
    """Return an expression: the URL of a paper's own repository, of several the first in alphabetical order."""
    return f"""(
        SELECT min(repositories.url)
        FROM repo_links
        JOIN repositories ON repositories.id = repo_links.repository_id
        WHERE repo_links.paper_id = {paper_id} AND repo_links.role = 'own'
    )"""
