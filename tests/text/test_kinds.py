"""Printed kinds and the closed vocabulary."""

import pytest

from programme.loaders.text.kinds import KINDS, KINDS_WITHOUT_PAPER, PAPER_KINDS, normalize_kind
from programme.schema.vocabularies import KINDS as CLOSED_VOCABULARY


def test_all_kinds_are_in_the_closed_vocabulary() -> None:
    assert {*KINDS.values(), *PAPER_KINDS, *KINDS_WITHOUT_PAPER} <= set(CLOSED_VOCABULARY)


@pytest.mark.parametrize(
    ("raw_kind", "title", "kind"),
    [
        ("Spotlight Poster Session", "", "poster"),
        ("Contributed Talk Session", "", "oral"),
        ("Live Q&A with Speakers", "", "qa"),
        ("Newcomer Meetup", "", "social"),
        ("Fishbowl", "Trees", "other"),
        ("Session", "Oral Session 4", "oral"),
        (None, "Coffee Break", "break"),
        (None, "Breaking Symmetries", "other"),
        (None, "Opening Reception", "social"),
    ],
)
def test_kinds_of_the_closed_vocabulary(raw_kind: str | None, title: str, kind: str) -> None:
    assert normalize_kind(raw_kind, title) == kind
