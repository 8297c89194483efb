"""Ways to damage a document; each gives the same result for the same random generator."""

import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

Damage = Callable[[bytes, random.Random], bytes]

MARKS = re.compile(rb"[][{}<>()\"'`,;:=/\\&|*#\t-]")
TAG = re.compile(rb"<[^<>]*>")
ATTRIBUTE = re.compile(rb"\s[\w-]+=(?:\"[^\"]*\"|'[^']*')")

DEEP = json.loads("[" * 100 + "]" * 100)
VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    -1e308,
    "",
    " \n ",
    "a",
    "2022-07-19T12:00:00Z",
    "NUL \0 and half \ud800",
    "x" * 5000,
    "{'a': 1}",
    [],
    [None],
    [["a"], {"b": []}],
    {},
    {"id": None, "name": 7, "value": {"value": []}},
    DEEP,
)
"""Values that replace any value of a JSON document."""

SPELLED = (b"NaN", b"-Infinity", b"1e999", b"9" * 5000, b"-", b'"\\ud800', b"{" * 3000, b"[" * 90 + b"]" * 90)
"""Texts that replace a JSON value and are not JSON, or only nearly."""

SCALAR = re.compile(rb'"(?:[^"\\]|\\.)*"(?=\s*[,}\]])|-?\d+(?:\.\d+)?|true|false|null')


def cut_bytes(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def cut_front(content: bytes, chance: random.Random) -> bytes:
    return content[chance.randrange(len(content)) :]


def cut_middle(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randint(1, 60) :]


def change_bytes(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    values = b"\x0b\x0c\x1c\r\n :-0179MTaz" + (b"\x00\xc2\xb7\xff" if chance.random() < 0.3 else b"")
    for _ in range(chance.randint(1, 8)):
        damaged[chance.randrange(len(damaged))] = chance.choice(values)
    return bytes(damaged)


def repeat_bytes(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    end = start + chance.randint(1, 200)
    return content[:end] + content[start:end] * chance.randint(1, 3) + content[end:]


def swap_bytes(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        one, other = chance.randrange(len(damaged)), chance.randrange(len(damaged))
        damaged[one], damaged[other] = damaged[other], damaged[one]
    return bytes(damaged)


def drop_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    for _ in range(min(chance.randint(1, 6), len(lines) - 1)):
        del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def repeat_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(lines))
        lines[start:start] = lines[start : start + chance.randint(1, 8)]
    return b"\n".join(lines)


def swap_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    for _ in range(chance.randint(1, 6)):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def drop_blank_lines(content: bytes, chance: random.Random) -> bytes:
    return b"\n".join(line for line in content.split(b"\n") if line.strip() or chance.random() < 0.2)


def drop_marks(content: bytes, chance: random.Random) -> bytes:
    """Drop quotes, brackets, commas, indents and the like."""
    return _change(MARKS, content, chance, lambda _: b"")


def repeat_marks(content: bytes, chance: random.Random) -> bytes:
    return _change(MARKS, content, chance, lambda mark: mark * chance.randint(2, 40))


def drop_tags(content: bytes, chance: random.Random) -> bytes:
    return _change(TAG, content, chance, lambda _: b"")


def repeat_tags(content: bytes, chance: random.Random) -> bytes:
    return _change(TAG, content, chance, lambda tag: tag * 2)


def drop_attributes(content: bytes, chance: random.Random) -> bytes:
    return _change(ATTRIBUTE, content, chance, lambda _: b"")


def drop_column(content: bytes, chance: random.Random) -> bytes:
    """Drop the text between the same two commas of every line, or of some."""
    column, share = chance.randrange(6), chance.choice((1.0, 0.3))
    lines = [line.split(b",") for line in content.split(b"\n")]
    for cells in lines:
        if column < len(cells) and chance.random() < share:
            del cells[column]
    return b"\n".join(b",".join(cells) for cells in lines)


def spell_values(content: bytes, chance: random.Random) -> bytes:
    """Replace a value with text that is not JSON, or only nearly."""
    return _change(SCALAR, content, chance, lambda _: chance.choice(SPELLED), most=2)


Replacement = tuple[tuple[Any, ...], Any]
"""The path of a value in a JSON document, and what replaces it."""


def replacements(content: bytes) -> list[Replacement]:
    """Return the replacements of every value of a JSON document, or of one with a value per line, by each of VALUES."""
    return [(place, value) for place in _places(_decoded(content)[0]) for value in VALUES]


def replace_value(content: bytes, replacement: Replacement) -> bytes:
    decoded, is_lines = _decoded(content)
    place, value = replacement
    inner = decoded
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return "\n".join(map(json.dumps, decoded)).encode() if is_lines else json.dumps(decoded, indent=1).encode()


def _decoded(content: bytes) -> tuple[Any, bool]:
    """Return the values of a JSON document, and whether each has a line of its own."""
    try:
        return json.loads(content), False
    except ValueError:
        return [json.loads(line) for line in content.splitlines()], True


def _places(value: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value inside a value."""
    steps: list[Any] = []
    if isinstance(value, list):
        steps = list(range(len(value)))
    elif isinstance(value, dict):
        steps = list(value)
    for step in steps:
        yield (step,)
        yield from ((step, *place) for place in _places(value[step]))


def _change(
    pattern: re.Pattern[bytes], content: bytes, chance: random.Random, change: Callable[[bytes], bytes], most: int = 6
) -> bytes:
    """Change up to `most` of the places where the pattern matches."""
    found = list(pattern.finditer(content))
    chosen = chance.sample(found, min(len(found), chance.randint(1, most)))
    for place in sorted(chosen, key=re.Match.start, reverse=True):
        content = content[: place.start()] + change(place[0]) + content[place.end() :]
    return content


BYTES: tuple[Damage, ...] = (cut_bytes, cut_front, cut_middle, change_bytes, repeat_bytes, swap_bytes)
LINES: tuple[Damage, ...] = (drop_lines, repeat_lines, swap_lines, drop_blank_lines)
MARKUP: tuple[Damage, ...] = (drop_tags, repeat_tags, drop_attributes)


def damages(name: str) -> tuple[Damage, ...]:
    """Return the ways to damage a document with this name."""
    ending = name.rpartition(".")[2]
    if ending == "txt":
        return (*BYTES, *LINES)
    if ending in ("json", "jsonl"):
        return (*BYTES, drop_lines, repeat_lines, swap_lines, drop_marks, repeat_marks, spell_values)
    if ending in ("xml", "html"):
        return (*BYTES, *LINES, drop_marks, repeat_marks, *MARKUP)
    return (*BYTES, *LINES, drop_marks, repeat_marks, drop_column)
