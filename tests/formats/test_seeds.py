"""Real pages whose facts were written down by hand; skipped where `../shared` is missing."""

import json
from pathlib import Path
from typing import Any

import pytest

from programme.loaders.documents import Document
from programme.loaders.formats import read
from programme.loaders.records import ListingRecord, PaperRecord, PrintedTime, SessionRecord

SHARED = Path(__file__).parents[3] / "shared"
TRUTH: dict[str, Any] = {}
if (SHARED / "truth" / "seeds.json").exists():
    TRUTH = json.loads((SHARED / "truth" / "seeds.json").read_text())

pytestmark = pytest.mark.usefixtures("shared")


def check_paper(paper: PaperRecord, truth: dict[str, Any]) -> None:
    abstract = paper.abstract or ""
    assert paper.title == truth["title"]
    # The expected facts have the cleaned names; one is printed as mojibake.
    for printed, name in zip(paper.authors, truth.get("authors", []), strict=True):
        assert printed in (name, name.encode().decode("cp1250", "replace"))
    assert len(abstract) == truth["abstract_chars"]
    assert abstract.startswith(truth["abstract_start"])
    assert abstract.endswith(truth["abstract_end"])


def check_session(session: SessionRecord, truth: dict[str, Any]) -> None:
    assert session.title == truth["title"]
    assert session.room == (truth["room"][0] if truth["room"] else None)
    assert list(session.moderator_names) == truth["moderators"]
    for slot, slot_truth in zip(session.slots, truth["slots"], strict=True):
        assert isinstance(slot.time, PrintedTime)
        assert slot.raw_kind == slot_truth["kind"]
        assert slot.raw_time == "{weekday} {day} July {start} - {end} {tz}".format(**slot_truth)
        assert f"{slot.time.starts:%H:%M}" == slot_truth["start"].zfill(5)
        if slot.paper is None:
            assert slot.title == slot_truth["label"]
        else:
            check_paper(slot.paper, slot_truth["paper"])


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_every_seed_is_read_exactly(name: str) -> None:
    path = SHARED / "seeds" / name
    parsed = read(Document.of(path.as_uri(), path.read_bytes()))
    (record,) = parsed.records
    assert (parsed.problems, parsed.coverage) == ((), 1.0)
    if isinstance(record, SessionRecord):
        check_session(record, TRUTH[name])
    else:
        assert isinstance(record, ListingRecord)
        assert (record.month, record.day) == (TRUTH[name]["month"], TRUTH[name]["day"])
        for entry, truth in zip(record.entries, TRUTH[name]["papers"], strict=True):
            check_paper(entry, truth)
