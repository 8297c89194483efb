listed_on DESC, listing_key NULLS FIRST, position NULLS FIRST
