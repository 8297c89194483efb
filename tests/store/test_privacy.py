"""Contact data in exports is stored neither as a fact nor with the bytes, and nothing else is touched."""

import codecs
import io
import json
from dataclasses import replace
from pathlib import Path

import zstandard

from programme.loaders.documents import Document, documents_from
from programme.loaders.formats import read
from programme.loaders.records import NO_HINTS
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.facts import document_facts
from programme.loaders.store.ingest import ingest
from programme.loaders.store.privacy import parts_of, redact, redact_part

EXPORT = """[
 {"title": "Sparse Moons by \\"orcid\\": 7", "author": "Ada Quill;Bo Renn",
  "email": "ada@quill.example;bo@renn.example",
  "gender": "F;M", "orcid":"0000-0001-2345-6789;", "homepage" : "https://quill.example/{ada}",
  "authorids": ["ada@quill.example",
                "~Bo_Renn1"],
  "status": "Oral", "aff": "Aurora Lab;", "site": "https://icml.cc/virtual/2022/poster/7"},
 {"title": "Write to us", "abstract": "Ask mail@moon.example.", "content": {"authorids": {"value": ["~Cy_Lund1"]}}}
]
"""
SECRETS = (b"@quill", b"@renn", b"0000-0001", b"F;M", b"quill.example", b"~Bo_Renn1", b"~Cy_Lund1")


def test_contact_data_is_removed_and_every_line_stays() -> None:
    cleaned = redact(Document.of("test:export.json", EXPORT.encode()))
    assert [secret for secret in SECRETS if secret in cleaned] == []
    first, second = json.loads(cleaned)
    assert (first["title"], first["author"], first["aff"]) == (
        'Sparse Moons by "orcid": 7',
        "Ada Quill;Bo Renn",
        "Aurora Lab;",
    )
    assert (first["authorids"], second["abstract"]) == (["", ""], "Ask mail@moon.example.")
    assert cleaned.count(b"\n") == EXPORT.count("\n")


def test_attributes_of_xml() -> None:
    source = b'<collection><author orcid="0000-0001" verified="y"><first>Ada</first></author></collection>'
    assert redact(Document.of("test:a.xml", source)) == source.replace(b"0000-0001", b"")


def test_people_of_calendars(samples: Path) -> None:
    source = (samples / "icalendar.ics").read_bytes().replace(b"\n", b"\r\n")
    cleaned = redact(Document.of("test:a.ics", codecs.BOM_UTF8 + source))
    assert [secret for secret in (b"mailto", b"rosa@", b"@shore", b"Wei Wu") if secret in cleaned] == []
    assert b"\r\nORGANIZER:\r\nATTENDEE:\r\n \r\nBEGIN:VALARM" in cleaned
    assert cleaned.count(b"\n") == source.count(b"\n")
    before, after = (read(Document.of("test:a.ics", content)).records for content in (source, cleaned))
    assert before == after


def test_cells_of_contact_data_in_tables_are_empty() -> None:
    table = b'title,Primary Email,authors\r\n"Moss, a\r\nStudy",ada@quill.example,Ada Quill\r\nFen,,"Bo, Cy"\r\n'
    cleaned = redact(Document.of("test:table.csv", table))
    assert cleaned == b'title,Primary Email,authors\r\n"Moss, a\r\nStudy",,Ada Quill\r\nFen,,"Bo, Cy"\r\n'


def test_text_is_stored_unchanged() -> None:
    page = b'Session\n\n"email": "ada@quill.example"\n'
    assert redact(Document.of("test:page.txt", page)) == page


def test_parts_hold_what_the_whole_does() -> None:
    whole = Document.of("test:export.json", EXPORT.encode() * 40)
    large = replace(whole, opener=lambda: io.BytesIO(whole.content))
    assert b"".join(map(redact_part, parts_of(large, 100))) == redact(whole)


def test_nothing_of_it_is_stored(sqlite_url: str) -> None:
    connection = open_database(sqlite_url, create=True)
    (outcome,) = ingest(connection, [Document.of("test:export.json", EXPORT.encode())])
    assert (outcome.format, outcome.records["papers"]) == ("papercopilot", 2)
    ((content,),) = connection.query("SELECT content FROM documents")
    stored = "\n".join(dump(connection)).encode() + zstandard.decompress(content)
    assert [secret for secret in SECRETS if secret in stored] == []


def check_that_no_fact_needs_what_is_removed(folder: Path) -> None:
    for document in documents_from([folder]):
        assert isinstance(document, Document)
        again = replace(document, content=redact(document))
        assert document_facts(read(again), NO_HINTS) == document_facts(read(document), NO_HINTS), document.uri


def test_redacted_samples_give_the_same_facts(samples: Path) -> None:
    check_that_no_fact_needs_what_is_removed(samples)


def test_redacted_real_documents_give_the_same_facts(shared: Path) -> None:
    check_that_no_fact_needs_what_is_removed(shared / "corpus")
