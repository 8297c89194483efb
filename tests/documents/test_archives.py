"""Archives: each member is a document with its own URI, and a damaged member leaves the others."""

import bz2
import gzip
import hashlib
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from programme.loaders.documents import Document, Limits, documents_from
from tests.documents.helpers import PAGE, read, summarize, tarred, zipped

TWO = (("b/two.txt", b"two"), ("one.txt", b"one"))
PACKERS: list[Callable[[bytes], bytes]] = [gzip.compress, bz2.compress, lzma.compress, zstandard.compress]


@pytest.mark.parametrize("pack", PACKERS, ids=["gzip", "bzip2", "xz", "zstd"])
def test_a_compressed_document_is_the_document(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / "page.txt").write_bytes(pack(PAGE))
    (found,) = documents_from([tmp_path])
    assert isinstance(found, Document)
    assert (found.uri, found.content) == ((tmp_path / "page.txt").as_uri(), PAGE)
    assert found.sha256 == hashlib.sha256(PAGE).hexdigest()


@pytest.mark.parametrize("pack", PACKERS, ids=["gzip", "bzip2", "xz", "zstd"])
def test_concatenated_members_are_one_document(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    assert read(tmp_path, pack(b"one ") + pack(b"two")) == ["a = one two"]


def test_an_archive_is_recognised_by_its_bytes_not_its_name(tmp_path: Path) -> None:
    assert read(tmp_path, zipped(*TWO), "page.txt") == ["page.txt!/b/two.txt = two", "page.txt!/one.txt = one"]
    assert read(tmp_path, b"BZhang and others", "list.bz2") == ["list.bz2 = BZhang and others"]


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_tar(tmp_path: Path, form: int) -> None:
    assert read(tmp_path, tarred(*TWO, form=form)) == ["a!/b/two.txt = two", "a!/one.txt = one"]


def test_tar_without_magic(tmp_path: Path) -> None:
    header = bytearray(tarred(("one.txt", b"one"), form=tarfile.USTAR_FORMAT))
    header[257:265] = bytes(8)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header[:512])
    assert read(tmp_path, bytes(header)) == ["a!/one.txt = one"]


@pytest.mark.parametrize("pack", PACKERS, ids=["gzip", "bzip2", "xz", "zstd"])
def test_a_compressed_tar_is_one_archive(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    content = pack(tarred(*TWO, ("three.gz", gzip.compress(b"three"))))
    assert read(tmp_path, content) == ["a!/b/two.txt = two", "a!/one.txt = one", "a!/three.gz = three"]


def test_the_uri_of_a_member(tmp_path: Path) -> None:
    (tmp_path / "a!.zip").write_bytes(zipped(("b c/ü!.txt", b"x")))
    (found,) = documents_from([tmp_path / "a!.zip"])
    assert found.uri == f"{tmp_path.as_uri()}/a%21.zip!/b%20c/%C3%BC%21.txt"


def test_names_that_folders_skip_are_skipped(tmp_path: Path) -> None:
    members = [(name, b"x") for name in (".hidden", "__MACOSX/._a.txt", "b/.git/config", "./c.txt", "d/")]
    assert read(tmp_path, zipped(*members)) == ["a!/c.txt = x"]
    assert read(tmp_path, tarred(*members[:4])) == ["a!/c.txt = x"]


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "C:\\x", "\\\\host\\x", "a\\..\\x"])
def test_a_name_that_leaves_the_archive_is_refused_by_name(tmp_path: Path, name: str) -> None:
    for content in (zipped((name, b"x"), ("good.txt", b"good")), tarred((name, b"x"), ("good.txt", b"good"))):
        bad, good = read(tmp_path, content)
        assert bad.endswith(f"the name {name!r} leaves the archive; unpack the archive yourself if you trust it")
        assert good == "a!/good.txt = good"
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


def test_links_and_devices_in_archives_are_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for kind, name in ((tarfile.SYMTYPE, "soft"), (tarfile.LNKTYPE, "hard"), (tarfile.CHRTYPE, "device")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    advice = "and links in archives are not followed; name the file it points to"
    assert read(tmp_path, made.getvalue()) == [
        f"a!/soft: a link to /etc/passwd, {advice}",
        f"a!/hard: a link to /etc/passwd, {advice}",
        "a!/device: not a regular file (a device, a pipe, or a file with holes)",
    ]
    link = zipfile.ZipInfo("soft")
    link.external_attr = 0o120777 << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zip_archive:
        zip_archive.writestr(link, "/etc/passwd")
    assert read(tmp_path, made.getvalue()) == [f"a!/soft: a link, {advice}"]


def test_archives_in_archives(tmp_path: Path) -> None:
    inner = zipped(("one.txt", b"one"), ("deep.tgz", tarred(("two.txt", b"two"), mode="w:gz")))
    assert read(tmp_path, tarred(("in.zip", inner), mode="w:gz")) == [
        "a!/in.zip!/one.txt = one",
        "a!/in.zip!/deep.tgz: an archive inside 2 archives; unpack it first, or use --max-depth 2",
    ]
    assert read(tmp_path, zipped(("in.zip", inner)), limits=Limits(depth=2)) == [
        "a!/in.zip!/one.txt = one",
        "a!/in.zip!/deep.tgz!/two.txt = two",
    ]
    assert read(tmp_path, zipped(("in.zip", inner)), limits=Limits(depth=0)) == [
        "a!/in.zip: an archive inside 1 archive; unpack it first, or use --max-depth 1"
    ]


def test_gzip_in_gzip_in_gzip(tmp_path: Path) -> None:
    twice = gzip.compress(gzip.compress(b"x"))
    assert read(tmp_path, twice) == ["a = x"]
    assert "an archive inside 2 archives" in read(tmp_path, gzip.compress(twice))[0]


def test_encrypted_and_unknown_compression(tmp_path: Path) -> None:
    content = bytearray(zipped(("secret.txt", b"x"), ("new.txt", b"y"), ("good.txt", b"good")))
    first = content.index(b"PK\1\2")
    content[first + 8] |= 1
    second = content.index(b"PK\1\2", first + 1)
    content[second + 10] = 99
    assert read(tmp_path, bytes(content)) == [
        "a!/secret.txt: encrypted; unpack it with its password and name the folder",
        "a!/new.txt: compressed by method 99, which is not read; unpack it and name the folder",
        "a!/good.txt = good",
    ]


def test_office_documents_are_refused(tmp_path: Path) -> None:
    content = zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>"))
    assert read(tmp_path, content) == [
        "a: an office document or a program, not an archive of pages; save the page as text"
    ]


def test_empty_archives_and_members(tmp_path: Path) -> None:
    assert read(tmp_path, zipped()) == ["a: an archive without documents"]
    assert read(tmp_path, zipped((".x", b"x"))) == ["a: an archive without documents"]
    assert read(tmp_path, tarred(("x", b""))) == ["a!/x: empty"]
    assert read(tmp_path, gzip.compress(b"")) == ["a: empty"]


def test_a_bad_member_of_a_zip_leaves_the_others(tmp_path: Path) -> None:
    content = bytearray(zipped(("bad.txt", b"bad bad bad"), ("good.txt", b"good"), method=zipfile.ZIP_STORED))
    content[content.index(b"bad bad")] ^= 1
    assert read(tmp_path, bytes(content)) == [
        "a!/bad.txt: cannot be read: Bad CRC-32 for file 'bad.txt'",
        "a!/good.txt = good",
    ]


def test_a_bad_header_of_a_tar_leaves_the_others(tmp_path: Path) -> None:
    content = bytearray(tarred(("one.txt", b"one"), ("two.txt", b"two"), ("three.txt", b"three")))
    content[1024 + 100] ^= 1
    assert read(tmp_path, bytes(content)) == [
        "a!/one.txt = one",
        "a!/three.txt = three",
        "a: damaged tar archive: no valid member at byte 1,024; the others were read",
    ]


def test_cut_off_archives(tmp_path: Path) -> None:
    whole = tarred(("one.txt", b"one"), ("two.txt", b"two" * 1000))
    assert read(tmp_path, whole[:2000]) == [
        "a!/one.txt = one",
        "a!/two.txt: cannot be read: unexpected end of data",
        "a: damaged tar archive: unexpected end of data; members before the damage, if any, were read",
    ]
    assert read(tmp_path, gzip.compress(PAGE)[:-9]) == ["a: damaged gzip file: it is cut off"]
    assert read(tmp_path, zstandard.compress(PAGE)[:-1]) == ["a: damaged Zstandard file: it is cut off"]
    (said,) = read(tmp_path, zipped(*TWO)[:-30])
    assert said.startswith("a: damaged ZIP archive: it is cut off: the list of its members, at the end, is missing")


def test_standard_input_may_be_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "in").open("wb+") as file:
        file.write(zipped(*TWO))
        file.seek(0)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(file))
        name = f"standard input {hashlib.sha256((tmp_path / 'in').read_bytes()).hexdigest()[:12]}"
        assert summarize(documents_from(["-"]), tmp_path) == [f"{name}!/b/two.txt = two", f"{name}!/one.txt = one"]


def test_archives_in_folders_and_patterns(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(zipped(*TWO))
    (tmp_path / "a.txt").write_bytes(b"first")
    assert summarize(documents_from([tmp_path]), tmp_path) == [
        "a.txt = first",
        "b.zip!/b/two.txt = two",
        "b.zip!/one.txt = one",
    ]
    assert len(list(documents_from([f"{tmp_path}/*.zip"]))) == 2


def test_the_digest_is_that_of_the_unpacked_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.tgz").write_bytes(tarred(("page.txt", PAGE), mode="w:gz"))
    (found,) = documents_from([tmp_path])
    assert isinstance(found, Document)
    assert (found.sha256, found.size_bytes) == (hashlib.sha256(PAGE).hexdigest(), len(PAGE))
