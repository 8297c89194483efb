"""Shards: what `parse` writes and `merge` loads is what one process would have loaded; a bad one is refused whole."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from programme.exceptions import StoreError
from programme.loaders.documents import Document, documents_from
from programme.loaders.formats import reading
from programme.loaders.records import NO_HINTS, Hints
from programme.loaders.store import frames, shards
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import ingest, merge, parse
from programme.loaders.store.shards import read_shard, shards_in
from tests.pages import Talk, session_page
from tests.store.test_convergence import enlarged

PAGE = Document.of("file:///page.txt", session_page("Deep One", [Talk("Graph Moons", "Ada Quill")]))


def merged(connection: Connection, folder: Path) -> list[str]:
    return [outcome.status for outcome in merge(connection, shards_in(folder))]


@pytest.mark.parametrize("is_fresh", [True, False])
def test_parse_and_merge_give_the_dump_of_ingest(
    is_fresh: bool, database_url: str, tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SLICE_RECORDS", 2)
    there = [one for one in documents_from([samples]) if isinstance(one, Document)]
    alone = open_database(tmp_path / "alone.db", create=True)
    list(ingest(alone, there))
    connection = open_database(database_url, create=True)
    if not is_fresh:
        list(ingest(connection, there[3:4]))
    # Two commands, on two machines, share some documents.
    for part in (there[:20], [*map(enlarged, there[15:])]):
        outcomes = list(parse(part, tmp_path / "shards", workers=2, batch_size=4))
        assert {outcome.status for outcome in outcomes} == {"loaded"}
    statuses = merged(connection, tmp_path / "shards")
    assert statuses.count("loaded") == len(there) - (not is_fresh)
    assert list(dump(connection)) == list(dump(alone))
    assert set(merged(connection, tmp_path / "shards")) == {"unchanged"}
    connection.close()


def test_hints_and_history_come_along(tmp_path: Path) -> None:
    connection = open_database(tmp_path / "programme.db", create=True)
    list(ingest(connection, [PAGE]))
    list(parse([PAGE], tmp_path / "shards", hints=Hints("icml", 2022)))
    assert merged(connection, tmp_path / "shards") == ["loaded"]
    assert connection.query("SELECT slug FROM editions") == [("icml-2022",)]


def test_parsing_again_replaces_the_shard(tmp_path: Path) -> None:
    for _ in range(2):
        list(parse([PAGE], tmp_path))
    assert len(list(tmp_path.iterdir())) == 1


def test_captures_of_the_same_bytes_are_shards_of_their_own(tmp_path: Path) -> None:
    days = [datetime(2022, 7, day, tzinfo=UTC) for day in (1, 2, 3)]
    changed = Document.of(PAGE.uri, session_page("Deep One", [Talk("Graph Moons", "Ada Quill, Bo Marsh")]))
    captures = [
        replace(document, captured_at=day, basis="given")
        for document, day in zip((PAGE, changed, PAGE), days, strict=True)
    ]
    for capture in captures:
        list(parse([capture], tmp_path / "shards"))
    assert len(shards_in(tmp_path / "shards")) == 3
    there, here = (open_database(tmp_path / name, create=True) for name in ("there.db", "here.db"))
    merged(there, tmp_path / "shards")
    list(ingest(here, captures))
    assert list(dump(there)) == list(dump(here))
    assert here.query("SELECT count(*) FROM captures") == [(3,)]


@pytest.mark.parametrize(
    "header", ["null", '{"layout": "", "documents": [], "rules_version": 1, "format_versions": {}}']
)
def test_one_with_another_header_is_refused(shard: Path, header: str) -> None:
    _, _, rest = shard.read_bytes().partition(b"\n")
    shard.write_bytes(header.encode() + b"\n" + rest)
    with pytest.raises(StoreError, match="is no shard; delete it"):
        shards_in(shard.parent)


def test_what_cannot_be_read_is_in_no_shard(tmp_path: Path) -> None:
    (outcome,) = parse([Document.of("file:///a.txt", b"[1, 2")], tmp_path)
    assert outcome.status == "refused"
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    list(parse([PAGE], tmp_path))
    (path,) = shards_in(tmp_path)
    return path


def test_one_that_is_cut_off_damaged_or_no_shard_is_refused(shard: Path) -> None:
    content = shard.read_bytes()
    for length in (0, 10, len(content) // 2, len(content) - 24, len(content) - 1):
        shard.write_bytes(content[:length])
        with pytest.raises(StoreError, match=r"is cut off or damaged|is no shard"):
            shards_in(shard.parent)
    shard.write_bytes(content[:-40] + b"?" + content[-39:])
    with pytest.raises(StoreError, match="is cut off or damaged; run `loader parse` again"):
        shards_in(shard.parent)


@pytest.mark.parametrize(("name", "value"), [("RULES_VERSION", 0), ("layout", lambda: "another")])
def test_one_of_another_version_is_refused(
    shard: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    monkeypatch.setattr(shards, name, value)
    with pytest.raises(StoreError, match="is from another version; run `loader parse`"):
        shards_in(shard.parent)


TABLE = Document.of("file:///table.csv", b"A,B,authors\nOak,Elm,Ada Quill\n")


@pytest.mark.parametrize(
    ("document", "hints", "others"),
    [
        (PAGE, NO_HINTS, Hints("icml", 2022)),
        (TABLE, Hints(columns=(("title", "A"),)), Hints(columns=(("title", "B"),))),
    ],
)
def test_two_that_say_something_else_of_one_document_are_refused(
    tmp_path: Path, document: Document, hints: Hints, others: Hints
) -> None:
    for one in (hints, others):
        assert [outcome.status for outcome in parse([document], tmp_path, hints=one)] == ["loaded"]
    with pytest.raises(StoreError, match=r"was read with other options than in .*; delete the shard that is not meant"):
        shards_in(tmp_path)


def test_a_folder_without_any_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no shards; `loader parse SOURCE"):
        shards_in(tmp_path)


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return print, ("owned",)


def test_nothing_but_our_own_tuples_is_unpickled(shard: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header = shard.read_bytes().partition(b"\n")[0]
    with shard.open("wb") as out:
        out.write(header + b"\n")
        frames.write(out, frames.pack(Evil()))
        frames.write_end(out)
    (path,) = shards_in(shard.parent)
    with pytest.raises(StoreError, match=r"names builtins\.print, which no shard of ours holds"):
        list(read_shard(path, as_block=True))
    assert capsys.readouterr().out == ""
