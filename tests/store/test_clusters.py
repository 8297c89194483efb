"""Which mentions are one paper: by identifiers, by title and authors, and where neither decides."""

from itertools import permutations

import pytest

from programme.loaders.store.clusters import cluster, components
from programme.loaders.store.identity import Mention, display_affiliations
from programme.loaders.store.keys import title_key
from programme.loaders.text.titles import clean_title, title_form

ADA_AND_BO = ("Ada Quill", "Bo Renn")


def mention(id_: int, title: str, authors: tuple[str, ...] = (), *identifiers: str) -> Mention:
    clean = clean_title(title)
    return Mention(id_, clean, title_key(title_form(clean)), authors, (), frozenset(identifiers))


def papers(*mentions: Mention) -> set[frozenset[int]]:
    """Return the ids of each paper; check that every order gives the same, and every paper a key of its own."""
    outcomes = set()
    for order in permutations(mentions):
        clusters = [found for component in components(order) for found in cluster(component)]
        assert len({found.key for found in clusters}) == len(clusters)
        outcomes.add(frozenset((found.key, frozenset(m.id for m in found.mentions)) for found in clusters))
    (outcome,) = outcomes
    return {ids for _, ids in outcome}


def groups(*ids: tuple[int, ...]) -> set[frozenset[int]]:
    return {frozenset(group) for group in ids}


def test_an_identifier_merges_mentions_under_different_titles() -> None:
    one = mention(1, "Graph Nets", ADA_AND_BO, "arxiv:1")
    assert papers(one, mention(2, "Nets of Graphs, Revisited", ADA_AND_BO, "arxiv:1")) == groups((1, 2))
    assert papers(one, mention(2, "Nets of Graphs, Revisited", (), "arxiv:1")) == groups((1, 2))


def test_an_identifier_copied_from_another_paper_does_not_merge() -> None:
    copied = mention(2, "Sparse Moons", ("Cy Lund",), "arxiv:1")
    assert papers(mention(1, "Graph Nets", ADA_AND_BO, "arxiv:1"), copied) == groups((1,), (2,))


def test_identifiers_keep_papers_of_one_title_apart() -> None:
    one, other = (mention(i, "Graph Nets", ADA_AND_BO, f"openreview:{i}") for i in (1, 2))
    assert papers(one, other) == groups((1,), (2,))
    page = mention(3, "Graph Nets", ADA_AND_BO)
    assert papers(one, page) == groups((1, 3))
    assert papers(one, other, page) == groups((1, 3), (2,))
    assert papers(one, other, page, mention(4, "Graph Nets", ADA_AND_BO, "openreview:2")) == groups((1,), (2, 3, 4))


def test_identifiers_of_two_schemes_do_not_contradict() -> None:
    one = mention(1, "Graph Nets", ADA_AND_BO, "arxiv:1")
    other = mention(2, "Graph nets", ("A. Quill",), "doi:10.1/x")
    assert papers(one, other) == groups((1, 2))


def test_one_wrong_identifier_does_not_split_the_others() -> None:
    listed = [mention(i, "Graph Nets", ADA_AND_BO, *ids) for i, ids in enumerate((["arxiv:1"], ["arxiv:1", "acl:x"]))]
    poster, page = mention(2, "Graph Nets", ADA_AND_BO, "openreview:f"), mention(3, "Graph Nets", ("A. Quill",))
    wrong = mention(4, "Graph Nets", ADA_AND_BO, "arxiv:2")
    assert papers(*listed, poster, page, wrong) == groups((0, 1, 2, 3), (4,))


def test_a_mention_merges_with_the_one_it_agrees_with_of_two_that_contradict() -> None:
    one = mention(1, "Graph Nets", ("Ada Quill", "Bo Renn", "Cy Lund", "Dee Moss"), "arxiv:1")
    other = mention(2, "Graph Nets", ("Cy Lund", "Dee Moss", "Eve Hart", "Flo Im"), "arxiv:2")
    near_other = mention(3, "Graph Nets", ("Eve Hart", "Flo Im"))
    assert papers(one, other, near_other) == groups((1,), (2, 3))


def test_a_mention_without_authors_merges_with_the_only_paper_of_its_title() -> None:
    complete, bare = mention(1, "Graph Nets", ADA_AND_BO), mention(2, "graph nets")
    assert papers(complete, bare) == groups((1, 2))
    assert papers(bare, mention(3, "Graph Nets", (), "arxiv:1")) == groups((2, 3))
    namesake = mention(3, "Graph Nets", ("Cy Lund",))
    assert papers(complete, bare, namesake) == groups((1,), (2,), (3,))


def test_a_mention_without_authors_does_not_merge_with_a_paper_of_another_identifier() -> None:
    complete = mention(1, "Graph Moons", ADA_AND_BO, "arxiv:1")
    assert papers(complete, mention(2, "Graph Moons", (), "arxiv:2")) == groups((1,), (2,))


def test_two_identifiers_without_authors_do_not_both_merge() -> None:
    complete = mention(1, "Graph Nets", ADA_AND_BO)
    first, second = (mention(i, "Graph Nets", (), f"arxiv:{i}") for i in (2, 3))
    assert papers(complete, first) == groups((1, 2))
    assert papers(complete, first, second) == groups((1,), (2,), (3,))


def test_other_papers_of_one_title_stay_apart() -> None:
    forewords = [
        mention(1, "Introduction", ADA_AND_BO),
        mention(2, "Introduction", ("Cy Lund", "Dee Moss")),
        mention(3, "INTRODUCTION", ("Eve Hart",)),
        mention(4, "Introduction"),
    ]
    assert papers(*forewords) == groups((1,), (2,), (3,), (4,))


@pytest.mark.parametrize(
    ("others", "is_same"),
    [
        (("A. Quill", "B. Renn"), True),
        (("Bo Renn", "Ada Quill"), True),
        (("Ada Quill", "Bo Renn", "Cy Lund"), True),
        (("ADA QUILL", "Cy Lund"), True),
        (("Ada Quill", "Cy Lund", "Dee Moss", "Eve Hart"), True),
        (("Ida Quill", "Bo Renner"), False),
        (("Cy Lund", "Dee Moss", "Eve Hart"), False),
    ],
)
def test_authors_disambiguate_papers_of_one_title(others: tuple[str, ...], *, is_same: bool) -> None:
    expected = groups((1, 2)) if is_same else groups((1,), (2,))
    assert papers(mention(1, "Graph Nets", ADA_AND_BO), mention(2, "Graph Nets", others)) == expected


def test_one_of_three_shared_authors_is_too_few() -> None:
    one = mention(1, "Graph Nets", ("Ada Quill", "Bo Renn", "Cy Lund"))
    assert papers(one, mention(2, "Graph Nets", ("Ada Quill", "Dee Moss", "Eve Hart"))) == groups((1,), (2,))


def test_spellings_of_one_title_are_one_paper() -> None:
    spelled = ["$\\ell_1$-Nets & Poincaré", r"\textbackslash ell\_1-Nets \& Poincar\'e", "ℓ₁-nets and Poincare"]
    assert papers(*(mention(i, title, ADA_AND_BO) for i, title in enumerate(spelled))) == groups((0, 1, 2))


def test_titles_that_differ_by_a_number_or_a_subtitle_are_other_papers() -> None:
    titles = ["Graph Nets", "Graph Nets II", "Graph Nets 2", "Graph Nets: Lower Bounds", "Graph Nets: Upper Bounds"]
    mentions = [mention(i, title, ADA_AND_BO) for i, title in enumerate(titles)]
    assert papers(*mentions) == groups(*((i,) for i in range(len(titles))))


def test_the_only_paper_of_a_title_keeps_the_key_of_its_title_when_its_authors_become_known() -> None:
    def key(*mentions: Mention) -> str:
        (found,) = cluster(mentions)
        return found.key

    bare = mention(1, "Graph Nets")
    assert key(bare) == key(bare, mention(2, "Graph Nets", ADA_AND_BO, "arxiv:1")) == bare.title_key


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_affiliations_are_those_that_most_mentions_state_of_the_name(order: tuple[int, ...]) -> None:
    places = [("Aurora Lab", None), ("Aurora", "Dune College"), ("Aurora Lab", None)]
    names = [("Ada Quill", "Bo Renn"), ("ADA QUILL", "Bo Renn"), ("Ada Quill", "Bo Renn")]
    mentions = [Mention(i, "T", "t", names[i], places[i]) for i in order]
    assert display_affiliations(("Ada Quill", "Bo Renn"), mentions) == ("Aurora Lab", "Dune College")
    assert display_affiliations(("Ada Quill",), []) == (None,)


def keys(*mentions: Mention) -> dict[int, str]:
    """Return the key of the paper of each mention, by its id."""
    found = [one for component in components(mentions) for one in cluster(component)]
    return {mention.id: one.key for one in found for mention in one.mentions}


def test_only_titles_and_identifiers_link() -> None:
    one, other = mention(1, "Graph Nets", ADA_AND_BO, "arxiv:1"), mention(2, "Sparse Moons", ADA_AND_BO, "arxiv:2")
    assert components([one, other]) == [(one,), (other,)]
    linked = mention(3, "Moons", ADA_AND_BO, "arxiv:1", "arxiv:2")
    assert components([one, other, linked]) == [(one, other, linked)]


def test_two_documents_that_state_the_same_are_one_paper() -> None:
    assert papers(mention(1, "Graph Nets", ADA_AND_BO), mention(2, "Graph Nets", ADA_AND_BO)) == groups((1, 2))


def test_an_identifier_merges_mentions_of_one_title_whose_authors_differ() -> None:
    other = mention(2, "Graph Nets", ("Cy Lund", "Dee Moss"), "arxiv:1")
    assert papers(mention(1, "Graph Nets", ADA_AND_BO, "arxiv:1"), other) == groups((1, 2))


def test_numbers_on_a_site_do_not_keep_papers_apart() -> None:
    one, other = (mention(i, "Graph Nets", ADA_AND_BO, f"site:icml-2022/{i}") for i in (1, 2))
    assert papers(one, other) == groups((1, 2))


def test_a_mention_without_authors_does_not_link_its_paper_with_another_of_the_title() -> None:
    one, bare = mention(1, "Graph Nets", ADA_AND_BO, "arxiv:1"), mention(2, "Graph Nets", (), "arxiv:1")
    assert papers(one, bare, mention(3, "Graph Nets", ("Cy Lund",))) == groups((1, 2), (3,))


def test_a_mention_without_authors_merges_by_its_title_alone() -> None:
    copied = mention(2, "Sparse Moons", ("Cy Lund",), "arxiv:1")
    bare = mention(3, "Sparse Moons")
    assert papers(mention(1, "Graph Nets", ADA_AND_BO, "arxiv:1"), copied, bare) == groups((1,), (2, 3))


def test_of_papers_that_contradict_those_with_identifiers_take_the_others_first() -> None:
    one = mention(1, "Graph Nets", ADA_AND_BO, "arxiv:1")
    between = mention(2, "Graph Nets", ("Bo Renn", "Cy Lund"))
    other = mention(3, "Graph Nets", ("Cy Lund", "Dee Moss"), "arxiv:2")
    near_other = mention(4, "Graph Nets", ("Abe Hart", "Dee Moss"))
    assert papers(one, between, other, near_other) == groups((1, 2), (3, 4))


def test_only_a_bare_title_keeps_the_key_of_a_title_that_several_papers_have() -> None:
    named = mention(1, "Graph Nets", ADA_AND_BO, "arxiv:1")
    identified, bare = mention(2, "Graph Nets", (), "arxiv:2"), mention(3, "Graph Nets")
    found = keys(named, identified, bare)
    assert [found[id_] == bare.title_key for id_ in (1, 2, 3)] == [False, False, True]
    assert bare.title_key not in keys(named, identified).values()


def test_a_number_on_a_site_is_no_identifier_of_a_bare_title() -> None:
    others = mention(1, "Graph Nets", ADA_AND_BO), mention(2, "Graph Nets", ("Cy Lund",))
    numbered = mention(3, "Graph Nets", (), "site:icml-2022/3")
    assert keys(*others, numbered)[3] == numbered.title_key


def test_the_key_by_authors_is_that_of_those_who_are_named() -> None:
    named, namesake = mention(1, "Graph Nets", ADA_AND_BO, "arxiv:1"), mention(2, "Graph Nets", ("Cy Lund",))
    assert keys(named, namesake, mention(3, "Graph Nets", (), "arxiv:1"))[1] == keys(named, namesake)[1]


def retitled(id_: int, title: str, *former: str, authors: tuple[str, ...] = ADA_AND_BO) -> Mention:
    return mention(id_, title, authors)._replace(former=frozenset(former))


def test_a_paper_keeps_the_key_of_its_former_title() -> None:
    assert keys(retitled(1, "Graph Nets", "old")) == {1: "old"}
    assert keys(retitled(1, "Graph Nets", "old", "older")) == {1: "old"}


def test_a_former_key_that_two_papers_claim_goes_to_neither() -> None:
    one, other = retitled(1, "Graph Nets", "old"), retitled(2, "Sparse Moons", "old", authors=("Cy Lund",))
    assert keys(one, other) == {1: one.title_key, 2: other.title_key}


def test_a_former_key_that_another_paper_has_now_stays_with_it() -> None:
    owner = mention(1, "Graph Nets", ("Cy Lund",))
    renamed = retitled(2, "Sparse Moons", owner.title_key)
    assert keys(owner, renamed) == {1: owner.title_key, 2: renamed.title_key}


def test_a_paper_that_its_authors_tell_apart_does_not_take_a_former_key() -> None:
    namesake = mention(1, "Graph Nets", ("Cy Lund",))
    found = keys(namesake, retitled(2, "Graph Nets", "old"))
    assert found == keys(namesake, mention(2, "Graph Nets", ADA_AND_BO))
