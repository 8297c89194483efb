"""What several pages share: the request, formatting, and the facts of papers, slots and people."""
