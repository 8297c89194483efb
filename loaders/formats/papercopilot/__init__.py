"""Paper lists of papercopilot."""
