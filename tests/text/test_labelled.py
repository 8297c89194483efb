"""Real and invented strings and their correct reading, labelled by hand.

A row of `labelled.csv` that names a file does not quote it: it gives the place of the string, the first digits of the
SHA-256 of its UTF-8 bytes, the class of damage, and a few words that the cleaned string must contain. The other rows
hold an invented string and its whole reading. In both, `\\n`, `\\r`, `\\uXXXX` and `\\\\` stand for one character.
"""

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from programme.loaders.text.abstracts import clean_abstract
from programme.loaders.text.names import clean_name
from programme.loaders.text.titles import clean_title

TABLE = Path(__file__).with_name("labelled.csv")
MIN_SHARE_CORRECT = 0.99
CLEANERS: dict[str, Callable[[str], str]] = {
    "title": clean_title,
    "abstract": clean_abstract,
    "summary": clean_abstract,
    "name": clean_name,
}
ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|.)")


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def unescaped(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        code = found.group(1)
        return chr(int(code[1:], 16)) if len(code) > 1 else {"n": "\n", "r": "\r", "\\": "\\"}[code]

    return ESCAPE.sub(character, text)


@cache
def records(path: Path) -> list[dict[str, str]]:
    """Return the records of a file in their order, each with its text fields."""
    if path.suffix == ".json":
        listed = json.loads(path.read_bytes())
        return [entry.get("paper", entry) for entry in listed]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as table:
            return list(csv.DictReader(table))
    papers = import_module("lxml.etree").parse(str(path)).iter("paper")
    return [{child.tag: "".join(child.itertext()) for child in paper} for paper in papers]


def located(row: dict[str, str], corpus: Path) -> str:
    number = re.search(r"\[(\d+)\]", row["path"])
    assert number
    text = records(corpus / row["file"])[int(number[1])][row["field"]]
    assert hashlib.sha256(text.encode()).hexdigest().startswith(row["sha256"]), f"{row['file']} has changed"
    return text


def misread(corpus: Path) -> Iterator[str]:
    for row in rows():
        expected = unescaped(row["expected"])
        if row["file"]:
            read = CLEANERS[row["field"]](located(row, corpus))
            if expected not in read:
                yield f"{row['file']} {row['path']} {row['field']} ({row['damage']}): {expected!r} is missing"
        elif (read := CLEANERS[row["field"]](unescaped(row["raw"]))) != expected:
            yield f"{row['raw']!r} ({row['damage']}): {read!r} instead of {expected!r}"


@pytest.mark.parametrize("row", [row for row in rows() if not row["file"]], ids=lambda row: row["raw"][:40])
def test_invented_strings_are_cleaned_as_labelled(row: dict[str, str]) -> None:
    assert CLEANERS[row["field"]](unescaped(row["raw"])) == unescaped(row["expected"])


def test_real_strings_are_cleaned_as_labelled(shared: Path) -> None:
    wrong = list(misread(shared / "corpus"))
    assert len(rows()) >= 300
    assert 1 - len(wrong) / len(rows()) >= MIN_SHARE_CORRECT, "\n".join(wrong)


def test_cleaning_is_idempotent(shared: Path) -> None:
    changed = []
    for row in rows():
        cleaner = CLEANERS[row["field"]]
        once = cleaner(located(row, shared / "corpus") if row["file"] else unescaped(row["raw"]))
        if cleaner(once) != once:
            changed.append(f"{row['file']} {row['path']} {row['raw']}")
    assert len(changed) <= len(rows()) * (1 - MIN_SHARE_CORRECT), changed
