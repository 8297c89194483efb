"""What many queries say alike, in one place: words that stand for a piece of SQL, the same on every engine."""

import re

_WORDS = {
    # The slug, name and year of the editions a paper belongs to, the oldest first: those it was presented at, and those
    # a document says it is a paper of.
    r"editions_of\(([\w.]+)\)": r"""
    SELECT editions.slug, editions.name, editions.year
    FROM slots
    JOIN sessions ON sessions.id = slots.session_id
    JOIN editions ON editions.id = sessions.edition_id
    WHERE slots.paper_id = \1
    UNION
    SELECT editions.slug, editions.name, editions.year
    FROM paper_sources
    JOIN editions ON editions.id = paper_sources.edition_id
    WHERE paper_sources.paper_id = \1
    ORDER BY 3, 1
""",
    # The other way round: pairs of edition and paper, for a relation that holds the ids of editions.
    r"papers_of\((\w+)\)": r"""
    SELECT \1.id AS edition_id, slots.paper_id
    FROM \1
    JOIN sessions ON sessions.edition_id = \1.id
    JOIN slots ON slots.session_id = sessions.id
    WHERE slots.paper_id IS NOT NULL
    UNION
    SELECT \1.id, paper_sources.paper_id
    FROM \1
    JOIN paper_sources ON paper_sources.edition_id = \1.id
""",
    # Whether a paper belongs to the edition of a slug; without one it always does.
    r"at_edition\(([\w.]+), :(\w+)\)": r"""(trim(coalesce(:\2, '')) = '' OR \1 IN (
        SELECT slots.paper_id
        FROM editions
        JOIN sessions ON sessions.edition_id = editions.id
        JOIN slots ON slots.session_id = sessions.id
        WHERE editions.slug = trim(coalesce(:\2, '')) AND slots.paper_id IS NOT NULL
        UNION
        SELECT paper_sources.paper_id
        FROM editions
        JOIN paper_sources ON paper_sources.edition_id = editions.id
        WHERE editions.slug = trim(coalesce(:\2, ''))
    ))""",
    # The edition of a slug, and without one the newest that has papers.
    r"edition_or_newest\(:(\w+)\)": r"""
    SELECT editions.id, editions.venue_id, editions.slug, editions.name, editions.year
    FROM editions
    WHERE editions.slug = CASE WHEN trim(coalesce(:\1, '')) <> '' THEN trim(coalesce(:\1, '')) ELSE (
        SELECT newest.slug
        FROM editions AS newest
        WHERE EXISTS (SELECT 1 FROM paper_sources WHERE paper_sources.edition_id = newest.id)
            OR EXISTS (
                SELECT 1
                FROM sessions
                JOIN slots ON slots.session_id = sessions.id
                WHERE sessions.edition_id = newest.id AND slots.paper_id IS NOT NULL
            )
        ORDER BY newest.year DESC, newest.slug COLLATE BINARY
        LIMIT 1
    ) END
""",
    # The ids of the authors that a key or whole words of a name mean, without regard to the case of A to Z.
    r"authors_named\(:(\w+)\)": r"""
    SELECT authors.id AS author_id
    FROM authors, (SELECT trim(coalesce(:\1, '')) AS author) AS wanted
    WHERE wanted.author <> ''
        AND (
            authors.key = wanted.author
            OR instr(' ' || lower(authors.name) || ' ', ' ' || lower(wanted.author) || ' ') > 0
        )
""",
    # The names of a paper's authors, in the order of the byline.
    r"byline_of\(([\w.]+)\)": r"""(
        SELECT group_concat(byline.name, ' · ' ORDER BY byline.position)
        FROM (
            SELECT authors.name, authorships.position
            FROM authorships
            JOIN authors ON authors.id = authorships.author_id
            WHERE authorships.paper_id = \1
            ORDER BY authorships.position
        ) AS byline
    )""",
    # The same, last names first.
    r"inverted_byline_of\(([\w.]+)\)": r"""(
        SELECT group_concat(inverted.name, ' · ' ORDER BY inverted.position)
        FROM (
            SELECT
                substr(authors.name, 1 + length(rtrim(authors.name, replace(authors.name, ' ', ''))))
                || rtrim(authors.name, replace(authors.name, ' ', '')) AS name,
                authorships.position
            FROM authorships
            JOIN authors ON authors.id = authorships.author_id
            WHERE authorships.paper_id = \1
            ORDER BY authorships.position
        ) AS inverted
    )""",
    # The identifiers of a paper, each with its scheme.
    r"identifiers_of\(([\w.]+)\)": r"""(
        SELECT group_concat(stated.identifier, ' ' ORDER BY stated.identifier COLLATE BINARY)
        FROM (
            SELECT paper_identifiers.scheme || ':' || paper_identifiers.value AS identifier
            FROM paper_identifiers
            WHERE paper_identifiers.paper_id = \1
            ORDER BY 1
        ) AS stated
    )""",
    # A text without blanks and line breaks.
    r"unbroken\(([\w.]+)\)": r"replace(replace(\1, ' ', ''), '\n', '')",
    # The address of a paper's own repository; of several the first by spelling.
    r"code_of\(([\w.]+)\)": r"""(
        SELECT min(repositories.url COLLATE BINARY)
        FROM repo_links
        JOIN repositories ON repositories.id = repo_links.repository_id
        WHERE repo_links.paper_id = \1 AND repo_links.role = 'own'
    )""",
    # Whether a paper states a repository of its own.
    r"has_code\(([\w.]+)\)": (
        r"EXISTS (SELECT 1 FROM repo_links WHERE repo_links.paper_id = \1 AND repo_links.role = 'own')"
    ),
    # A share in percent, with one decimal; null of nothing.
    r"percent\(([\w.]+), ([\w.]+)\)": (
        r"CAST(CASE WHEN \2 > 0 THEN round(100.0 * \1 / \2, 1) END AS double precision)"
    ),
}
_PATTERNS = tuple((re.compile(rf"\b{word}"), sql) for word, sql in _WORDS.items())


def spell_out(sql: str) -> str:
    """Put the SQL that each word stands for in its place.

    >>> spell_out("SELECT percent(coded, counted.papers)")
    'SELECT CAST(CASE WHEN counted.papers > 0 THEN round(100.0 * coded / counted.papers, 1) END AS double precision)'
    """
    for pattern, meaning in _PATTERNS:
        sql = pattern.sub(meaning, sql)
    return sql
