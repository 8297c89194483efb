"""Paper lists of papercopilot: authors, affiliations, editions, identifiers, links, ignored fields."""

import json
from pathlib import Path
from typing import Any

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Parsed, read
from programme.loaders.formats.papercopilot.papers import sniff
from programme.loaders.records import PaperRecord, Problem, StatedEdition, StatedLink
from tests.formats.pages import document, sample

FILES = ("colm2025.json", "corl2024.json", "eccv2022.json", "icml2019.json", "nips2018.json")
BASE = {"title": "Walks at Dawn", "author": "Ada Quill;Bo Renn", "status": "Poster", "track": "main", "site": ""}


def read_list(*records: Any) -> Parsed:
    return read(document(json.dumps(list(records))), "papercopilot")


def paper(**fields: Any) -> PaperRecord:
    """Return the paper of a list of one record, which has no problems."""
    parsed = read_list({**BASE, **fields})
    (record,) = parsed.records
    assert isinstance(record, PaperRecord)
    assert parsed.problems == ()
    return record


def test_the_sample() -> None:
    parsed = read(sample("papercopilot_icml2022.json"))
    crossed, negatives, sorting, kettles = parsed.records
    assert (parsed.format, parsed.problems, parsed.coverage) == ("papercopilot", (), 1.0)
    assert crossed == PaperRecord(
        title="Contrastive Learning with Crossed Views",
        line_start=2,
        line_end=24,
        authors=("Delphine Arkwright", "Satoru Minowa", "Henrike Vossberg", "Tadeo Llorca"),
        abstract='"Contrastive learning treats two views of an image as a positive pair."',
        affiliations=("Lantern Works, Brno", None, "Hill College+Lantern Works", "Hill College"),
        identifiers=(("pmlr", "v162/arkwright22a"),),
        links=(StatedLink("github", "https://github.com/lanternworks/crossview", "own"),),
        edition=StatedEdition("icml", 2022),
        raw_kind="Oral",
        path="[0]",
    )
    assert isinstance(negatives, PaperRecord)
    assert negatives.authors == ("Bronwen Talfryn", "Ikaika Mahelona", "Zbyněk Horčice")
    assert isinstance(sorting, PaperRecord)
    assert (sorting.edition, sorting.raw_kind) == (StatedEdition("icml", 2022), "Poster")
    assert sorting.identifiers == (("openreview", "sM3llTr4ce"), ("arxiv", "2205.01234"))
    assert sorting.links == (
        StatedLink("github", "https://github.com/ilves/sniffer;github.com/ilves/odour-traces", "own"),
        StatedLink("project", "www.odour-traces.example/home"),
    )
    assert isinstance(kettles, PaperRecord)
    assert (kettles.authors, kettles.edition, kettles.raw_kind) == ((), None, "Reject")


def test_nothing_private_is_in_the_records() -> None:
    stated = repr(read(sample("papercopilot_icml2022.json")).records)
    assert not any(private in stated for private in ("lantern.example", "0000-0000", "ilves.example", "~", "scholar"))


@pytest.mark.parametrize(
    ("fields", "authors"),
    [
        ({"author": "Ada Quill; Bo Renn"}, ("Ada Quill", "Bo Renn")),
        ({"author": "Ada Quill, Bo Renn"}, ("Ada Quill", "Bo Renn")),
        ({"author": "Ada Quill, Jr.;Bo Renn"}, ("Ada Quill, Jr.", "Bo Renn")),
        ({"author": "Ada Quill"}, ("Ada Quill",)),
        ({"author": "", "author_site": "Ada Quill, Bo Renn"}, ("Ada Quill", "Bo Renn")),
        ({"author": None, "authors": "Ada Quill, Bo Renn"}, ("Ada Quill", "Bo Renn")),
        ({"author": "Anonymous"}, ()),
    ],
)
def test_authors(fields: dict[str, Any], authors: tuple[str, ...]) -> None:
    assert paper(**fields).authors == authors


@pytest.mark.parametrize(
    ("fields", "edition"),
    [
        ({"site": "https://icml.cc/virtual/2019/poster/4164"}, ("icml", 2019)),
        ({"site": "https://neurips.cc/virtual/2023/oral/7"}, ("neurips", 2023)),
        ({"site": "https://cvpr.thecvf.com/virtual/2025/poster/3"}, ("cvpr", 2025)),
        ({"url_site": "https://cvpr2023.thecvf.com/virtual/2023/poster/3"}, ("cvpr", 2023)),
        ({"url_oa": "/content/CVPR2023/html/Quill_Walks_paper.html"}, ("cvpr", 2023)),
        ({"site": "https://openaccess.thecvf.com/content_ICCV_2019/html/a.html"}, ("iccv", 2019)),
        ({"site": "https://openaccess.thecvf.com/content/CVPR2023W/html/a.html"}, None),
        ({"site": "https://www.ecva.net/papers/eccv_2022/papers_ECCV/html/1.php"}, ("eccv", 2022)),
        ({"oa": "https://papers.nips.cc/paper_files/paper/1987/hash/1-Abstract.html"}, ("neurips", 1987)),
        ({"pdf": "https://proceedings.neurips.cc/paper/2021/file/1-Paper.pdf"}, ("neurips", 2021)),
        ({"site": "https://aclanthology.org/2021.acl-long.24/"}, ("acl", 2021)),
        ({"site": "https://aclanthology.org/2021.findings-acl.24/"}, None),
        ({"doi": "10.1609/aaai.v36i1.19922"}, ("aaai", 2022)),
        ({"site": "https://openreview.net/forum?id=sM3llTr4ce"}, None),
        ({"bibtex": "@inproceedings{a, booktitle={8th Conference on Robot Learning}, year={2024}}"}, ("corl", 2024)),
        ({"bibtex": "@misc{a,\ntitle={Walks},\nyear={2024}\n}"}, None),
        ({"bibtex": "@inproceedings{a, booktitle={Submitted to ICLR 2024}, year={2024}}"}, None),
    ],
)  # fmt: skip
def test_the_edition_that_a_url_or_bibtex_states(fields: dict[str, Any], edition: tuple[str, int] | None) -> None:
    assert paper(**fields).edition == (StatedEdition(*edition) if edition else None)


@pytest.mark.parametrize(
    "status", ["Reject", "Withdraw", "Desk Reject", "Active", "Invite to Workshop Track", "Long Findings"]
)
def test_papers_outside_the_main_edition_are_loaded_without_it(status: str) -> None:
    found = paper(site="https://iclr.cc/virtual/2024/poster/1", status=status)
    assert (found.title, found.raw_kind, found.edition) == ("Walks at Dawn", status, None)


@pytest.mark.parametrize(
    ("fields", "identifiers"),
    [
        ({"openreview": "https://openreview.net/forum?id=sM3llTr4ce"}, (("openreview", "sM3llTr4ce"),)),
        ({"doi": "https://link.springer.com/chapter/10.1007/978-3-0_27"}, (("doi", "10.1007/978-3-0_27"),)),
        ({"site": "https://aclanthology.org/2021.acl-long.24/"}, (("acl", "2021.acl-long.24"),)),
        ({"bibtex": "@InProceedings{pmlr-v97-quill19a,\n title={Walks}\n}"}, (("pmlr", "v97/quill19a"),)),
        ({"project": "https://arxiv.org/abs/2205.01234", "id": "sM3llTr4ce"}, ()),
    ],
)
def test_identifiers(fields: dict[str, Any], identifiers: tuple[tuple[str, str], ...]) -> None:
    assert paper(**fields).identifiers == identifiers


def test_affiliations_that_do_not_match_the_authors_are_reported_once() -> None:
    odd = {**BASE, "aff": "Hill College;Kiln Labs;Kiln Labs"}
    parsed = read_list(BASE, odd, odd, {**BASE, "aff": "Hill College;"}, {**BASE, "aff": ";"})
    papers = [record for record in parsed.records if isinstance(record, PaperRecord)]
    assert [paper.affiliations for paper in papers] == [(), (), (), ("Hill College", None), ()]
    assert parsed.problems == (
        Problem(
            1,
            "Hill College;Kiln Labs;Kiln Labs",
            "[1].aff: expected one affiliation for each author; none is loaded where there are more or fewer "
            "(records: 2)",
            "[1]",
        ),
    )
    assert parsed.coverage == 1.0


def test_a_bad_record_does_not_affect_others() -> None:
    parsed = read_list({**BASE, "title": 7}, {**BASE, "title": " "}, {"author": "Ada Quill"}, "Walks", BASE)
    assert [problem.problem for problem in parsed.problems] == [
        "[0].title: expected text, got a number",
        "[1].title: expected the title of a paper, got an empty text; this record is left out",
        "[2]: has no 'title'",
        "[3]: expected an object, got text",
    ]
    assert [record.path for record in parsed.records] == ["[4]"]
    assert (parsed.line_count, parsed.claimed_line_count) == (5, 1)


def test_scores_and_counts_are_ignored_and_an_unknown_field_is_reported() -> None:
    parsed = read_list({**BASE, "zest": "3;4", "zest_avg": [3.5, 0.5], "wc_zest": "9", "weather": "mild"}, BASE)
    (problem,) = parsed.problems
    assert (problem.path, problem.text, problem.is_lost) == ("[0]", "weather", False)


def test_other_lists_are_not_recognised() -> None:
    for other in ({"title": "A", "keywords": "B"}, {**BASE, "content": {}}, {**BASE, "title": None}):
        assert sniff(document(json.dumps([other]))).confidence < 0.5
    with pytest.raises(MalformedDocument, match="the list is empty"):
        read(document("[]"), "papercopilot")


@pytest.mark.parametrize("name", FILES)
def test_every_record_of_a_real_list_is_a_paper(shared: Path, name: str) -> None:
    path = shared / "corpus" / "papercopilot" / name
    whole = Document.of(path.as_uri(), path.read_bytes())
    titles = [record["title"].strip() for record in json.loads(whole.content) if record["title"].strip()]
    parsed = read(whole, "papercopilot")
    papers = [record for record in parsed.records if isinstance(record, PaperRecord)]
    assert sniff(whole).confidence > 0.5
    assert [paper.title for paper in papers] == titles
    assert (parsed.coverage, all(paper.edition and paper.authors for paper in papers)) == (1.0, True)
    assert all(".aff: " in problem.problem for problem in parsed.problems)
