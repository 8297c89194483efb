"""Saved web pages: the lines a reader sees, with the addresses their links lead to."""


def html_to_text(html: str) -> str:
    """Return the text of a page: one line per block, links as `[text](address)`."""
    raise NotImplementedError
