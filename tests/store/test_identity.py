"""The pure rules of identity: which mentions can be one paper, and what is displayed of several."""

import pytest

from programme.loaders.store.identity import (
    DisplayedPaper,
    Mention,
    byline_rank,
    contradict,
    display,
    display_abstract,
    display_affiliations,
    display_byline,
    display_title,
    resolve_value,
    same_authors,
    signature,
    site_number,
    with_stated_parts,
)


def mention(*authors: str, **stated: object) -> Mention:
    return Mention(1, "Graph Moons", "graph moons", authors, **stated)  # type: ignore[arg-type]


def test_the_number_of_a_site_is_not_that_of_arxiv() -> None:
    assert site_number(["arxiv:2101.00001"]) is None
    assert site_number(["site:acl-2020/main.8"]) == "acl-2020/main.8"


def test_a_mention_is_found_by_titles_of_now_and_before_and_by_identifiers() -> None:
    found = mention(former=frozenset({"moons"}), identifiers=frozenset({"doi:1"}))
    assert found.titles == {"graph moons", "moons"}
    assert found.names == {"graph moons", "moons", "doi:1"}


def test_initials_have_the_signature_of_the_full_name() -> None:
    assert signature(("A. Quill", "Bo Renn", "")) == signature(("Ada Quill", "B. Renn")) == {"a quill", "b renn"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (["Ada Quill", "Bo Renn"], ["A. Quill", "B. Renn"], True),
        (["Ada Quill", "Bo Renn"], ["Ada Quill", "Cy Lund"], True),
        (["Ada Quill", "Bo Renn", "Dee Moss"], ["Ada Quill", "Cy Lund", "Eve Hart"], False),
        (["Ada Quill"], ["Bo Renn"], False),
        (["Ada Quill"], [], True),
        (["Quill Ada"], ["Ada Quill"], True),
        (["Ada Quill", "Bo Renn", "Dee Moss", "Eve Hart"], ["Cy Lund", "Ada Quill"], True),
    ],
)
def test_half_of_the_shorter_byline_must_be_in_the_other(one: list[str], other: list[str], expected: bool) -> None:
    assert same_authors(mention(*one), mention(*other)) is expected
    assert same_authors(mention(*other), mention(*one)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (["doi:1", "doi:2"], ["doi:2", "doi:3"], False),
        (["doi:1", "arxiv:1"], ["doi:1", "arxiv:2"], True),
        (["doi:1"], ["arxiv:1"], False),
        (["site:a/1"], ["site:a/2"], False),
    ],
)
def test_identifiers_of_one_scheme_that_share_nothing_exclude_one_paper(
    one: list[str], other: list[str], expected: bool
) -> None:
    assert contradict(one, other) is expected


def test_the_best_byline_has_most_names_then_fewest_initials_then_most_letters() -> None:
    bylines = [
        ("A. Quill",),
        ("Ada Quill",),
        ("Ada Quill", "B. R. Renn"),
        ("Ada Quill", "Bo Renn"),
        ("Ada Quill", "Bob Renn"),
    ]
    assert sorted(sorted(bylines), key=byline_rank) == bylines
    assert byline_rank(("Ada B. Quill", "C Lund")) == (2, -2, 18, 2, ("Ada B. Quill", "C Lund"))
    assert display_byline([]) == ()


def test_a_name_that_says_its_parts_is_displayed_where_it_is_the_same_name() -> None:
    mentions = [mention("Peel Quill, Ada"), mention("Ada Peel Quill", "Bo Renn")]
    assert with_stated_parts(("Ada Peel Quill", "Bo Renn"), mentions) == ("Peel Quill, Ada", "Bo Renn")
    assert with_stated_parts(("Bo Renn",), [mention("Bo  Renn")]) == ("Bo Renn",)


def test_the_best_spelling_of_a_title_is_displayed() -> None:
    assert display_title(["GRAPH NETS", "Graph nets"]) == "Graph nets"


def test_the_longest_abstract_is_displayed_and_of_equally_long_ones_the_last() -> None:
    assert display_abstract(["We walk.", None, "We walk far.", "We walk bar."]) == "We walk far."
    assert display_abstract([None, ""]) is None


def test_an_affiliation_is_that_which_most_mentions_state_for_the_name() -> None:
    mentions = [
        mention("Ada Quill", "Bo Renn", affiliations=("Fen College", None)),
        mention("ADA QUILL", affiliations=("Fen College",)),
        mention("Ada Quill", affiliations=("Zed Lab",)),
    ]
    assert display_affiliations(("Ada Quill", "Bo Renn", "Cy Lund"), mentions) == ("Fen College", None, None)
    assert display_affiliations(("Ada Quill",), [mention()]) == (None,)


def test_of_equally_frequent_values_the_last_is_displayed() -> None:
    assert resolve_value(["a", "b", None, None, None]) == "b"
    assert resolve_value(["b", "a", "a"]) == "a"
    assert resolve_value([None]) is None


def test_what_a_single_mention_states_is_displayed_cleaned() -> None:
    alone = mention("Ada Quill", "Bo Renn", abstract="We  walk.")
    assert display([alone]) == DisplayedPaper(("Ada Quill", "Bo Renn"), (None, None), "We walk.")
    assert display([alone._replace(affiliations=("Fen", None), shown="Shown.")]) == DisplayedPaper(
        ("Ada Quill", "Bo Renn"), ("Fen", None), "Shown."
    )
    assert display([mention()]).abstract is None


def test_what_several_mentions_state_is_put_together() -> None:
    mentions = [mention("A. Quill", abstract="We walk."), mention("Ada Quill", affiliations=("Fen",))]
    assert display(mentions) == DisplayedPaper(("Ada Quill",), ("Fen",), "We walk.")
