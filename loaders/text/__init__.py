"""Pure functions on text: cleaning, titles, names, bylines, links, identifiers, times, venues and editions."""
