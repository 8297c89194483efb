SELECT
    editions.id, editions.slug, editions.name, editions.year, editions.starts_on, editions.ends_on,
    editions.time_zone, editions.city, editions.accepted_papers, editions.accepted_source, venues.url,
    (SELECT count(*) FROM sessions WHERE sessions.edition_id = editions.id) AS sessions
FROM editions
JOIN venues ON venues.id = editions.venue_id
WHERE editions.slug = :slug
