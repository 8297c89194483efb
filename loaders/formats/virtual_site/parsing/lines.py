"""Telling title, byline and abstract of a slot apart by their lines, which may wrap."""

from itertools import pairwise

from programme.loaders.text.names import looks_like_byline

SEPARATORS = "·⋅"
"""What stands between the names of a byline."""

MAX_NAME_LENGTH = 60
LONG_NAME = 35
"""Longer than the names of a byline are on average."""

MAX_PLAIN_BYLINE_LENGTH = 200
"""Of a byline without separators."""

MAX_TITLE_LINE_LENGTH = 160
MAX_TITLE_LINES = 3

Line = tuple[int, str]
"""A line that is not blank: its number, and its text without blanks around it."""


def find_title_end(lines: list[Line], start: int) -> int:
    """Index after the title: it may wrap over a few short lines that end at a byline or a blank line."""
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
    """Index after the byline that begins at `start`; `start` itself when none does."""
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
    """Whether a line next to a title is a byline; one that only looks like a name is not if the next line is one."""
    line = lines[index][1]
    if is_separated(line):
        return True
    return is_byline(line) and not (index + 1 < len(lines) and is_byline(lines[index + 1][1]))


def is_byline(line: str) -> bool:
    """Whether the line lists names, or is one name."""
    return is_separated(line) or (len(line) <= MAX_PLAIN_BYLINE_LENGTH and looks_like_byline(line))


def is_separated(line: str) -> bool:
    """Whether separators divide the line into parts short enough to be names.

    >>> is_separated("Ada Quill · Bo Marsh"), is_separated("The product a · b")
    (True, True)
    >>> is_separated("The product a · b of matrices" + " of low rank" * 6)
    False
    """
    if "·" not in line and "⋅" not in line:
        return False
    separators = line.count("·") + line.count("⋅")
    return len(line) <= MAX_NAME_LENGTH + separators * LONG_NAME


def join(lines: list[Line]) -> str:
    """Join the pieces of a wrapped text with blanks."""
    return lines[0][1] if len(lines) == 1 else " ".join([line for _, line in lines])


def paragraphs(lines: list[Line]) -> str:
    r"""Join lines to text: adjacent ones with a blank, others with an empty line between.

    >>> paragraphs([(5, "One"), (6, "two."), (8, "Three.")])
    'One two.\n\nThree.'
    """
    text = lines[0][1]
    for (above, _), (number, line) in pairwise(lines):
        text += f" {line}" if number == above + 1 else f"\n\n{line}"
    return text
