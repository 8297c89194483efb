"""Taking the dress off single lines of Markdown: headings, bullets, emphasis, escapes and rules."""

import re

from programme.loaders.formats.virtual_site.parsing.markdown import Plain

_RULE = re.compile(r"(?:[-=_*]{3,}|`{3,}\w*|[-*_](?:[ \t]+[-*_]){2,}|[─┬┴┼│]{3,}|\|?(?:[ :]*-{3,}[ :]*\|)+)")
_HEADING = re.compile(r"^#{1,6}[ \t]+")
_BULLET = re.compile(r"^[*+•-][ \t]+(?=\S)")
_HALF_LINK = re.compile(r"^((?:\*\*)?)\[(?=[^\[\]]*$)|(?<=\S)\](?:\([^()\s]*\)|\[\d+\])(?=(?:\*\*)?$)")
_BOLD = re.compile(r"(?<![\w*])(?:\*\*|__)(?=[^\s*_]|$)|(?<=[^\s*_])(?:\*\*|__)(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*\\$])([*_])(?=[^\s*_])([^*_$\n]+)(?<=[^\s\\])\1(?![\w*])")
_FORMULA = re.compile(r"(\$[^$\n]+\$)")
_ESCAPE = re.compile(r"\\([_*#`<>])|(?<=^\d)\\(?=\.)|^\\(?=[-+])")
_ESCAPED_BRACKETS = re.compile(r"\\\[([^\\=^\n]*?)\\\]")


def strip_lines_markup(raw_lines: list[str]) -> Plain:
    """Undress lines in which links are done with; a line underlined with a rule is a heading.

    >>> strip_lines_markup(["Trees", "-----", "* an *old* one"])
    Plain(lines=['Trees', '', 'an old one'], headings=frozenset({1}))
    """
    lines: list[str] = []
    headings: set[int] = set()
    for raw in raw_lines:
        if _RULE.fullmatch(raw.strip()):
            if lines and lines[-1] and raw.strip()[0] in "=-":
                headings.add(len(lines))
            lines.append("")
            continue
        line, is_heading = strip_line_markup(raw)
        lines.append(line)
        if is_heading:
            headings.add(len(lines))
    return Plain(lines, frozenset(headings))


def strip_line_markup(line: str, has_half_links: bool = False) -> tuple[str, bool]:
    """Return a line without the marks of headings, bullets and emphasis and without escapes; whether it was a heading.

    >>> strip_line_markup("## **Trees** and $x_1$"), strip_line_markup("- one")
    (('Trees and $x_1$', True), ('one', False))
    """
    line = line.strip()
    body = _HEADING.sub("", line, count=1) if line.startswith("#") else line
    is_heading = body is not line and body != line
    if body[:1] in "*+•-":
        body = _BULLET.sub("", body, count=1)
    if body.startswith("|") and body.endswith("|"):
        body = body.strip("|").strip().replace(" | ", "  ")
    if has_half_links:
        body = _HALF_LINK.sub(r"\1", body)
    if "*" in body or "_" in body or "\\" in body:
        pieces = _FORMULA.split(body)
        pieces[::2] = [_without_emphasis(piece) for piece in pieces[::2]]
        body = "".join(pieces)
    return body.strip(), is_heading


def _without_emphasis(text: str) -> str:
    text = _EMPHASIS.sub(r"\2", _BOLD.sub("", text))
    return _ESCAPED_BRACKETS.sub(r"[\1]", _ESCAPE.sub(r"\1", text))
