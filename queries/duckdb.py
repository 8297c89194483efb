"""The curated queries in DuckDB: views, and table macros with named parameters, with instants and dates of real types.

`SELECT * FROM papers_of_edition('icml-2022', kind := 'oral')` works there, and `date_trunc('month', listed_on)`.
"""

import re
import unicodedata
from collections.abc import Container, Iterator

from programme.letters import plain_name_sql
from programme.patterns import lazy_pattern
from programme.queries import Query, catalogue, render, views

_TYPES = {"_at": "TIMESTAMPTZ", "_on": "DATE"}
"""The types of columns by the end of their names: the rendered SQL gives ISO 8601 text."""

_ABOUT_ALL = lazy_pattern(
    r"\b(show|desc|describe|summarize|pragma|sqlite_\w+|duckdb_\w+|pg_\w+|information_schema)\b", re.I
)
"""Words of SQL that may ask what tables there are."""


class Everything(Container[str]):
    """The names of all tables, views and macros."""

    def __contains__(self, name: object) -> bool:
        """Every name is among them."""
        return True


def names_in(sql: str) -> Container[str]:
    """Return what SQL may name, and the curated queries in it in turn, so that nothing else need be created for it.

    DuckDB plans every view and macro when it is created, which takes two seconds for all of them.

    >>> names = names_in("SELECT max(title) FROM Paper_Code")
    >>> "paper_code" in names, "repositories" in names, "author_index" in names
    (True, True, False)
    """
    if _ABOUT_ALL.search(sql):
        return Everything()
    known, found, new = catalogue(), set[str](), _words(sql)
    while new:
        found |= new
        new = {word for name in new if name in known for word in _words(render(known[name], "duckdb"))} - found
    return found


def _words(sql: str) -> set[str]:
    return set(re.findall(r"\w+", sql.lower()))


def type_of(column: str) -> str | None:
    """Return the type of an instant or a date; None for any other column.

    >>> type_of("starts_at"), type_of("listed_on"), type_of("title")
    ('TIMESTAMPTZ', 'DATE', None)
    """
    return _TYPES.get(column[-3:])


def _typed(query: Query) -> str:
    """Return the SELECT of a query with its instants and dates cast to their types."""
    select = render(query, "duckdb")
    casts = [f"CAST({one.name} AS {kind}) AS {one.name}" for one in query.columns if (kind := type_of(one.name))]
    return f"SELECT * REPLACE ({', '.join(casts)})\nFROM (\n{select}\n)" if casts else select


def as_text(query: Query, select: str) -> str:
    """Return a SELECT of such rows with instants and dates as ISO 8601 text again, for CSV and JSON."""
    casts = [f"{text_of(one.name, kind)} AS {one.name}" for one in query.columns if (kind := type_of(one.name))]
    return f"SELECT * REPLACE ({', '.join(casts)}) FROM ({select})" if casts else select


def text_of(column: str, kind: str) -> str:
    """Return an expression for an instant or a date as ISO 8601 text.

    >>> text_of("listed_on", "DATE")
    'CAST(listed_on AS VARCHAR)'
    """
    if kind == "DATE":
        return f"CAST({column} AS VARCHAR)"
    # Through a plain timestamp: to format one with a time zone takes the zone of the session.
    return f"strftime(make_timestamp(epoch_us({column})), '%Y-%m-%dT%H:%M:%SZ')"


def create_views(names: Container[str] = Everything()) -> Iterator[str]:
    """Yield the statements that create a view for every query without parameters, over tables with these types.

    With `names`, only for the queries among them.
    """
    for query in views():
        if query.name in names:
            yield f"CREATE VIEW {query.name} AS\n{_typed(query)}"


def macros(names: Container[str] = Everything()) -> Iterator[str]:
    """Yield the statements that create `functions` and a table macro for every query with parameters.

    With `names`, only for the queries among them.
    """
    yield from functions()
    if "plain_name" in names:
        yield f"CREATE MACRO plain_name(words) AS {plain_name_sql('nfc_normalize(words)')}"
    for query in catalogue().values():
        if not query.is_view and query.name in names:
            parameters = ", ".join(f"{param.name} := ''" for param in query.params)
            yield f"CREATE MACRO {query.name}({parameters}) AS TABLE\n{_typed(query)}"


def functions() -> tuple[str, ...]:
    """Return CREATE statements for the functions that rendered queries call."""
    accented, plain = _latin_letters()
    return (
        f"""CREATE MACRO search_text(words) AS ' ' || trim(regexp_replace(lower(
    CASE WHEN strlen(words) = length(words) THEN words
    ELSE regexp_replace(
        translate(nfc_normalize(words), '{accented}', '{plain}'), '[\\x{{300}}-\\x{{36F}}]', '', 'g') END),
    '[^\\p{{L}}\\p{{N}}\\p{{Co}}]+', ' ', 'g')) || ' '""",
        r"""CREATE MACRO search_pieces(words) AS list_filter(list_transform(
    regexp_extract_all(words, '"[^"]*(?:"|$)|[^\s"]+'),
    lambda piece: search_text(piece)), lambda piece: piece <> '  ')""",
        """CREATE MACRO search_matches(title, abstract, words) AS len(search_pieces(words)) > 0
    AND len(list_filter(search_pieces(words), lambda piece: NOT (contains(search_text(title), piece)
        OR contains(search_text(coalesce(abstract, '')), piece)))) = 0""",
        """CREATE MACRO search_matches_start(title, abstract, words) AS len(search_pieces(words)) > 0
    AND len(list_filter(search_pieces(words), lambda piece, place: NOT (
        contains(search_text(title), CASE WHEN place = len(search_pieces(words)) THEN rtrim(piece) ELSE piece END)
        OR contains(search_text(coalesce(abstract, '')),
            CASE WHEN place = len(search_pieces(words)) THEN rtrim(piece) ELSE piece END)))) = 0""",
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
