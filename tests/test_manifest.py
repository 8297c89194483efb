"""The documents of a manifest, and what it says of each; and options that cannot be."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from programme.loaders.documents import Document, Refused
from programme.loaders.given import Given, GivenError, checked
from programme.loaders.manifest import documents_of
from programme.loaders.records import Hints


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"page {name}")
    return tmp_path


def listed(folder: Path, manifest: str, **given: str) -> list[str]:
    """Return the name of each document, or the problem of a row."""
    (folder / "list.csv").write_text(manifest, encoding="utf-8-sig")
    found = documents_of([], checked(manifest=str(folder / "list.csv"), **given))  # type: ignore[arg-type]
    return [each.problem if isinstance(each, Refused) else each.uri.rpartition("/")[2] for each in found]


def test_each_row_says_what_its_document_leaves_out(folder: Path) -> None:
    (folder / "list.csv").write_text(
        "source,venue,year,date,captured,format\n"
        "a.txt,ICML,2021,,2021-07-20T09:30,virtual-session\n"
        "\n"
        "b.txt,,,2024-05-01,,\n"
    )
    given = Given(Hints("mlsys", 2024, None, "Europe/Vienna"), "bibtex", datetime(2026, 1, 2, tzinfo=UTC))
    extra = Document.of("test:extra", b"page")
    kept, first, second = documents_of([extra], given._replace(manifest=str(folder / "list.csv"), is_kept=True))
    assert isinstance(kept, Document)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (kept.hints, kept.given_format, kept.is_kept) == (None, None, True)
    assert (first.hints, first.given_format) == (Hints("icml", 2021, None, "Europe/Vienna"), "virtual-session")
    assert (first.captured_at, first.basis) == (datetime(2021, 7, 20, 9, 30, tzinfo=UTC), "given")
    assert (second.hints, second.given_format) == (Hints("mlsys", 2024, date(2024, 5, 1), "Europe/Vienna"), "bibtex")
    assert second.captured_at == datetime(2026, 1, 2, tzinfo=UTC)


def test_a_row_that_cannot_be_used_leaves_the_others(folder: Path) -> None:
    rows = [
        "source,venue,year,captured,format",
        "gone.txt,icml,2021,,",
        "a.txt,icmll,2021,,",
        "a.txt,icml,21,,",
        "a.txt,icml,2021,soon,",
        "a.txt,icml,2021,,bibtx",
        ",icml,2021,,",
        "a.txt,icml,2021,,,surplus",
        "b.txt,icml,2021,,",
    ]
    assert listed(folder, "\n".join(rows)) == [
        f"line 2, column source: {folder}/gone.txt: no such file",
        "line 3, column venue: no venue that is known is called 'icmll'; did you mean icml?",
        "line 4, column year: 21 is not a year of a conference; give one between 1900 and 2200",
        "line 5, column captured: 'soon' is no ISO date or date and time; write 2026-11-25 or 2026-11-25T09:14Z",
        "line 6, column format: no format is called 'bibtx'; did you mean bibtex?",
        "line 7, column source: empty; name a file or a URL",
        "line 8: 6 cells, but the header names 5 columns",
        "b.txt",
    ]


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("source,venu", "line 1: no column is called 'venu'; did you mean venue?"),
        ("source,year,Year", "line 1, column year: named twice"),
        (
            "venue",
            "line 1: the column source is missing; a manifest has source, venue, year, date, captured, format",
        ),
        ("", "line 1: the column source is missing; a manifest has source, venue, year, date, captured, format"),
    ],
)
def test_a_manifest_with_another_header_is_refused(folder: Path, header: str, problem: str) -> None:
    assert listed(folder, f"{header}\na.txt,icml") == [problem]


def test_a_manifest_that_is_not_there_or_no_text(folder: Path) -> None:
    (missing,) = documents_of([], checked(manifest=folder / "none.csv"))
    assert str(missing) == f"{folder}/none.csv: cannot be read as a manifest: no such file"
    (folder / "list.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    (binary,) = documents_of([], checked(manifest=folder / "list.csv"))
    assert "binary: a PNG image" in str(binary)


@pytest.mark.parametrize(
    ("option", "value"),
    [("venue", " "), ("year", 99), ("time_zone", "PDT"), ("time_zone", "Mars/Olympus"), ("captured", "soon")],
)
def test_what_cannot_be_is_refused(option: str, value: object) -> None:
    with pytest.raises(GivenError) as caught:
        checked(**{option: value})  # type: ignore[arg-type]
    assert caught.value.name == option.replace("_", "-")


def test_a_day_of_capture_is_in_utc() -> None:
    assert checked(captured=date(2022, 7, 18)).captured == datetime(2022, 7, 18, tzinfo=UTC)
    assert checked(captured="2022-07-18T11:30+02:00").captured == datetime(2022, 7, 18, 9, 30, tzinfo=UTC)
