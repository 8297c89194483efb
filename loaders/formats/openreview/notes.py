"""Notes of OpenReview, as its API returns them and openreview-py saves them: submissions, and the replies to them.

A document is `{"notes": [...], "count": N}`, a list of notes, notes by their ids, one note per line, or one note. The
`content` of a note holds plain values (API 1) or `{"value": …}` (API 2). A note is a paper when it starts its own forum
and has a title.

Reads:

- `forum`, the identifier of the paper.
- From `content`: `title`, `authors`, `abstract`; `code`, `project_page` and similar fields as links; the identifiers in
  `pdf`, `html`, `arxiv` and `doi`; `venue`, whose words after the year are the kind (`poster`).
- The edition from `venueid` (`ICLR.cc/2023/Conference`), in notes without one from `venue`, or else from `booktitle`
  and `year` of `_bibtex`. A paper that was rejected or withdrawn, is under review, or belongs to a workshop or a
  journal has no edition.

Ignores: reviews, comments and decisions, which reply to a submission; `authorids` (e-mail addresses and profiles),
signatures and readers, keywords, and everything else that a venue asks its authors.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import by_key, first_record
from programme.loaders.records import Hints, Record

NAME = "openreview-notes"
DESCRIPTION = "Notes of OpenReview: submissions to a venue, as either version of its API gives them in JSON."
YIELDS = "papers, with links and identifiers"
EXAMPLE = "openreview_notes_neurips2023.json"
VERSION = 2

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
    record = next(iter(by_key(record).values()), record)
    if not isinstance(record.get("content"), dict):
        return Sniff(0.0, "no JSON objects whose 'content' is an object")
    marks = MARKS & record.keys()
    if not marks:
        return Sniff(0.2, "'content', but no 'forum', 'invitation' or 'signatures' beside it")
    return Sniff(0.95, f"'content' beside {', '.join(sorted(marks)[:3])}")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a paper for each submission, and a problem for each note that cannot be read."""
    from programme.loaders.formats.openreview.parsing import papers

    return papers(document)
