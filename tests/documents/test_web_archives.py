"""Web archives: each capture is a document with its own URL, date and media type."""

import io
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from programme.loaders.documents import Document, Limits, documents_from
from programme.loaders.documents.web_archives import web_pages
from tests.documents.helpers import read, summarize, zipped

ADDRESS = "https://conference.test/"
WHEN = {"WARC-Date": "2022-07-18T09:30:00Z"}


class Archive:
    """A builder of web archives."""

    def __init__(self, *, gzip: bool = True) -> None:
        self.made = io.BytesIO()
        self.writer = WARCWriter(self.made, gzip=gzip)

    def response(self, path: str, body: bytes, status: str = "200 OK", **headers: str) -> "Archive":
        named = [(name.replace("_", "-"), value) for name, value in headers.items()]
        http = StatusAndHeaders(status, named, protocol="HTTP/1.1")
        record = self.writer.create_warc_record(
            ADDRESS + path, "response", io.BytesIO(body), http_headers=http, warc_headers_dict=WHEN
        )
        self.writer.write_record(record)
        return self

    def record(self, kind: str, path: str, body: bytes, media_type: str = "text/plain") -> "Archive":
        record = self.writer.create_warc_record(
            ADDRESS + path, kind, io.BytesIO(body), warc_content_type=media_type, warc_headers_dict=WHEN
        )
        self.writer.write_record(record)
        return self

    @property
    def content(self) -> bytes:
        return self.made.getvalue()


def warc(*, gzip: bool) -> bytes:
    """Return a small archive with two pages, a text and a record that is neither."""
    archive = Archive(gzip=gzip).response("a", b"first page", Content_Type="text/html; charset=utf-8")
    archive.record("metadata", "a", b"fetchTimeMs: 12").record("conversion", "b", b"plain text")
    return archive.response("c", b"third page").content


@pytest.mark.parametrize("gzip", [True, False])
def test_each_page_is_a_document(tmp_path: Path, gzip: bool) -> None:
    (tmp_path / "a.warc").write_bytes(warc(gzip=gzip))
    first, second, third = documents_from([tmp_path])
    captured = (datetime(2022, 7, 18, 9, 30, tzinfo=UTC), "web archive")
    assert first == Document.of(f"{ADDRESS}a", b"first page", "text/html", *captured)
    assert second == Document.of(f"{ADDRESS}b", b"plain text", "text/plain", *captured)
    assert third == Document.of(f"{ADDRESS}c", b"third page", "text/plain", *captured)
    assert first.captured_on == date(2022, 7, 18)


def test_records_without_pages_are_skipped(tmp_path: Path) -> None:
    archive = Archive().response("gone", b"not found", "404 Not Found").response("moved", b"", "301 Moved")
    archive.record("request", "a", b"GET /a HTTP/1.1\r\n\r\n", "application/http; msgtype=request")
    archive.record("warcinfo", "a", b"software: test")
    said = "a: a web archive without pages: it has no response with status 200, no resource and no conversion"
    assert read(tmp_path, archive.content) == [said]
    archive.record("resource", "a.json", b"[]", "application/json")
    (tmp_path / "a").write_bytes(archive.content)
    (found,) = documents_from([tmp_path])
    assert isinstance(found, Document)
    assert (found.uri, found.media_type, found.text) == (f"{ADDRESS}a.json", "application/json", "[]")


def test_transfer_and_content_encodings_are_decoded(tmp_path: Path) -> None:
    import gzip

    packed = gzip.compress(b"page " * 5)
    chunked = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (9, packed[:9], len(packed) - 9, packed[9:])
    archive = Archive().response("a", packed, Content_Encoding="gzip")
    archive.response("b", chunked, Content_Encoding="gzip", Transfer_Encoding="chunked")
    archive.response("c", b"?", Content_Encoding="br")
    assert read(tmp_path, archive.content) == [
        f"{ADDRESS}a = {'page ' * 5}",
        f"{ADDRESS}b = {'page ' * 5}",
        f"{ADDRESS}c: its content is encoded as 'br', which cannot be read",
    ]


def test_an_archive_among_the_pages_is_unpacked(tmp_path: Path) -> None:
    archive = Archive().response("a.zip", zipped(("one.txt", b"one")))
    assert read(tmp_path, archive.content) == [f"{ADDRESS}a.zip!/one.txt = one"]


@pytest.mark.parametrize("held", [5, 1000])
def test_a_large_page_is_read_in_chunks(tmp_path: Path, held: int) -> None:
    (tmp_path / "a").write_bytes(Archive(gzip=False).response("a", b"page " * 500).response("b", b"b").content)
    large, small = documents_from([tmp_path], limits=Limits(held=held))
    assert isinstance(large, Document)
    assert isinstance(small, Document)
    assert "".join(large.chunks()) == "page " * 500
    assert small.text == "b"


def test_a_damaged_record_leaves_the_others(tmp_path: Path) -> None:
    first = Archive(gzip=False).response("a", b"first page").content
    for gzip in (True, False):
        whole = bytearray(warc(gzip=gzip))
        start = len(Archive(gzip=True).response("a", b"first page", Content_Type="text/html; charset=utf-8").content)
        spoilt = start + 40 if gzip else whole.index(b"WARC/1.0", len(first)) + 2
        whole[spoilt] ^= 0xFF
        found = read(tmp_path, bytes(whole))
        assert found[0] == f"{ADDRESS}a = first page"
        assert found[-1] == f"{ADDRESS}c = third page"
        assert any(line.startswith("a: ") and "byte" in line and "the others were read" in line for line in found)


@pytest.mark.parametrize("digits", [b"99999", b"00001", b"x"])
def test_a_length_that_is_wrong_costs_one_record(tmp_path: Path, digits: bytes) -> None:
    content = Archive(gzip=False).response("a", b"first").response("b", b"second").response("c", b"third").content
    start = content.index(b"WARC/1.0", 10)
    at = content.index(b"Content-Length: ", start) + 16
    end = content.index(b"\r\n", at)
    found = read(tmp_path, content[:at] + digits + content[end:])
    assert found[0] == f"{ADDRESS}a = first"
    assert found[-1] == f"{ADDRESS}c = third"
    assert len(found) == 3


def test_a_cut_off_archive_keeps_what_came_before(tmp_path: Path) -> None:
    for gzip in (True, False):
        found = read(tmp_path, warc(gzip=gzip)[:-20])
        assert found[:2] == [f"{ADDRESS}a = first page", f"{ADDRESS}b = plain text"]
        assert len(found) == 3
        assert "cut off" in found[2]


def test_all_records_in_one_gzip_member(tmp_path: Path) -> None:
    import gzip

    packed = gzip.compress(warc(gzip=False))
    assert len(read(tmp_path, packed)) == 3
    found = read(tmp_path, packed[:-9])
    assert found[0] == f"{ADDRESS}a = first page"
    assert "cut off" in found[-1]


def test_a_web_archive_in_an_archive(tmp_path: Path) -> None:
    assert uris_in(tmp_path, zipped(("x.warc.gz", warc(gzip=True)))) == [f"{ADDRESS}{name}" for name in "abc"]


def uris_in(folder: Path, content: bytes) -> list[str]:
    """Return the URIs of the documents in an archive."""
    (folder / "a").write_bytes(content)
    return [line.partition(" = ")[0] for line in summarize(documents_from([folder / "a"]), folder)]


def test_lines_that_begin_a_record_again_and_again_take_no_time() -> None:
    begun = time.process_time()
    found = list(web_pages(io.BytesIO(b"WARC/1.0\r\n" * 20_000), lambda blocks: blocks, 2**20, is_gzip=False))
    assert len(found) == 20_000
    assert time.process_time() - begun < 5
