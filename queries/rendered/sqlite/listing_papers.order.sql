listed_on DESC, listing_key, position
