"""Identifiers of papers in DOIs and URLs, one kind after the other."""

import pytest

from programme.loaders.text.identifiers import doi, identifiers_from_url, openreview


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.48550/arXiv.2103.00020.", (("arxiv", "2103.00020"),)),
        ("10.48550/arXiv.moons", ()),
        ("10.3115/v1/P14-1001", (("doi", "10.3115/v1/p14-1001"), ("acl", "p14-1001"))),
        ("10.18653/v1/moons", (("doi", "10.18653/v1/moons"),)),
        ("10.1234/p19-1001", (("doi", "10.1234/p19-1001"),)),
        ("(10.1234/Moons).", (("doi", "10.1234/moons"),)),
        ("moons", ()),
    ],
)
def test_identifiers_in_a_doi(text: str, expected: tuple[tuple[str, str], ...]) -> None:
    assert doi(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://ARXIV.org/abs/2103.00020", (("arxiv", "2103.00020"),)),
        ("https://arxiv.org/list/cs.LG", ()),
        ("https://openreview.net/pdf?id=zuNM3eoPVi", (("openreview", "zuNM3eoPVi"),)),
        ("https://openreview.net/group?id=zuNM3eoPVi", ()),
        ("https://aclanthology.org/2022.acl-long.1/", (("acl", "2022.acl-long.1"),)),
        ("https://aclanthology.org/events/", ()),
        ("https://example.org/oracle/P19-1001", ()),
        ("https://doi.org/10.18653/v1/P19-1001", (("doi", "10.18653/v1/p19-1001"), ("acl", "p19-1001"))),
        ("https://example.org/10.1234/moons", ()),
        ("2022.acl-long.1", (("acl", "2022.acl-long.1"),)),
        ("P19-1001", ()),
    ],
)
def test_identifiers_in_a_url(text: str, expected: tuple[tuple[str, str], ...]) -> None:
    assert identifiers_from_url(text) == expected


def test_other_addresses_of_openreview_are_no_papers() -> None:
    assert openreview("https://openreview.net/profile?id=~Ada_Quill1") is None
