"""Corrections as resolvers ask for them: how a subject is found, and which of several corrections wins."""

import json
from itertools import count, permutations
from typing import Any

from programme.loaders.store.corrections import Correction, Corrections, Fields, Names
from programme.loaders.store.keys import key, title_key
from programme.loaders.text.titles import clean_title, title_form

IDS = count()
A, B, C, X = "a" * 16, "b" * 16, "c" * 16, "d" * 16


def correction(
    subject_type: str, subject: Any, field: str, value: Any, day: str = "2026-01-01", sha256: str = "", line: int = 1
) -> Correction:
    text = subject if isinstance(subject, str) else json.dumps(subject, sort_keys=True)
    return Correction(next(IDS), subject_type, text, field, json.dumps(value), f"{day}T00:00:00Z", sha256, line)


def title(text: str) -> str:
    return title_key(title_form(clean_title(text)))


def values(fields: Fields) -> dict[str, Any]:
    return {name: applied.value for name, applied in fields.values.items()}


MOSS = {"edition": "icml-2022", "title": "Moss & Stone"}
PAPER = Names([A], ["arxiv:2103.00020"], [title("Moss and Stone"), title("Moss")], ["cvpr-2020", "icml-2022"])


def test_a_paper_is_found_by_key_identifier_and_title_with_edition() -> None:
    found = Corrections(
        [
            correction("paper", A, "title", "By key"),
            correction("paper", "arxiv:2103.00020", "abstract", "By identifier"),
            correction("paper", MOSS, "edition", "acl-2025"),
            correction("paper", MOSS | {"edition": "acl-2025"}, "authors", ["Not of this edition"]),
            correction("session", A, "room", "Not a paper"),
        ]
    ).for_paper(PAPER)
    assert values(found) == {"title": "By key", "abstract": "By identifier", "edition": "acl-2025"}
    assert {one.field for one in found.matched} == {"title", "abstract", "edition"}


def test_the_newer_capture_wins_then_the_greater_digest_then_the_later_line() -> None:
    newest = correction("paper", A, "title", "newest", "2026-01-02", "a", 9)
    older = [
        correction("paper", MOSS, "title", "earlier line", "2026-01-02", "a", 8),
        correction("paper", A, "title", "smaller digest", "2026-01-02", "9", 10),
        correction("paper", "arxiv:2103.00020", "title", "older", "2026-01-01", "b", 11),
        correction("paper", A, "title", "newest", "2025-01-01", "c", 1),
    ]
    for order in permutations([newest, *older]):
        applied = Corrections(order).for_paper(PAPER).values["title"]
        assert (applied.value, applied.correction) == ("newest", newest)


def test_identifiers_and_repositories_are_added_and_denied_one_by_one() -> None:
    found = Corrections(
        [
            correction("paper", A, "add_identifiers", ["doi:10.1/a", "arxiv:2103.00020"]),
            correction("paper", A, "deny_identifiers", ["arxiv:2103.00020"], "2026-01-02"),
            correction("paper", A, "deny_repositories", ["https://github.com/a/b"]),
            correction("paper", A, "repository_roles", {"https://github.com/c/d": "other"}),
        ]
    ).for_paper(PAPER)
    assert {name: {item: one.value for item, one in items.items()} for name, items in found.items.items()} == {
        "identifiers": {"doi:10.1/a": True, "arxiv:2103.00020": False},
        "repositories": {"https://github.com/a/b": False},
        "repository_roles": {"https://github.com/c/d": "other"},
    }


def test_sessions_slots_and_entries() -> None:
    session = Names([B], title_keys=[title("Poster Session")], editions=["icml-2022"])
    posters = {"edition": "icml-2022", "title": "Poster session"}
    found = Corrections(
        [
            correction("session", posters, "room", "Hall G"),
            correction("slot", {"session": posters, "title": "Break"}, "room", "Foyer"),
            correction("slot", {"session": B, "paper": MOSS}, "kind", "oral"),
            correction("entry", {"listing": C, "paper": "arxiv:2103.00020"}, "upvotes", 23),
        ]
    )
    assert values(found.for_session(session)) == {"room": "Hall G"}
    assert values(found.for_slot(session, title("Break"))) == {"room": "Foyer"}
    assert values(found.for_slot(session, title("Moss"), PAPER)) == {"kind": "oral"}
    assert values(found.for_slot(session, title("Moss"))) == {}
    assert values(found.for_entry(C, PAPER)) == {"upvotes": 23}
    assert Corrections([]).for_slot(session, title("Break")) == Fields({}, {}, ())


def test_links_between_papers() -> None:
    links = Corrections(
        [
            correction("paper", A, "same_paper", [B, C]),
            correction("paper", C, "different_papers", [A], "2026-01-02"),
            correction("paper", MOSS, "different_papers", [{"edition": "icml-2022", "title": "moss and stone"}]),
        ]
    ).paper_links()
    assert [(link.one, link.other, link.applied.value) for link in links] == [
        (A, B, True),
        (A, C, False),
        (B, C, True),
    ]


def test_persons_are_joined_and_split() -> None:
    found = Corrections(
        [
            correction("author", C, "same_author", [B]),
            correction("author", B, "same_author", [A]),
            correction("author", X, "different_authors", [[A], [B]]),
            correction("author", X, "different_authors", [["doi:10.1/a"], [MOSS, "doi:10.1/b"], [B]], "2026-01-02"),
            correction("author", B, "name", "Ada Quill"),
        ]
    )
    assert [found.author_target(one) for one in (A, B, C, X)] == [A, A, A, X]
    assert found.author_target(X, PAPER) == key("author", X, "2")
    assert found.author_target(X, Names([B])) == key("author", X, "3")
    assert found.author_target(X, Names([C], ["doi:10.1/a"])) == found.author_target(X, Names([C])) == X
    assert values(found.for_author([A, B, C])) == {"name": "Ada Quill"}
