"""Converts the LaTeX in titles, names and abstracts to Unicode, and leaves what it does not know as typed.

Written here because converters of whole documents drop the commands they do not know, and authors type fragments with
their own macros into forms.
"""

import re
import unicodedata
from collections.abc import Iterator

from programme.loaders.text.latex_maths import MATHS_NAMES, plain_maths, script
from programme.loaders.text.latex_symbols import ACCENTS, LETTERS, OPERATORS, SYMBOLS, TEXT, WORDS
from programme.patterns import lazy_pattern

# Each alternative begins with a character, so that the search leaps over all others.
_MATHS = lazy_pattern(
    r"\$(?:(?<![\\$]\$)(?![\s$])([^$\n]*?[^$\s\\])\$(?![\d$])"
    r"|(?<![\\$]\$)(?=[^\s$][^$\n]{0,300}\$)([^$\n]*?\\[A-Za-z][^$\n]*)\$(?!\$)|\$([^$]{1,300})\$\$)"
    r"|\\\((.{1,200}?)\\\)|\\\[(.{1,300}?)\\\]"
)
_TOUCHING = lazy_pattern(r"(?<=[^\s$])\$\$(?=[^\s$])")
_GAP = "\ue00f"
_LOST_COMMAND = lazy_pattern(
    r"\^\{\\?circ\}|(?<=\d)\s?\{\\?(times|pm|cdot|sim)\}|\{\\?(sim|approx|pm|geq|leq|times)\}(?=\s?\d)"
)
_ACCENT = lazy_pattern(
    r"""\\(?:(?P<mark>["'`^~=.])\s*|(?P<letter>[uvHtcdbkr])(?:\s+(?=[A-Za-z\\])|(?=\{)))"""
    r"""(?:\{\s*(?P<braced>\\[ij]|[^\W\d_])\s*\}|(?P<dotless>\\[ij](?![A-Za-z]))|(?P<bare>[^\W\d_]))"""
)
_BRACED_ACCENT = lazy_pattern(
    r"\{(\\(?:[\"'`^~=.]|[uvHtcdbkr](?![A-Za-z]))\s*(?:\{\s*(?:\\[ij]|\w)\s*\}|\\[ij]|\w))\s*\}"
)
_LETTER = lazy_pattern(r"\{\\(" + "|".join(LETTERS) + r")\}|\\(" + "|".join(LETTERS) + r")(?:\{\}|(?![A-Za-z(])\s*)")
_STYLE = (
    "textsc|texttt|textbf|textit|textrm|textsf|textsl|textmd|textup|textnormal|emph|underline|uline|mbox|hbox|text"
    "|mathrm|mathbf|mathsf|mathtt|mathit|mathcal|mathbb|mathfrak|mathscr|boldsymbol|bm|operatorname|ensuremath|url|bf|it"
)
_STYLED = lazy_pattern(r"\\(?:" + _STYLE + r")\s*\{([^{}]*)\}")
_SWITCHED = lazy_pattern(
    r"\{\s*\\(?:em|it|bf|tt|sc|sl|rm|sf|itshape|bfseries|ttfamily|scshape|small|large)\b\s*+([^{}]*)\}"
)
_RAISED = lazy_pattern(r"\\text(superscript|subscript)\s*\{([^{}]*)\}")
_HREF = lazy_pattern(r"\\(?:href|hyperlink|textcolor|colorbox)\s*(?:\[[^\]]{0,200}\])?\{[^{}]*\}\s*\{([^{}]*)\}")
_PROTECTED = lazy_pattern(r"(?<![\\^_])(?<![A-Za-z]\})\{((?:[^{}\\,=|]|\\[%&#])*)(?<!\\)\}")
_ARGUMENT = lazy_pattern(r"\\[A-Za-z]+\*?(?:\s*\{[^{}]*\})+$")
_ESCAPED = lazy_pattern(r"\\([&%_#${}])")
_SPACING = lazy_pattern(r"\\(?:[,;:!/ ]|\\|quad\b|qquad\b|xspace\b|-)")
_BRACED_SCRIPT = lazy_pattern(r"([\^_])\{([^{}]*)\}()")
_ARROWS = "|".join(name for name in OPERATORS if "arrow" in name)
_COMMAND = lazy_pattern(rf"\\(?:({_ARROWS})(?=[A-Z])|([A-Za-z]+))(\{{\}}|\s+(?=\S))?")
_OPENING, _CLOSING = "“‘«‹„‚¡¿", "”»›™®©…•"
_ENDING = lazy_pattern(r"(?:s|t|d|m|re|ve|ll)\b")
_BARE_MATHS = lazy_pattern(r"(?<!\S)[^\s\\]*\\[A-Za-z]\S*")
_UNCLEAR = lazy_pattern(r"~|(?<![\^_])\{[^{}]*,")
_NAME = lazy_pattern(r"\\([A-Za-z]+)")
_LITERAL = lazy_pattern(r"\\([\^~])\{\s*\}")
_TWICE = lazy_pattern(r"\\text(?:backslash|asciicircum)(?![A-Za-z])|\\\$[^\s$]+\\\$(?!\d)")
_ESCAPE = lazy_pattern(
    r"\{\\text(backslash|asciicircum)\s*\}|\\(text(?:backslash|asciicircum)|[lr]brace)(?:\{\}|\s+|(?![A-Za-z]))|\\([$_^{}])(?:(?<=\^)\{\})?"
)
_ESCAPES = {"backslash": "\\", "asciicircum": "^", "lbrace": "{", "rbrace": "}"}
_MARK = "\ue000"


def unlatex(text: str) -> str:
    r"""Return a text with its LaTeX converted to Unicode; formulas without a plain form stay TeX.

    >>> unlatex(r"R\'enyi, Erd\H{o}s and Gy{\"o}rgy"), unlatex(r"\c{C}a{\u{g}}lar, Mart{\'\i}n")
    ('Rényi, Erdős and György', 'Çağlar, Martín')
    >>> unlatex(r"\textsc{Tool}: {\em fast} \& $60\%$ smaller"), unlatex("50% of a")
    ('Tool: fast & 60% smaller', '50% of a')
    >>> unlatex("X^{2}-Fields"), unlatex("{B}ayes and {0,1}")
    ('X²-Fields', 'Bayes and {0,1}')
    >>> unlatex(r"$\beta{\geq}0$ and $L_0$"), unlatex(r"$\sqrt{n}$ steps"), unlatex("$5 and $10")
    ('β≥0 and L₀', '$\\sqrt{n}$ steps', '$5 and $10')
    """
    if "\\" not in text and "{" not in text and "$" not in text:
        return text
    # Formulas wait in a list, a private-use character in their place, so that rules for running text spare them.
    kept: list[str] = []

    def replace_formula(found: re.Match[str]) -> str:
        plain = plain_maths(next(filter(None, found.groups())))
        kept.append(found.group() if plain is None else plain)
        return _MARK

    text = text.replace(_MARK, "")
    if "\\text" in text or "\\$" in text or "\\lbrace" in text:
        text = _escaped_once(text)
    if "$$" in text:
        text = _TOUCHING.sub(f"${_GAP}$", text)
    if "$" in text or "\\(" in text or "\\[" in text:
        text = _MATHS.sub(replace_formula, text)
    prose = _prose(text).replace(_GAP, "")
    if not kept:
        return prose
    returned: Iterator[str] = iter(kept)
    return re.sub(_MARK, lambda _: next(returned), prose)


def _prose(text: str) -> str:
    """Convert the commands and braces of running text; nested ones from the inside, four levels at most."""
    if "\\" not in text and "{" not in text:
        return text
    if "\\" in text:
        text = _with_bare_maths(_LITERAL.sub(r"\1", text))
        text = _ACCENT.sub(_accented, _BRACED_ACCENT.sub(_braced, text))
        text = _LETTER.sub(lambda found: LETTERS[found.group(1) or found.group(2)], text)
        text = _COMMAND.sub(_named, text)
    if "{" in text:
        text = _LOST_COMMAND.sub(_restored, text)
    for _ in range(4):
        before = text
        if "\\" in text:
            text = _RAISED.sub(_raised, _HREF.sub(r"\1", text))
            text = _SWITCHED.sub(r"\1", _STYLED.sub(r"\1", text))
        if "{" in text:
            text = _PROTECTED.sub(_unprotected, _BRACED_SCRIPT.sub(_script, text))
        if text == before:
            break
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", _SPACING.sub(_space, text))
    return text


def _escaped_once(text: str) -> str:
    r"""Undo one level of escaping in a text whose LaTeX was escaped itself, as in some bibliographies.

    >>> _escaped_once(r"\${\textbackslash}mu\$-Nets"), _escaped_once(r"\textbackslash ell\_1 and \$5")
    ('$\\mu$-Nets', '\\ell_1 and $5')
    """
    if not _TWICE.search(text) and ("$" in text or "\\lbrace" not in text):
        return text
    return _ESCAPE.sub(lambda found: _ESCAPES.get((found[1] or found[2] or "").removeprefix("text"), found[3]), text)


def _with_bare_maths(text: str) -> str:
    """Return a text with the plain forms of formulas without dollars; they stand in words with a backslash."""
    first, last = text.find("\\"), text.rfind("\\")
    start, end = text.rfind(" ", 0, first) + 1, text.find(" ", last)
    end = end if end > 0 else len(text)
    return text[:start] + _BARE_MATHS.sub(_bare, text[start:end]) + text[end:]


def _bare(found: re.Match[str]) -> str:
    r"""Return the plain form of a formula that stands in running text without dollars, as in `\ell_1-norm`."""
    if MATHS_NAMES.isdisjoint(_NAME.findall(found.group())) or _UNCLEAR.search(found.group()):
        return found.group()
    return plain_maths(found.group()) or found.group()


def _accented(found: re.Match[str]) -> str:
    """Compose a letter with its accent; a dotless i with an accent is an i."""
    letter = (found["braced"] or found["dotless"] or found["bare"]).lstrip("\\")
    return unicodedata.normalize("NFC", letter + ACCENTS[found["mark"] or found["letter"]])


def _braced(found: re.Match[str]) -> str:
    r"""Compose an accented letter in braces of its own, as `{\"o}`."""
    return _ACCENT.sub(_accented, found.group(1))


def _unprotected(found: re.Match[str]) -> str:
    """Drop braces that only protect capitals; keep those around the argument of a command."""
    return found.group() if _ARGUMENT.search(found.string[max(0, found.end() - 200) : found.end()]) else found.group(1)


def _raised(found: re.Match[str]) -> str:
    r"""Return a `\textsuperscript` or subscript in Unicode characters where all of them exist, else plain."""
    return script("^" if found.group(1) == "superscript" else "_", found.group(2)) or found.group(2)


def _script(found: re.Match[str]) -> str:
    """Return a braced script outside a formula in Unicode characters, or unchanged."""
    raised = script(found.group(1), found.group(2))
    return found.group() if raised is None else raised


def _restored(found: re.Match[str]) -> str:
    """Return the character of a command in braces that has lost its backslash, as in `7{times}`."""
    name = found.group(1) or found.group(2)
    return SYMBOLS[name] if name else "°"


def _named(found: re.Match[str]) -> str:
    """Return the character or word that a command in running text prints; an author's own macro stays."""
    name = found.group(1) or found.group(2)
    printed = WORDS.get(name) or SYMBOLS.get(name)
    if printed is None:
        return found.group()
    spaces = (found.group(3) or "").strip("{}")
    if spaces and name in TEXT and _is_joined(printed, found):
        spaces = ""
    # `\etal.` prints one full stop.
    return printed[:-1] if printed[-1] == found.string[found.end() : found.end() + 1] == "." else printed + spaces


def _is_joined(printed: str, found: re.Match[str]) -> bool:
    """Return whether the space after a command only ends its name, as in LaTeX, rather than separating words."""
    if printed in "'’":
        return _ENDING.match(found.string, found.end()) is not None
    return printed in _OPENING or (
        printed not in _CLOSING and not found.string[max(0, found.start() - 1) : found.start()].isspace()
    )


def _space(found: re.Match[str]) -> str:
    return "" if found.group() in ("\\!", "\\/", "\\-", "\\xspace") else " "
