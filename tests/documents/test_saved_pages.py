"""Pages that browsers save in one file: MHTML and Safari's web archive."""

import plistlib
from datetime import UTC, datetime
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from programme.loaders.documents import Document, documents_from
from programme.loaders.formats import read as read_document
from tests.documents.helpers import read, zipped
from tests.formats.pages import sample

URL = "https://icml.cc/virtual/2022/session/20101"
SESSION = sample("icml2022_session_saved.html").content


def mhtml(page: str, location: str = URL, charset: str = "utf-8") -> bytes:
    """Return an MHTML file as Chrome writes it: the page first, then a picture."""
    message = MIMEMultipart("related", type="text/html")
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = location
    message["Subject"] = "Deep Gardens " * 40
    message["Date"] = "Mon, 18 Jul 2022 09:30:00 +0200"
    root, picture = MIMEText(page, "html", charset), MIMEImage(b"GIF89a", "gif")
    root["Content-Location"] = location
    picture["Content-Location"] = "https://icml.cc/logo.gif"
    message.attach(root)
    message.attach(picture)
    return message.as_bytes()


def web_archive(page: bytes, encoding: str = "UTF-8", form: plistlib.PlistFormat = plistlib.FMT_BINARY) -> bytes:
    """Return a web archive as Safari writes it."""
    main = {"WebResourceData": page, "WebResourceURL": URL, "WebResourceTextEncodingName": encoding}
    return plistlib.dumps({"WebMainResource": main, "WebSubresources": []}, fmt=form)


@pytest.mark.parametrize(
    "content",
    [mhtml(SESSION.decode()), web_archive(SESSION), web_archive(SESSION, form=plistlib.FMT_XML)],
    ids=["mhtml", "webarchive", "xml"],
)
def test_the_page_is_read_like_a_saved_page_at_its_own_url(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "saved").write_bytes(content)
    (found,) = documents_from([tmp_path])
    assert isinstance(found, Document)
    assert found.uri == URL
    expected = read_document(Document.of("file:///saved.html", SESSION))
    assert expected.records
    assert read_document(found).records == expected.records


def test_mhtml_says_when_it_was_saved(tmp_path: Path) -> None:
    (tmp_path / "saved").write_bytes(mhtml("<p>Moss"))
    (found,) = documents_from([tmp_path])
    assert isinstance(found, Document)
    assert (found.captured_at, found.basis) == (datetime(2022, 7, 18, 7, 30, tzinfo=UTC), "web archive")


def test_a_page_in_another_character_set_becomes_utf8(tmp_path: Path) -> None:
    page = "<p>Ünal Gärtner"
    assert read(tmp_path, mhtml(page, charset="iso-8859-1")) == [f"{URL} = {page}"]
    assert read(tmp_path, web_archive(page.encode("cp1252"), "windows-1252")) == [f"{URL} = {page}"]


def test_a_page_that_is_not_on_the_web_keeps_the_path_of_its_file(tmp_path: Path) -> None:
    assert read(tmp_path, mhtml("<p>Moss", "cid:frame-0@mhtml.blink")) == ["a = <p>Moss"]
    assert read(tmp_path, zipped(("b.mhtml", mhtml("<p>Moss")))) == [f"{URL} = <p>Moss"]


def test_what_holds_no_page_is_refused_with_the_reason(tmp_path: Path) -> None:
    headers = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n"
    empty = headers + b"--a\nContent-Type: image/gif\n\nx\n--a--\n"
    assert read(tmp_path, empty) == ["a: an MHTML file without a page; save the page again, or as HTML"]
    (plist,) = read(tmp_path, plistlib.dumps({"a": 1}, fmt=plistlib.FMT_BINARY))
    assert plist == "a: a property list that is not a web archive of Safari; save the page again, or as HTML"
    (cut,) = read(tmp_path, web_archive(SESSION)[:-20])
    assert cut.startswith("a: damaged web archive of Safari")
    assert read(tmp_path, b"From: Ada\n\nContent-Type: multipart/related") != []


def test_damage_is_refused_or_read(tmp_path: Path) -> None:
    for content in (mhtml(SESSION.decode()), web_archive(SESSION)):
        for at in range(0, len(content), len(content) // 40):
            (tmp_path / "a").write_bytes(content[:at] + bytes([content[at] ^ 0x5A]) + content[at + 1 :])
            assert len(list(documents_from([tmp_path / "a"]))) == 1
