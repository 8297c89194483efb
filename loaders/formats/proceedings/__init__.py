"""The web pages of proceedings: a list of papers, each with a line of links below it."""
