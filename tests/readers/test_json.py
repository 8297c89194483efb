"""JSON record by record: independent of the size of the pieces, of damage elsewhere, and of misfits."""

import json
import sys
import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.loaders.documents import Document, Limits, MalformedDocument
from programme.loaders.readers import Located, fields_before_records, first_record, first_value, read_records
from programme.loaders.readers.json_stream import JsonValues, RawValue
from programme.loaders.records import Problem

READER = sys.modules[Document.__module__]
"""The module that reads documents in pieces."""

GARDEN = [
    {"id": 1, "uid": "a", "title": "Moss, {quietly}", "tags": [{"id": 7, "name": "wet"}], "note": 'say "yes"\\'},
    {"id": 2, "uid": "b", "title": "Fern ❀ \U0001f33f", "tags": [], "note": None},
    {"id": -30, "uid": "c", "title": "", "tags": [{"id": 8, "name": "dry"}], "note": 1.5e-7},
]


class Plant(msgspec.Struct):
    """A shape of records."""

    title: str
    id: int | None = None
    tags: list[dict[str, int | str]] = []


def document(content: str | bytes) -> Document:
    """Return a document that is read in pieces, even a small one."""
    octets = content.encode() if isinstance(content, str) else content
    return Document("file:///pages/plants.json", octets[:100], "0", opener=lambda: BytesIO(octets))


def values(content: str | bytes) -> list[Any]:
    return [raw.value for raw in JsonValues(document(content)) if raw.problem is None]


def damage(content: str | bytes) -> list[RawValue]:
    return [raw for raw in JsonValues(document(content)) if raw.problem]


def records(content: str | bytes, **options: Any) -> list[Located[Plant] | Problem]:
    return list(read_records(document(content), Plant, **options))


def lines(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture(params=[1, 2, 3, 7, 64, 1024 * 1024])
def piece(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Bytes that are read at a time."""
    monkeypatch.setattr(READER, "CHUNK_BYTES", request.param)
    return int(request.param)


@pytest.mark.usefixtures("piece")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("is_escaped", [True, False])
@pytest.mark.parametrize("indent", [None, 2])
def test_values_do_not_depend_on_the_pieces_read(encoding: str, is_escaped: bool, indent: int | None) -> None:
    text = json.dumps(GARDEN, ensure_ascii=is_escaped, indent=indent)
    assert values(text.encode(encoding)) == GARDEN
    wrapped = json.dumps({"count": 3, "next": None, "results": GARDEN, "after": [1]}, indent=indent)
    assert values(wrapped.encode(encoding)) == GARDEN


def test_a_document_in_memory_is_read_the_same() -> None:
    held = Document.of("file:///pages/plants.json", json.dumps(GARDEN * 20_000).encode())
    assert [raw.value for raw in JsonValues(held)] == GARDEN * 20_000


@pytest.mark.usefixtures("piece")
@pytest.mark.parametrize("separator", ["\n", "\r\n", "\r", "\n\n", ",\n", " "])
def test_one_record_per_line(separator: str) -> None:
    assert values(separator.join(json.dumps(row) for row in GARDEN)) == GARDEN


@pytest.mark.usefixtures("piece")
def test_an_object_without_a_list_of_records_is_a_record() -> None:
    assert values(json.dumps(GARDEN[0])) == [GARDEN[0]]
    assert values('{"data": "none", "title": "Moss"}') == [{"data": "none", "title": "Moss"}]
    assert values("{}") == [{}]


@pytest.mark.usefixtures("piece")
def test_values_that_are_not_objects() -> None:
    assert values('[1, -2.5, 12345678901234567890, "a, {b", null, true, [[]], NaN, -Infinity]') == [
        1,
        -2.5,
        12345678901234567890,
        "a, {b",
        None,
        True,
        [[]],
        None,
        None,
    ]
    assert values("[]") == []
    assert values(" [ \n ] ") == []


def test_the_fields_before_a_wrapped_list() -> None:
    reader = JsonValues(document('{"status": "ok", "date": "2025-01-10", "data": [1, 2], "more": 3}'))
    assert [raw.value for raw in reader] == [1, 2]
    assert (reader.key, reader.fields_before) == ("data", {"status": "ok", "date": "2025-01-10"})


@pytest.mark.usefixtures("piece")
def test_lines_are_counted_from_one() -> None:
    text = '\n{"count": 2,\n "results": [\n  {"title":\n "a"},\n\n {"title": "b"}, {"title": "c"}]}'
    assert [(raw.line_start, raw.line_end) for raw in JsonValues(document(text))] == [(4, 5), (7, 7), (7, 7)]


@pytest.mark.usefixtures("piece")
@pytest.mark.parametrize("end", range(1, 60))
def test_a_list_cut_off_anywhere_keeps_its_whole_values_and_says_so(end: int) -> None:
    text = '[{"title": "Moss"}, {"title": "Fern"}, {"title": "Bracken"}]'
    whole = [{"title": title} for title in ("Moss", "Fern", "Bracken")][: text[:end].count("}")]
    assert values(text[:end]) == whole
    (raw,) = damage(text[:end])
    assert raw.problem in ("the list is cut off here; save it again", "this record is cut off here; save it again")
    assert (raw.index, raw.line_start) == (len(whole), 1)


@pytest.mark.usefixtures("piece")
@pytest.mark.parametrize(
    "broken",
    [
        '{"id": 2 "uid": "b", "title": "Fern"}',
        '{"id": 2, "uid": "b", "title": "Fern}',
        '{"id": 2, "uid": "b", "title": Fern", "tags": [{"id": 7, "name": "wet"}]}',
        '{"id": 2, "uid": b, "title": "Fern", "tags": [{"id": 7, "name": "wet"}]}',
        '{"id": 2, "uid": "b", "title": "Fern", "tags": [{"id": 7, "name": "wet"}}',
        '{"id": 2, "uid": "b", "title": "Fern", "tags": [{"id": 7, "name": "wet"]}',
        '{"id": 2, "uid": "b", "title": "Fern", "tags": [[[1, 2',
        '{"id": 2, "uid": "b", "title": "\\x", "tags": []}',
        '{"id": 2, "uid": "b", "title": "\\u12", "tags": []}',
        '"id": 2, "uid": "b", "title": "Fern"}',
        "] oops",
        "@",
    ],
)
@pytest.mark.parametrize("form", ["list", "wrapped", "lines"])
def test_damage_costs_one_value(broken: str, form: str) -> None:
    first, _, last = (json.dumps(row) for row in GARDEN)
    separator = "\n" if form == "lines" else ",\n"
    text = separator.join([first, broken, last])
    text = {"list": f"[{text}]", "wrapped": f'{{"results": [{text}]}}', "lines": text}[form]
    assert [value for value in values(text) if isinstance(value, dict)] == [GARDEN[0], GARDEN[2]]
    assert {raw.line_start for raw in damage(text)} <= {2, 3}
    assert damage(text)


@pytest.mark.usefixtures("piece")
def test_parts_of_a_damaged_first_value_are_not_taken_for_records() -> None:
    text = f"[{json.dumps(GARDEN[0]).replace('Moss', chr(34))},\n{json.dumps(GARDEN[1])}]"
    assert values(text) == [GARDEN[1]]
    assert [(raw.line_start, raw.problem) for raw in damage(text)] == [
        (1, "not JSON here (Expecting property name enclosed in double quotes); the text up to line 2 is left out")
    ]


def test_a_record_lost_to_damage_before_it_is_reported() -> None:
    text = '[{"title": "a"},\n{"title": "b" x},\n{"name": "c"},\n{"title": "d"}]'
    assert values(text) == [{"title": "a"}, {"title": "d"}]
    assert [(raw.line_start, raw.problem, raw.excerpt) for raw in damage(text)] == [
        (
            2,
            "not JSON here (Expecting ',' delimiter); the text up to line 4 is left out",
            'x},\n{"name": "c"},\n{"title": "d"}]',
        )
    ]


def test_text_after_the_list_is_reported() -> None:
    assert [raw.problem for raw in damage('[{"title": "a"}]\nand so on')] == [
        "not JSON here (Expecting value); this record is left out"
    ]
    assert values('[{"title": "a"}]\n[{"title": "b"}]') == [{"title": "a"}, {"title": "b"}]
    assert damage('{"results": [1], "count": 1}\n') == []


@pytest.mark.usefixtures("piece")
def test_unstorable_characters_are_replaced() -> None:
    text = '[{"a": "x\\u0000y"}, {"\\ud800": "\\uDC00"}, {"a": "\\ud83c\\udf3f"}, {"a": "x\0y"}]'
    assert values(text) == [{"a": "x\ufffdy"}, {"\ufffd": "\ufffd"}, {"a": "\U0001f33f"}, {"a": "x\ufffdy"}]


@pytest.mark.parametrize("depth", [100, 480, 600, 990, 5000, 100_000])
@pytest.mark.parametrize("inmost", ["1", '"\\ud800"'])
def test_deep_nesting_affects_only_its_record(depth: int, inmost: str) -> None:
    deep = '{"title": "Deep", "tags": ' + "[" * depth + inmost + "]" * depth + "}"
    found = records(f'[{{"title": "a", "tags": []}},\n{deep},\n{{"title": "b", "tags": []}}]')
    assert [record.value.title for record in found if isinstance(record, Located)] == ["a", "b"]
    problems = [record for record in found if isinstance(record, Problem)]
    assert all(problem.is_lost and problem.line == 2 for problem in problems)
    assert "nested" in problems[0].problem


def test_endless_nesting_is_soon_given_up() -> None:
    raws = list(JsonValues(document("[" + '{"a":' * 200_000)))
    assert len(raws) == 100
    assert (raws[-1].problem or "").endswith("after 100 such places in a row, everything that follows is left out")


def test_the_limit_of_depth_can_be_changed() -> None:
    text = '[{"title": "a", "tags": [{"b": 1}]}]'
    deep = Document.of("file:///pages/plants.json", text.encode())
    shallow = Document(deep.uri, deep.content, deep.sha256, limits=Limits(json_depth=2))
    assert [type(found) for found in read_records(deep, Plant)] == [Located]
    (problem,) = read_records(shallow, Plant)
    assert isinstance(problem, Problem)
    assert problem.problem == "[0]: nested deeper than 2 levels; see --max-json-depth"


@pytest.mark.parametrize("number", ["9" * 5000, "1e999", "-1e999", "9" * 400, "1.5"])
def test_huge_and_broken_numbers_affect_only_their_record(number: str) -> None:
    found = records(f'[{{"title": "a", "id": {number}}}, {{"title": "b", "id": 1}}]')
    titles = [record.value.title for record in found if isinstance(record, Located)]
    assert titles[-1] == "b"
    assert len(found) == 2


@pytest.mark.parametrize("content", ["", " ", "\ufeff", "title: a", "<feed/>", '"a"', "12", "null", "}"])
def test_a_document_that_is_not_json_is_refused(content: str) -> None:
    with pytest.raises(MalformedDocument, match=r"plants\.json, line 1: neither a JSON list nor an object begins here"):
        records(content)
    assert (
        first_record(document(content)),
        first_value(document(content)),
        fields_before_records(document(content)),
    ) == (
        {},
        None,
        {},
    )


def test_bytes_that_are_not_text_are_refused() -> None:
    with pytest.raises(MalformedDocument, match="byte 12 cannot be read as text"):
        records(b'[{"title": "\xff"}]')
    assert first_record(document(b'[{"title": "\xff"}]')) == {}


def test_a_record_that_does_not_fit_is_reported_with_its_path_and_does_not_affect_others() -> None:
    text = (
        '{"results": [{"title": "a"},\n{"title": 5},\n{"id": 1},\n{"title": "b", "tags": [{"x": 1}, {"y": []}]},\n'
        '"c",\nnull,\n{"title": "d", "id": true}, {"title": "e"}]}'
    )
    found = records(text)
    assert [(record.value.title, record.path) for record in found if isinstance(record, Located)] == [
        ("a", "results[0]"),
        ("e", "results[7]"),
    ]
    assert [record for record in found if isinstance(record, Problem)] == [
        Problem(2, '{"title": 5}', "results[1].title: expected text, got a number", "results[1]", is_lost=True),
        Problem(3, '{"id": 1}', "results[2]: has no 'title'", "results[2]", is_lost=True),
        Problem(
            4,
            '{"title": "b", "tags": [{"x": 1}, {"y": []}]}',
            "results[3].tags[1][...]: expected a number or text, got a list",
            "results[3]",
            is_lost=True,
        ),
        Problem(5, '"c"', "results[4]: expected an object, got text", "results[4]", is_lost=True),
        Problem(6, "null", "results[5]: expected an object, got nothing", "results[5]", is_lost=True),
        Problem(
            7,
            '{"title": "d", "id": true}',
            "results[6].id: expected a number or nothing, got true or false",
            "results[6]",
            is_lost=True,
        ),
    ]


def test_unknown_fields_are_reported_once_and_ignored_ones_never() -> None:
    rows = [{"title": "a", "smell": 1, "mail": 2}, {"title": "b", "smell": 3}, {"title": "c", "colour": 4}]
    problems = [found for found in records(lines(rows), ignored={"mail"}) if isinstance(found, Problem)]
    assert [(problem.line, problem.text, problem.is_lost) for problem in problems] == [
        (1, "smell", False),
        (3, "colour", False),
    ]
    assert problems[0].problem == "[0].smell: a field this format does not know, in 2 records; it is not loaded"
    assert problems[1].problem == "[2].colour: a field this format does not know, in 1 record; it is not loaded"


def test_at_most_a_hundred_unknown_fields_are_reported() -> None:
    problems = [
        found
        for found in records(lines([{"title": "a", f"f{n}": n} for n in range(500)]))
        if isinstance(found, Problem)
    ]
    assert len(problems) == 101
    assert problems[-1].problem == "more than 100 fields this format does not know; the others are not named"


def test_a_value_may_be_prepared_before_it_is_checked() -> None:
    found = records('["a", "b"]', prepare=lambda value: {"title": value})
    assert [record.value.title for record in found if isinstance(record, Located)] == ["a", "b"]


def test_preparing_may_refuse_a_value() -> None:
    def refuse(value: Any) -> Any:
        raise ValueError(f"no plant is called {value}")

    (problem,) = records('["a"]', prepare=refuse)
    assert isinstance(problem, Problem)
    assert (problem.problem, problem.is_lost) == ("[0]: no plant is called a", True)


def test_the_first_record_by_which_a_document_is_recognised() -> None:
    assert first_record(document(json.dumps(GARDEN))) == GARDEN[0]
    assert first_record(document('{"date": "2025-01-10", "data": [{"a": 1}]}')) == {"a": 1}
    assert fields_before_records(document('{"date": "2025-01-10", "data": [{"a": 1}]}')) == {"date": "2025-01-10"}
    assert first_value(document('["a"]')) == "a"
    assert first_record(document('["a"]')) == {}
    assert first_record(document('[{"a" 1}, {"a": 2}]')) == {"a": 2}


class Endless:
    """A stream of records that are made as they are read."""

    def __init__(self) -> None:
        self._pieces = self._made()
        self._rest = b""

    def _made(self) -> Iterator[bytes]:
        yield b"["
        row = json.dumps({"title": "Moss " * 1000, "id": 1}).encode()
        for _ in range(10_000):
            yield row + b",\n"
        yield row + b"]"

    def read(self, size: int) -> bytes:
        while len(self._rest) < size and (piece := next(self._pieces, b"")):
            self._rest += piece
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken

    def __enter__(self) -> "Endless":
        return self

    def __exit__(self, *_: object) -> None:
        pass


def test_memory_does_not_grow_with_the_document() -> None:
    large = Document("file:///large.json", b"[{", "0", opener=Endless)  # type: ignore[arg-type]
    tracemalloc.start()
    try:
        count = sum(isinstance(found, Located) for found in read_records(large, Plant))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 10_001
    assert peak < 12e6


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(JSON, max_size=6), st.integers(1, 40), st.booleans())
def test_every_list_is_read_as_the_json_module_reads_it(rows: list[Any], size: int, is_escaped: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(READER, "CHUNK_BYTES", size)
        assert values(json.dumps(rows, ensure_ascii=is_escaped)) == rows
