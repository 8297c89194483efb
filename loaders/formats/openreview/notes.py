"""Notes of OpenReview, as its API answers and as openreview-py saves them: submissions, and what is said about them.

A document is `{"notes": [...], "count": N}`, a list of notes, a note to each line, or one note. The `content` of a note
holds plain values (API 1) or `{"value": …}` (API 2).

- A note is a paper when it begins its own forum and has a title. Reviews, comments and decisions reply to one; they are
  passed over.
- Read of `content`: `title`; `authors`; `abstract`; `venue`, of which the words after the year are the kind (`poster`);
  `code`, `project_page` and others of their kind as links; identifiers in `pdf`, `html`, `arxiv` and `doi`.
- `forum` is the identifier of the paper.
- The edition is what `venueid` says (`ICLR.cc/2023/Conference`), or in notes without one `venue`, or `booktitle` and
  `year` of `_bibtex`. What was rejected or withdrawn, is under review, or belongs to a workshop or a journal has none.
- Left alone: `authorids` (addresses and profiles), signatures and readers, keywords, reviews, and all else that a venue
  asks its authors.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import first_record
from programme.loaders.records import Hints, Record

NAME = "openreview-notes"
DESCRIPTION = "Notes of OpenReview: submissions to a venue, as either version of its API gives them in JSON."
YIELDS = "papers, with links and identifiers"
EXAMPLE = "openreview_notes_neurips2023.json"

MARKS = frozenset(
    """
    forum invitation invitations domain replyto signatures readers writers nonreaders cdate tcdate mdate tmdate odate
    pdate
    """.split()  # noqa: SIM905
)
"""Fields of notes, beside `id` and `content`."""


def sniff(document: Document) -> Sniff:
    """Look at the fields of the first record."""
    record = first_record(document)
    if not isinstance(record.get("content"), dict):
        return Sniff(0.0, "no JSON objects with a 'content' that is an object")
    marks = MARKS & record.keys()
    if not marks:
        return Sniff(0.2, "'content', but none of 'forum', 'invitation' and 'signatures' beside it")
    return Sniff(0.95, f"'content' beside {', '.join(sorted(marks)[:3])}")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a paper for each submission, and a problem for each note that cannot be read."""
    from programme.loaders.formats.openreview.parsing.notes import papers

    return papers(document)
