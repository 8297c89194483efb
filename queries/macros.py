"""Macros: the pieces of SQL that many queries share, each written once and called like a function.

`expand` is the whole machinery; `programme.queries.dialects` uses it a second time, with the macros of an engine. It is
written by hand because a SQL parser (sqlglot was tried) takes 1.4 s to import, and `loader query` starts in 0.2 s.
"""

import re
from collections.abc import Callable, Mapping, Sequence

Macro = str | Callable[[Sequence[str]], str]
"""A template with `$1`, `$2`, … for the arguments, or a function of their list."""

_EDITIONS_OF = """
    SELECT DISTINCT editions.slug, editions.name, editions.year
    FROM paper_editions
    JOIN editions ON editions.id = paper_editions.edition_id
    WHERE paper_editions.paper_id = $1
    ORDER BY 3, 1
"""

MACROS: Mapping[str, Macro] = {
    # editions_of(paper): the slug, name and year of the editions a paper belongs to, the oldest first.
    "editions_of": _EDITIONS_OF,
    # edition_slugs_of(paper), edition_names_of(paper): the slugs or the names of these editions as one text.
    "edition_slugs_of": f"""(
        SELECT group_concat(belongs.slug, ', ' ORDER BY belongs.year, belongs.slug COLLATE BINARY)
        FROM ({_EDITIONS_OF}) AS belongs
    )""",
    "edition_names_of": f"""(
        SELECT group_concat(belongs.name, ', ' ORDER BY belongs.year, belongs.slug COLLATE BINARY)
        FROM ({_EDITIONS_OF}) AS belongs
    )""",
    # kinds_of(paper, edition): how a paper is presented at an edition, as one text; null where nothing says.
    "kinds_of": """(
        SELECT group_concat(presented.kind, ', ' ORDER BY presented.kind COLLATE BINARY)
        FROM (
            SELECT paper_editions.kind
            FROM paper_editions
            WHERE paper_editions.paper_id = $1 AND paper_editions.edition_id = $2 AND paper_editions.kind <> 'other'
            ORDER BY 1
        ) AS presented
    )""",
    # best_kind_of(paper): the kind that says most of how a paper is presented anywhere; null where nothing says.
    "best_kind_of": """(
        SELECT paper_editions.kind
        FROM paper_editions
        WHERE paper_editions.paper_id = $1 AND paper_editions.kind <> 'other'
        ORDER BY
            CASE paper_editions.kind
                WHEN 'keynote' THEN 0 WHEN 'oral' THEN 1 WHEN 'spotlight' THEN 2 WHEN 'poster' THEN 3 ELSE 4
            END,
            paper_editions.kind COLLATE BINARY
        LIMIT 1
    )""",
    # identifier_of(paper, 'arxiv'): the identifier in one scheme, the alphabetically first of several.
    "identifier_of": """(
        SELECT min(paper_identifiers.value COLLATE BINARY)
        FROM paper_identifiers
        WHERE paper_identifiers.paper_id = $1 AND paper_identifiers.scheme = $2
    )""",
    # papers_of(relation): the other way round, pairs of edition and paper for a relation that holds ids of editions.
    "papers_of": """
    SELECT DISTINCT paper_editions.edition_id, paper_editions.paper_id
    FROM $1
    JOIN paper_editions ON paper_editions.edition_id = $1.id
""",
    # at_edition(paper, :edition): whether a paper belongs to the edition with this slug; true where the slug is empty.
    "at_edition": """(trim(coalesce($2, '')) = '' OR $1 IN (
        SELECT paper_editions.paper_id
        FROM editions
        JOIN paper_editions ON paper_editions.edition_id = editions.id
        WHERE editions.slug = trim(coalesce($2, ''))
    ))""",
    # edition_or_newest(:edition): the edition with this slug; the newest one that has papers where the slug is empty.
    "edition_or_newest": """
    SELECT editions.id, editions.venue_id, editions.slug, editions.name, editions.year
    FROM editions
    WHERE editions.slug = CASE WHEN trim(coalesce($1, '')) <> '' THEN trim(coalesce($1, '')) ELSE (
        SELECT newest.slug
        FROM editions AS newest
        WHERE EXISTS (SELECT 1 FROM paper_editions WHERE paper_editions.edition_id = newest.id)
        ORDER BY newest.year DESC, newest.slug COLLATE BINARY
        LIMIT 1
    ) END
""",
    # authors_named(:author): the ids of the authors with this key, or with these whole words in the name; A to Z match
    # in either case.
    "authors_named": """
    SELECT authors.id AS author_id
    FROM authors, (SELECT trim(coalesce($1, '')) AS author) AS wanted
    WHERE wanted.author <> ''
        AND (
            authors.key = wanted.author
            OR instr(' ' || lower(authors.name) || ' ', ' ' || lower(wanted.author) || ' ') > 0
        )
""",
    # byline_of(paper): the names of a paper's authors, in order.
    "byline_of": """(
        SELECT group_concat(byline.name, ' · ' ORDER BY byline.position)
        FROM (
            SELECT authors.name, authorships.position
            FROM authorships
            JOIN authors ON authors.id = authorships.author_id
            WHERE authorships.paper_id = $1
            ORDER BY authorships.position
        ) AS byline
    )""",
    # inverted_byline_of(paper): the same with family names first, where a source says which word it is, else the last
    # word. `rtrim(name, <its letters>)` is all up to the last space, so what comes after that length is the last word.
    "inverted_byline_of": """(
        SELECT group_concat(inverted.name, ' · ' ORDER BY inverted.position)
        FROM (
            SELECT
                CASE
                    WHEN instr(authorships.raw_name, ',') > 0 THEN authorships.raw_name
                    ELSE substr(authors.name, 1 + length(rtrim(authors.name, replace(authors.name, ' ', ''))))
                        || rtrim(authors.name, replace(authors.name, ' ', ''))
                END AS name,
                authorships.position
            FROM authorships
            JOIN authors ON authors.id = authorships.author_id
            WHERE authorships.paper_id = $1
            ORDER BY authorships.position
        ) AS inverted
    )""",
    # identifiers_of(paper): its identifiers, each with its scheme; numbers on a site identify it nowhere else.
    "identifiers_of": """(
        SELECT group_concat(stated.identifier, ' ' ORDER BY stated.identifier COLLATE BINARY)
        FROM (
            SELECT paper_identifiers.scheme || ':' || paper_identifiers.value AS identifier
            FROM paper_identifiers
            WHERE paper_identifiers.paper_id = $1 AND paper_identifiers.scheme <> 'site'
            ORDER BY 1
        ) AS stated
    )""",
    # paper_titled(digest): the id of the paper with this title, now or in an earlier capture; null for none or several.
    "paper_titled": """(
        SELECT CASE WHEN count(*) = 1 THEN min(titled.paper_id) END
        FROM (
            SELECT papers.id AS paper_id FROM papers WHERE papers.title_key = $1
            UNION
            SELECT paper_names.paper_id FROM paper_names WHERE paper_names.name = $1
        ) AS titled
    )""",
    # changes_of(captures, 'added'): how many changes of one sort a capture makes.
    "changes_of": """CAST((
        SELECT count(*)
        FROM changes
        WHERE changes.source_id = $1.source_id
            AND changes.document_id = $1.document_id
            AND changes.captured_at = $1.captured_at
            AND changes.change = $2
    ) AS integer)""",
    # earlier_slots(slots, sessions): how many slots present the same paper as the same kind at the edition, in sessions
    # with a lower key or at lower positions; calendars number them. `coalesce` keeps SQLite from the index of kinds.
    "earlier_slots": """CAST((
        SELECT count(*)
        FROM slots AS others
        JOIN sessions AS places ON places.id = others.session_id
        WHERE others.paper_id = $1.paper_id
            AND coalesce(others.kind, '') = $1.kind
            AND (places.id = $2.id OR places.edition_id = $2.edition_id)
            AND (places.key < $2.key OR (places.id = $2.id AND others.position < $1.position))
    ) AS integer)""",
    # earlier_posters(slots, sessions): at how many earlier times the session has posters; calendars number them. Most
    # sessions have all posters at one time, so the others are looked up only for a time that is not the session's.
    "earlier_posters": """CAST(CASE WHEN $1.starts_at <> $2.starts_at AND $1.kind = 'poster' THEN (
        SELECT count(DISTINCT others.starts_at)
        FROM slots AS others
        WHERE others.session_id = $2.id AND others.kind = 'poster' AND others.starts_at < $1.starts_at
    ) ELSE 0 END AS integer)""",
    # without_spaces(text): a text without spaces and line breaks.
    "without_spaces": "replace(replace($1, ' ', ''), '\n', '')",
    # code_of(paper): the URL of a paper's own repository, the alphabetically first of several.
    "code_of": """(
        SELECT min(repositories.url COLLATE BINARY)
        FROM repo_links
        JOIN repositories ON repositories.id = repo_links.repository_id
        WHERE repo_links.paper_id = $1 AND repo_links.role = 'own'
    )""",
    # repositories_of(paper): the URLs of its own repositories as one text.
    "repositories_of": """(
        SELECT group_concat(own.url, ' ' ORDER BY own.url COLLATE BINARY)
        FROM (
            SELECT DISTINCT repositories.url
            FROM repo_links
            JOIN repositories ON repositories.id = repo_links.repository_id
            WHERE repo_links.paper_id = $1 AND repo_links.role = 'own'
            ORDER BY 1
        ) AS own
    )""",
    # project_page_of(paper): the URL of its project page, the alphabetically first of several.
    "project_page_of": """(
        SELECT min(paper_links.url COLLATE BINARY)
        FROM paper_links
        WHERE paper_links.paper_id = $1 AND paper_links.kind = 'project_page'
    )""",
    # first_year_of(paper): the year of its first edition.
    "first_year_of": """CAST((
        SELECT min(editions.year)
        FROM paper_editions
        JOIN editions ON editions.id = paper_editions.edition_id
        WHERE paper_editions.paper_id = $1
    ) AS integer)""",
    # last_year_of(paper): the year of its latest edition.
    "last_year_of": """CAST((
        SELECT max(editions.year)
        FROM paper_editions
        JOIN editions ON editions.id = paper_editions.edition_id
        WHERE paper_editions.paper_id = $1
    ) AS integer)""",
    # has_code(paper): whether a paper states a repository of its own.
    "has_code": "EXISTS (SELECT 1 FROM repo_links WHERE repo_links.paper_id = $1 AND repo_links.role = 'own')",
    # percent(part, whole): a share in percent with one decimal; null when the whole is 0.
    "percent": "CAST(CASE WHEN $2 > 0 THEN round(100.0 * $1 / $2, 1) END AS double precision)",
}

# String literals and comments come first, so that nothing inside them is ever taken for a call.
_TOKEN = re.compile(r"'(?:[^']|'')*'|--[^\n]*|(\w*)\(|[,)]")
_ARGUMENT = re.compile(r"\$(\d)")
_IS_ONE_TERM = re.compile(r"[\w.]+|:\w+|\?|'(?:[^']|'')*'")


def expand(sql: str, macros: Mapping[str, Macro] = MACROS) -> str:
    """Replace every call of a macro; raise ValueError for one with the wrong number of arguments.

    Arguments may be any SQL, other calls included. String literals and comments are left as they are.

    >>> expand("SELECT percent(coded, counted.papers), 'percent(a, b)'")
    "SELECT CAST(CASE WHEN counted.papers > 0 THEN round(100.0 * coded / counted.papers, 1) END AS double precision), \
'percent(a, b)'"
    """
    parts, done, position = [], 0, 0
    while token := _TOKEN.search(sql, position):
        position = token.end()
        name = token[1]
        if name in macros:
            arguments, position = _arguments(sql, position)
            expanded = [expand(argument, macros) for argument in arguments]
            parts += [sql[done : token.start()], _apply(name, macros[name], expanded)]
            done = position
    return "".join([*parts, sql[done:]])


def _arguments(sql: str, start: int) -> tuple[list[str], int]:
    """Return the arguments of the call whose parenthesis opens before `start`, and where the call ends."""
    arguments, depth, begin = [], 0, start
    for token in _TOKEN.finditer(sql, start):
        if token[0].endswith("("):
            depth += 1
        elif token[0] in ",)" and depth == 0:
            arguments.append(sql[begin : token.start()].strip())
            begin = token.end()
            if token[0] == ")":
                return arguments, begin
        elif token[0] == ")":
            depth -= 1
    raise ValueError(f"a parenthesis is not closed: {sql[start : start + 60]}")


def _apply(name: str, macro: Macro, arguments: Sequence[str]) -> str:
    if not isinstance(macro, str):
        return macro(arguments)
    wanted = max(int(number) for number in _ARGUMENT.findall(macro))
    given = sum(map(bool, arguments))  # `day()` has one argument, which is empty
    if given != wanted:
        takes = "1 argument" if wanted == 1 else f"{wanted} arguments"
        raise ValueError(f"{name}({', '.join(arguments)}): takes {takes}, not {given}")
    whole = [argument if _IS_ONE_TERM.fullmatch(argument) else f"({argument})" for argument in arguments]
    return _ARGUMENT.sub(lambda match: whole[int(match[1]) - 1], macro)
