"""The SQL of the site, as `python -m tools.generate` renders it from `programme/site/sql`."""

from pathlib import Path

from programme.queries.sql import rendered

_FOLDER = Path(__file__).parents[1] / "sql"


def sql_of(name: str) -> str:
    """Return the SQL of a file in `programme/site/sql`, such as `slots/counts`; its parameters are named."""
    return rendered(_FOLDER, "sqlite", name)
