"""Converts a TeX formula to plain Unicode text, if it has such a form."""

import re
import unicodedata

from programme.loaders.text.latex_symbols import (
    ACCENTS,
    FUNCTIONS,
    GREEK,
    OPERATORS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    SYMBOLS,
    TEXT,
)
from programme.patterns import lazy_pattern

_STYLE = (
    "textsc|texttt|textbf|textit|textrm|textsf|textsl|textmd|textup|textnormal|emph|underline|mbox|hbox|text|mathrm"
    "|mathbf|mathsf|mathtt|mathit|mathcal|mathbb|mathbbm|mathds|mathfrak|mathscr|boldsymbol|bm|operatorname|ensuremath"
)
_STYLED = lazy_pattern(rf"([\^_]?)\\(?:{_STYLE})\*?(?:\s*\{{([^{{}}]*)\}}|\s+([A-Za-z])(?![A-Za-z]))")
_SWITCHED = lazy_pattern(r"\{\s*\\(?:em|it|bf|tt|sc|sl|rm|sf|cal)\b\s*+([^{}]*)\}")
_LOOSE_SWITCH = lazy_pattern(r"\\(?:em|it|bf|tt|sc|sl|rm|sf|cal)(?![A-Za-z])\s*")
_TEXT_SCRIPT = lazy_pattern(r"\\text(super|sub)script(?=\s*\{)")
_INNER = lazy_pattern(r"(?<=[{-])\{([\w-]+)\}")
_ENDING_COMMAND = lazy_pattern(r"\\[A-Za-z]{1,20}$")
_SIZED = lazy_pattern(r"\\(?:left|right|[bB]igg?[lrm]?|limits|nolimits|displaystyle)(?![A-Za-z])\s*")
_MARKS = {"tilde": "~", "widetilde": "~", "hat": "^", "widehat": "^", "bar": "=", "check": "v", "breve": "u"} | {
    "dot": ".",
    "ddot": '"',
    "acute": "'",
    "grave": "`",
}
_ACCENTED = lazy_pattern(rf"\\({'|'.join(_MARKS)})\s*(?:\{{\s*([^\W\d_])\s*\}}|(?<=[a-z]\s)([^\W\d_])(?![A-Za-z]))")
_ATOM = r"[^\W\d_](?:[\^_](?:\w|\{\w+\}))?"
_FRACTION = lazy_pattern(rf"\\(?:[dt]?frac|nicefrac)\s*\{{([^{{}}\\ /+−-]{{1,12}})\}}\s*\{{(\d+|{_ATOM})\}}(?![\w(\[])")
_LETTERS = GREEK.keys() | {"ell", "nabla", "partial"}
_COMMAND = lazy_pattern(r"\\([A-Za-z]+)(\s*)")
_NORM = lazy_pattern(r"\\\|")
_GROUP = lazy_pattern(r"(?<![\^_A-Za-z}])\{([^{}\\^_]*)\}|(?<![\^_])(?<=[A-Za-z])(?<!\\[A-Za-z])\{([^{}\\^_]*)\}")
_ORDINAL = lazy_pattern(r"(?<=\d)\^\{?\s*(st|nd|rd|th)\s*\}?")
_DEGREES = lazy_pattern(r"\^(?:\{∘\}|∘|\{°\}|°)")
_SCRIPT = lazy_pattern(r"([\^_])(?:\{([^{}]*)\}|(\d+(?:\.\d+)?|.))")
_ESCAPED = lazy_pattern(r"\\([&%_#${}])")
_SPACING = lazy_pattern(r"\\(?:[,;:!/> ]|\\(?![A-Za-z])|quad\b|qquad\b|xspace\b|-)|~(?!\d)|(?<=[\w)])~")
_LAYOUT = lazy_pattern(
    r"\\(?:sqrt|[dt]?frac|nicefrac|(?:over|under)(?:line|set|brace)?|(?:wide)?(?:tilde|hat|bar|check)|vec|math[a-z]*)"
)
MATHS_NAMES = SYMBOLS.keys() | FUNCTIONS - {"deg"} | _MARKS.keys() | {"mathcal", "mathbb", "mathrm", "mathbf"}
"""Names of commands that occur only in formulas."""

# Escaped characters (`\_`, `\$`) become private-use ones, since the plain ones mean that a formula stays TeX.
_HIDDEN = str.maketrans("_${}", "\ue001\ue002\ue003\ue004")
_SHOWN = str.maketrans("\ue001\ue002\ue003\ue004", "_${}")

# Private-use marks for the spaces around a letter, an operator or a function; resolved once their neighbours are known.
_AFTER_LETTER, _AFTER_OPERATOR, _BEFORE_NAME, _AFTER_NAME = "\ue005\ue006\ue007\ue008"
_CLOSE_LETTER = lazy_pattern(_AFTER_LETTER + r"(?=[\w(\[{^]|" + _BEFORE_NAME + ")")
_OPEN_OPERATOR = lazy_pattern(r"(?<=\S)( .)" + _AFTER_OPERATOR)
_JOINED_NAME = lazy_pattern(r"(?<=[\w)\]}])" + _BEFORE_NAME)
_SEPARATE_NAME = lazy_pattern(_AFTER_NAME + r"\s*(?=[^\W⁰¹²³⁴-₟])")
_BARE_NAME = lazy_pattern(_AFTER_NAME + r"\s+(?=[({\[])")
_INNER_SPACE = lazy_pattern(r"(?<=[(\[]) +|(?<! ) ++(?=[)\]])")
_LEFT = lazy_pattern(f"[{_AFTER_OPERATOR}{_BEFORE_NAME}{_AFTER_NAME}]")


def plain_maths(source: str) -> str | None:
    r"""Return a formula as plain Unicode with the spaces as typed, or None if it has no plain form.

    >>> plain_maths(r"\beta{\geq}0"), plain_maths(r"O(n \log n)"), plain_maths(r"k\log k")
    ('β≥0', 'O(n log n)', 'k log k')
    >>> plain_maths(r"x \in \mathbb{R}^d"), plain_maths(r"\tilde{O}(n^{-2})"), plain_maths("2^{\\rm nd}")
    ('x ∈ Rᵈ', 'Õ(n⁻²)', '2nd')
    >>> plain_maths(r"\sqrt{n}"), plain_maths(r"x_q"), plain_maths(r"\ourmacro")
    (None, None, None)
    """
    text = _converted(source)
    return None if any(character in text for character in "\\{}^_$") else _spaced(text).translate(_SHOWN)


def letters_of_maths(source: str) -> str:
    r"""Return a text whose formulas are reduced to the letters and digits by which it is compared.

    >>> letters_of_maths(r"$\tilde{O}(\sqrt{n})$ in $\ell_{\infty}$")
    '$Õ(n)$ in $ℓ_{∞}$'
    """
    return _LAYOUT.sub("", _converted(source)).translate(_SHOWN)


def _converted(source: str) -> str:
    """Return a formula with every part converted that has Unicode characters."""
    text = _SIZED.sub("", source.replace("\\\\", "\\") if re.match(r"\\\\[A-Za-z]", source) else source)
    text = _TEXT_SCRIPT.sub(lambda found: "^" if found.group(1) == "super" else "_", text)
    for _ in range(4):
        before = text
        text = _SWITCHED.sub(r"{\1}", _STYLED.sub(_unstyled, _INNER.sub(r"\1", text)))
        if text == before:
            break
    text = _LOOSE_SWITCH.sub("", text)
    text = _NORM.sub("‖", _COMMAND.sub(_symbol, text))
    text = _FRACTION.sub(r"\1/\2", _ACCENTED.sub(_accented, text))
    for _ in range(2):
        text = _GROUP.sub(lambda found: found.group(1) if found.group(1) is not None else found.group(2), text)
    text = _SCRIPT.sub(_script, _DEGREES.sub("°", _ORDINAL.sub(r"\1", text)))
    return _ESCAPED.sub(lambda found: found.group(1).translate(_HIDDEN), _SPACING.sub(_space, text))


def script(mark: str, body: str) -> str | None:
    """Return a superscript (`^`) or subscript (`_`) in Unicode characters, or None if one of them does not exist.

    >>> script("^", "-2"), script("_", "q")
    ('⁻²', None)
    """
    table = SUPERSCRIPTS if mark == "^" else SUBSCRIPTS
    raised = [table.get(character) for character in body]
    return None if None in raised else "".join(character or "" for character in raised)


def _unstyled(found: re.Match[str]) -> str:
    """Drop a style command; braces around a script stay, and a space ends the name of a command before it."""
    body: str = found.group(2) if found.group(2) is not None else found.group(3)
    if found.group(1):
        return f"{found.group(1)}{{{body}}}"
    is_glued = body[:1].isalpha() and _ENDING_COMMAND.search(found.string, max(0, found.start() - 21), found.start())
    return f" {body}" if is_glued else body


def _symbol(found: re.Match[str]) -> str:
    """Return the character of a command with a mark for the spaces after it."""
    name, spaces = found.groups()
    if name in FUNCTIONS:
        return _BEFORE_NAME + name + _AFTER_NAME + spaces
    character = SYMBOLS.get(name) or TEXT.get(name)
    if character is None:
        return found.group()
    if not spaces:
        return character
    return character + (_AFTER_OPERATOR if name in OPERATORS else _AFTER_LETTER if name in _LETTERS else spaces)


def _accented(found: re.Match[str]) -> str:
    letter = found.group(2) or found.group(3)
    return unicodedata.normalize("NFC", letter + ACCENTS[_MARKS[found.group(1)]])


def _script(found: re.Match[str]) -> str:
    """Return a script in Unicode characters; or unchanged, so that the formula stays TeX."""
    body = found.group(2) if found.group(2) is not None else found.group(3)
    raised = script(found.group(1), _LEFT.sub("", body.replace(_AFTER_LETTER, "")))
    return found.group() if raised is None else raised


def _space(found: re.Match[str]) -> str:
    return "" if found.group() in ("\\!", "\\/", "\\-", "\\xspace") else " "


def _spaced(text: str) -> str:
    """Resolve the marks of spaces: an operator has the same on both sides, a function is separated from letters."""
    text = _CLOSE_LETTER.sub("", text).replace(_AFTER_LETTER, " ")
    text = _OPEN_OPERATOR.sub(r"\1 ", text)
    text = _SEPARATE_NAME.sub(" ", _BARE_NAME.sub("", _JOINED_NAME.sub(" ", text)))
    return _INNER_SPACE.sub("", _LEFT.sub("", text)).strip()
