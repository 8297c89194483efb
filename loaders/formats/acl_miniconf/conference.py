"""The programme of an *ACL meeting since 2023, as the Mini-Conf sites of ACL, EMNLP and EACL keep it.

`conference.json` is an object with `sessions`, `events`, `papers`, `plenaries`, `tutorials` and `workshops`, each an
object whose entries are keyed by their id and name one another by it.

Reads:

- An event as a session, called as the sites print it: `Session 2: Generation (Oral)`, with `track`, `room`, `chairs`
  and the kind in `type`. Its slots are the papers in `paper_ids`, and those that name the event in `event_ids`; each
  has the time and the room of the event, since the file states none of its own. An event without papers has one slot.
- Plenaries, tutorials, workshops, breaks and socials as sessions with one slot; those without a time have that of the
  entry in `sessions` that holds them. A keynote is a talk of its `presenter`. Organizers and the committee of a
  workshop are moderators.
- Papers: `title`, `authors`, `abstract`, `category` as the kind, identifiers from `anthology_url` and `paper_pdf`,
  links from `demo_url`, `material` and the like. A paper in no event is loaded without a slot.
- The edition, from the identifiers in the Anthology; without them it is inferred from the days.
- Times without an offset from UTC, where all others in the file have the same one, as times with that offset.

Ignores: tracks of papers, keywords, languages, summaries (`tldr`), similar papers, biographies, pictures, chats, sites
of workshops, and the addresses and profiles of people.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.records import Hints, Record
from programme.patterns import lazy_pattern

NAME = "acl-miniconf"
DESCRIPTION = "The programme of an *ACL meeting since 2023 (ACL, EMNLP, EACL), the conference.json of its site."
YIELDS = "sessions with their slots and papers"
EXAMPLE = "acl_miniconf_conference.json"
VERSION = 1

_OPENING = lazy_pattern(
    r'\ufeff?\s*\{\s*"(?:events|papers|plenaries|sessions|tutorials|workshops)"\s*:\s*\{\s*(?:"[^"]*"\s*:\s*\{|\})'
)
_MARKS = ("paper_ids", "event_ids", "plenary_events", "workshop_events")


def sniff(document: Document) -> Sniff:
    """Look for one of the parts at the start, and for the fields by which entries name one another."""
    head = document.head
    if _OPENING.match(head) is None:
        return Sniff(0.0, "no object that begins with 'sessions', 'events' or 'papers' keyed by id")
    mark = next((mark for mark in _MARKS if f'"{mark}"' in head), None)
    if mark is None:
        return Sniff(0.3, "parts keyed by id, but no 'paper_ids' or 'event_ids'")
    return Sniff(0.95, f"parts keyed by id, with {mark!r}")


def parse(document: Document, hints: Hints) -> Iterator[Record]:
    """Yield each session with its slots, papers in no session, and a problem for what is not loaded."""
    from programme.loaders.formats.acl_miniconf.parsing.programme import records

    return records(document, hints)
