"""What changed, and when, as the rows written out here by hand."""

from pathlib import Path

from tests.queries.database import query_rows


def test_changes_of_sessions_and_slots(full_sqlite: Path) -> None:
    """A session is found by the key of a later capture and by one that redirects; a paper if its title is unique."""
    columns = (
        "captured_at edition_name subject title change field before after session session_key paper_key sha256_before"
    )
    late, noon = "2023-07-21T09:14:00Z", "2023-07-20T12:00:00Z"
    times = ("2023-07-25T19:00:00Z", "2023-07-25T19:10:00Z")
    assert query_rows(full_sqlite, "schedule_changes", {}, columns) == [
        (late, None, "session", "Orchards", "changed", "room", None, "Hall Ä", "Orchards", "s6", None, "aa11"),
        (late, None, "slot", "Tea", "removed", None, None, None, None, None, None, "aa11"),
        (late, "ICML 2023", "slot", "Éclairs", "changed", "starts_at", *times, "Café", "s5", "p7", "aa11"),
        (noon, "ICML 2023", "session", "Night", "added", None, None, None, "Night", "s7", None, "ab22"),
        (noon, "ICML 2023", "slot", "A Garden", "added", None, None, None, "Night", "s7", None, "ab22"),
    ]


def test_changes_of_papers_and_entries(full_sqlite: Path) -> None:
    columns = (
        "captured_at edition edition_name subject title change field before after listing paper_key listing_key sha256"
    )
    late, noon = "2023-07-21T09:14:00Z", "2023-07-20T12:00:00Z"
    code = "https://github.com/a/b"
    assert query_rows(full_sqlite, "paper_changes", {}, columns) == [
        (late, "unknown-1999", None, "paper", "A Garden", "removed", None, None, None, None, None, None, "dd44"),
        (
            late,
            "icml-2023",
            "ICML 2023",
            "paper",
            "apples",
            *("changed", "byline", "Z. Lund"),
            *(None, None),
            "p9",
            None,
            "dd44",
        ),
        (noon, None, None, "entry", "Pears", "added", None, None, None, None, "p12", None, "aa11"),
        (noon, None, None, "entry", "Éclairs", "changed", "upvotes", "7", "9", "Pears", "p7", "l3", "aa11"),
        (noon, None, None, "paper", "Pearls", "changed", "repository", None, code, None, None, None, "aa11"),
    ]


def test_captures_of_sources(full_sqlite: Path) -> None:
    columns = "uri scope captured_at basis is_current added removed changed sha256 sha256_before"
    page, day = ("pages/Ørchard.bib", ""), ("pages/daily.txt", "2023-07-20")
    assert query_rows(full_sqlite, "source_history", {}, columns) == [
        (*day, "2023-07-20T12:00:00Z", "web archive", 1, 0, 0, 0, "cc33", None),
        (*day, "2023-07-20T08:00:00Z", "file", 0, 0, 0, 0, "ab22", None),
        (*page, "2023-07-21T09:14:00Z", "given", 1, 0, 2, 4, "dd44", "aa11"),
        (*page, "2023-07-20T12:00:00Z", "server", 0, 3, 0, 2, "aa11", "ab22"),
        (*page, "2023-07-20T08:00:00Z", "file", 0, 0, 0, 0, "ab22", None),
    ]
