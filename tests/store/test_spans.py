"""Spans of a large document, read by several processes: they give what the whole document gives, read in order."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Parsed, reading
from programme.loaders.formats import read_slices as read_in_order
from programme.loaders.readers import json_spans, json_stream
from programme.loaders.records import NO_HINTS
from programme.loaders.store import large
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import ingest
from programme.loaders.store.readings import Job
from programme.loaders.store.workers import Workers

MOON = (
    b'{"id": "2103.00020", "title": "Sparse Moons", "authors_parsed": [["Quill", "Ada", ""]], "versions": [{"v": 1}]}'
)
SUN = b'{"id": "2103.00021", "title": "A Sun", "abstract": "of light\\n{in}", "authors": "Bo Renn", "comments": "2 p"}'
SHORT = b'{"id": "2103.00025", "title": "Star"}'
TITLE_FIRST = b'{"title": "Star", "id": "2103.00026"}'
LONG = SUN.replace(b"of light", b"of light " * 30)
WRAPPED = MOON.replace(b", ", b",\n").replace(b"[{", b"[\n{").replace(b'"A', b'"\n{A')
DAMAGED = (
    b'{"id": "2103.00022", "title": "Cut',
    b'{"id": }',
    b"[",
    b"]",
    b"7",
    b"nothing",
    b'{"title": "\xff"}',
    b"\0",
    b"",
)
ODD = (b'{"id": "2103.00023"}', b'{"id": "2103.00024", "title": 7}', b'{"title": "Unknown", "mood": "calm"}', WRAPPED)

records = st.sampled_from((MOON, SUN, SHORT, TITLE_FIRST, LONG)) | st.sampled_from((MOON, SUN, *ODD, *DAMAGED))
ends = st.sampled_from((b"\n", b"\n", b"\n", b"\r\n", b"\n\n", b",\n", b" "))


def of_lines(rows: list[tuple[bytes, bytes]]) -> bytes:
    return MOON + b"\n" + b"".join(record + end for record, end in rows)


def of_list(rows: list[tuple[bytes, bytes]]) -> bytes:
    return b"[\n  " + b",\n  ".join([MOON, *(record for record, _ in rows)]) + b"\n]\n"


def of_results(rows: list[tuple[bytes, bytes]]) -> bytes:
    return b'{"results": [\n' + b",\n".join([MOON, *(record for record, _ in rows)]) + b"\n]}\n"


def large_document(content: bytes) -> Document:
    return replace(Document.of("test:snapshot.json", content), opener=lambda: io.BytesIO(content))


def found_in(slices: Iterator[Parsed]) -> tuple[object, ...] | str:
    try:
        found = list(slices)
    except MalformedDocument as error:
        return str(error)
    totals = (sum(one.line_count for one in found), sum(one.claimed_line_count for one in found))
    return [one for some in found for one in some.records], [one for some in found for one in some.problems], totals


def same(parsed: Parsed) -> Parsed:
    return parsed


def read(content: bytes) -> tuple[object, ...] | str:
    job = Job(large_document(content), "arxiv-snapshot", NO_HINTS)
    return found_in(large.read_slices_by(Workers(1), same, job))


def in_order(content: bytes) -> tuple[object, ...] | str:
    return found_in(read_in_order(large_document(content), "arxiv-snapshot"))


@pytest.fixture(autouse=True)
def small_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_spans, "SPAN_BYTES", 150)
    monkeypatch.setattr(json_stream, "MAX_DAMAGED", 3)
    monkeypatch.setattr(reading, "SLICE_RECORDS", 2)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from((of_lines, of_lines, of_list, of_results)),
    st.lists(st.tuples(records, ends), max_size=12),
    st.sampled_from((b"", b"\xef\xbb\xbf", b"\n")),
    st.integers(0, 60),
)
@example(of_results, [(MOON, b"\n")] * 4, b"", 0)
@example(of_list, [(one, b"") for one in (LONG, TITLE_FIRST, b'{"id": }', TITLE_FIRST, *[SHORT] * 9)], b"", 0)
@example(of_lines, [(b'{"id": }', b"\n"), (SHORT, b"\n"), (MOON, b"\n")], b"", 0)
@example(of_lines, [(b'{"id": }' + b" " * 200, b"\n")] * 3 + [(SHORT, b"\n")] * 5, b"", 0)
@example(of_lines, [(b'{"id": "Cut', b"\n"), *[(b"{}", b"\n")] * 60, (MOON, b"\n")], b"", 0)
def test_what_is_read_does_not_depend_on_where_it_is_cut(
    form: Callable[[list[tuple[bytes, bytes]]], bytes], rows: list[tuple[bytes, bytes]], start: bytes, missing: int
) -> None:
    content = start + form(rows)
    content = content[: len(content) - missing]
    assert read(content) == in_order(content)


def test_too_much_damage_in_all_spans_ends_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "MAX_DAMAGED_IN_ALL", 9)
    monkeypatch.setattr(json_spans, "SPAN_BYTES", 400)
    content = of_lines([*[(b'{"id": }', b"\n"), (SHORT, b"\n")] * 4, (LONG, b"\n")] * 4)
    assert read(content) == in_order(content)


@pytest.mark.parametrize("form", [of_lines, of_list])
def test_spans_without_damage_are_read_apart(
    monkeypatch: pytest.MonkeyPatch, form: Callable[[list[tuple[bytes, bytes]]], bytes]
) -> None:
    content = form([(MOON, b"\r\n"), (SUN, b"\n\n"), (LONG, b"\n"), (ODD[0], b"\n"), (ODD[1], b"\n")] * 3)
    if form is of_lines:  # damage within a span is found there
        content = content.replace(b'"A Sun"', b'"A" Sun"', 1)
    expected = in_order(content)

    def fail(*_: object) -> None:
        raise AssertionError("something is read in order")

    monkeypatch.setattr(large, "rest_of", fail)
    assert read(content) == expected
    assert len(list(json_spans.spans_of(large_document(content)))) > 5


@pytest.mark.parametrize("form", [of_lines, of_list])
def test_any_number_of_workers_gives_the_same_dump(
    tmp_path: Path, form: Callable[[list[tuple[bytes, bytes]]], bytes]
) -> None:
    rows = [(MOON, b"\n"), (LONG, b"\n"), (ODD[0], b"\n"), (DAMAGED[1], b"\n"), (SUN, b"\n")]
    dumps = []
    for workers in (1, 2, 4):
        connection = open_database(tmp_path / f"{workers}.db", create=True)
        (outcome,) = ingest(connection, [large_document(form(rows))], workers=workers)
        dumps.append((outcome.status, outcome.coverage, list(dump(connection))))
        connection.close()
    assert dumps == [("loaded", 0.6667, dumps[0][2])] * 3


def test_a_source_that_is_gone_meanwhile() -> None:
    class Gone(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise OSError("gone")
            return super().read(min(size or 0, 2000))

    content = of_lines([(MOON, b"\n")] * 90)
    document = replace(large_document(content), opener=lambda: Gone(content))
    with pytest.raises(MalformedDocument, match="cannot be read a second time: gone; did the file change meanwhile"):
        list(large.read_slices_by(Workers(1), same, Job(document, None, NO_HINTS)))
