"""The values of BibTeX fields without BibTeX's markup: texts, names, URLs."""

import re
from collections.abc import Iterator

from programme.loaders.readers import named_authors
from programme.loaders.text.names import is_in_braces
from programme.patterns import lazy_pattern

_PIECE = lazy_pattern(r"\\[A-Za-z]+\*?\s*|\\.|[{}$]|[^\\{}$]+|\\", re.DOTALL)
_COMMAND = lazy_pattern(r"\\[^&%_#$]")
_TIE = lazy_pattern(r"(?<!\\)~")
_AND = lazy_pattern(r"\s+and(?=\s)", re.IGNORECASE)
_NOT_A_NAME = lazy_pattern(r"(?:others|et\.? al\.?|anonymous(?: authors?)?|)", re.IGNORECASE)
_MORE = lazy_pattern(r"(?<=\s)and\s+(?:others|et\.? al\.?)[\s.,]*$", re.IGNORECASE)
_PART = lazy_pattern(r"\b(family|given|prefix|suffix)\s*=\s*(\"[^\"]*\"|[^,]*)", re.IGNORECASE)
_URL = lazy_pattern(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}\s*\{[^{}]*\}")
_ESCAPED = lazy_pattern(r"\\([_&%#~$])|\{\\?([_&%#~$])\}|\\textasciitilde(?:\{\})?")


def strip_braces(value: str) -> str:
    r"""Return a text without the braces that only protect capitals, on one line; its LaTeX stays as printed.

    >>> strip_braces(r"{{BERT}: {Deep},  \emph{fast} and {\"o}pen $x^{2}$}")
    'BERT: Deep, \\emph{fast} and {\\"o}pen $x^{2}$'
    """
    text = _TIE.sub(" ", value) if "~" in value else value
    if "{" in text or "}" in text:
        text = "".join(_without_protecting_braces(text))
    return " ".join(text.split())


def _without_protecting_braces(text: str) -> Iterator[str]:
    """Yield the pieces of a text without protecting braces: those of arguments, of scripts and in formulas stay."""
    opened: list[bool] = []  # for each brace that is open, whether it stays
    before, in_formula = "", False
    for found in _PIECE.finditer(text):
        piece = found[0]
        stays = True
        if piece == "$":
            in_formula = not in_formula
        elif piece == "{":
            stays = in_formula or before[:1] == "\\" or before[-1:] in ("^", "_")
            stays = stays or _COMMAND.match(text, found.end()) is not None
            opened.append(stays)
        elif piece == "}":
            stays = opened.pop() if opened else False
        before = "\\" if piece == "}" and stays else piece
        if stays:
            yield piece


def split_authors(value: str) -> tuple[str, ...]:
    r"""Return the names in an `author` field, each as printed, without `others`, `Anonymous` and dblp's numbers.

    A name that is in braces as a whole keeps them: that is how BibTeX says that it is not a person's.

    >>> split_authors(r"Lee, Ann and {van Roe}, Cy and {Moss and Bank Group} and others")
    ('Lee, Ann', 'van Roe, Cy', '{Moss and Bank Group}')
    >>> split_authors("family=Roe, given=Cy, prefix=van"), split_authors("Ann Lee, Bo Wu, Cy Roe")
    (('van Roe, Cy',), ('Ann Lee', 'Bo Wu', 'Cy Roe'))
    """
    names = [_name(name) for name in _split(value)]
    # "Ann Lee, Bo Wu, Cy Roe": not BibTeX, but common. In "Lee, Ann, Jr." the parts have no space in them.
    if len(names) == 1 and names[0].count(",") > 1:
        listed = [name.strip() for name in names[0].split(",")]
        names = listed if all(" " in name for name in listed) else names
    return named_authors(name for name in names if not _NOT_A_NAME.fullmatch(name.strip(" ,.")))


def has_more_authors(value: str) -> bool:
    """Return whether an `author` field ends with `and others`.

    >>> has_more_authors("Lee, Ann and others"), has_more_authors("Lee, Ann")
    (True, False)
    """
    return _MORE.search(value) is not None


def _name(text: str) -> str:
    name = strip_braces(_joined_parts(text))
    return f"{{{name}}}" if name and is_in_braces(text.strip()) else name


def _split(value: str) -> Iterator[str]:
    """Yield the parts of a text between each `and` outside braces."""
    depth = start = end = 0
    for found in _AND.finditer(f"{value} "):
        between = value[end : found.start()]
        depth += between.count("{") - between.count("}")
        end = found.start()
        if depth <= 0:
            yield value[start : found.start()]
            start = end = found.end()
    yield value[start:]


def _joined_parts(name: str) -> str:
    """Return a name in biblatex's named parts as `Family, Given`; other names stay as they are."""
    parts = {part.lower(): text.strip('" ') for part, text in _PART.findall(name)}
    if "family" not in parts:
        return name
    family = f"{parts.get('prefix', '')} {parts['family']}".strip()
    return ", ".join(part for part in (family, parts.get("suffix"), parts.get("given")) if part)


def strip_url_markup(value: str) -> str:
    r"""Return a field that holds URLs without the LaTeX around and in them.

    >>> strip_url_markup(r"Code: \url{https://github.com/lab/a\_tool}")
    'Code: https://github.com/lab/a_tool'
    """
    if "\\" in value or "{" in value:
        value = _URL.sub(lambda found: found[1] or found[2] or "", value)
        value = _ESCAPED.sub(lambda found: found[1] or found[2] or "~", value)
        value = value.replace("{", "").replace("}", "")
    return " ".join(value.split())
