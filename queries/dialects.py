"""What SQLite, DuckDB and PostgreSQL write differently.

Queries are written in SQL that all three understand, with these additions, rendered for each engine:

- `instant(column)`: a moment as ISO 8601 text; `day(column)`: a date as ISO 8601 text;
- `lower(text)`: A to Z in lower case and nothing else, as in SQLite; `instr(text, part)`;
- `COLLATE BINARY`: texts ordered by their bytes, whatever the locale of the database;
- `group_concat(value, 'separator' ORDER BY …)` over a subquery in that same order, which is the order SQLite uses;
- `matching(:words)`: the ids of the papers in which every word occurs; `matching_title(:words)`: in the title alone;
- `matching_start(:words)`: the same, where the last word may go on; `matching_each(table)`: for a table with `words`;
- `title_words(table)`: for each `word` of a table, as `wanted`, the words of titles with the same first letter, and the
  number of `papers` with each;
- `letters(text)`: a text without anything a reader would overlook: the case of A to Z, spaces, punctuation, the word
  "and";
- `items(column) AS name`: the elements of a JSON list; `members(column) AS name`: those of a JSON object, with `key`;
  `element(name)`: one as text; `item(name, 0)`: the first element of one that is itself a list;
- `json_text(column)`: a JSON value as text;
- `number(text)`: a text of one to nine digits as a number, null for any other text;
- `days_between(earlier, later)`: the number of days between two days in ISO 8601 text;
- `:name`: a parameter, always text.

The macros of `programme.queries.macros` may be used as well. Comments are left out, so that no driver finds a parameter
in one.
"""

import re
from collections.abc import Mapping, Sequence

from programme.queries.macros import Macro, expand
from programme.queries.sql import literal

_OVERLOOKED = (" \n·⋅|&-–—.,;:", "'’\"“”`*{}")
"""Characters that make no difference between two spellings; two parts, as SQLite limits how deep calls are nested."""

# A literal or a comment, so that nothing inside them is rewritten; then what may be. A comment takes its line along.
_TOKEN = re.compile(
    r"'(?:[^']|'')*'|(?P<comment>\n?[ \t]*--[^\n]*)|(?P<collation> COLLATE BINARY\b)|:(?P<parameter>\w+)"
)


def _without(characters: str, text: str) -> str:
    """Return an expression for a text without some characters, in SQLite, which has no `translate`."""
    for character in characters:
        text = f"replace({text}, {literal(character)}, '')"
    return text


def _sqlite_letters() -> str:
    first = _without(_OVERLOOKED[0], "replace(lower($1), ' and ', ' ')")
    return f"(SELECT {_without(_OVERLOOKED[1], 'solid.text')} FROM (SELECT {first} AS text) AS solid)"


def _sqlite_phrases(expression: str) -> str:
    """Return a subquery for the papers that match an FTS5 expression, which may use the phrases searched for."""
    phrases = """'"" ' || escape_fts(replace(coalesce($1, ''), char(10), ' '))"""
    return f"SELECT rowid AS id FROM papers_fts WHERE papers_fts MATCH {expression.format(phrases)}"


def _sqlite_group_concat(arguments: Sequence[str]) -> str:
    value, separator = _ordered(arguments).split(" ORDER BY ")[0].rsplit(", ", 1)
    return f"group_concat({value}, {separator})"


def _ordered(arguments: Sequence[str]) -> str:
    """Return the arguments of a `group_concat`; raise ValueError where its order is left to chance."""
    call = ", ".join(arguments)
    if " ORDER BY " not in call or call.startswith("DISTINCT "):
        raise ValueError(f"group_concat({call}): give a separator and an ORDER BY, and no DISTINCT")
    return call


_ASCII_LOWER = "translate($1, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
_LETTERS = f"translate(replace({_ASCII_LOWER}, ' and ', ' '), {literal(''.join(_OVERLOOKED))}, '')"

_DIALECTS: Mapping[str, Mapping[str, Macro]] = {
    "sqlite": {
        "matching": _sqlite_phrases("{}"),
        "matching_title": _sqlite_phrases("'title : (' || {} || ')'"),
        "matching_start": _sqlite_phrases("{} || ' *'"),
        "matching_each": "SELECT papers_fts.rowid AS id FROM $1 CROSS JOIN papers_fts WHERE papers_fts MATCH "
        """'"" ' || escape_fts(replace($1.words, char(10), ' '))""",
        "title_words": "SELECT $1.word AS wanted, known.term AS word, known.doc AS papers "
        "FROM $1 CROSS JOIN papers_fts_words AS known WHERE known.col = 'title' "
        "AND known.term >= substr($1.word, 1, 1) AND known.term < substr($1.word, 1, 1) || char(1114111)",
        "letters": _sqlite_letters(),
        "items": "json_each($1)",
        "members": "json_each($1)",
        "element": "$1.value",
        "json_text": "CASE json_type($1) WHEN 'text' THEN json_extract($1, '$') ELSE $1 END",
        "item": "CASE $1.type WHEN 'array' THEN json_extract($1.value, '$[$2]') END",
        "instant": "$1",
        "day": "$1",
        "number": "CASE WHEN $1 NOT GLOB '*[^0-9]*' AND length($1) BETWEEN 1 AND 9 THEN CAST($1 AS integer) END",
        "days_between": "CAST(julianday($2) - julianday($1) AS integer)",
        # SQLite before 3.44 knows no ORDER BY here, and goes by the order of the subquery.
        "group_concat": _sqlite_group_concat,
    },
    "duckdb": {
        "matching": "SELECT id FROM papers WHERE search_matches(title, abstract, $1)",
        "matching_title": "SELECT id FROM papers WHERE search_matches(title, NULL, $1)",
        "matching_start": "SELECT id FROM papers WHERE search_matches_start(title, abstract, $1)",
        "matching_each": "SELECT papers.id FROM papers CROSS JOIN $1 "
        "WHERE search_matches(papers.title, papers.abstract, $1.words)",
        "title_words": "SELECT $1.word AS wanted, known.word, count(DISTINCT known.id) AS papers FROM $1 "
        "JOIN (SELECT id, unnest(string_split(search_text(title), ' ')) AS word FROM papers) AS known "
        "ON left(known.word, 1) = left($1.word, 1) GROUP BY $1.word, known.word",
        "letters": _LETTERS,
        "items": "json_each($1)",
        "members": "json_each($1)",
        "element": "($1.value ->> '$')",
        "json_text": "($1 ->> '$')",
        "item": "($1.value ->> '$[$2]')",
        # Through a plain timestamp: to format one with a time zone takes the zone of the session.
        "instant": "strftime(make_timestamp(epoch_us($1)), '%Y-%m-%dT%H:%M:%SZ')",
        "day": "CAST($1 AS VARCHAR)",
        "number": "CASE WHEN regexp_full_match($1, '[0-9]{1,9}') THEN TRY_CAST($1 AS INTEGER) END",
        "days_between": "date_diff('day', CAST($1 AS DATE), CAST($2 AS DATE))",
        "lower": _ASCII_LOWER,
        "group_concat": lambda arguments: f"group_concat({_ordered(arguments)})",
    },
    "postgresql": {
        "matching": "SELECT id FROM papers WHERE search_vector(title, abstract) @@ search_query($1)",
        # The first condition is the one with an index.
        "matching_title": "SELECT id FROM papers WHERE search_vector(title, abstract) @@ search_query($1) "
        "AND search_vector(title, NULL) @@ search_query($1)",
        "matching_start": "SELECT id FROM papers WHERE search_vector(title, abstract) "
        "@@ CAST(CAST(search_query($1) AS text) || ':*' AS tsquery)",
        "matching_each": "SELECT papers.id FROM papers CROSS JOIN $1 "
        "WHERE search_vector(papers.title, papers.abstract) @@ search_query($1.words)",
        "title_words": "SELECT $1.word AS wanted, known.word, count(DISTINCT papers.id) AS papers FROM $1 "
        "CROSS JOIN papers CROSS JOIN LATERAL regexp_split_to_table(lower(search_text(papers.title)), "
        "'[^[:alnum:]]+') AS known(word) WHERE left(known.word, 1) = left($1.word, 1) GROUP BY $1.word, known.word",
        "letters": _LETTERS,
        "items": "json_array_elements(CAST($1 AS json))",
        "members": "json_each(CAST($1 AS json))",
        "element": "($1.value #>> '{}')",
        "json_text": "(CAST($1 AS json) #>> '{}')",
        "item": "($1.value ->> $2)",
        "instant": """to_char($1 AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')""",
        "day": "to_char($1, 'YYYY-MM-DD')",
        "number": "CASE WHEN $1 ~ '^[0-9]{1,9}$' THEN CAST($1 AS integer) END",
        "days_between": "CAST($2 AS date) - CAST($1 AS date)",
        "lower": 'lower($1 COLLATE "C")',
        "instr": "strpos($1, $2)",
        "group_concat": lambda arguments: f"string_agg({_ordered(arguments)})",
    },
}

_COLLATION = {
    # Binary is the default of both, and DuckDB cannot read the views of an attached SQLite file that say so.
    "sqlite": "",
    "duckdb": "",
    "postgresql": ' COLLATE "C"',
}
_PARAMETER = {
    "sqlite": ":{}",
    "duckdb": "CAST(${} AS VARCHAR)",
    "postgresql": "CAST(%({})s AS text)",
}


def translate(sql: str, engine: str, parameter: str = "") -> str:
    """Render a query, or a part of one such as an ORDER BY, for an engine; raise ValueError for a wrong macro call.

    `parameter` says how a parameter is written, `{}` being its name, where it is not as the driver takes it.

    >>> translate("ORDER BY instant(slots.starts_at), title COLLATE BINARY", "sqlite")
    'ORDER BY slots.starts_at, title'
    >>> translate("WHERE key = :key -- of the paper", "postgresql")
    'WHERE key = CAST(%(key)s AS text)'
    """

    def rendered(token: re.Match[str]) -> str:
        if token["parameter"]:
            return (parameter or _PARAMETER[engine]).format(token["parameter"])
        if token["collation"]:
            return _COLLATION[engine]
        return "" if token["comment"] else token[0]

    return _TOKEN.sub(rendered, expand(expand(sql), _DIALECTS[engine]))
