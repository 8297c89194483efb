"""Full-text search over titles and abstracts, and the views: their DDL for each engine.

`execute` is any function that runs one statement as the driver takes it. No statement contains `%`, or `?`
outside a literal, which a driver would take for a parameter.

A search is split at white space. Each piece, and each text between double quotes, is a phrase of letters and digits,
compared without regard to case or to accents on Latin letters; every phrase must occur in the title or in the abstract.
SQLite's FTS5 works like this already. PostgreSQL and DuckDB get functions that do the same, and a test compares them.
"""

import unicodedata
from collections.abc import Callable
from typing import Any

from programme.queries import catalogue, render

Execute = Callable[[str], Any]

_CREATE_SQLITE = (
    """CREATE VIRTUAL TABLE papers_fts USING fts5(
    title, abstract, content='papers', content_rowid='id', tokenize='unicode61 remove_diacritics 2')""",
    "INSERT INTO papers_fts(papers_fts) VALUES ('rebuild')",
)
_DROP_SQLITE = ("DROP TABLE IF EXISTS papers_fts",)

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
    "CREATE INDEX papers_search ON papers USING gin (search_vector(title, abstract))",
)
_DROP_POSTGRESQL = (
    "DROP INDEX IF EXISTS papers_search",
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
    """Create a view for every curated query without parameters."""
    for query in catalogue().values():
        if query.is_view:
            execute(f"CREATE VIEW {query.name} AS\n{render(query, engine)}")


def drop_views(execute: Execute, engine: str) -> None:  # noqa: ARG001  has the signature of its siblings
    """Drop the views that exist."""
    for query in catalogue().values():
        if query.is_view:
            execute(f"DROP VIEW IF EXISTS {query.name}")


def duckdb_functions() -> tuple[str, ...]:
    """Return CREATE statements for the functions that rendered queries call on DuckDB."""
    accented, plain = _latin_letters()
    return (
        f"""CREATE TEMP MACRO search_text(words) AS ' ' || trim(regexp_replace(lower(
    CASE WHEN strlen(words) = length(words) THEN words
    ELSE regexp_replace(
        translate(nfc_normalize(words), '{accented}', '{plain}'), '[\\x{{300}}-\\x{{36F}}]', '', 'g') END),
    '[^\\p{{L}}\\p{{N}}\\p{{Co}}]+', ' ', 'g')) || ' '""",
        r"""CREATE TEMP MACRO search_pieces(words) AS list_filter(list_transform(
    regexp_extract_all(words, '"[^"]*(?:"|$)|[^\s"]+'),
    lambda piece: search_text(piece)), lambda piece: piece <> '  ')""",
        """CREATE TEMP MACRO search_matches(title, abstract, words) AS len(search_pieces(words)) > 0
    AND len(list_filter(search_pieces(words), lambda piece: NOT (contains(search_text(title), piece)
        OR contains(search_text(coalesce(abstract, '')), piece)))) = 0""",
    )


def _latin_letters() -> tuple[str, str]:
    """Return the Latin letters with accents, and the same letters without, in two texts of one length."""
    pairs = []
    # From À to the ångström sign, U+212B, the last letter that decomposes into a Latin one.
    for code in range(0xC0, 0x2130):
        decomposed = unicodedata.normalize("NFD", chr(code))
        if len(decomposed) > 1 and decomposed[0].isascii() and decomposed[0].isalpha():
            pairs.append((chr(code), decomposed[0]))
    return "".join(letter for letter, _ in pairs), "".join(base for _, base in pairs)
