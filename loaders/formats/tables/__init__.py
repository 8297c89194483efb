"""Tables of papers that no site of its own writes: CSV, TSV, JSON, YAML, with columns found by name and content."""
