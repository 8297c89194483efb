"""What every format owes, on whole samples and on thousands of damaged ones."""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass

import pytest

from loaders.documents import Document, MalformedDocument
from loaders.formats import Format, Parsed, formats, read, recognise
from loaders.records import NO_HINTS, Furniture, ListingRecord, PaperRecord, SessionRecord
from tests.formats.pages import SAMPLES, sample

COPIES = 60
"""Damaged copies of each sample and kind of damage."""

SAMPLE_NAMES = sorted(path.name for path in SAMPLES.glob("*.txt"))


def cut_bytes(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def cut_front(content: bytes, chance: random.Random) -> bytes:
    return content[chance.randrange(len(content)) :]


def change_bytes(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    values = b"\x0b\x0c\x1c\r\n :-0179MTaz" + (b"\x00\xc2\xb7\xff" if chance.random() < 0.3 else b"")
    for _ in range(chance.randint(1, 8)):
        damaged[chance.randrange(len(damaged))] = chance.choice(values)
    return bytes(damaged)


def drop_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    for _ in range(chance.randint(1, 6)):
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


DAMAGES = [cut_bytes, cut_front, change_bytes, drop_lines, repeat_lines, swap_lines, drop_blank_lines]


def papers(parsed: Parsed) -> Iterator[PaperRecord]:
    for record in parsed.records:
        if isinstance(record, SessionRecord):
            yield from (slot.paper for slot in record.slots if slot.paper)
        elif isinstance(record, ListingRecord):
            yield from record.entries
        else:
            yield record


def check_account(document: Document, parsed: Parsed) -> None:
    """Every line that is not blank is claimed or named by a problem, never both."""
    lines = document.lines
    named = {problem.line for problem in parsed.problems}
    assert all(number and 1 <= number <= len(lines) and lines[number - 1].strip() for number in named)
    assert parsed.line_count == sum(1 for line in lines if line.strip())
    assert parsed.claimed_line_count == parsed.line_count - len(named)


def check_papers(document: Document, parsed: Parsed) -> None:
    """A paper's words stand in its lines, in that order."""
    for paper in papers(parsed):
        assert 1 <= paper.line_start <= paper.line_end <= len(document.lines)
        assert paper.title
        printed = iter(" ".join(document.lines[paper.line_start - 1 : paper.line_end]).split())
        stated = f"{paper.title} {paper.byline or ''} {paper.abstract or ''}".split()
        assert all(word in printed for word in stated)


def words(value: object) -> Iterator[str]:
    """Every word of every text in a record and its parts."""
    if isinstance(value, str):
        yield from value.split()
    elif isinstance(value, int):
        yield str(value)
    elif isinstance(value, tuple):
        for part in value:
            yield from words(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from words(getattr(value, field.name))


def check_nothing_is_swallowed(document: Document, parsed: Parsed) -> None:
    """A line that lies in a slot or an entry, and that no problem names, has its words in the record."""
    furniture = {
        record.line_start
        for record in recognise(document, parsed.format).parse(document, NO_HINTS)
        if isinstance(record, Furniture)
    }
    named = {problem.line for problem in parsed.problems}
    for record in parsed.records:
        parts = record.slots if isinstance(record, SessionRecord) else getattr(record, "entries", (record,))
        for part in parts:
            stated = set(words(part))
            for number in {*range(part.line_start, part.line_end + 1)} - furniture - named:
                assert stated.issuperset(document.lines[number - 1].split())


@pytest.mark.parametrize("found", formats(), ids=lambda found: found.NAME)
def test_a_format_describes_itself_and_recognises_its_example(found: Format) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", found.NAME)
    assert found.DESCRIPTION.endswith(".")
    assert found.YIELDS
    example = sample(found.EXAMPLE)
    assert recognise(example) is found
    assert read(example).coverage == 1.0


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_every_sample_is_read_whole(name: str) -> None:
    document = sample(name)
    parsed = read(document)
    assert parsed.problems == ()
    assert parsed.coverage == 1.0
    check_account(document, parsed)
    check_papers(document, parsed)
    check_nothing_is_swallowed(document, parsed)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_damage_is_refused_or_accounted_for(name: str, damage: Callable[[bytes, random.Random], bytes]) -> None:
    whole = sample(name)
    format_name = recognise(whole).NAME
    chance = random.Random(f"{name} {damage.__name__}")  # noqa: S311 - the same damage every time
    for copy in range(COPIES):
        document = Document.of(whole.uri, damage(whole.content, chance))
        with suppress(MalformedDocument):
            parsed = read(document, format_name if copy % 2 else None)
            check_account(document, parsed)
            check_papers(document, parsed)
            check_nothing_is_swallowed(document, parsed)
