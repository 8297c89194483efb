"""Pure functions on text: cleaning, titles, names, links, times and the table of editions."""
