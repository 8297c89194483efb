"""Titles: the cleaned title, and the form that two spellings of one title share."""

import re
import unicodedata

from programme.loaders.text.cleaning import clean_tex, decode_escapes
from programme.patterns import lazy_pattern

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
_TAGS = "i|b|u|em|strong|tt|sc|scp|small|big|span|font|p|italic|bold|title|tex-math|fixed-case|inline-formula"
_TAGGED = lazy_pattern(rf"<({_TAGS}|(?:jats|mml):\w+)(?:\s[^<>]*)?>([^<>]*)</\1\s*>", re.IGNORECASE)
_MAX_NESTED_TAGS = 6
_BREAK = lazy_pattern(r"<br\s*/?>", re.IGNORECASE)
_SCRIPT_TAG = lazy_pattern(r"<(su[bp]|inf)>([^<>]*)</\1>", re.IGNORECASE)
_SCRIPT = lazy_pattern(r"(?:(?<=[A-Za-z)\]])\^|(?<=\b[A-ZΑ-Ωα-ω])_)\d(?!\w*\d)(?!_)(?!\.\d)")
_DASH = lazy_pattern(r"(?<=[^\W_])--(?=[^\W_])|(?<= )---?(?= )")
_DOUBLE_QUOTED = lazy_pattern(r"``([^`]{1,300}?)''")
_QUOTED = lazy_pattern(r"(?<![\w`])`([^`']{1,300})'(?![\w'])")
_QUOTE = lazy_pattern(r"(?<!\w)''(?=\w)|(?<=\S)''(?![\w(])")


def clean_title(raw: str) -> str:
    r"""Return a printed title for display.

    >>> clean_title("Search &amp; Rescue of Ren&#233;")
    'Search & Rescue of René'
    >>> clean_title("Com- pression of Low- and High-Rank Nets"), clean_title("Nets- A Study")
    ('Compression of Low- and High-Rank Nets', 'Nets- A Study')
    >>> clean_title(r" A  \textsc{Tool} for $\beta$-Fields by Poincar\'e ")
    'A Tool for β-Fields by Poincaré'
    """
    if "&" in raw or "<U+" in raw or "\\u" in raw:
        raw = decode_escapes(raw)
    title = clean_tex(raw)
    if "- " in title:
        from programme.loaders.text.hyphens import join_split_words

        title = join_split_words(title)
    if "--" in title or "''" in title or "`" in title or "^" in title or "_" in title or "<" in title:
        title = typeset(title)
    return title


def typeset(title: str) -> str:
    """Return a title with typed substitutes (tags, `^2`, `--`, double quotes) replaced by their characters.

    >>> typeset("<i>k</i>-Means of L<inf>1</inf>"), typeset("A^2-Nets in L_0 and x_0, data_2")
    ('k-Means of L₁', 'A²-Nets in L₀ and x_0, data_2')
    >>> typeset("Nets -- A Study --- the ``Best'' of 1--2"), typeset("The `Bad' ''Ones''")
    ('Nets – A Study — the “Best” of 1–2', 'The ‘Bad’ "Ones"')
    """
    if "<" in title:
        title = _BREAK.sub(" ", title)
    for _ in range(_MAX_NESTED_TAGS if "</" in title else 0):
        title = _TAGGED.sub(r"\2", _SCRIPT_TAG.sub(_raised, title))
    if "^" in title or "_" in title:
        title = _SCRIPT.sub(lambda found: _script(found.group()[0], found.group()[1]) or "", title)
    if "--" in title:
        title = _DASH.sub(lambda found: "–" if len(found.group()) == 2 else "—", title)
    if "`" in title:
        title = _QUOTED.sub(r"‘\1’", _DOUBLE_QUOTED.sub(r"“\1”", title))
    if "''" in title:
        title = _QUOTE.sub('"', title)
    return " ".join(title.split())


def title_form(title: str) -> str:
    r"""Return the form that spellings of one cleaned title share: its letters and digits, unaccented, in lower case.

    Greek letters are spelled out, `&` is `and`, and a formula left as TeX counts by its letters.

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

    Preferred are, in this order: not all in capitals, no TeX, more non-ASCII letters, length, capitals early.

    >>> max(["GRAPH NETS", "Graph nets", "graph nets"], key=title_rank)
    'Graph nets'
    """
    accents = 0 if title.isascii() else sum(letter > "\x7f" and letter.isalpha() for letter in title)
    return not title.isupper(), "\\" not in title, accents, len(title), title.swapcase(), title


def _raised(found: re.Match[str]) -> str:
    """Return the text of a script tag in superscript or subscript characters where all of them exist."""
    return _script("^" if found.group(1).lower() == "sup" else "_", found.group(2)) or found.group(2)


def _script(mark: str, body: str) -> str | None:
    from programme.loaders.text.latex_maths import script  # compiles many patterns, and few titles need them

    return script(mark, body)
