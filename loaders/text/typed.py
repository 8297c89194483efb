"""Prints what was typed in a title for want of the character: tags, bare scripts, doubled hyphens and quotes."""

import re

from programme.loaders.text.latex_maths import script

_TAGS = "i|b|u|em|strong|tt|sc|scp|small|big|span|font|p|italic|bold|title|tex-math|fixed-case|inline-formula"
_TAGGED = re.compile(rf"<({_TAGS}|(?:jats|mml):\w+)(?:\s[^<>]*)?>([^<>]*)</\1\s*>", re.IGNORECASE)
_DEEPEST = 6
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SCRIPT_TAG = re.compile(r"<(su[bp]|inf)>([^<>]*)</\1>", re.IGNORECASE)
_SCRIPT = re.compile(r"(?:(?<=[A-Za-z)\]])\^|(?<=\b[A-ZΑ-Ωα-ω])_)\d(?!\w*\d)(?!_)")
_DASH = re.compile(r"(?<=[^\W_])--(?=[^\W_])|(?<= )---?(?= )")
_DOUBLE_QUOTED = re.compile(r"``([^`]{1,300}?)''")
_QUOTED = re.compile(r"(?<![\w`])`([^`']{1,300})'(?![\w'])")
_QUOTE = re.compile(r"(?<!\w)''(?=\w)|(?<=\S)''(?![\w(])")


def as_printed(title: str) -> str:
    """Return a title with its marks as print has them.

    >>> as_printed("<i>k</i>-Means of L<inf>1</inf>"), as_printed("A^2-Nets in L_0 and x_0, data_2")
    ('k-Means of L₁', 'A²-Nets in L₀ and x_0, data_2')
    >>> as_printed("Nets -- A Study --- the ``Best'' of 1--2"), as_printed("The `Bad' ''Ones''")
    ('Nets – A Study — the “Best” of 1–2', 'The ‘Bad’ "Ones"')
    """
    if "<" in title:
        title = _BREAK.sub(" ", title)
    for _ in range(_DEEPEST if "</" in title else 0):
        title = _TAGGED.sub(r"\2", _SCRIPT_TAG.sub(_raised, title))
    if "^" in title or "_" in title:
        title = _SCRIPT.sub(lambda found: script(found.group()[0], found.group()[1]) or "", title)
    if "--" in title:
        title = _DASH.sub(lambda found: "–" if len(found.group()) == 2 else "—", title)
    if "`" in title:
        title = _QUOTED.sub(r"‘\1’", _DOUBLE_QUOTED.sub(r"“\1”", title))
    if "''" in title:
        title = _QUOTE.sub('"', title)
    return " ".join(title.split())


def _raised(found: re.Match[str]) -> str:
    """Write a script with its own characters where all exist."""
    return script("^" if found.group(1).lower() == "sup" else "_", found.group(2)) or found.group(2)
