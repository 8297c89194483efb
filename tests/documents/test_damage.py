"""Damaged archives: any bytes give only documents and refusals, and nothing is raised."""

import bz2
import gzip
import io
import lzma
import random
from pathlib import Path

import pytest
import zstandard

from programme.loaders.documents import Document, Limits, Refused, documents_from
from tests.documents.helpers import tarred, zipped
from tests.documents.test_web_archives import warc
from tests.documents.workbooks import sheet, table, workbook

MEMBERS = (("b/two.txt", b"two " * 99), ("one.txt", b"one"), ("in.gz", gzip.compress(b"three")))
ARCHIVES = {
    "gzip": gzip.compress(b"page " * 99),
    "bzip2": bz2.compress(b"page " * 99),
    "xz": lzma.compress(b"page " * 99),
    "zstd": zstandard.compress(b"page " * 99),
    "zip": zipped(*MEMBERS),
    "tar": tarred(*MEMBERS),
    "tgz": tarred(*MEMBERS, mode="w:gz"),
    "zip in tar": tarred(("in.zip", zipped(*MEMBERS)), mode="w"),
    "workbook": workbook({"One": sheet([["a", "b"], [1, "two"]]), "Two": sheet([["c", 0.5]])}),
    "parquet": table(),
    "warc": warc(gzip=False),
    "warc.gz": warc(gzip=True),
}
COPIES = 150


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return a copy that is truncated, or has some bytes replaced, removed or repeated."""
    at, other = sorted((chance.randrange(len(content)), chance.randrange(len(content))))
    match chance.randrange(4):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + content[other:]
        case 2:
            return content[:other] + content[at:]
        case _:
            changed = bytearray(content)
            for _ in range(chance.randrange(1, 8)):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            return bytes(changed)


@pytest.mark.parametrize("kind", ARCHIVES)
def test_damage_yields_only_documents_and_refusals(tmp_path: Path, kind: str) -> None:
    chance = random.Random(kind)  # noqa: S311
    whole = ARCHIVES[kind]
    path = tmp_path / "a"
    for limits in (Limits(), Limits(held=50, depth=3)):
        for _ in range(COPIES):
            path.write_bytes(damaged(whole, chance))
            for found in documents_from([path], limits=limits):
                assert isinstance(found, Document | Refused)
                assert str(getattr(found, "problem", "said"))
    path.write_bytes(whole)
    assert all(isinstance(found, Document) for found in documents_from([path], limits=Limits(depth=2)))


@pytest.mark.parametrize("kind", ARCHIVES)
def test_every_truncation_of_standard_input(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ARCHIVES[kind]
    for end in range(0, len(whole), max(1, len(whole) // 100)):
        stream = io.TextIOWrapper(io.BytesIO(whole[:end]))
        monkeypatch.setattr("sys.stdin", stream)
        assert all(isinstance(found, Document | Refused) for found in documents_from(["-"]))
