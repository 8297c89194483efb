"""What parsing a calendar needs, and recognising it does not."""
