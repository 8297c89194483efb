SELECT editions.id, venues.slug AS venue, venues.name AS venue_name, editions.year
FROM editions
JOIN venues ON venues.id = editions.venue_id
ORDER BY venues.name
