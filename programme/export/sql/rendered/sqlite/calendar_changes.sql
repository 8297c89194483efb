SELECT
    changes.captured_at AS captured_at,
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
        :edition = '' OR changes.edition = :edition
    )
    AND (
        changes.subject IN ('session', 'slot') OR (
            changes.subject = 'paper' AND changes.former_key IS NOT NULL
        )
    )
ORDER BY
    changes.captured_at,
    changes.session_key NULLS LAST,
    changes.title_key NULLS LAST,
    changes.title,
    changes.change,
    changes.field,
    changes.before,
    changes.after
