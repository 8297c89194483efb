"""Documents in object stores are those of a folder with the same files."""

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from programme.loaders.documents import Document, Limits, Refused, documents_from, files_of

Put = Callable[..., None]


@pytest.fixture
def put(s3: str, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Store objects in the bucket `pages`: `put(**{"a.txt": b"…"})`."""
    import boto3

    given = {
        "AWS_ENDPOINT_URL": f"http://{s3}",
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "k",
        "AWS_SECRET_ACCESS_KEY": "s",
        "AWS_REGION": "us-east-1",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3", endpoint_url=f"http://{s3}", region_name="us-east-1")
    client.create_bucket(Bucket="pages")

    def store(**objects: bytes) -> None:
        for key, content in objects.items():
            client.put_object(Bucket="pages", Key=key, Body=content)

    return store


def test_a_folder_gives_what_a_folder_of_files_gives(put: Put, tmp_path: Path) -> None:
    folder = tmp_path / "icml 2022"
    (folder / "days").mkdir(parents=True)
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("one.txt", b"one")
    (folder / "days" / "Öfen #1.txt").write_bytes(b"two")
    (folder / "empty.txt").write_bytes(b"")
    (folder / ".hidden").write_bytes(b"three")
    names = {str(path.relative_to(tmp_path)): path for path in folder.rglob("*") if path.is_file()}
    put(
        **{name: path.read_bytes() for name, path in names.items()}, **{"icml 2022/days/": b"", "icml 2023/a.txt": b"4"}
    )
    there = list(documents_from(["s3://pages/icml 2022"]))
    here = [unquote(found.uri.removeprefix(tmp_path.as_uri())) for found in documents_from([folder])]
    assert sorted(unquote(found.uri.removeprefix("s3://pages")) for found in there) == sorted(here)
    assert sorted(found.content for found in there if isinstance(found, Document)) == [b"one", b"two"]
    one_by_one = [found for url in files_of(["s3://pages/icml 2022/"]) for found in documents_from([url])]
    assert [found.uri for found in one_by_one] == [found.uri for found in there]


def test_one_object_has_the_time_at_which_it_was_stored(put: Put) -> None:
    put(**{"a.txt": b"one", "a.txt/b": b"two"})
    (found,) = documents_from(["s3://pages/a.txt"])
    assert isinstance(found, Document)
    assert (found.uri, found.content, found.basis, found.captured_on) == ("s3://pages/a.txt", b"one", "file", None)
    assert found.captured_at is not None


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("s3://pages/b.txt", "no object has this name, nor one that begins with it and a slash"),
        ("s3://none/b.txt", "404 Not Found"),
        ("s3://pages/long.txt", "larger than 2 bytes"),
    ],
)
def test_what_cannot_be_read_says_why(put: Put, url: str, problem: str) -> None:
    put(**{"long.txt": b"one"})
    (found,) = documents_from([url], limits=Limits(document_size=2))
    assert isinstance(found, Refused)
    assert problem in found.problem
    assert list(files_of([url])) == [url]


@pytest.mark.parametrize("scheme", ["s3", "gs"])
def test_without_credentials_it_says_which_to_set(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # A machine of a cloud has them from an address that nothing may ask here.
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    (found,) = documents_from([f"{scheme}://pages/a.txt"])
    assert isinstance(found, Refused)
    assert "no credentials were found; set " in found.problem
    assert "_SKIP_SIGNATURE=true for a public bucket" in found.problem


def test_without_the_package_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore.exceptions", None)
    (found,) = documents_from(["s3://pages/a.txt"])
    assert found == Refused("s3://pages/a.txt", "object stores need another package: pip install 'programme[cloud]'")
