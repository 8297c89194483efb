"""Limits: each stops what it is meant to, names its option, and keeps the documents read before."""

import gzip
import io
import os
import tarfile
import tracemalloc
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
import zstandard

from programme.loaders.documents import Document, Limits, MalformedDocument, documents_from
from programme.loaders.documents.limits import GB, MB, format_size, parse_size
from programme.loaders.documents.streams import Spool
from tests.documents.helpers import read, summarize, tarred, zipped

SMALL = Limits(held=1000)


def test_ratio(tmp_path: Path) -> None:
    said = "a: unpacks to more than 200 times its size, as hostile archives do; if you trust it, use --max-ratio"
    for bomb in (gzip.compress(bytes(8 * MB)), zipped(("zeros", bytes(8 * MB))), zstandard.compress(bytes(8 * MB))):
        assert read(tmp_path, bomb) == [f"{said}; the rest was not read"]
    (found,) = documents_from([tmp_path], limits=Limits(ratio=100_000))
    assert isinstance(found, Document)


def test_unpacked_size(tmp_path: Path) -> None:
    content = zipped(("one.txt", b"x" * 60), ("two.txt", b"y" * 60))
    one, said = read(tmp_path, content, limits=Limits(unpacked_size=100))
    assert one.startswith("a!/one.txt = xxx")
    assert said == "a: unpacks to more than 100 bytes; to allow more, use --max-unpacked-size; the rest was not read"


def test_bombs_take_little_memory_and_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "spool"))
    (tmp_path / "spool").mkdir()
    inner = zstandard.ZstdCompressor().compress(bytes(GB))
    for bomb in (inner, zipped(("inner.zst", inner)), tarred(("inner.zst", inner), mode="w:gz")):
        tracemalloc.start()
        (said,) = read(tmp_path, bomb)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert "if you trust it, use --max-ratio" in said
        assert peak < 100 * MB
        assert os.listdir(tmp_path / "spool") == []  # noqa: PTH208


def test_members_that_share_their_bytes(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0", bytes(3 * MB))
        for number in range(1, 50):
            shared = zipfile.ZipInfo("0")
            first = archive.infolist()[0]
            shared.compress_type, shared.CRC = first.compress_type, first.CRC
            shared.compress_size, shared.file_size = first.compress_size, first.file_size
            shared.header_offset, shared.filename = 0, "0" if number else ""
            archive.filelist.append(shared)
    first_line, *others = read(tmp_path, made.getvalue(), limits=Limits(document_size=1000))
    assert first_line.startswith("a!/0: larger than 1000 bytes")
    # Since Python 3.13 (and in late releases of 3.11 and 3.12) zipfile itself refuses overlapping members.
    is_refused_by_python = all("Overlapped entries" in line for line in others)
    assert is_refused_by_python or others[-1].startswith("a: unpacks to more than 200 times its size")
    assert is_refused_by_python or len(others) < 10


def test_members(tmp_path: Path) -> None:
    members = [(f"{number}.txt", b"x") for number in range(5)]
    said = "a: holds more than 3 members; to allow more, use --max-members; the rest was not read"
    assert read(tmp_path, zipped(*members), limits=Limits(members=3)) == [said]
    assert read(tmp_path, tarred(*members), limits=Limits(members=3)) == [
        "a!/0.txt = x",
        "a!/1.txt = x",
        "a!/2.txt = x",
        said,
    ]
    assert len(read(tmp_path, zipped(*members), limits=Limits(members=5))) == 5


def test_a_header_of_many_megabytes_is_not_read(tmp_path: Path) -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 8 * GB
    header = info.tobuf(tarfile.GNU_FORMAT)
    (said,) = read(tmp_path, header + bytes(2 * MB))
    assert said == "a: damaged tar archive: a name or comment of 8 GB; members before the damage, if any, were read"


def test_document_size(tmp_path: Path) -> None:
    content = zipped(("big.txt", b"x" * 11), ("small.txt", b"small"))
    big = "larger than 10 bytes; to allow more, use --max-document-size"
    assert read(tmp_path, content, limits=Limits(document_size=10)) == [f"a!/big.txt: {big}", "a!/small.txt = small"]
    assert read(tmp_path, gzip.compress(b"x" * 11), limits=Limits(document_size=10)) == [f"a: {big}"]
    assert read(tmp_path, b"x" * 11, limits=Limits(document_size=10)) == [f"a: {big}"]
    assert read(tmp_path, b"x" * 11, limits=Limits(document_size=10, held=5)) == [f"a: {big}"]


LARGE = b"".join(b'{"number": %d}\n' % number for number in range(20_000))


PACKED = {
    "plain": LARGE,
    "gzip": gzip.compress(LARGE),
    "zstd": zstandard.compress(LARGE),
    "zip": zipped(("small", b"x"), ("large", LARGE)),
    "tar": tarred(("small", b"x"), ("large", LARGE)),
    "tgz": tarred(("small", b"x"), ("large", LARGE), mode="w:gz"),
    "zip in tgz": tarred(("in.zip", zipped(("small", b"x"), ("large", LARGE))), mode="w:gz"),
    "gzip in tgz": tarred(("small", b"x"), ("in.gz", gzip.compress(LARGE)), mode="w:gz"),
}


@pytest.mark.parametrize("kind", PACKED)
def test_a_document_too_large_for_memory_is_read_in_chunks(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a").write_bytes(PACKED[kind])
    found = [each for each in documents_from([tmp_path], limits=SMALL) if each.uri.count("small") == 0]
    (document,) = found
    assert isinstance(document, Document)
    whole = Document.of("", LARGE)
    assert (document.sha256, document.size_bytes) == (whole.sha256, len(LARGE))
    assert document.content == LARGE[: len(document.content)]
    assert len(document.content) <= 64 * 1024
    for _ in range(2):
        assert "".join(document.chunks()) == LARGE.decode()
    with pytest.raises(MalformedDocument, match="bytes are too many for a page"):
        _ = document.text


def test_large_standard_input_is_spooled_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(LARGE)))
    (document,) = documents_from(["-"], limits=SMALL)
    assert isinstance(document, Document)
    assert "".join(document.chunks()) == LARGE.decode()
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(LARGE)))
    assert summarize(documents_from(["-"], limits=Limits(document_size=10)), tmp_path) == [
        "standard input: larger than 10 bytes; to allow more, use --max-document-size"
    ]


def test_a_temporary_file_stops_before_its_disk_is_full(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(LARGE)))
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=100 * MB))
    assert summarize(documents_from(["-"], limits=SMALL), tmp_path) == [
        f"standard input: does not fit on the disk of {tmp_path}, which is nearly full; free some space, or let TMPDIR "
        "name a folder on another disk"
    ]


def test_streams_over_one_spool_have_places_of_their_own() -> None:
    spool = Spool(iter([b"abc", b"def", b"ghi"]), held=4)
    one, two = spool.open(), spool.open()
    assert (one.read(2), two.read(5), one.read(3), two.read()) == (b"ab", b"abcde", b"cde", b"fghi")
    assert one.seek(-2, 2) == 7
    assert (one.tell(), one.read(), one.read(1)) == (7, b"hi", b"")


def test_a_large_file_that_is_deleted_before_its_second_reading(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(LARGE)
    (document,) = documents_from([tmp_path], limits=SMALL)
    (tmp_path / "a").unlink()
    assert isinstance(document, Document)
    with pytest.raises(MalformedDocument, match="cannot be read a second time"):
        list(document.chunks())


def test_chunks_name_the_byte_that_does_not_decode() -> None:
    with pytest.raises(MalformedDocument, match="byte 3 cannot be read as text"):
        list(Document.of("stdin:", b"abc\xff").chunks())
    with pytest.raises(MalformedDocument, match="byte 3 cannot be read as text"):
        list(Document.of("stdin:", "abcé".encode()[:-1]).chunks())


@pytest.mark.parametrize("text", ["", "0", "big", "12 XB", "-1MB", "1e3"])
def test_invalid_sizes(text: str) -> None:
    with pytest.raises(ValueError, match="is not a size"):
        parse_size(text)


@pytest.mark.parametrize("text", ["900 bytes", "16 GB", "1.5 MB", "32 kB"])
def test_sizes_round_trip(text: str) -> None:
    assert format_size(parse_size(text.removesuffix(" bytes"))) == text
