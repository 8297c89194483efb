"""Lists of papercopilot."""
