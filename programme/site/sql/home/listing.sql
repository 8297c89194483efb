SELECT listings.key, listings.title, listings.source, listings.listed_on, listings.listed_month, listings.listed_day
FROM listings
ORDER BY 
    listings.listed_on DESC NULLS LAST, listings.listed_month DESC NULLS LAST, listings.listed_day DESC NULLS LAST,
    listings.key

LIMIT 1
