"""Public sources by name: a table of them, and a polite way to fetch what they have of an edition or of days."""
