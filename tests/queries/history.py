"""Captures of the full programme's sources and what changed between them, with keys that are no longer in use."""

from typing import Any

from sqlmodel import SQLModel

from programme.schema import (
    Capture,
    CaptureBasis,
    Change,
    ChangeKind,
    ChangeSubject,
    Kind,
    PaperName,
    Redirect,
    RedirectKind,
    SessionSource,
    Source,
)
from tests.queries.small_programme import instant

PAGE, DAY = 1, 2
EARLY, NOON, LATE = ("2023-07-20T08:00:00", "2023-07-20T12:00:00", "2023-07-21T09:14:00")
CAPTURES = (
    (1, PAGE, 2, EARLY, "file", False, None),
    (2, PAGE, 1, NOON, "server", False, 1),
    (3, PAGE, 4, LATE, "given", True, 2),
    (4, DAY, 3, NOON, "web archive", True, None),
    (5, DAY, 2, EARLY, "file", False, None),
)
"""Id, source, document, instant, basis, whether it is current, and the capture it replaces."""


def change(id_: int, capture: int, subject: str, title: str, kind: str = "changed", **fields: Any) -> Change:
    """Return a change from the capture before this one."""
    _, source_id, document_id, captured_at, *_ = CAPTURES[capture - 1]
    return Change(
        id=id_,
        source_id=source_id,
        document_id=document_id,
        before_document_id=CAPTURES[capture - 2][2],
        captured_at=instant(captured_at),
        subject=ChangeSubject(subject),
        change=ChangeKind(kind),
        title=title,
        **fields,
    )


def rows() -> list[SQLModel]:
    """Return every row, each after those it refers to."""
    times = {"before": "2023-07-25T19:00:00Z", "after": "2023-07-25T19:10:00Z"}
    night = {"edition": "icml-2023", "session_key": "later"}
    return [
        Source(id=PAGE, uri="pages/Ørchard.bib", scope=""),
        Source(id=DAY, uri="pages/daily.txt", scope="2023-07-20"),
        *(
            Capture(
                id=id_,
                source_id=source_id,
                document_id=document_id,
                captured_at=instant(captured_at),
                basis=CaptureBasis(basis),
                is_current=is_current,
                replaces_id=replaces_id,
            )
            for id_, source_id, document_id, captured_at, basis, is_current, replaces_id in CAPTURES
        ),
        SessionSource(
            session_id=6,
            document_id=4,
            line_start=60,
            line_end=60,
            title="Orchards",
            kind=Kind.POSTER,
            stated_key="late",
        ),
        Redirect(kind=RedirectKind.SESSION, key="later", target="s7"),
        Redirect(kind=RedirectKind.PAPER, key="gone", target="p1"),
        Redirect(kind=RedirectKind.PAPER, key="older", target="gone"),
        Redirect(kind=RedirectKind.AUTHOR, key="former", target="a1"),
        PaperName(paper_id=9, name="apples"),
        change(
            1, 3, "slot", "Éclairs", edition="icml-2023", session_key="s5", title_key="p7", field="starts_at", **times
        ),
        change(2, 3, "slot", "Tea", "removed", session_key="gone"),
        change(3, 3, "session", "Orchards", session_key="late", former_key="s6", field="room", after="Hall Ä"),
        change(
            4, 3, "session", "Orchards", session_key="late", former_key="s6", field="key", before="s6", after="late"
        ),
        change(5, 2, "session", "Night", "added", **night),
        change(6, 2, "slot", "A Garden", "added", title_key="p6", **night),
        change(7, 3, "paper", "apples", edition="icml-2023", title_key="apples", field="byline", before="Z. Lund"),
        change(8, 3, "paper", "A Garden", "removed", edition="unknown-1999", title_key="p6"),
        change(9, 2, "paper", "Pearls", field="repository", title_key="pearls", after="https://github.com/a/b"),
        change(10, 2, "entry", "Éclairs", field="upvotes", listing_key="l3", title_key="p7", before="7", after="9"),
        change(11, 2, "entry", "Pears", "added", listing_key="gone", title_key="p12"),
    ]
