"""When documents were captured, and what a curator says of them: the instant, the source, and that each is kept."""

import io
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from programme.exceptions import ProgrammeError
from programme.loaders.documents import Document, documents_from, parse_instant
from tests.documents.helpers import tarred

MORNING = datetime(2022, 7, 18, 9, 30, tzinfo=UTC)


def only(path: Path, **given: object) -> Document:
    (found,) = documents_from([path], **given)  # type: ignore[arg-type]
    assert isinstance(found, Document)
    return found


def zip_of(info: zipfile.ZipInfo) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(info, b"page")
    return made.getvalue()


def test_a_member_of_an_archive_has_its_own_time(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(zip_of(zipfile.ZipInfo("page.txt", (2022, 7, 18, 9, 30, 0))))
    found = only(tmp_path / "a")
    assert (found.captured_at, found.basis, found.captured_on) == (MORNING, "file", None)


@pytest.mark.parametrize("content", [zip_of(zipfile.ZipInfo("page.txt")), tarred(("page.txt", b"page"))])
def test_a_member_without_a_time_has_that_of_its_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    os.utime(tmp_path / "a", (0, MORNING.timestamp()))
    found = only(tmp_path / "a")
    assert (found.captured_at, found.basis) == (MORNING, "file")


def test_the_curator_says_when_a_page_was_captured_of_what_and_that_it_is_kept(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(b"page")
    found = only(
        tmp_path / "page.txt", captured=parse_instant("2022-07-18 09:30"), uri="https://Host.test/page#part", keep=True
    )
    assert (found.captured_at, found.basis, found.is_kept) == (MORNING, "given", True)
    assert found.uri == "https://host.test/page"


def test_the_source_may_be_named_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_bytes(b"page")
    assert only(Path("page.txt"), uri="other.txt").uri == (tmp_path / "other.txt").as_uri()


def test_a_source_is_named_for_one_document_alone(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"page")
    with pytest.raises(ProgrammeError, match="--as says what one document is a capture of, and there are more"):
        list(documents_from([tmp_path], uri="https://host.test/page"))


@pytest.mark.parametrize("uri", ["", "https://"])
def test_a_source_that_cannot_be(tmp_path: Path, uri: str) -> None:
    with pytest.raises(ProgrammeError):
        list(documents_from([tmp_path], uri=uri))
