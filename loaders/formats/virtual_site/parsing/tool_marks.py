"""The marks that some text browsers set on a page: `L157:` before each line, `cite36†` before each link."""

import re

from programme.loaders.documents import Document

MIN_COUNT = 3
"""Lines that begin with a mark, in a page that has them at all."""

MAX_SKIPPED = 3
"""How much further the count of a mark is than that of the mark before it in a line, at most."""

_BEGINS = re.compile(r"^L\d{1,6}:(?:[ \t]|$)", re.MULTILINE)
_LINE_MARK = re.compile(r"(?:^|(?<=[ \t]))L(\d{1,6}):(?:[ \t]|$)")
_LINK_MARK = re.compile(r"[\ue000-\uf8ff]*cite[\ue000-\uf8ff]*\d+†[ \t]?|(?<=\S)[ \t]*†[\w-]+(?:\.[\w-]+)+")
_BRACKETED = re.compile(r"【\d+†([^】†]*)(?:†[^】]*)?】")


def has_marks(text: str) -> bool:
    r"""Return whether lines of a page begin with marks.

    >>> has_marks("L1: One\nL2: \nL3: Two  L4: "), has_marks("L2: a norm\nL3: another\n")
    (True, False)
    """
    return "L" in text and sum(1 for _ in zip(_BEGINS.finditer(text), range(MIN_COUNT), strict=False)) == MIN_COUNT


def unmarked(line: str) -> list[str]:
    """Return the lines that stand in one marked line, without the marks.

    >>> unmarked("L157: cite36†Schedule cite48†Thu  L158: "), unmarked("L9: cite1†Posts †blog.example.org")
    (['Schedule Thu  ', ''], ['Posts'])
    """
    pieces: list[str] = []
    begin, above = 0, None
    for mark in _LINE_MARK.finditer(line):
        number = int(mark[1])
        if above is None or above < number <= above + MAX_SKIPPED:
            pieces.append(line[begin : mark.start()])
            begin, above = mark.end(), number
    pieces.append(line[begin:])
    if len(pieces) > 1 and not pieces[0].strip():
        pieces = pieces[1:]
    return [_BRACKETED.sub(r"\1", _LINK_MARK.sub("", piece)) for piece in pieces]


def without_marks(document: Document) -> tuple[Document, list[int]]:
    """Return the document without marks, and for each of its lines the number of the line it stands in.

    A document without marks comes back as it is, with an empty list. Raises MalformedDocument.
    """
    if document.is_html or not has_marks(document.text):
        return document, []
    lines: list[str] = []
    numbers: list[int] = []
    for number, line in enumerate(document.lines, 1):
        for piece in unmarked(line):
            lines.append(piece)
            numbers.append(number)
    return Document.of(document.uri, "\n".join(lines).encode()), numbers
