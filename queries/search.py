"""Full-text search over titles and abstracts, and the views: their DDL for each engine.

`execute` is any function that runs one statement as the driver takes it. No statement contains `%`, or `?`
outside a literal, which a driver would take for a parameter.

A search is split at white space. Each piece, and each text between double quotes, is a phrase of letters and digits,
compared without regard to case or to accents on Latin letters; every phrase must occur in the title or in the abstract.
SQLite's FTS5 works like this already. PostgreSQL and DuckDB get functions that do the same, and a test compares them.
"""

from collections.abc import Callable
from typing import Any

from programme.letters import plain_name_sql
from programme.queries import render, views

Execute = Callable[[str], Any]

_CREATE_SQLITE = (
    """CREATE VIRTUAL TABLE papers_fts USING fts5(
    title, abstract, content='papers', content_rowid='id', tokenize='unicode61 remove_diacritics 2')""",
    "INSERT INTO papers_fts(papers_fts) VALUES ('rebuild')",
    "CREATE VIRTUAL TABLE papers_fts_words USING fts5vocab(papers_fts, col)",
)
_DROP_SQLITE = ("DROP TABLE IF EXISTS papers_fts_words", "DROP TABLE IF EXISTS papers_fts")

# Drops marks after Latin letters only: in other scripts they make a different letter.
_WITHOUT_ACCENTS = "normalize(regexp_replace(normalize(words, NFD), '([A-Za-z])[\\u0300-\\u036F]+', '\\1', 'g'), NFC)"
_GLUE = "-+./@_:&<>~"
"""Characters that PostgreSQL's parser takes for part of a number, an e-mail address, a file name or a tag."""


def _without_glue(expression: str) -> str:
    """Return an expression with spaces for these characters, so that `state-of-the-art` is four words as in FTS5."""
    for character in _GLUE:
        expression = f"replace({expression}, '{character}', ' ')"
    return expression


_CREATE_POSTGRESQL = (
    # `normalize` is slow, and most texts are ASCII.
    f"""CREATE FUNCTION search_text(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN octet_length(words) = length(words) THEN {_without_glue("words")}
            ELSE {_without_glue(_WITHOUT_ACCENTS)} END""",
    # The lone bar keeps a phrase from running from the title into the abstract. A tsvector holds at most 1 MB.
    """CREATE FUNCTION search_vector(title text, abstract text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('simple', search_text(left(title, 50000))) || CAST('|:1' AS tsvector)
    || to_tsvector('simple', search_text(left(coalesce(abstract, ''), 200000)))""",
    r"""CREATE FUNCTION search_query(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT CAST(string_agg(CAST(phrase AS text), ' & ') AS tsquery)
    FROM regexp_matches(words, '("[^"]*("|$)|[^\s"]+)', 'g') AS piece(part),
        LATERAL (SELECT phraseto_tsquery('simple', search_text(part[1])) AS phrase) AS phrases
    WHERE numnode(phrase) > 0)""",
    f"""CREATE FUNCTION plain_name(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN {plain_name_sql("normalize(words, NFC)")}""",
    "CREATE INDEX papers_search ON papers USING gin (search_vector(title, abstract))",
)
_DROP_POSTGRESQL = (
    "DROP INDEX IF EXISTS papers_search",
    "DROP FUNCTION IF EXISTS plain_name(text)",
    "DROP FUNCTION IF EXISTS search_query(text)",
    "DROP FUNCTION IF EXISTS search_vector(text, text)",
    "DROP FUNCTION IF EXISTS search_text(text)",
)


def create_search(execute: Execute, engine: str) -> None:
    """Create the full-text index over the papers in the database."""
    for statement in _CREATE_SQLITE if engine == "sqlite" else _CREATE_POSTGRESQL:
        execute(statement)


def drop_search(execute: Execute, engine: str) -> None:
    """Drop the full-text index, if there is one."""
    for statement in _DROP_SQLITE if engine == "sqlite" else _DROP_POSTGRESQL:
        execute(statement)


def create_views(execute: Execute, engine: str) -> None:
    """Create a view for every curated query without parameters; for DuckDB, `programme.queries.duckdb` does."""
    for query in views():
        execute(f"CREATE VIEW {query.name} AS\n{render(query, engine)}")


def drop_views(execute: Execute, engine: str) -> None:  # noqa: ARG001  has the signature of its siblings
    """Drop the views that exist."""
    for query in reversed(views()):
        execute(f"DROP VIEW IF EXISTS {query.name}")
