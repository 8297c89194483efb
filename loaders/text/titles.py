"""Titles: the spelling people see and the form that decides whether two titles are the same."""

import unicodedata

from loaders.text.mending import mend_tex

_ASCII_LOWER = bytes(range(128)).lower() + bytes(range(128, 256))
_NOT_ALPHANUMERIC = bytes(code for code in range(128) if not chr(code).isalnum())


def mend_title(raw: str) -> str:
    r"""Return a printed title as people should see it.

    >>> mend_title("Search &amp; Rescue of Ren&#233;")
    'Search & Rescue of René'
    >>> mend_title("Com- pression of Low- and High-Rank Nets"), mend_title("Nets- A Study")
    ('Compression of Low- and High-Rank Nets', 'Nets- A Study')
    >>> mend_title(r" A  \textsc{Tool} for $\beta$-Fields by Poincar\'e ")
    'A Tool for β-Fields by Poincaré'
    """
    if "&" in raw or "<U+" in raw or "\\u" in raw:
        from loaders.text.leaks import decoded

        raw = decoded(raw)
    title = mend_tex(raw)
    if "- " in title:
        from loaders.text.hyphens import without_split_words

        title = without_split_words(title)
    return title


def title_form(title: str) -> str:
    """Return what two mended titles share when they are the same: NFKC, casefolded, letters and digits only.

    >>> title_form("Deep Nets: A Re-View?"), title_form("β²-Straße")
    ('deepnetsareview', 'β2strasse')
    >>> title_form("???")
    '???'
    """
    if title.isascii():
        form = title.encode().translate(_ASCII_LOWER, _NOT_ALPHANUMERIC).decode()
    else:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold())
        form = "".join(filter(str.isalnum, folded))
    return form or title.casefold()


def title_rank(title: str) -> tuple[bool, int, int, str, str]:
    """Return a key by which `max` picks the best of several mended spellings of one title, whatever their order.

    Not all capitals comes first, then more accented or other non-ASCII letters, then the longer, then capitals early.

    >>> max(["GRAPH NETS", "Graph nets", "graph nets"], key=title_rank)
    'Graph nets'
    """
    accents = 0 if title.isascii() else sum(letter > "\x7f" and letter.isalpha() for letter in title)
    return not title.isupper(), accents, len(title), title.swapcase(), title
