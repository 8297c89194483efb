"""Sources of documents, refusals, and decoding into lines."""

import io
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from programme.loaders.documents import (
    Document,
    Limits,
    MalformedDocument,
    Refused,
    count_files,
    display_uri,
    documents_from,
)

NOBODY = 65534


def read(*sources: str | Path) -> list[str]:
    """Return the text of each document and the message of each refusal."""
    return [found.text if isinstance(found, Document) else str(found) for found in documents_from(sources)]


def malformed(content: bytes) -> str:
    with pytest.raises(MalformedDocument) as caught:
        _ = Document.of("file:///pages/page.txt", content).lines
    return str(caught.value)


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """Drop root's right to read everything inside the block."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_file(tmp_path: Path) -> None:
    page = tmp_path / "a page.txt"
    page.write_bytes(b"abc")
    os.utime(page, (0, 1658136600.75))
    (document,) = documents_from([page])
    assert document == Document(
        uri=page.as_uri(),
        content=b"abc",
        sha256="ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        media_type="text/plain",
        captured_at=datetime(2022, 7, 18, 9, 30, tzinfo=UTC),
        basis="file",
        size_bytes=3,
    )
    assert document.uri.endswith("/a%20page.txt")


def test_folder_is_read_sorted_with_all_below_and_without_hidden_names(tmp_path: Path) -> None:
    (tmp_path / "b" / ".git").mkdir(parents=True)
    for name in ("c.txt", "b/z.txt", "b/é ü.txt", "a.txt", ".hidden", "b/.git/config"):
        (tmp_path / name).write_text(name)
    found = list(documents_from([tmp_path]))
    assert [document.uri for document in found] == [
        (tmp_path / name).as_uri() for name in ("a.txt", "b/z.txt", "b/é ü.txt", "c.txt")
    ]


def test_pattern(tmp_path: Path) -> None:
    for name in ("2.txt", "1.txt", "3.md"):
        (tmp_path / name).write_text(name)
    assert read(f"{tmp_path}/*.txt") == ["1.txt", "2.txt"]
    assert read(f"{tmp_path}/*.pdf") == [f"{tmp_path}/*.pdf: no file matches this pattern"]


def test_file_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "[1].txt").write_text("one")
    assert read(f"{tmp_path}/[1].txt") == ["one"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"abc")))
    (document,) = documents_from(["-"])
    assert isinstance(document, Document)
    assert (document.uri, document.content, document.basis) == ("stdin:ba7816bf8f01", b"abc", "file")
    assert document.captured_at is not None
    assert datetime.now(UTC) - document.captured_at < timedelta(minutes=1)
    assert display_uri(document.uri) == "standard input ba7816bf8f01"
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"")))
    assert read("-") == ["standard input: empty"]


def test_paths_are_displayed_relative_to_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read("no page.txt") == ["no page.txt: no such file"]


def test_dangling_link(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    sentence = f"{tmp_path}/link.txt: a link to {tmp_path}/gone.txt, which does not exist"
    assert read(tmp_path) == [sentence]
    assert read(tmp_path / "link.txt") == [sentence]


def test_link_that_leaves_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "page.txt").write_text("out")
    (tmp_path / "in" / "sub" / "page.txt").write_text("in")
    (tmp_path / "in" / "a.txt").symlink_to("../out/page.txt")
    (tmp_path / "in" / "b").symlink_to("../out")
    (tmp_path / "in" / "c.txt").symlink_to("sub/page.txt")
    (tmp_path / "in" / "d").symlink_to("sub")
    advice = "outside the folder; name that path itself to read it"
    assert read(tmp_path / "in") == [
        f"{tmp_path}/in/a.txt: a link to {tmp_path}/out/page.txt, {advice}",
        f"{tmp_path}/in/b: a link to {tmp_path}/out, {advice}",
        "in",
        "in",
    ]
    assert read(tmp_path / "in" / "a.txt") == ["out"]


def test_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (sentence,) = read(tmp_path / "loop")
    assert sentence == f"{tmp_path}/loop: cannot be read: Too many levels of symbolic links"


def test_no_permission(tmp_path: Path) -> None:
    # pytest's own folders are readable by their owner only: two above tmp_path, three under pytest-xdist.
    for folder in (tmp_path, *tmp_path.parents):
        if folder == tmp_path or folder.name.startswith(("pytest-", "popen-")):
            folder.chmod(folder.stat().st_mode | 0o055)
    (tmp_path / "page.txt").write_text("secret")
    (tmp_path / "page.txt").chmod(0)
    (tmp_path / "folder").mkdir(mode=0)
    with as_an_ordinary_user():
        found = read(tmp_path)
    (tmp_path / "folder").chmod(0o700)
    assert found == [
        f"{tmp_path}/folder: this folder cannot be listed: no permission to read it",
        f"{tmp_path}/page.txt: no permission to read it",
    ]


def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        sentences = read(tmp_path, "/dev/zero")
    assert sentences == [
        f"{path}: not a regular file (a pipe, socket or device)"
        for path in (tmp_path / "pipe", tmp_path / "socket", "/dev/zero")
    ]


def test_empty_file(tmp_path: Path) -> None:
    (tmp_path / "page.txt").touch()
    assert read(tmp_path) == [f"{tmp_path}/page.txt: empty"]


def test_file_larger_than_the_limit(tmp_path: Path) -> None:
    with (tmp_path / "page.txt").open("wb") as file:
        file.truncate(16 * 1024**3 + 1)
    advice = "to allow more, use --max-document-size"
    assert read(tmp_path) == [f"{tmp_path}/page.txt: larger than 8 GB; {advice}"]
    (tmp_path / "page.txt").write_bytes(b"abcd")
    (found,) = documents_from([tmp_path], limits=Limits(document_size=3))
    assert str(found) == f"{tmp_path}/page.txt: larger than 3 bytes; {advice}"


def test_files_are_counted_without_opening_them(tmp_path: Path) -> None:
    (tmp_path / "a" / ".git").mkdir(parents=True)
    for name in ("1.txt", "2.txt", "a/3.txt", ".4.txt", "a/.git/5.txt"):
        (tmp_path / name).touch()
    assert count_files([tmp_path]) == 3
    assert count_files([f"{tmp_path}/*.txt", "https://host.test/page", tmp_path / "missing.txt"]) == 4
    assert count_files([tmp_path, "-"]) is None
    (tmp_path / "a" / "b.TAR").touch()
    assert count_files([tmp_path]) is None


def test_impossible_names() -> None:
    assert read("a\0b") == ["a\\x00b: no file has a NUL character in its name"]
    (sentence,) = read("x" * 5000)
    assert sentence.endswith("cannot be read: File name too long")


def test_refused_sources_leave_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("good")
    found = list(documents_from([tmp_path / "gone.txt", tmp_path]))
    assert [type(each) for each in found] == [Refused, Document]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    text = "Session\n\nGraphen für alle ⋅ 王芳\n"
    assert Document.of("stdin:", text.encode(encoding)).text == text


def test_line_ends() -> None:
    content = "one\r\ntwo\rthree\nfour\x85\u2028\x0b\x0c\x1cfour".encode()
    assert Document.of("stdin:", content).lines == ["one", "two", "three", "four\x85\u2028\x0b\x0c\x1cfour"]


def test_bytes_that_do_not_decode() -> None:
    assert malformed(b"one\ntwo \xe9t\xe9") == (
        "/pages/page.txt, line 2: not UTF-8: byte 0xE9 at offset 8; save it as UTF-8 and try again"
    )
    assert malformed("one\ntwo\n".encode("utf-16") + b"x") == (
        "/pages/page.txt, line 3: not UTF-16: byte 0x78 at offset 18; save it as UTF-8 and try again"
    )
    assert malformed(b"one\ntwo\0") == (
        "/pages/page.txt, line 2: binary: holds NUL characters; give the text of the page instead"
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
        (b"%PDF-1.7\nplain so far", "a PDF"),
        (b"\x1f\x8b\x08\0", "a gzip archive"),
        (b"SQLite format 3\0", "an SQLite database"),
    ],
)
def test_binary_files_are_named(content: bytes, kind: str) -> None:
    assert malformed(content) == f"/pages/page.txt: binary: {kind}; give the text of the page instead"


def test_line_of_fifty_megabytes_is_refused_fast() -> None:
    content = b"short\n" + b"x" * 50_000_000 + b"\nshort\n"
    start = time.process_time()
    sentence = malformed(content)
    assert time.process_time() - start < 2
    assert sentence == "/pages/page.txt, line 2: a line of 50,000,000 characters; at most 1,048,576 are read"


def test_comments_without_a_page_take_no_time() -> None:
    begun = time.process_time()
    assert not Document.of("file:///p/c.html", b"<!---->" * 9_000).is_html
    assert Document.of("file:///p/c.html", b"<!-- a --> <!-- > -->\n<HTML>").is_html
    assert time.process_time() - begun < 5
