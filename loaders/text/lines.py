"""Find title, byline and abstract in the lines of a page, which may wrap."""

from itertools import pairwise

from programme.loaders.text.bylines import looks_like_byline

SEPARATORS = "·⋅"
"""The characters between the names of a byline."""

MAX_NAME_LENGTH = 60
MAX_MEAN_NAME_LENGTH = 35
"""The names of a byline are shorter than this on average, so longer parts between dots are prose or a formula."""

MAX_PLAIN_BYLINE_LENGTH = 200
"""Of a byline without separators."""

MAX_TITLE_LINE_LENGTH = 160
MAX_TITLE_LINES = 3

Line = tuple[int, str]
"""A line that is not blank: its number in the document, from 1, and its text without surrounding whitespace."""


def find_title_end(lines: list[Line], start: int) -> int:
    """Return the index after the title that begins at `start`.

    A title may wrap over a few short lines, but only where a byline or a blank line ends it: otherwise the lines below
    the first are the abstract.
    """
    end = start + 1
    while end < len(lines) and lines[end][0] == lines[end - 1][0] + 1:
        line = lines[end][1]
        if starts_byline(lines, end):
            return end
        if len(line) > MAX_TITLE_LINE_LENGTH or line.endswith(".") or end - start == MAX_TITLE_LINES:
            return start + 1
        end += 1
    return end


def find_byline_end(lines: list[Line], start: int) -> int:
    """Return the index after the byline that begins at `start`; `start` itself when none does."""
    if start == len(lines) or not is_byline(lines[start][1]):
        return start
    end = start + 1
    while end < len(lines) and lines[end][0] == lines[end - 1][0] + 1:
        line = lines[end][1]
        ends_block = end + 1 == len(lines) or lines[end + 1][0] > lines[end][0] + 1
        trailing = lines[end - 1][1][-1] in SEPARATORS and len(line) <= MAX_NAME_LENGTH and line[-1] != "."
        if not (trailing or is_separated(line) or (ends_block and is_byline(line))):
            break
        end += 1
    return end


def starts_byline(lines: list[Line], index: int) -> bool:
    """Return whether the line below a title is a byline.

    A line without separators that looks like a name may be the end of a wrapped title ("Sinkhorn Networks"): it is not
    a byline if the next line is one.
    """
    line = lines[index][1]
    if is_separated(line):
        return True
    return is_byline(line) and not (index + 1 < len(lines) and is_byline(lines[index + 1][1]))


def is_byline(line: str) -> bool:
    """Return whether a line lists names, or is a single name."""
    return is_separated(line) or (len(line) <= MAX_PLAIN_BYLINE_LENGTH and looks_like_byline(line))


def is_separated(line: str) -> bool:
    """Return whether separators divide a line into parts short enough to be names.

    >>> is_separated("Ada Quill · Bo Marsh"), is_separated("The product a · b")
    (True, True)
    >>> is_separated("The product a · b of matrices" + " of low rank" * 6)
    False
    """
    if "·" not in line and "⋅" not in line:
        return False
    separators = line.count("·") + line.count("⋅")
    return len(line) <= MAX_NAME_LENGTH + separators * MAX_MEAN_NAME_LENGTH


def join(lines: list[Line]) -> str:
    """Join the lines of a wrapped text with spaces."""
    return lines[0][1] if len(lines) == 1 else " ".join([line for _, line in lines])


def paragraphs(lines: list[Line]) -> str:
    r"""Join lines into paragraphs: adjacent lines with a space, others with a blank line between them.

    >>> paragraphs([(5, "One"), (6, "two."), (8, "Three.")])
    'One two.\n\nThree.'
    """
    text = lines[0][1]
    for (above, _), (number, line) in pairwise(lines):
        text += f" {line}" if number == above + 1 else f"\n\n{line}"
    return text
