SELECT
    TO_CHAR(changes.captured_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS captured_at,
    changes.subject,
    changes.change,
    changes.field,
    changes.before,
    changes.after,
    changes.edition,
    editions.name AS edition_name,
    editions.time_zone,
    changes.session_key,
    changes.former_key,
    changes.title_key,
    changes.title,
    papers.key AS paper_key,
    (
        SELECT
            COUNT(*)
        FROM papers AS alike
        WHERE
            alike.title_key = changes.title_key
    ) AS namesakes
FROM changes
LEFT JOIN editions
    ON editions.slug = changes.edition
LEFT JOIN papers
    ON papers.id = (
        SELECT
            CASE WHEN COUNT(*) = 1 THEN MIN(titled.paper_id) END
        FROM (
            SELECT
                papers.id AS paper_id
            FROM papers
            WHERE
                papers.title_key = changes.title_key
            UNION
            SELECT
                paper_names.paper_id
            FROM paper_names
            WHERE
                paper_names.name = changes.title_key
        ) AS titled
    )
WHERE
    (
        CAST(%(edition)s AS TEXT) = '' OR changes.edition = CAST(%(edition)s AS TEXT)
    )
    AND (
        changes.subject IN ('session', 'slot') OR (
            changes.subject = 'paper' AND changes.former_key IS NOT NULL
        )
    )
ORDER BY
    TO_CHAR(changes.captured_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') COLLATE "C" NULLS FIRST,
    changes.session_key COLLATE "C",
    changes.title_key COLLATE "C",
    changes.title COLLATE "C" NULLS FIRST,
    changes.change COLLATE "C" NULLS FIRST,
    changes.field COLLATE "C" NULLS FIRST,
    changes.before COLLATE "C" NULLS FIRST,
    changes.after COLLATE "C" NULLS FIRST
