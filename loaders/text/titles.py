"""Titles: the spelling people see and the form that decides whether two titles are the same."""

import unicodedata

from programme.loaders.text.cleaning import clean_tex

_ASCII_LOWER = bytes(range(128)).lower() + bytes(range(128, 256))
_NOT_ALPHANUMERIC = bytes(code for code in range(128) if not chr(code).isalnum())
_GREEK = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi
    psi omega
"""
_SPELLED = str.maketrans(
    dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _GREEK.split(), strict=True))
    | {"×": "x", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"}
)


def clean_title(raw: str) -> str:
    r"""Return a printed title as people should see it.

    >>> clean_title("Search &amp; Rescue of Ren&#233;")
    'Search & Rescue of René'
    >>> clean_title("Com- pression of Low- and High-Rank Nets"), clean_title("Nets- A Study")
    ('Compression of Low- and High-Rank Nets', 'Nets- A Study')
    >>> clean_title(r" A  \textsc{Tool} for $\beta$-Fields by Poincar\'e ")
    'A Tool for β-Fields by Poincaré'
    """
    if "&" in raw or "<U+" in raw or "\\u" in raw:
        from programme.loaders.text.leaks import decoded

        raw = decoded(raw)
    title = clean_tex(raw)
    if "- " in title:
        from programme.loaders.text.hyphens import without_split_words

        title = without_split_words(title)
    if "--" in title or "''" in title or "`" in title or "^" in title or "_" in title or "<" in title:
        from programme.loaders.text.typed import as_printed

        title = as_printed(title)
    return title


def title_form(title: str) -> str:
    r"""Return what two cleaned titles share when they are the same: letters and digits only, plain and in lower case.

    Accents fall away, Greek letters are spelled out, `&` is `and`, and of a formula that stays TeX its letters count.

    >>> title_form("Deep Nets: A Re-View?"), title_form("β²-Straße & Poincaré"), title_form("β2 Strasse and Poincare")
    ('deepnetsareview', 'beta2strasseandpoincare', 'beta2strasseandpoincare')
    >>> title_form(r"$\sqrt{n}$ Steps of 2×2"), title_form("√n Steps of 2x2"), title_form("???")
    ('nstepsof2x2', 'nstepsof2x2', '???')
    """
    text = title.replace("&", " and ") if "&" in title else title
    if "\\" in text:
        from programme.loaders.text.latex_maths import letters_of_maths

        text = letters_of_maths(text)
    if text.isascii():
        form = text.encode().translate(_ASCII_LOWER, _NOT_ALPHANUMERIC).decode()
    else:
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        form = "".join(filter(str.isalnum, folded.translate(_SPELLED)))
    return form or title.casefold()


def title_rank(title: str) -> tuple[bool, bool, int, int, str, str]:
    """Return a key by which `max` picks the best of several cleaned spellings of one title, whatever their order.

    Not all capitals comes first, then no TeX, more accented or other non-ASCII letters, the longer, capitals early.

    >>> max(["GRAPH NETS", "Graph nets", "graph nets"], key=title_rank)
    'Graph nets'
    """
    accents = 0 if title.isascii() else sum(letter > "\x7f" and letter.isalpha() for letter in title)
    return not title.isupper(), "\\" not in title, accents, len(title), title.swapcase(), title
