"""Short ways to read samples and invented pages in the tests of formats."""

from pathlib import Path

from programme.loaders.documents import Document
from programme.loaders.formats import Parsed, read
from programme.loaders.records import NO_HINTS, Hints, ListingRecord, SessionRecord

SAMPLES = Path(__file__).parents[2] / "samples"


def document(text: str) -> Document:
    return Document.of("file:///pages/page.txt", text.encode())


def sample(name: str) -> Document:
    return Document.of((SAMPLES / name).as_uri(), (SAMPLES / name).read_bytes())


def session(text: str) -> tuple[SessionRecord, Parsed]:
    parsed = read(document(text), "virtual-session")
    (record,) = parsed.records
    assert isinstance(record, SessionRecord)
    return record, parsed


def listing(text: str, hints: Hints = NO_HINTS) -> tuple[ListingRecord, Parsed]:
    parsed = read(document(text), "daily-papers", hints)
    (record,) = parsed.records
    assert isinstance(record, ListingRecord)
    return record, parsed
