WITH several AS (
    SELECT
        paper_id
    FROM (
        SELECT
            paper_sources.paper_id
        FROM paper_sources
        GROUP BY
            paper_sources.paper_id
        HAVING
            COUNT(*) > 1
    ) AS papers_mentioned_twice
), varied AS (
    SELECT
        *
    FROM (
        SELECT
            paper_sources.paper_id,
            COUNT(DISTINCT paper_sources.title) > 1 AS has_titles,
            COUNT(DISTINCT REPLACE(paper_sources.byline, '⋅', '·')) > 1 AS has_bylines,
            COUNT(DISTINCT paper_sources.authors) > 1 AS has_places,
            COUNT(paper_sources.abstract) > 0 AND COUNT(CASE WHEN paper_sources.has_abstract THEN 1 END) > 1 AS has_abstracts,
            MIN(paper_sources.raw_kind) <> MAX(paper_sources.raw_kind) AS has_kinds
        FROM paper_sources
        WHERE
            paper_sources.paper_id IN (
                SELECT
                    several.paper_id
                FROM several
            )
        GROUP BY
            paper_sources.paper_id
    ) AS varied_mentions
), conflicts AS (
    SELECT
        paper_id,
        field,
        shown,
        other,
        rule,
        source_id
    FROM (
        WITH spellings(paper_id, field, shown, inverted, stated, rule, source_id) AS (
            SELECT
                papers.id,
                'title',
                papers.title,
                NULL,
                paper_sources.title,
                'the best preserved spelling',
                paper_sources.id
            FROM varied
            JOIN papers
                ON papers.id = varied.paper_id
            JOIN paper_sources
                ON paper_sources.paper_id = papers.id
            WHERE
                varied.has_titles
            UNION ALL
            SELECT
                varied.paper_id,
                'byline',
                (
                    SELECT
                        GROUP_CONCAT(byline.name, ' · ')
                    FROM (
                        SELECT
                            authors.name,
                            authorships.position
                        FROM authorships
                        JOIN authors
                            ON authors.id = authorships.author_id
                        WHERE
                            authorships.paper_id = varied.paper_id
                        ORDER BY
                            authorships.position
                    ) AS byline
                ),
                (
                    SELECT
                        GROUP_CONCAT(inverted.name, ' · ')
                    FROM (
                        SELECT
                            CASE
                                WHEN INSTR(authorships.raw_name, ',') > 0
                                THEN authorships.raw_name
                                ELSE SUBSTR(authors.name, 1 + LENGTH(RTRIM(authors.name, REPLACE(authors.name, ' ', '')))) || RTRIM(authors.name, REPLACE(authors.name, ' ', ''))
                            END AS name,
                            authorships.position
                        FROM authorships
                        JOIN authors
                            ON authors.id = authorships.author_id
                        WHERE
                            authorships.paper_id = varied.paper_id
                        ORDER BY
                            authorships.position
                    ) AS inverted
                ),
                paper_sources.byline,
                'most authors, then fewest initials, then most letters',
                paper_sources.id
            FROM varied
            JOIN paper_sources
                ON paper_sources.paper_id = varied.paper_id
            WHERE
                varied.has_bylines AND paper_sources.byline IS NOT NULL
        ), spelled AS (
            SELECT
                spellings.paper_id,
                spellings.field,
                spellings.shown,
                spellings.stated,
                spellings.rule,
                spellings.source_id,
                (
                    SELECT
                        REPLACE(
                            REPLACE(
                                REPLACE(
                                    REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(solid.text, '''', ''), '’', ''), '"', ''), '“', ''), '”', ''), '`', ''),
                                    '*',
                                    ''
                                ),
                                '{',
                                ''
                            ),
                            '}',
                            ''
                        )
                    FROM (
                        SELECT
                            REPLACE(
                                REPLACE(
                                    REPLACE(
                                        REPLACE(
                                            REPLACE(
                                                REPLACE(
                                                    REPLACE(
                                                        REPLACE(
                                                            REPLACE(
                                                                REPLACE(
                                                                    REPLACE(REPLACE(REPLACE(REPLACE(LOWER(spellings.shown), ' and ', ' '), ' ', ''), '
', ''), '·', ''),
                                                                    '⋅',
                                                                    ''
                                                                ),
                                                                '|',
                                                                ''
                                                            ),
                                                            '&',
                                                            ''
                                                        ),
                                                        '-',
                                                        ''
                                                    ),
                                                    '–',
                                                    ''
                                                ),
                                                '—',
                                                ''
                                            ),
                                            '.',
                                            ''
                                        ),
                                        ',',
                                        ''
                                    ),
                                    ';',
                                    ''
                                ),
                                ':',
                                ''
                            ) AS text
                    ) AS solid
                ) AS shown_letters,
                (
                    SELECT
                        REPLACE(
                            REPLACE(
                                REPLACE(
                                    REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(solid.text, '''', ''), '’', ''), '"', ''), '“', ''), '”', ''), '`', ''),
                                    '*',
                                    ''
                                ),
                                '{',
                                ''
                            ),
                            '}',
                            ''
                        )
                    FROM (
                        SELECT
                            REPLACE(
                                REPLACE(
                                    REPLACE(
                                        REPLACE(
                                            REPLACE(
                                                REPLACE(
                                                    REPLACE(
                                                        REPLACE(
                                                            REPLACE(
                                                                REPLACE(
                                                                    REPLACE(REPLACE(REPLACE(REPLACE(LOWER(spellings.inverted), ' and ', ' '), ' ', ''), '
', ''), '·', ''),
                                                                    '⋅',
                                                                    ''
                                                                ),
                                                                '|',
                                                                ''
                                                            ),
                                                            '&',
                                                            ''
                                                        ),
                                                        '-',
                                                        ''
                                                    ),
                                                    '–',
                                                    ''
                                                ),
                                                '—',
                                                ''
                                            ),
                                            '.',
                                            ''
                                        ),
                                        ',',
                                        ''
                                    ),
                                    ';',
                                    ''
                                ),
                                ':',
                                ''
                            ) AS text
                    ) AS solid
                ) AS inverted_letters,
                (
                    SELECT
                        REPLACE(
                            REPLACE(
                                REPLACE(
                                    REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(solid.text, '''', ''), '’', ''), '"', ''), '“', ''), '”', ''), '`', ''),
                                    '*',
                                    ''
                                ),
                                '{',
                                ''
                            ),
                            '}',
                            ''
                        )
                    FROM (
                        SELECT
                            REPLACE(
                                REPLACE(
                                    REPLACE(
                                        REPLACE(
                                            REPLACE(
                                                REPLACE(
                                                    REPLACE(
                                                        REPLACE(
                                                            REPLACE(
                                                                REPLACE(
                                                                    REPLACE(REPLACE(REPLACE(REPLACE(LOWER(spellings.stated), ' and ', ' '), ' ', ''), '
', ''), '·', ''),
                                                                    '⋅',
                                                                    ''
                                                                ),
                                                                '|',
                                                                ''
                                                            ),
                                                            '&',
                                                            ''
                                                        ),
                                                        '-',
                                                        ''
                                                    ),
                                                    '–',
                                                    ''
                                                ),
                                                '—',
                                                ''
                                            ),
                                            '.',
                                            ''
                                        ),
                                        ',',
                                        ''
                                    ),
                                    ';',
                                    ''
                                ),
                                ':',
                                ''
                            ) AS text
                    ) AS solid
                ) AS letters,
                spellings.field = 'byline'
                AND LENGTH(spellings.stated) - LENGTH(REPLACE(spellings.stated, ',', '')) = 1 + (
                    LENGTH(spellings.stated) - LENGTH(REPLACE(spellings.stated, ' · ', ''))
                ) / 3 AS is_inverted
            FROM spellings
        )
        SELECT
            spelled.paper_id,
            spelled.field,
            spelled.shown,
            spelled.stated AS other,
            spelled.rule,
            spelled.source_id
        FROM spelled
        WHERE
            (
                spelled.is_inverted OR spelled.letters <> spelled.shown_letters
            )
            AND NOT (
                INSTR(spelled.stated, ',') > 0 AND spelled.letters = COALESCE(spelled.inverted_letters, '')
            )
            AND EXISTS(
                SELECT
                    1
                FROM spelled AS others
                WHERE
                    others.paper_id = spelled.paper_id AND others.field = spelled.field AND others.letters <> spelled.letters
            )
    ) AS conflicting_spellings
    UNION ALL
    SELECT
        paper_id,
        field,
        shown,
        other,
        rule,
        source_id
    FROM (
        WITH abstracts AS (
            SELECT
                papers.id AS paper_id,
                paper_sources.id AS source_id,
                papers.abstract AS shown,
                paper_sources.abstract AS stated,
                COALESCE(others.abstract, papers.abstract) AS longer
            FROM varied
            JOIN papers
                ON papers.id = varied.paper_id
            JOIN paper_sources
                ON paper_sources.paper_id = papers.id
            JOIN paper_sources AS others
                ON others.paper_id = papers.id AND others.id <> paper_sources.id
            WHERE
                varied.has_abstracts
                AND others.has_abstract
                AND LENGTH(COALESCE(others.abstract, papers.abstract)) >= LENGTH(paper_sources.abstract)
        )
        SELECT
            abstracts.paper_id,
            'abstract' AS field,
            abstracts.shown,
            abstracts.stated AS other,
            'the longest' AS rule,
            abstracts.source_id
        FROM abstracts
        WHERE
            LENGTH(abstracts.shown) > LENGTH(abstracts.stated) + 100
            OR (
                REPLACE(REPLACE(abstracts.stated, ' ', ''), '
', '') <> REPLACE(REPLACE(abstracts.shown, ' ', ''), '
', '')
                AND REPLACE(REPLACE(abstracts.stated, ' ', ''), '
', '') <> REPLACE(REPLACE(abstracts.longer, ' ', ''), '
', '')
                AND (
                    SELECT
                        REPLACE(
                            REPLACE(
                                REPLACE(
                                    REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(solid.text, '''', ''), '’', ''), '"', ''), '“', ''), '”', ''), '`', ''),
                                    '*',
                                    ''
                                ),
                                '{',
                                ''
                            ),
                            '}',
                            ''
                        )
                    FROM (
                        SELECT
                            REPLACE(
                                REPLACE(
                                    REPLACE(
                                        REPLACE(
                                            REPLACE(
                                                REPLACE(
                                                    REPLACE(
                                                        REPLACE(
                                                            REPLACE(
                                                                REPLACE(
                                                                    REPLACE(REPLACE(REPLACE(REPLACE(LOWER(abstracts.stated), ' and ', ' '), ' ', ''), '
', ''), '·', ''),
                                                                    '⋅',
                                                                    ''
                                                                ),
                                                                '|',
                                                                ''
                                                            ),
                                                            '&',
                                                            ''
                                                        ),
                                                        '-',
                                                        ''
                                                    ),
                                                    '–',
                                                    ''
                                                ),
                                                '—',
                                                ''
                                            ),
                                            '.',
                                            ''
                                        ),
                                        ',',
                                        ''
                                    ),
                                    ';',
                                    ''
                                ),
                                ':',
                                ''
                            ) AS text
                    ) AS solid
                ) <> (
                    SELECT
                        REPLACE(
                            REPLACE(
                                REPLACE(
                                    REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(solid.text, '''', ''), '’', ''), '"', ''), '“', ''), '”', ''), '`', ''),
                                    '*',
                                    ''
                                ),
                                '{',
                                ''
                            ),
                            '}',
                            ''
                        )
                    FROM (
                        SELECT
                            REPLACE(
                                REPLACE(
                                    REPLACE(
                                        REPLACE(
                                            REPLACE(
                                                REPLACE(
                                                    REPLACE(
                                                        REPLACE(
                                                            REPLACE(
                                                                REPLACE(
                                                                    REPLACE(REPLACE(REPLACE(REPLACE(LOWER(abstracts.shown), ' and ', ' '), ' ', ''), '
', ''), '·', ''),
                                                                    '⋅',
                                                                    ''
                                                                ),
                                                                '|',
                                                                ''
                                                            ),
                                                            '&',
                                                            ''
                                                        ),
                                                        '-',
                                                        ''
                                                    ),
                                                    '–',
                                                    ''
                                                ),
                                                '—',
                                                ''
                                            ),
                                            '.',
                                            ''
                                        ),
                                        ',',
                                        ''
                                    ),
                                    ';',
                                    ''
                                ),
                                ':',
                                ''
                            ) AS text
                    ) AS solid
                )
                AND (
                    SELECT
                        REPLACE(
                            REPLACE(
                                REPLACE(
                                    REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(solid.text, '''', ''), '’', ''), '"', ''), '“', ''), '”', ''), '`', ''),
                                    '*',
                                    ''
                                ),
                                '{',
                                ''
                            ),
                            '}',
                            ''
                        )
                    FROM (
                        SELECT
                            REPLACE(
                                REPLACE(
                                    REPLACE(
                                        REPLACE(
                                            REPLACE(
                                                REPLACE(
                                                    REPLACE(
                                                        REPLACE(
                                                            REPLACE(
                                                                REPLACE(
                                                                    REPLACE(REPLACE(REPLACE(REPLACE(LOWER(abstracts.stated), ' and ', ' '), ' ', ''), '
', ''), '·', ''),
                                                                    '⋅',
                                                                    ''
                                                                ),
                                                                '|',
                                                                ''
                                                            ),
                                                            '&',
                                                            ''
                                                        ),
                                                        '-',
                                                        ''
                                                    ),
                                                    '–',
                                                    ''
                                                ),
                                                '—',
                                                ''
                                            ),
                                            '.',
                                            ''
                                        ),
                                        ',',
                                        ''
                                    ),
                                    ';',
                                    ''
                                ),
                                ':',
                                ''
                            ) AS text
                    ) AS solid
                ) <> (
                    SELECT
                        REPLACE(
                            REPLACE(
                                REPLACE(
                                    REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(solid.text, '''', ''), '’', ''), '"', ''), '“', ''), '”', ''), '`', ''),
                                    '*',
                                    ''
                                ),
                                '{',
                                ''
                            ),
                            '}',
                            ''
                        )
                    FROM (
                        SELECT
                            REPLACE(
                                REPLACE(
                                    REPLACE(
                                        REPLACE(
                                            REPLACE(
                                                REPLACE(
                                                    REPLACE(
                                                        REPLACE(
                                                            REPLACE(
                                                                REPLACE(
                                                                    REPLACE(REPLACE(REPLACE(REPLACE(LOWER(abstracts.longer), ' and ', ' '), ' ', ''), '
', ''), '·', ''),
                                                                    '⋅',
                                                                    ''
                                                                ),
                                                                '|',
                                                                ''
                                                            ),
                                                            '&',
                                                            ''
                                                        ),
                                                        '-',
                                                        ''
                                                    ),
                                                    '–',
                                                    ''
                                                ),
                                                '—',
                                                ''
                                            ),
                                            '.',
                                            ''
                                        ),
                                        ',',
                                        ''
                                    ),
                                    ';',
                                    ''
                                ),
                                ':',
                                ''
                            ) AS text
                    ) AS solid
                )
            )
    ) AS conflicting_abstracts
    UNION ALL
    SELECT
        paper_id,
        field,
        shown,
        other,
        rule,
        source_id
    FROM (
        SELECT
            authorships.paper_id,
            'affiliation' AS field,
            authors.name || ': ' || MIN(authorships.affiliation) AS shown,
            authors.name || ': ' || MIN(CASE listed.type WHEN 'array' THEN JSON_EXTRACT(listed.value, '$[' || 1 || ']') END) AS other,
            'stated most often; ties go to the alphabetically last' AS rule,
            paper_sources.id AS source_id
        FROM varied
        CROSS JOIN paper_sources
        CROSS JOIN JSON_EACH(paper_sources.authors) AS listed
        CROSS JOIN authorships
        CROSS JOIN authors
        WHERE
            varied.has_places
            AND paper_sources.paper_id = varied.paper_id
            AND authorships.paper_id = varied.paper_id
            AND authors.id = authorships.author_id
            AND CASE listed.type WHEN 'array' THEN JSON_EXTRACT(listed.value, '$[' || 0 || ']') END IN (authors.name, authorships.raw_name)
        GROUP BY
            authorships.paper_id,
            authors.name,
            paper_sources.id
        HAVING
            COUNT(*) = 1
            AND MIN(authorships.affiliation) <> MIN(CASE listed.type WHEN 'array' THEN JSON_EXTRACT(listed.value, '$[' || 1 || ']') END)
    ) AS conflicting_affiliations
    UNION ALL
    SELECT
        paper_id,
        field,
        shown,
        other,
        rule,
        source_id
    FROM (
        SELECT
            paper_sources.paper_id,
            'upvotes' AS field,
            CAST(listing_entries.upvotes AS TEXT) AS shown,
            CAST(paper_sources.upvotes AS TEXT) AS other,
            'the highest' AS rule,
            paper_sources.id AS source_id
        FROM listing_entries
        CROSS JOIN paper_sources
        WHERE
            paper_sources.listing_id = listing_entries.listing_id
            AND paper_sources.listing_position = listing_entries.position
            AND paper_sources.upvotes <> listing_entries.upvotes
    ) AS conflicting_upvotes
    UNION ALL
    SELECT
        paper_id,
        field,
        shown,
        other,
        rule,
        source_id
    FROM (
        WITH slot_facts AS (
            SELECT
                slots.paper_id,
                fields.field,
                CASE fields.field
                    WHEN 'kind'
                    THEN slots.kind
                    WHEN 'ends_at'
                    THEN slots.ends_at
                    WHEN 'room'
                    THEN slots.room
                    WHEN 'poster_number'
                    THEN slots.poster_number
                    WHEN 'award'
                    THEN slots.award
                END AS shown,
                CASE fields.field
                    WHEN 'kind'
                    THEN CASE WHEN slot_sources.raw_kind IS NOT NULL OR slot_sources.kind <> 'other' THEN slot_sources.kind END
                    WHEN 'ends_at'
                    THEN slot_sources.ends_at
                    WHEN 'room'
                    THEN slot_sources.room
                    WHEN 'poster_number'
                    THEN slot_sources.poster_number
                    WHEN 'award'
                    THEN slot_sources.award
                END AS stated,
                slot_sources.paper_source_id AS source_id
            FROM (
                SELECT
                    slot_sources.slot_id
                FROM several
                JOIN slots
                    ON slots.paper_id = several.paper_id
                JOIN slot_sources
                    ON slot_sources.slot_id = slots.id
                GROUP BY
                    slot_sources.slot_id
                HAVING
                    COUNT(*) > 1
            ) AS restated
            JOIN slots
                ON slots.id = restated.slot_id
            JOIN slot_sources
                ON slot_sources.slot_id = slots.id
            CROSS JOIN (
                SELECT
                    'kind' AS field
                UNION ALL
                SELECT
                    'ends_at'
                UNION ALL
                SELECT
                    'room'
                UNION ALL
                SELECT
                    'poster_number'
                UNION ALL
                SELECT
                    'award'
            ) AS fields
        )
        SELECT
            slot_facts.paper_id,
            slot_facts.field,
            slot_facts.shown,
            slot_facts.stated AS other,
            'stated most often; ties go to the alphabetically last' AS rule,
            slot_facts.source_id
        FROM slot_facts
        WHERE
            slot_facts.stated <> slot_facts.shown
            AND (
                SELECT
                    REPLACE(
                        REPLACE(
                            REPLACE(
                                REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(solid.text, '''', ''), '’', ''), '"', ''), '“', ''), '”', ''), '`', ''),
                                '*',
                                ''
                            ),
                            '{',
                            ''
                        ),
                        '}',
                        ''
                    )
                FROM (
                    SELECT
                        REPLACE(
                            REPLACE(
                                REPLACE(
                                    REPLACE(
                                        REPLACE(
                                            REPLACE(
                                                REPLACE(
                                                    REPLACE(
                                                        REPLACE(
                                                            REPLACE(
                                                                REPLACE(REPLACE(REPLACE(REPLACE(LOWER(slot_facts.stated), ' and ', ' '), ' ', ''), '
', ''), '·', ''),
                                                                '⋅',
                                                                ''
                                                            ),
                                                            '|',
                                                            ''
                                                        ),
                                                        '&',
                                                        ''
                                                    ),
                                                    '-',
                                                    ''
                                                ),
                                                '–',
                                                ''
                                            ),
                                            '—',
                                            ''
                                        ),
                                        '.',
                                        ''
                                    ),
                                    ',',
                                    ''
                                ),
                                ';',
                                ''
                            ),
                            ':',
                            ''
                        ) AS text
                ) AS solid
            ) <> (
                SELECT
                    REPLACE(
                        REPLACE(
                            REPLACE(
                                REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(solid.text, '''', ''), '’', ''), '"', ''), '“', ''), '”', ''), '`', ''),
                                '*',
                                ''
                            ),
                            '{',
                            ''
                        ),
                        '}',
                        ''
                    )
                FROM (
                    SELECT
                        REPLACE(
                            REPLACE(
                                REPLACE(
                                    REPLACE(
                                        REPLACE(
                                            REPLACE(
                                                REPLACE(
                                                    REPLACE(
                                                        REPLACE(
                                                            REPLACE(
                                                                REPLACE(REPLACE(REPLACE(REPLACE(LOWER(slot_facts.shown), ' and ', ' '), ' ', ''), '
', ''), '·', ''),
                                                                '⋅',
                                                                ''
                                                            ),
                                                            '|',
                                                            ''
                                                        ),
                                                        '&',
                                                        ''
                                                    ),
                                                    '-',
                                                    ''
                                                ),
                                                '–',
                                                ''
                                            ),
                                            '—',
                                            ''
                                        ),
                                        '.',
                                        ''
                                    ),
                                    ',',
                                    ''
                                ),
                                ';',
                                ''
                            ),
                            ':',
                            ''
                        ) AS text
                ) AS solid
            )
    ) AS conflicting_slots
    UNION ALL
    SELECT
        paper_id,
        field,
        shown,
        other,
        rule,
        source_id
    FROM (
        WITH assigned AS (
            SELECT
                paper_sources.paper_id,
                paper_sources.edition_id,
                paper_sources.id AS source_id
            FROM paper_sources
            WHERE
                paper_sources.edition_id IS NOT NULL
                AND paper_sources.paper_id IN (
                    SELECT
                        several.paper_id
                    FROM several
                )
            UNION ALL
            SELECT
                slots.paper_id,
                sessions.edition_id,
                slot_sources.paper_source_id
            FROM slots
            JOIN sessions
                ON sessions.id = slots.session_id
            JOIN slot_sources
                ON slot_sources.slot_id = slots.id
            WHERE
                sessions.edition_id IS NOT NULL AND slots.paper_id IN (
                    SELECT
                        several.paper_id
                    FROM several
                )
        ), multi_valued(paper_id, field, scope, value, source_id) AS (
            SELECT
                paper_identifiers.paper_id,
                paper_identifiers.scheme,
                0,
                paper_identifiers.value,
                paper_sources.id
            FROM (
                SELECT
                    paper_identifiers.paper_id,
                    paper_identifiers.scheme
                FROM paper_identifiers
                WHERE
                    paper_identifiers.paper_id IN (
                        SELECT
                            several.paper_id
                        FROM several
                    )
                    AND paper_identifiers.scheme <> 'site'
                GROUP BY
                    paper_identifiers.paper_id,
                    paper_identifiers.scheme
                HAVING
                    COUNT(*) > 1
            ) AS doubled
            JOIN paper_identifiers
                ON paper_identifiers.paper_id = doubled.paper_id AND paper_identifiers.scheme = doubled.scheme
            JOIN paper_sources
                ON paper_sources.paper_id = doubled.paper_id
                AND INSTR(
                    ' ' || paper_sources.identifiers || ' ',
                    ' ' || paper_identifiers.scheme || ':' || paper_identifiers.value || ' '
                ) > 0
            UNION ALL
            SELECT
                assigned.paper_id,
                'edition',
                0,
                editions.name,
                assigned.source_id
            FROM (
                SELECT
                    assigned.paper_id
                FROM assigned
                GROUP BY
                    assigned.paper_id
                HAVING
                    MIN(assigned.edition_id) <> MAX(assigned.edition_id)
            ) AS divided
            JOIN assigned
                ON assigned.paper_id = divided.paper_id
            JOIN editions
                ON editions.id = assigned.edition_id
            UNION ALL
            SELECT
                varied.paper_id,
                'presentation',
                paper_sources.edition_id,
                CASE
                    WHEN INSTR(LOWER(paper_sources.raw_kind), 'reject') > 0
                    THEN 'rejected'
                    WHEN INSTR(LOWER(paper_sources.raw_kind), 'withdraw') > 0
                    THEN 'withdrawn'
                    WHEN INSTR(LOWER(paper_sources.raw_kind), 'oral') > 0
                    THEN 'oral'
                    WHEN INSTR(LOWER(paper_sources.raw_kind), 'spotlight') > 0
                    THEN 'spotlight'
                    WHEN INSTR(LOWER(paper_sources.raw_kind), 'poster') > 0
                    THEN 'poster'
                END,
                paper_sources.id
            FROM varied
            JOIN paper_sources
                ON paper_sources.paper_id = varied.paper_id
            WHERE
                varied.has_kinds
            UNION ALL
            SELECT
                repo_links.paper_id,
                'repository',
                0,
                repositories.host || '/' || repositories.path,
                repo_links.paper_source_id
            FROM (
                SELECT
                    repo_links.paper_id
                FROM repo_links
                WHERE
                    repo_links.role = 'own' AND repo_links.paper_id IN (
                        SELECT
                            several.paper_id
                        FROM several
                    )
                GROUP BY
                    repo_links.paper_id
                HAVING
                    MIN(repo_links.repository_id) <> MAX(repo_links.repository_id)
            ) AS divided
            JOIN repo_links
                ON repo_links.paper_id = divided.paper_id AND repo_links.role = 'own'
            JOIN repositories
                ON repositories.id = repo_links.repository_id
            UNION ALL
            SELECT
                paper_links.paper_id,
                'project_page',
                0,
                RTRIM(REPLACE(paper_links.url, 'http://', 'https://'), '/'),
                paper_links.paper_source_id
            FROM (
                SELECT
                    paper_links.paper_id
                FROM paper_links
                WHERE
                    paper_links.kind = 'project_page'
                    AND paper_links.paper_id IN (
                        SELECT
                            several.paper_id
                        FROM several
                    )
                GROUP BY
                    paper_links.paper_id
                HAVING
                    MIN(paper_links.paper_source_id) <> MAX(paper_links.paper_source_id)
            ) AS divided
            JOIN paper_links
                ON paper_links.paper_id = divided.paper_id AND paper_links.kind = 'project_page'
        )
        SELECT
            one.paper_id,
            one.field,
            one.value AS shown,
            other.value AS other,
            'all are kept' AS rule,
            other.source_id
        FROM multi_valued AS one
        JOIN multi_valued AS other
            ON other.paper_id = one.paper_id AND other.field = one.field AND other.scope = one.scope AND other.value > one.value
        WHERE
            NOT EXISTS(
                SELECT
                    1
                FROM multi_valued AS more
                WHERE
                    more.paper_id = one.paper_id
                    AND more.field = one.field
                    AND (
                        (
                            more.source_id = one.source_id AND more.value = other.value
                        )
                        OR (
                            more.source_id = other.source_id AND more.value = one.value
                        )
                    )
            )
    ) AS conflicting_values
    UNION ALL
    SELECT
        paper_id,
        field,
        shown,
        other,
        rule,
        source_id
    FROM (
        SELECT
            other.paper_id,
            'role' AS field,
            repositories.host || '/' || repositories.path || ': own' AS shown,
            repositories.host || '/' || repositories.path || ': other' AS other,
            'own if any mention says so' AS rule,
            other.paper_source_id AS source_id
        FROM several
        JOIN repo_links AS other
            ON other.paper_id = several.paper_id
        JOIN repo_links AS own
            ON own.paper_id = other.paper_id
            AND own.role = 'own'
            AND own.repository_id = other.repository_id
            AND own.paper_source_id <> other.paper_source_id
        JOIN repositories
            ON repositories.id = other.repository_id
        WHERE
            other.role = 'other'
    ) AS conflicting_roles
    UNION ALL
    SELECT
        paper_id,
        field,
        shown,
        other,
        rule,
        source_id
    FROM (
        SELECT
            one.paper_id,
            'starts_at' AS field,
            one.starts_at AS shown,
            other.starts_at AS other,
            'each start time is a slot of its own' AS rule,
            slot_sources.paper_source_id AS source_id
        FROM (
            SELECT
                slots.paper_id
            FROM several
            JOIN slots
                ON slots.paper_id = several.paper_id
            GROUP BY
                slots.paper_id
            HAVING
                COUNT(*) > 1
        ) AS presented
        JOIN slots AS one
            ON one.paper_id = presented.paper_id
        JOIN slots AS other
            ON other.paper_id = one.paper_id AND other.kind = one.kind AND other.starts_at > one.starts_at
        JOIN sessions AS one_session
            ON one_session.id = one.session_id
        JOIN sessions AS other_session
            ON other_session.id = other.session_id
            AND other_session.edition_id = one_session.edition_id
            AND other_session.title = one_session.title
        JOIN slot_sources
            ON slot_sources.slot_id = other.id
        WHERE
            NOT EXISTS(
                SELECT
                    1
                FROM slot_sources AS one_source
                JOIN slot_sources AS other_source
                    ON other_source.document_id = one_source.document_id
                WHERE
                    one_source.slot_id = one.id AND other_source.slot_id = other.id
            )
    ) AS conflicting_starts
    UNION ALL
    SELECT
        paper_id,
        field,
        shown,
        other,
        rule,
        source_id
    FROM (
        WITH same_title AS (
            SELECT
                papers.id AS paper_id,
                papers.title_key,
                authorships.author_id
            FROM (
                SELECT
                    papers.title_key
                FROM papers
                GROUP BY
                    papers.title_key
                HAVING
                    COUNT(*) > 1
            ) AS shared
            JOIN papers
                ON papers.title_key = shared.title_key
            LEFT JOIN authorships
                ON authorships.paper_id = papers.id
        ), kept_apart AS (
            SELECT
                one.paper_id,
                other.paper_id AS other_id,
                one.author_id IS NULL AS lacks_authors,
                COUNT(theirs.scheme) > 0 AS has_other_identifiers
            FROM same_title AS one
            JOIN same_title AS other
                ON other.title_key = one.title_key
                AND other.author_id = COALESCE(one.author_id, other.author_id)
                AND other.paper_id <> one.paper_id
            LEFT JOIN paper_identifiers AS own
                ON own.paper_id = one.paper_id
            LEFT JOIN paper_identifiers AS theirs
                ON theirs.paper_id = other.paper_id AND theirs.scheme = own.scheme
            GROUP BY
                one.paper_id,
                other.paper_id,
                one.author_id IS NULL
        )
        SELECT
            kept_apart.paper_id,
            'authors' AS field,
            CAST(NULL AS TEXT) AS shown,
            (
                SELECT
                    GROUP_CONCAT(byline.name, ' · ')
                FROM (
                    SELECT
                        authors.name,
                        authorships.position
                    FROM authorships
                    JOIN authors
                        ON authors.id = authorships.author_id
                    WHERE
                        authorships.paper_id = kept_apart.other_id
                    ORDER BY
                        authorships.position
                ) AS byline
            ) AS other,
            'without authors, it is merged with none of several papers' AS rule,
            paper_sources.id AS source_id
        FROM kept_apart
        JOIN paper_sources
            ON paper_sources.paper_id = kept_apart.other_id
        WHERE
            kept_apart.lacks_authors AND NOT kept_apart.has_other_identifiers
        UNION ALL
        SELECT
            kept_apart.paper_id,
            'identity',
            (
                SELECT
                    GROUP_CONCAT(stated.identifier, ' ')
                FROM (
                    SELECT
                        paper_identifiers.scheme || ':' || paper_identifiers.value AS identifier
                    FROM paper_identifiers
                    WHERE
                        paper_identifiers.paper_id = kept_apart.paper_id AND paper_identifiers.scheme <> 'site'
                    ORDER BY
                        1
                ) AS stated
            ),
            (
                SELECT
                    GROUP_CONCAT(stated.identifier, ' ')
                FROM (
                    SELECT
                        paper_identifiers.scheme || ':' || paper_identifiers.value AS identifier
                    FROM paper_identifiers
                    WHERE
                        paper_identifiers.paper_id = kept_apart.other_id AND paper_identifiers.scheme <> 'site'
                    ORDER BY
                        1
                ) AS stated
            ),
            'conflicting identifiers keep papers apart',
            paper_sources.id
        FROM kept_apart
        JOIN paper_sources
            ON paper_sources.paper_id = kept_apart.other_id
        WHERE
            kept_apart.has_other_identifiers AND NOT kept_apart.lacks_authors
    ) AS papers_of_one_title
    UNION ALL
    SELECT
        paper_id,
        field,
        shown,
        other,
        rule,
        source_id
    FROM (
        SELECT
            own.paper_id,
            'identifier' AS field,
            papers.title AS shown,
            other.title AS other,
            'a shared identifier does not merge papers whose titles and authors differ' AS rule,
            paper_sources.id AS source_id
        FROM (
            SELECT
                paper_identifiers.scheme,
                paper_identifiers.value
            FROM paper_identifiers
            GROUP BY
                paper_identifiers.scheme,
                paper_identifiers.value
            HAVING
                COUNT(*) > 1
        ) AS copied
        JOIN paper_identifiers AS own
            ON own.scheme = copied.scheme AND own.value = copied.value
        JOIN paper_identifiers AS theirs
            ON theirs.scheme = own.scheme AND theirs.value = own.value AND theirs.paper_id <> own.paper_id
        JOIN papers
            ON papers.id = own.paper_id
        JOIN papers AS other
            ON other.id = theirs.paper_id
        JOIN paper_sources
            ON paper_sources.paper_id = other.id
    ) AS papers_of_one_identifier
), candidates AS (
    SELECT
        'paper' AS subject_type,
        papers.key AS target_key,
        '' AS subject,
        papers.title,
        conflicts.field,
        conflicts.shown,
        conflicts.other,
        CASE
            WHEN (
                EXISTS(
                    SELECT
                        1
                    FROM corrections
                    WHERE
                        corrections.target_key = papers.key
                        AND corrections.subject_type = 'paper'
                        AND corrections.field = CASE conflicts.field WHEN 'byline' THEN 'authors' ELSE conflicts.field END
                        AND conflicts.field IN ('title', 'byline', 'abstract')
                )
                OR EXISTS(
                    SELECT
                        1
                    FROM slots
                    JOIN sessions
                        ON sessions.id = slots.session_id
                    JOIN corrections
                        ON corrections.target_key = sessions.key
                    WHERE
                        slots.paper_id = papers.id
                        AND corrections.subject_type = 'slot'
                        AND corrections.field = conflicts.field
                        AND CASE JSON_TYPE(corrections.value) WHEN 'text' THEN JSON_EXTRACT(corrections.value, '$') ELSE corrections.value END = conflicts.shown
                )
                OR EXISTS(
                    SELECT
                        1
                    FROM listing_entries
                    JOIN listings
                        ON listings.id = listing_entries.listing_id
                    JOIN corrections
                        ON corrections.target_key = listings.key
                    WHERE
                        listing_entries.paper_id = papers.id
                        AND corrections.subject_type = 'entry'
                        AND corrections.field = conflicts.field
                        AND CASE JSON_TYPE(corrections.value) WHEN 'text' THEN JSON_EXTRACT(corrections.value, '$') ELSE corrections.value END = conflicts.shown
                )
            )
            THEN 'a correction'
            ELSE conflicts.rule
        END AS rule,
        documents.uri,
        documents.sha256,
        paper_sources.line_start,
        paper_sources.line_end,
        paper_sources.path,
        1 AS turn
    FROM conflicts
    JOIN papers
        ON papers.id = conflicts.paper_id
    JOIN paper_sources
        ON paper_sources.id = conflicts.source_id
    JOIN documents
        ON documents.id = paper_sources.document_id
    UNION ALL
    SELECT
        *
    FROM (
        WITH papers_named(correction_id, field, name) AS (
            SELECT
                corrections.id,
                corrections.field,
                corrections.subject
            FROM corrections
            WHERE
                corrections.field IN ('same_paper', 'different_papers')
            UNION
            SELECT
                corrections.id,
                corrections.field,
                REPLACE(REPLACE(listed.value, '":"', '": "'), '","', '", "')
            FROM corrections
            CROSS JOIN JSON_EACH(corrections.value) AS listed
            WHERE
                corrections.field IN ('same_paper', 'different_papers')
        ), facts_corrected(correction_id, about, field, value) AS (
            SELECT
                corrections.id,
                CASE WHEN corrections.subject_type IN ('slot', 'entry') THEN corrections.subject ELSE '' END,
                CASE corrections.field WHEN 'authors' THEN 'byline' ELSE corrections.field END,
                CASE corrections.field
                    WHEN 'authors'
                    THEN TRIM(REPLACE(corrections.value, '", "', ' · '), '[]"')
                    WHEN 'edition'
                    THEN COALESCE(
                        editions.name,
                        CASE JSON_TYPE(corrections.value) WHEN 'text' THEN JSON_EXTRACT(corrections.value, '$') ELSE corrections.value END
                    )
                    ELSE CASE JSON_TYPE(corrections.value) WHEN 'text' THEN JSON_EXTRACT(corrections.value, '$') ELSE corrections.value END
                END
            FROM corrections
            LEFT JOIN editions
                ON corrections.field = 'edition'
                AND editions.slug = CASE JSON_TYPE(corrections.value) WHEN 'text' THEN JSON_EXTRACT(corrections.value, '$') ELSE corrections.value END
            WHERE
                NOT corrections.field IN (
                    'add_identifiers',
                    'deny_identifiers',
                    'add_repositories',
                    'deny_repositories',
                    'repository_roles',
                    'same_paper',
                    'different_papers',
                    'same_author',
                    'different_authors'
                )
            UNION ALL
            SELECT
                corrections.id,
                listed.value,
                CASE
                    WHEN corrections.field IN ('add_repositories', 'deny_repositories')
                    THEN 'repository'
                    ELSE SUBSTR(listed.value, 1, INSTR(listed.value, ':') - 1)
                END,
                REPLACE(listed.value, 'https://', '') || CASE WHEN corrections.field IN ('add_identifiers', 'add_repositories') THEN ' (added)' ELSE ' (denied)' END
            FROM corrections
            CROSS JOIN JSON_EACH(corrections.value) AS listed
            WHERE
                corrections.field IN ('add_identifiers', 'deny_identifiers', 'add_repositories', 'deny_repositories')
            UNION ALL
            SELECT
                corrections.id,
                listed.key,
                'role',
                REPLACE(listed.key, 'https://', '') || ': ' || listed.value
            FROM corrections
            CROSS JOIN JSON_EACH(corrections.value) AS listed
            WHERE
                corrections.field = 'repository_roles'
            UNION ALL
            SELECT
                one.correction_id,
                one.name || ' ' || other.name,
                'identity',
                CASE one.field WHEN 'same_paper' THEN 'the same: ' ELSE 'different: ' END || one.name || ', ' || other.name
            FROM papers_named AS one
            JOIN papers_named AS other
                ON other.correction_id = one.correction_id AND other.name > one.name
        ), corrected AS (
            SELECT
                corrections.subject_type,
                CASE WHEN corrections.subject_type IN ('slot', 'entry') THEN corrections.subject ELSE '' END AS subject,
                facts_corrected.field,
                facts_corrected.value,
                FIRST_VALUE(facts_corrected.value) OVER newest AS shown,
                FIRST_VALUE(corrections.target_key) OVER newest AS target_key,
                documents.uri,
                documents.sha256,
                corrections.line_start,
                corrections.line_end,
                corrections.path
            FROM facts_corrected
            JOIN corrections
                ON corrections.id = facts_corrected.correction_id
            JOIN documents
                ON documents.id = corrections.document_id
            JOIN (
                SELECT
                    captures.document_id,
                    MAX(captures.captured_at) AS captured_at
                FROM captures
                WHERE
                    captures.is_current
                GROUP BY
                    captures.document_id
            ) AS taken
                ON taken.document_id = documents.id
            WHERE
                corrections.target_key IS NOT NULL OR facts_corrected.field = 'identity'
            WINDOW newest AS (
                PARTITION BY corrections.subject_type, CASE WHEN facts_corrected.field = 'identity' THEN '' ELSE corrections.target_key END, facts_corrected.about, facts_corrected.field
                ORDER BY taken.captured_at DESC, documents.sha256 DESC, corrections.line_start DESC, corrections.id DESC
            )
        )
        SELECT
            corrected.subject_type,
            corrected.target_key,
            corrected.subject,
            COALESCE(papers.title, sessions.title, listings.title, authors.name) AS title,
            corrected.field,
            corrected.shown,
            corrected.value AS other,
            'the newest correction' AS rule,
            corrected.uri,
            corrected.sha256,
            corrected.line_start,
            corrected.line_end,
            corrected.path,
            0 AS turn
        FROM corrected
        LEFT JOIN papers
            ON corrected.subject_type = 'paper' AND papers.key = corrected.target_key
        LEFT JOIN sessions
            ON corrected.subject_type IN ('session', 'slot') AND sessions.key = corrected.target_key
        LEFT JOIN listings
            ON corrected.subject_type = 'entry' AND listings.key = corrected.target_key
        LEFT JOIN authors
            ON corrected.subject_type = 'author' AND authors.key = corrected.target_key
        WHERE
            corrected.value <> corrected.shown AND corrected.target_key IS NOT NULL
    ) AS conflicting_corrections
), ranked AS (
    SELECT
        candidates.*,
        DENSE_RANK() OVER (
            PARTITION BY candidates.subject_type, candidates.target_key, candidates.subject, candidates.field
            ORDER BY candidates.other
        ) AS number,
        ROW_NUMBER() OVER (
            PARTITION BY candidates.subject_type, candidates.target_key, candidates.subject, candidates.field
            ORDER BY candidates.turn, candidates.other, candidates.shown, candidates.uri, candidates.sha256, candidates.line_start, candidates.path
        ) AS place
    FROM candidates
), counted AS (
    SELECT
        ranked.*,
        MAX(ranked.number) OVER (PARTITION BY ranked.subject_type, ranked.target_key, ranked.subject, ranked.field) AS others
    FROM ranked
)
SELECT
    counted.title,
    counted.field,
    counted.shown,
    counted.other,
    CAST(counted.others AS INTEGER) AS others,
    counted.rule,
    counted.uri AS document,
    counted.line_start,
    counted.line_end,
    counted.path,
    CASE WHEN counted.subject_type = 'paper' THEN counted.target_key END AS paper_key,
    counted.subject_type,
    counted.target_key
FROM counted
WHERE
    counted.place = 1
