"""What the queries cannot write alike for SQLite, DuckDB and PostgreSQL.

Queries are written in SQL that all three know, and with these few words, each rendered per engine:

- `instant(column)` a moment as ISO 8601 text, `day(column)` a date as ISO 8601 text;
- `lower(name)` of ASCII letters only, as SQLite does it; `instr(text, part)`;
- `COLLATE BINARY`: texts in the order of their bytes, whatever the database's locale;
- `group_concat(value, 'separator' ORDER BY …)` over a subquery in that same order, which is what SQLite goes by;
- `matching(:words)` the ids of papers that hold all words, `matching(:words, title)` in the title alone;
- `letters(column)` a text without what makes no difference to a reader: case of ASCII letters, blanks, punctuation and
  the word "and";
- `items(column) AS name` the elements of a JSON list, `item(name, 0)` the first element of one that is a list itself;
- `number(text)` the number that a text of up to nine digits means, null for any other text;
- `days_between(earlier, later)` how many days lie between two days in ISO 8601 text;
- `:name` a parameter, always text.

These words stand for the same SQL everywhere, so that what they mean is said once (see `programme.queries.words`):

- `editions_of(column)`, `papers_of(relation)`, `at_edition(column, :edition)`, `edition_or_newest(:edition)`,
  `authors_named(:author)`;
- `byline_of(column)`, `inverted_byline_of(column)`, `identifiers_of(column)`, `unbroken(column)`;
- `code_of(column)`, `has_code(column)`, `percent(part, whole)`.
"""

import re
from collections.abc import Callable

from programme.queries.words import spell_out

ENGINES = ("sqlite", "duckdb", "postgresql")
"""The engines every query runs on."""

_ASCII_LETTERS = "'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'"
_LITERAL_OR_PARAMETER = re.compile(r"'(?:[^']|'')*'|--[^\n]*|:(\w+)")
_INSTANT = re.compile(r"\binstant\(([\w.]+)\)")
_DAY = re.compile(r"\bday\(([\w.]+)\)")
_LOWER = re.compile(r"\blower\(([\w.]+)\)")
_INSTR = re.compile(r"\binstr\(")
_BINARY = re.compile(r" COLLATE BINARY\b")
_JOINED = re.compile(r"\bgroup_concat\(([\w.]+, '[^']*')( ORDER BY [^()]+)\)")
_MATCHING = re.compile(r"\bmatching\(:(\w+)(, title)?\)")
_NUMBER = re.compile(r"\bnumber\(([\w.]+)\)")
_DAYS_BETWEEN = re.compile(r"\bdays_between\(([\w.]+), ([\w.]+)\)")

_LETTERS = re.compile(r"\bletters\(([\w.]+)\)")
_SILENT = (" \n·⋅|&-–—.,;:", "'’\"“”`*{}")
"""Characters that make no difference between two spellings. In two parts, for SQLite parses no deeper nesting."""
_ITEMS = re.compile(r"\bitems\(([\w.]+)\) AS (\w+)")
_ITEM = re.compile(r"\bitem\((\w+), (\d)\)")

_Replacement = str | Callable[[re.Match[str]], str]


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _sqlite_letters(match: re.Match[str]) -> str:
    without_blanks = _without(_SILENT[0], f"replace(lower({match[1]}), ' and ', ' ')")
    return f"(SELECT {_without(_SILENT[1], 'solid.text')} FROM (SELECT {without_blanks} AS text) AS solid)"


def _without(characters: str, text: str) -> str:
    for character in characters:
        text = f"replace({text}, {_literal(character)}, '')"
    return text


def _letters(match: re.Match[str]) -> str:
    lower = f"translate({match[1]}, {_ASCII_LETTERS})"
    return f"translate(replace({lower}, ' and ', ' '), {_literal(''.join(_SILENT))}, '')"


def _sqlite_matching(match: re.Match[str]) -> str:
    phrases = f"""'"" ' || escape_fts(replace(coalesce(:{match[1]}, ''), char(10), ' '))"""
    expression = f"'title : (' || {phrases} || ')'" if match[2] else phrases
    return f"SELECT rowid AS id FROM papers_fts WHERE papers_fts MATCH {expression}"


def _postgresql_matching(match: re.Match[str]) -> str:
    wanted = f"@@ search_query(:{match[1]})"
    title = f" AND search_vector(title, NULL) {wanted}" if match[2] else ""
    return f"SELECT id FROM papers WHERE search_vector(title, abstract) {wanted}{title}"


def _duckdb_matching(match: re.Match[str]) -> str:
    abstract = "NULL" if match[2] else "abstract"
    return f"SELECT id FROM papers WHERE search_matches(title, {abstract}, :{match[1]})"


_REWRITES: dict[str, tuple[tuple[re.Pattern[str], _Replacement], ...]] = {
    "sqlite": (
        (_MATCHING, _sqlite_matching),
        (_LETTERS, _sqlite_letters),
        (_ITEMS, r"json_each(\1) AS \2"),
        (_ITEM, r"CASE \1.type WHEN 'array' THEN json_extract(\1.value, '$[\2]') END"),
        (_INSTANT, r"\1"),
        (_DAY, r"\1"),
        (_NUMBER, r"CASE WHEN \1 NOT GLOB '*[^0-9]*' AND length(\1) BETWEEN 1 AND 9 THEN CAST(\1 AS integer) END"),
        (_DAYS_BETWEEN, r"CAST(julianday(\2) - julianday(\1) AS integer)"),
        (_JOINED, r"group_concat(\1)"),
        # It is the default, and DuckDB cannot read the views of an attached SQLite file that say so.
        (_BINARY, ""),
    ),
    "duckdb": (
        (_MATCHING, _duckdb_matching),
        (_LETTERS, _letters),
        (_ITEMS, r"json_each(\1) AS \2"),
        (_ITEM, r"(\1.value ->> '$[\2]')"),
        (_INSTANT, r"\1"),
        (_DAY, r"CAST(\1 AS VARCHAR)"),
        (_NUMBER, r"CASE WHEN regexp_full_match(\1, '[0-9]{1,9}') THEN TRY_CAST(\1 AS INTEGER) END"),
        (_DAYS_BETWEEN, r"date_diff('day', CAST(\1 AS DATE), CAST(\2 AS DATE))"),
        (_LOWER, rf"translate(\1, {_ASCII_LETTERS})"),
        (_BINARY, ""),
    ),
    "postgresql": (
        (_MATCHING, _postgresql_matching),
        (_LETTERS, _letters),
        (_ITEMS, r"json_array_elements(CAST(\1 AS json)) AS \2 (value)"),
        (_ITEM, r"(\1.value ->> \2)"),
        (_INSTANT, r"""to_char(\1 AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""),
        (_DAY, r"to_char(\1, 'YYYY-MM-DD')"),
        (_NUMBER, r"CASE WHEN \1 ~ '^[0-9]{1,9}$' THEN CAST(\1 AS integer) END"),
        (_DAYS_BETWEEN, r"CAST(\2 AS date) - CAST(\1 AS date)"),
        (_LOWER, r'lower(\1 COLLATE "C")'),
        (_INSTR, "strpos("),
        (_JOINED, r"string_agg(\1\2)"),
        (_BINARY, ' COLLATE "C"'),
    ),
}

_PARAMETER = {
    "sqlite": ":{}",
    "duckdb": "CAST(${} AS VARCHAR)",
    "postgresql": "CAST(%({})s AS text)",
}


def parameters_of(sql: str) -> set[str]:
    """Names of the parameters in a query as written.

    >>> sorted(parameters_of("SELECT ':no' WHERE a = :edition OR b = :day -- :not"))
    ['day', 'edition']
    """
    return {match[1] for match in _LITERAL_OR_PARAMETER.finditer(sql) if match[1]}


def translate(sql: str, engine: str) -> str:
    """Render a query, or a part of one such as an ORDER BY, for an engine.

    >>> translate("ORDER BY instant(slots.starts_at), title COLLATE BINARY", "duckdb")
    'ORDER BY slots.starts_at, title'
    >>> translate("WHERE key = :key", "postgresql")
    'WHERE key = CAST(%(key)s AS text)'
    """
    sql = spell_out(sql)
    for pattern, replacement in _REWRITES[engine]:
        sql = pattern.sub(replacement, sql)
    style = _PARAMETER[engine]
    return _LITERAL_OR_PARAMETER.sub(lambda match: style.format(match[1]) if match[1] else match[0], sql)
