"""Groups of OpenReview: main conferences are editions, everything else is nothing."""

from datetime import date

import pytest

from programme.loaders.documents import MalformedDocument
from programme.loaders.formats import read
from tests.formats.pages import document, sample


def test_sample() -> None:
    parsed = read(sample("openreview_groups.json"))
    assert parsed.format == "openreview-groups"
    assert (parsed.problems, parsed.coverage) == ((), 1.0)
    found = [(one.edition, one.venue_name, one.city, one.url) for one in parsed.editions]
    assert found == [
        (("iclr", 2031), "ICLR", "Fenwick", "https://iclr.example/2031"),
        (("icml", 2031), "ICML", None, None),
        (("mossconf", 2031), "MossConf", None, None),
    ]
    assert (parsed.editions[0].starts_on, parsed.editions[0].ends_on) == (date(2031, 5, 5), date(2031, 5, 9))


def test_groups_of_people_alone_are_refused() -> None:
    people = '[{"id": "ICLR.cc/2031/Conference/Authors", "members": ["~Ada_Quill1"], "readers": [], "signatories": []}]'
    with pytest.raises(MalformedDocument, match="no group of a main conference"):
        read(document(people), "openreview-groups")
