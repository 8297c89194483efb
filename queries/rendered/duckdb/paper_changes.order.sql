captured_at DESC, uri NULLS FIRST, sha256 NULLS FIRST, subject NULLS FIRST, title NULLS FIRST, change NULLS FIRST, field NULLS FIRST, before NULLS FIRST, after NULLS FIRST, listing_key, paper_key
