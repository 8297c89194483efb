"""What the values of BibTeX fields say once their braces are gone: texts, people, addresses."""

import re
from collections.abc import Iterator

_PIECE = re.compile(r"\\[A-Za-z]+\*?\s*|\\.|[{}$]|[^\\{}$]+|\\", re.DOTALL)
_COMMAND = re.compile(r"\\[^&%_#$]")
_TIE = re.compile(r"(?<!\\)~")
_AND = re.compile(r"\s+and(?=\s)", re.IGNORECASE)
_NOBODY = re.compile(r"(?:others|et\.? al\.?|anonymous(?: authors?)?|)", re.IGNORECASE)
_PART = re.compile(r"\b(family|given|prefix|suffix)\s*=\s*(\"[^\"]*\"|[^,]*)", re.IGNORECASE)
_URL = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}\s*\{[^{}]*\}")
_ESCAPED = re.compile(r"\\([_&%#~$])|\{\\?([_&%#~$])\}|\\textasciitilde(?:\{\})?")


def plain(value: str) -> str:
    r"""Return a text without the braces that only protect capitals, on one line; its LaTeX stays as printed.

    >>> plain(r"{{BERT}: {Deep},  \emph{fast} and {\"o}pen $x^{2}$}")
    'BERT: Deep, \\emph{fast} and {\\"o}pen $x^{2}$'
    """
    text = _TIE.sub(" ", value) if "~" in value else value
    if "{" in text or "}" in text:
        text = "".join(_unprotected(text))
    return " ".join(text.split())


def _unprotected(text: str) -> Iterator[str]:
    """The pieces of a text save its protecting braces: those of arguments, of scripts and in formulas stay."""
    kept: list[bool] = []
    before, in_formula = "", False
    for found in _PIECE.finditer(text):
        piece = found[0]
        is_shown = True
        if piece == "$":
            in_formula = not in_formula
        elif piece == "{":
            is_shown = in_formula or before[:1] == "\\" or before[-1:] in ("^", "_")
            is_shown = is_shown or _COMMAND.match(text, found.end()) is not None
            kept.append(is_shown)
        elif piece == "}":
            is_shown = kept.pop() if kept else False
        before = "\\" if piece == "}" and is_shown else piece
        if is_shown:
            yield piece


def people(value: str) -> tuple[str, ...]:
    r"""Return the names in an `author` field, each as printed; `others` and `Anonymous` name nobody.

    >>> people(r"Lee, Ann and {van Roe}, Cy and {Moss and Bank Group} and others")
    ('Lee, Ann', 'van Roe, Cy', 'Moss and Bank Group')
    >>> people("family=Roe, given=Cy, prefix=van"), people("Ann Lee, Bo Wu, Cy Roe")
    (('van Roe, Cy',), ('Ann Lee', 'Bo Wu', 'Cy Roe'))
    """
    names = [plain(_whole(name)) for name in _split(value)]
    if len(names) == 1 and names[0].count(",") > 1:
        listed = [name.strip() for name in names[0].split(",")]
        names = listed if all(" " in name for name in listed) else names
    return tuple(name for name in names if not _NOBODY.fullmatch(name.strip(" ,.")))


def _split(value: str) -> Iterator[str]:
    """Split at each `and` outside braces."""
    depth = start = end = 0
    for found in _AND.finditer(f"{value} "):
        between = value[end : found.start()]
        depth += between.count("{") - between.count("}")
        end = found.start()
        if depth <= 0:
            yield value[start : found.start()]
            start = end = found.end()
    yield value[start:]


def _whole(name: str) -> str:
    """Write a name that is given in named parts as `Family, Given`; any other stays."""
    parts = {part.lower(): text.strip('" ') for part, text in _PART.findall(name)}
    if "family" not in parts:
        return name
    family = f"{parts.get('prefix', '')} {parts['family']}".strip()
    return ", ".join(part for part in (family, parts.get("suffix"), parts.get("given")) if part)


def address(value: str) -> str:
    r"""Return a field that holds addresses with the LaTeX around and in them gone.

    >>> address(r"Code: \url{https://github.com/lab/a\_tool}")
    'Code: https://github.com/lab/a_tool'
    """
    if "\\" in value or "{" in value:
        value = _URL.sub(lambda found: found[1] or found[2] or "", value)
        value = _ESCAPED.sub(lambda found: found[1] or found[2] or "~", value)
        value = value.replace("{", "").replace("}", "")
    return " ".join(value.split())
