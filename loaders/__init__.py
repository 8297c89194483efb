"""Loading: documents are read, parsed into records, and stored as rows."""
