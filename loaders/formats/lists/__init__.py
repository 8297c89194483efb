"""Lists of papers that people keep in Markdown."""
