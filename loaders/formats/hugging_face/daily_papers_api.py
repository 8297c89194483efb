"""Responses of the Daily Papers API of Hugging Face (`/api/daily_papers?date=…`, `/api/papers`, `/api/papers/ID`).

A listing is a list of `{"paper": {…}, "title": …, "publishedAt": …}`, bare or under `data` beside `date` and `count`.
Some collections hold each item as a text, the Python `repr` of the object. An object that is itself a paper, alone or
in a list, is read as a paper outside any listing.

Reads:

- For each paper: `title` and `summary`; the names of `authors` (also of `hidden` ones, since only their accounts are
  hidden); `upvotes`; `id`, the arXiv identifier; `githubRepo` and `projectPage` as links.
- The day of a listing: the `date` beside the list, else the day (UTC) of `submittedOnDailyAt` when all papers agree,
  else `--date`. Until March 2025, `publishedAt` beside a paper was when it was submitted to the listing, which from
  21:30 UTC was that of the next day; when all papers agree on a day, it is used, and a problem says that it was
  inferred. Since then, `publishedAt` is when a paper appeared on arXiv, and says nothing about the listing.
- The answer for a week or a month, whose papers state their own days, is a listing for each day. What `hf papers list`
  prints as JSON, `submitted_at` and the like, is the listing of that day.

Ignores: accounts of authors and submitters, thumbnails and media, comments, generated summaries and keywords,
organisations, stars, and counts of linked models.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import first_value
from programme.loaders.records import Hints, Record

NAME = "daily-papers-api"
DESCRIPTION = "A response of the Daily Papers API of huggingface.co: the listing of a day, or papers, as JSON."
YIELDS = "one listing with its papers, or papers"
EXAMPLE = "daily_papers_api.json"
VERSION = 2
MOVING_WINDOW = True

MARKS = frozenset(
    {
        "upvotes",
        "discussionId",
        "discussion_id",
        "submitted_at",
        "submittedOnDailyAt",
        "submittedOnDailyBy",
        "ai_summary",
        "ai_keywords",
    }
)
"""Fields of a paper that other sites do not have."""


def sniff(document: Document) -> Sniff:
    """Look at the fields of the first item, or at the beginning of its text."""
    value = first_value(document)
    if isinstance(value, str):
        is_item = value.lstrip().startswith("{") and ("'paper'" in value or '"paper"' in value)
        return Sniff(0.9, "texts that contain objects with a 'paper'") if is_item else Sniff(0.0, "a list of texts")
    if not isinstance(value, dict):
        return Sniff(0.0, "no JSON list of papers")
    paper = value.get("paper")
    marks = MARKS & (paper.keys() if isinstance(paper, dict) else value.keys())
    if not marks:
        return Sniff(0.0, "no paper with 'upvotes' or 'submittedOnDailyAt'")
    return Sniff(0.9, f"a paper with {', '.join(sorted(marks)[:2])}")


def parse(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield the listing or the papers, and a problem for each item that cannot be read."""
    from programme.loaders.formats.hugging_face.parsing.daily_papers_api import records

    return records(document, hints)
