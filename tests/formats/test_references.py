"""References as programs export them: CSL, RIS, Semantic Scholar, OpenAlex, dblp, and feeds of arXiv."""

import json
from pathlib import Path

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import read, recognise
from programme.loaders.records import PaperRecord, StatedEdition
from tests.formats.pages import document, sample

WILD = Path(__file__).parents[3] / "shared" / "wild"


def papers(page: Document) -> list[PaperRecord]:
    return [record for record in read(page).records if isinstance(record, PaperRecord)]


@pytest.mark.parametrize(
    ("name", "format", "title", "authors", "edition", "schemes"),
    [
        (
            *("references_csl.json", "csl", "Walks on Wet Moss"),
            ("Castellane, Mina", "van den Berg, Pavo", "{Moss Collective}"),
            StatedEdition("icml", 2021),
            ["pmlr", "doi"],
        ),
        (
            *("references.ris", "ris", "Ferns in Latent Space", ("Brackenbury, Oona", "Øvregård, Bram")),
            *(StatedEdition("neurips", 2022), ["arxiv", "doi"]),
        ),
        (
            *("semantic_scholar.json", "semantic-scholar", "Lichen Networks", ("Ivo Thackeray", "Mina Castellane")),
            *(StatedEdition("iclr", 2023), ["arxiv", "openreview"]),
        ),
        (
            *("openalex_works.json", "openalex", "Roots and Routes", ("Bram Øvregård", "Oona Brackenbury")),
            *(StatedEdition("emnlp", 2022), ["acl", "doi"]),
        ),
        (
            *("dblp_toc.xml", "dblp", "Pruning k Hedges", ("Pavo Sünd", "Mina Castellane")),
            *(StatedEdition("icml", 2021), ["pmlr"]),
        ),
        ("arxiv_atom.xml", "arxiv-atom", "Moss at Scale", ("Ada Quill", "Bo Marsh"), None, ["arxiv", "doi"]),
    ],
)
def test_samples(
    name: str,
    format: str,
    title: str,
    authors: tuple[str, ...],
    edition: StatedEdition | None,
    schemes: list[str],
) -> None:
    page = sample(name)
    (paper,) = papers(page)
    assert format == recognise(page).NAME
    assert (paper.title, paper.authors, paper.edition) == (title, authors, edition)
    assert [scheme for scheme, _ in paper.identifiers] == schemes


def test_values_that_go_on_and_code_in_notes() -> None:
    (paper,) = papers(sample("references.ris"))
    assert paper.abstract == "We grow ferns, slowly, in latent space."
    assert [link.text for link in paper.links] == ["Code: https://github.com/fernworks/latent"]
    assert (paper.line_start, paper.line_end) == (1, 13)


def test_an_abstract_given_as_an_index_and_affiliations() -> None:
    (paper,) = papers(sample("openalex_works.json"))
    assert (paper.abstract, paper.affiliations) == ("We route and route", ("Fen College", None))
    (paper,) = papers(sample("arxiv_atom.xml"))
    assert (paper.abstract, paper.affiliations) == ("We grow moss on clusters.", ("Moss Institute", None))


def test_people_of_several_institutions() -> None:
    institutions = [
        {"display_name": "Fen College"},
        {"display_name": "Moss Institute"},
        {"display_name": "Fen College"},
    ]
    work = {"title": "Moss", "authorships": [{"author": {"display_name": "Ada Quill"}, "institutions": institutions}]}
    page = document(json.dumps({"meta": {"count": 1}, "results": [work | {"id": "https://openalex.org/W1"}]}))
    (paper,) = [one for one in read(page, "openalex").records if isinstance(one, PaperRecord)]
    assert paper.affiliations == ("Fen College; Moss Institute",)


def test_several_addresses_on_a_line_and_identifiers_in_notes() -> None:
    text = (
        "TY  - CONF\nTI  - Moss\nAU  - Marsh, Bo 0001\nM1  - arXiv:2404.05678 [cs]\n"
        "UR  - https://proceedings.mlr.press/v139/quill21a.html;https://moss.example/7\nER  - \n"
    )
    (paper,) = papers(document(text))
    assert (paper.authors, paper.identifiers) == (
        ("Marsh, Bo",),
        (("pmlr", "v139/quill21a"), ("arxiv", "2404.05678")),
    )


def test_a_search_of_dblp() -> None:
    hit = {"info": {"authors": {"author": {"@pid": "1", "text": "Ada Quill 0001"}}, "title": "Moss.", "venue": "ICML",
                    "year": "2020", "ee": "http://proceedings.mlr.press/v119/quill20a.html"}}  # fmt: skip
    volume = {"info": {"authors": {"author": {"text": "Ed Itor"}}, "title": "Proceedings.", "type": "Editorship"}}
    answer = {"result": {"query": "toc:db/conf/icml/icml2020.bht: dblp", "hits": {"hit": [volume, hit]}}}
    (paper,) = papers(document(json.dumps(answer)))
    assert (paper.title, paper.authors, paper.edition) == ("Moss", ("Ada Quill",), StatedEdition("icml", 2020))


def test_the_yaml_of_a_volume_of_pmlr() -> None:
    text = (
        "- title: 'Moss'\n  container-title: 'International Conference on Machine Learning'\n  author:\n"
        "  - given: Ada\n    family: Quill\n  issued:\n    date-parts:\n    - 2021\n    - 7\n"
        "  URL: https://proceedings.mlr.press/v139/quill21a.html\n  edit: https://github.com/mlresearch/v139/edit/a.md\n"
    )
    (paper,) = papers(document(text))
    assert (paper.title, paper.authors, paper.edition) == ("Moss", ("Quill, Ada",), StatedEdition("icml", 2021))
    assert (paper.identifiers, paper.links) == ((("pmlr", "v139/quill21a"),), ())


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ('[{"type": "article", "title": "", "author": [{"family": "Quill"}], "DOI": "10.1/a"}]', "csl"),
        ("TY  - JOUR\nTI  - \nAU  - Quill, Ada\nER  - \n", "ris"),
        ('[{"paperId": "1", "title": null}]', "semantic-scholar"),
        ('[{"title": null, "display_name": null, "authorships": []}]', "openalex"),
        ("<dblp><article key='a/b'><author>Ada Quill</author></article></dblp>", "dblp"),
    ],
)
def test_a_reference_without_a_title_is_lost(text: str, format: str) -> None:
    found = read(document(text), format)
    assert found.records == ()
    assert [problem.is_lost for problem in found.problems] == [True]


def test_a_feed_without_entries_is_refused() -> None:
    with pytest.raises(MalformedDocument, match="the feed has no entry"):
        read(document('<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/abs/</id></feed>'), "arxiv-atom")


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(
    ("name", "format", "count"),
    [
        ("exports/arxiv_atom_10.xml", "arxiv-atom", 10),
        ("exports/csl_manual_references.json", "csl", 19),
        ("exports/zotero.ris", "ris", 100),
        ("pages_other/pmlr_v206_citeproc.yaml", "csl", 1),
    ],
)
def test_real_exports(name: str, format: str, count: int) -> None:
    path = WILD / name
    page = Document.of(path.as_uri(), path.read_bytes())
    found = papers(page)
    assert format == recognise(page).NAME
    assert len(found) == count
    assert all(paper.authors for paper in found)
    assert not any(link.text.startswith("https://github.com/mlresearch") for paper in found for link in paper.links)
