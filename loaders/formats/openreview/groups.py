"""Groups of OpenReview, as its API gives them: venues with their editions, or the list of all venues.

A document is `{"groups": [...], "count": N}`, a list of groups, or one group.

Reads: the edition from the `id` of a main conference (`ICLR.cc/2024/Conference`), with its city, page and
days where `location`, `website` and `date` print them; in the groups that list venues (`venues`), one from each member.

Ignores: groups of people, such as reviewers and authors, whose members are never read, and workshops and journals.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import first_record
from programme.loaders.records import Hints, Record

NAME = "openreview-groups"
DESCRIPTION = "Groups of OpenReview: venues, as its API gives them in JSON."
YIELDS = "editions with their cities"
EXAMPLE = "openreview_groups.json"
VERSION = 1

MARKS = frozenset({"members", "signatories", "anonids", "deanonymizers", "web", "parent", "host"})
"""Fields of groups that notes do not have."""


def sniff(document: Document) -> Sniff:
    """Look at the fields of the first record."""
    record = first_record(document)
    marks = MARKS & record.keys()
    if not isinstance(record.get("id"), str) or len(marks) < 2 or "readers" not in record:
        return Sniff(0.0, "no JSON objects with 'id', 'members', 'readers' and 'signatories'")
    return Sniff(0.97, f"'id' and 'readers' beside {', '.join(sorted(marks)[:3])}")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield the edition of each venue, and a problem for each group that cannot be read."""
    from programme.loaders.formats.openreview.parsing import editions

    return editions(document)
