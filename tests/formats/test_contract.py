"""What every format must do, on whole samples and on thousands of damaged ones."""

import json
import random
import re
from collections.abc import Iterator

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Format, Parsed, formats, read, recognise
from programme.loaders.records import NO_HINTS, Boilerplate, ListingRecord, PaperRecord, SessionRecord
from programme.loaders.store.facts import document_facts
from tests.formats.damage import Damage, Replacement, damages, replace_value, replacements
from tests.formats.pages import SAMPLES, sample

pytestmark = pytest.mark.slow

MAX_REPLACED = 500
"""Damaged copies of each JSON sample with one value replaced."""

SAMPLE_NAMES = sorted(path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*.*") if path.is_file())
CASES = [(name, damage) for name in SAMPLE_NAMES for damage in damages(name)]
COPIES = 20_000 // len(CASES) + 1
"""Damaged copies for each sample and kind of damage; 20,000 take about a minute."""

JSON_NAMES = [name for name in SAMPLE_NAMES if name.endswith((".json", ".jsonl"))]
WORD = re.compile(r"[^\W_]+")


def papers(parsed: Parsed) -> Iterator[PaperRecord]:
    for record in parsed.records:
        if isinstance(record, SessionRecord):
            yield from (slot.paper for slot in record.slots if slot.paper)
        elif isinstance(record, ListingRecord):
            yield from record.entries
        else:
            yield record


def is_structured(parsed: Parsed) -> bool:
    return any(
        record.path is not None for record in (*parsed.records, *parsed.corrections, *parsed.editions, *parsed.problems)
    )


def check(document: Document, parsed: Parsed) -> None:
    """Check what holds for any document, and what holds for a text or a structured one."""
    assert all(paper.title.strip() for paper in papers(parsed))
    assert all(one.subject and one.reason and json.loads(one.value) is not None for one in parsed.corrections)
    assert all(problem.problem for problem in parsed.problems)
    document_facts(parsed, NO_HINTS)
    if is_structured(parsed):
        check_structured(document, parsed)
    else:
        check_account(document, parsed)
        check_papers(document, parsed)
        check_nothing_is_swallowed(document, parsed)


def check_structured(document: Document, parsed: Parsed) -> None:
    """Check that records add up, and that every range of lines is in the document."""
    line_count = document.content.count(b"\n") + document.content.count(b"\r") + 1
    assert 0 <= parsed.claimed_line_count <= parsed.line_count
    assert parsed.line_count - parsed.claimed_line_count == sum(problem.is_lost for problem in parsed.problems)
    assert 0 <= parsed.coverage <= 1
    for record in (*parsed.records, *parsed.corrections, *parsed.editions, *papers(parsed)):
        assert record.path is not None
        assert 1 <= record.line_start <= record.line_end <= line_count
    assert all(problem.line is None or 1 <= problem.line <= line_count for problem in parsed.problems)


def check_account(document: Document, parsed: Parsed) -> None:
    """Check that every line that is not blank is claimed or named by a problem, never both."""
    lines = document.lines
    named = {problem.line for problem in parsed.problems}
    assert all(number and 1 <= number <= len(lines) and lines[number - 1].strip() for number in named)
    assert parsed.line_count == sum(1 for line in lines if line.strip())
    assert parsed.claimed_line_count == parsed.line_count - len(named)


def check_papers(document: Document, parsed: Parsed) -> None:
    """Check that the words of a paper are in its lines, in that order."""
    for paper in papers(parsed):
        assert 1 <= paper.line_start <= paper.line_end <= len(document.lines)
        printed = iter(WORD.findall(" ".join(document.lines[paper.line_start - 1 : paper.line_end])))
        stated = WORD.findall(f"{paper.title} {paper.byline or ''} {paper.abstract or ''}")
        assert all(word in printed for word in stated)


def words(value: object) -> Iterator[str]:
    """Yield every word of every text in a record and its parts."""
    if isinstance(value, str):
        yield from WORD.findall(value)
    elif isinstance(value, int):
        yield str(value)
    elif isinstance(value, tuple):
        for part in value:
            yield from words(part)


def check_nothing_is_swallowed(document: Document, parsed: Parsed) -> None:
    """Check that the words of each line in a slot or an entry are in the record, unless a problem names the line."""
    boilerplate = {
        record.line_start
        for record in recognise(document, parsed.format).parse(document, NO_HINTS)
        if isinstance(record, Boilerplate)
    }
    named = {problem.line for problem in parsed.problems}
    for record in parsed.records:
        parts = record.slots if isinstance(record, SessionRecord) else getattr(record, "entries", (record,))
        for part in parts:
            stated = set(words(part))
            for number in {*range(part.line_start, part.line_end + 1)} - boilerplate - named:
                assert stated.issuperset(WORD.findall(document.lines[number - 1]))


def copies(name: str, damage: Damage) -> Iterator[bytes]:
    """Yield copies of a sample with one kind of damage, the same every time."""
    content = sample(name).content
    chance = random.Random(f"{name} {damage.__name__}")  # noqa: S311 - the same damage every time
    for _ in range(COPIES):
        yield damage(content, chance)


def some_replacements(name: str) -> list[Replacement]:
    """Return replacements of values of a JSON sample, taken evenly from all of them."""
    every = replacements(sample(name).content)
    return every[:: len(every) // MAX_REPLACED + 1]


def check_copies(name: str, contents: Iterator[bytes]) -> None:
    """Read each damaged copy, every other one without naming its format."""
    whole = sample(name)
    format_name = recognise(whole).NAME
    for copy, content in enumerate(contents):
        document = Document.of(whole.uri, content)
        try:
            check(document, read(document, format_name if copy % 2 else None))
        except MalformedDocument:
            continue
        except BaseException as error:
            error.add_note(f"copy {copy} of {name}: {content!r}")
            raise


@pytest.mark.parametrize("found", formats(), ids=lambda found: found.NAME)
def test_a_format_describes_itself_and_recognises_its_example(found: Format) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", found.NAME)
    assert found.DESCRIPTION.endswith(".")
    assert found.YIELDS
    assert found.__doc__
    example = sample(found.EXAMPLE)
    assert recognise(example) is found
    assert read(example).coverage == 1.0


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_every_sample_is_read_whole(name: str) -> None:
    document = sample(name)
    parsed = read(document)
    assert parsed.problems == ()
    assert parsed.coverage == 1.0
    check(document, parsed)


@pytest.mark.parametrize(("name", "damage"), CASES)
def test_damage_is_refused_or_accounted_for(name: str, damage: Damage) -> None:
    check_copies(name, copies(name, damage))


@pytest.mark.parametrize("name", JSON_NAMES)
def test_replaced_values_are_refused_or_accounted_for(name: str) -> None:
    content = sample(name).content
    check_copies(name, (replace_value(content, replacement) for replacement in some_replacements(name)))


def test_damaged_copies_are_many() -> None:
    damaged = sum(len(list(copies(name, damage))) for name, damage in CASES)
    replaced = sum(len(some_replacements(name)) for name in JSON_NAMES)
    assert damaged + replaced >= 20_000


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_no_other_format_breaks_on_a_sample(name: str) -> None:
    document = sample(name)
    for found in formats():
        assert 0 <= found.sniff(document).confidence <= 1
        try:
            parsed = read(document, found.NAME)
        except MalformedDocument:
            continue
        check(document, parsed)
