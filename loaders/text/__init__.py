"""Pure functions on text: mending, titles, names, links, times and the table of editions."""
