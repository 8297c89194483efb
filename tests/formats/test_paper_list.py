"""Lists of papers in Markdown: every shape of an entry, whose the code is, and what is no entry."""

from pathlib import Path

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import read, recognise
from programme.loaders.formats.lists.paper_list import sniff
from programme.loaders.records import ListingRecord, PaperRecord, StatedEdition, StatedLink
from tests.formats.pages import document, sample

LISTS = Path(__file__).parents[3] / "shared" / "wild" / "markdown_lists"
ARXIV = (("arxiv", "2404.05678"),)


def entries(text: str) -> list[PaperRecord]:
    listings = [record for record in read(document(text), "paper-list").records if isinstance(record, ListingRecord)]
    return [entry for listing in listings for entry in listing.entries]


@pytest.mark.parametrize(
    "entry",
    [
        "- **Walks on Moss** [[paper](https://arxiv.org/abs/2404.05678)] [[code](https://github.com/a/b)]",
        "* [Walks on Moss](https://arxiv.org/abs/2404.05678) - [Code](https://github.com/a/b)",
        "- Walks on Moss. [[pdf](https://arxiv.org/pdf/2404.05678v2)] [[github](https://github.com/a/b)]",
        "**Walks on Moss**\n- Paper: https://arxiv.org/abs/2404.05678\n- Code: https://github.com/a/b",
        "#### Walks on Moss\n\n- 论文链接：https://arxiv.org/abs/2404.05678\n- 代码链接：https://github.com/a/b",
        "1. **[Walks on Moss](https://arxiv.org/abs/2404.05678)** [![stars](https://img.example/s.svg)](https://x.example)"
        "\n   [Code](https://github.com/a/b)",
        "| Paper | Code |\n|---|---|\n"
        "| [Walks on Moss](https://arxiv.org/abs/2404.05678) | [Link](https://github.com/a/b) |",
        "| **Paper** | **Links** |\n|---|---|\n| 1) **Walks on Moss** - draws moss; better by 3 points. "
        "| [Paper](https://arxiv.org/abs/2404.05678), [Code](https://github.com/a/b) |",
        "| Authors' names | Title | |\n|---|---|---|\n"
        "| Ada Quill, Bo Marsh | Walks on Moss [[pdf]](https://arxiv.org/abs/2404.05678) | https://github.com/a/b |",
        "* Quist et al. (2023). [Walks on Moss](https://arxiv.org/abs/2404.05678). ICLR. [code](https://github.com/a/b)",
        "* Quist et al. (2023). Walks on Moss. ICLR. [pdf](https://arxiv.org/abs/2404.05678) [code](https://github.com/a/b)",
        "- Walks on Moss [[paper]](https://arxiv.org/abs/2404.05678) [[code]](https://github.com/a/b)",
        "- **Walks on Moss** [[paper]](https://arxiv.org/abs/2404.05678) [[code]](https://github.com/a/b)",
        "- [2023/05] **[Walks on Moss](https://arxiv.org/abs/2404.05678)** [code](https://github.com/a/b)",
        "- [ ] [Walks on Moss](https://arxiv.org/abs/2404.05678), [code](https://github.com/a/b)",
        "- (ICML 2023) [Walks on Moss](https://arxiv.org/abs/2404.05678) | [code](https://github.com/a/b)",
        "#### Walks on Moss\n\nAda Quill, Bo Marsh — ACL 2023 — [pdf](https://arxiv.org/abs/2404.05678) "
        "[github](https://github.com/a/b)",
        "#### Walks on Moss\n\nAda Quill, Bo Marsh. ACL 2023.\n\n[pdf](https://arxiv.org/abs/2404.05678) "
        "| [code](https://github.com/a/b)",
        "- `ICML 2023` [Walks on Moss](https://arxiv.org/abs/2404.05678) [code](https://github.com/a/b)",
        "- 🔥 [Walks on Moss](https://arxiv.org/abs/2404.05678) [code](https://github.com/a/b)",
        "- [Walks on Moss][1] [[Code]][2]\n\n[1]: https://arxiv.org/abs/2404.05678\n"
        "[2]: <https://github.com/a/b> 'Code'",
        "- [Walks on Moss][] [[code]]\n\n[walks on moss]: https://arxiv.org/abs/2404.05678\n"
        "[code]: https://github.com/a/b",
        "- **Walks on Moss** [![pdf][p]][1] [code]\n\n[p]: https://img.example/p.svg\n"
        "[1]: https://arxiv.org/abs/2404.05678\n[Code]: https://github.com/a/b",
        "- \"Walks on Moss\", <a href='https://arxiv.org/abs/2404.05678'>paper</a>, https://github.com/a/b",
    ],
)
def test_every_shape_of_an_entry(entry: str) -> None:
    (found,) = entries(f"# List\n\n{entry}\n")
    assert (found.title, found.identifiers) == ("Walks on Moss", ARXIV)
    assert [(link.text, link.role) for link in found.links] == [("https://github.com/a/b", "own")]


TEXT = (
    "ICML 2022 Accepted Papers\n\nOral\n\nWalks on Moss\nAda Quill (Fen College), Bo Marsh (Dune, Peru)\n\n"
    "Calm Rivers\nCy Vane (Fen College)\n\nPoster\n\nSlow Maps\nDi Wolf; Ada Quill\nPaper | Code\n"
)
HTML = (
    "<!doctype html><html><head><title>ICML 2022</title></head><body><nav>Menu</nav><p>Call for Papers</p>"
    "<h1>Accepted Papers</h1><h2>Oral</h2><ul>"
    "<li><b>Walks on Moss</b><br>Ada Quill (Fen College), Bo Marsh (Dune, Peru)"
    "<li><b>Calm Rivers</b><br>Cy Vane (Fen College)</ul><h2>Poster</h2>"
    "<ul><li><b>Slow Maps</b><br>Di Wolf; Ada Quill<br>"
    "<a href='https://arxiv.org/abs/2404.05678'>pdf</a> <a href='https://github.com/a/b'>code</a></ul></body></html>"
)


@pytest.mark.parametrize("text", [TEXT, HTML])
def test_plain_lists_of_accepted_papers(text: str) -> None:
    page = document(text)
    assert recognise(page).NAME == "paper-list"
    found = entries(text)
    assert [(one.title, one.authors, one.raw_kind) for one in found] == [
        ("Walks on Moss", ("Ada Quill", "Bo Marsh"), "Oral"),
        ("Calm Rivers", ("Cy Vane",), "Oral"),
        ("Slow Maps", ("Di Wolf", "Ada Quill"), "Poster"),
    ]
    assert found[0].affiliations == ("Fen College", "Dune, Peru")
    assert {one.edition for one in found} == {StatedEdition("icml", 2022)}
    assert read(page).coverage == 1.0


def test_links_of_a_plain_list() -> None:
    found = entries(HTML)[-1]
    assert (found.identifiers, found.links) == (ARXIV, (StatedLink("code", "https://github.com/a/b", "own"),))


def test_prose_about_accepted_papers_is_no_list() -> None:
    page = document(
        "Accepted Papers\n\nWe thank all.\n\nSlow Maps\nA walk.\n\nDates\nAda Quill, Bo Marsh\n\nChairs\nCy\n"
    )
    with pytest.raises(MalformedDocument, match="not recognised"):
        recognise(page)


@pytest.mark.parametrize(
    ("behind", "kind"),
    [
        ("ICML 2023 (Oral).", "Oral"),
        ("ICML 2023 spotlight", "spotlight"),
        ("(Poster) ICML 2023", "Poster"),
        ("ICML 2023 [Poster](https://moss.example/p.pdf)", None),
        ("ICML 2023", None),
    ],
)
def test_kinds(behind: str, kind: str | None) -> None:
    (found,) = entries(f"- [Walks on Moss](https://arxiv.org/abs/2404.05678) {behind}\n")
    assert (found.raw_kind, found.edition) == (kind, StatedEdition("icml", 2023))


def test_titles_of_one_word_and_bars_in_tables() -> None:
    head = "| # | Title | Authors | Type | Paper |\n|--|--|--|--|--|\n"
    rows = "| 1 | Ploughs | Will Abbot | Oral | [arXiv](https://arxiv.org/abs/2404.05678) |\n"
    rows += "| 2 | Moss \\| Fen | Will Abbot | Poster | [arXiv](https://arxiv.org/abs/2404.05679) |\n"
    assert [(one.title, one.raw_kind) for one in entries(head + rows)] == [
        ("Ploughs", "Oral"),
        ("Moss | Fen", "Poster"),
    ]


def test_a_list_below_elements_of_html_and_titles_after_a_label() -> None:
    text = (
        '<div align="center"><h1>Awesome Moss</h1></div>\n\n## Walks\n\n'
        "- Title: Walks on Moss\n  - Authors: Ada Quill, Bo Marsh\n  - Paper: https://arxiv.org/abs/2404.05678\n"
        "- [Walks on Fen](https://arxiv.org/abs/2404.05679)\n"
    )
    page = document(text)
    assert recognise(page).NAME == "paper-list"
    assert [(one.title, one.authors) for one in entries(text)] == [
        ("Walks on Moss", ("Ada Quill", "Bo Marsh")),
        ("Walks on Fen", ()),
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "- [Benchmark Data for Code Models](https://arxiv.org/abs/2404.05678)",
        "- **Benchmark Data for Code Models** [[paper]](https://arxiv.org/abs/2404.05678)",
        "- Benchmark Data for Code Models. [[paper]](https://arxiv.org/abs/2404.05678)",
    ],
)
def test_titles_in_the_words_of_labels(entry: str) -> None:
    above = "- [Walks on Moss](https://arxiv.org/abs/2404.05679)\n"
    assert [one.title for one in entries(above + entry)] == ["Walks on Moss", "Benchmark Data for Code Models"]


def test_labels_below_a_title_are_no_titles() -> None:
    below = (
        "- [Benchmark data and models](https://arxiv.org/abs/2404.05678)\n- [Paper and code](https://github.com/a/b)\n"
    )
    assert [one.title for one in entries(f"- **Walks on Moss**\n{below}")] == ["Walks on Moss"]


def test_a_title_that_holds_the_label_behind_it() -> None:
    (found,) = entries("- Folding a paper plane [paper](https://arxiv.org/abs/2404.05678)\n")
    assert found.title == "Folding a paper plane"


@pytest.mark.parametrize(
    ("links", "roles"),
    [
        ("[unofficial code](https://github.com/a/b)", ["other"]),
        ("[third-party implementation](https://github.com/a/b)", ["other"]),
        ("[dataset](https://github.com/a/b)", ["other"]),
        ("[official PyTorch](https://github.com/a/b) [JAX](https://github.com/a/c)", ["own", "own"]),
        ("[Slides](https://github.com/a/b)", ["other"]),
        ("https://github.com/a/b", ["own"]),
        ("https://github.com/a/b https://github.com/c/d", ["other", "other"]),
    ],
)
def test_whose_a_repository_is(links: str, roles: list[str]) -> None:
    (found,) = entries(f"- **Walks on Moss** [paper](https://arxiv.org/abs/2404.05678) {links}\n")
    assert [link.role for link in found.links] == roles


@pytest.mark.parametrize(
    "title",
    [
        "Lantern: A Dataset of Maps",
        "A Benchmark for Waiting Robots",
        "Calm Masked Autoencoders",
        "Source Code as Poetry",
        "Filler Paper About Nothing",
        "Community Gardens at Dusk",
    ],
)
def test_the_words_of_a_linked_title_are_no_label(title: str) -> None:
    found = entries(
        "## Maps\n\n- [Quiet Trees](https://arxiv.org/abs/2404.05678) [code](https://github.com/a/one)\n"
        f"- [{title}](https://arxiv.org/abs/2404.05679). Bako Adeyinka. [code](https://github.com/a/two)\n"
        "- **Slow Rivers** [paper](https://arxiv.org/abs/2404.05670)\n"
        "  - [A Dataset of Rivers](https://github.com/a/three)\n"
    )
    assert [(entry.title, [(link.text, link.role) for link in entry.links]) for entry in found] == [
        ("Quiet Trees", [("https://github.com/a/one", "own")]),
        (title, [("https://github.com/a/two", "own")]),
        ("Slow Rivers", [("https://github.com/a/three", "other")]),
    ]


def test_an_item_belongs_to_one_paper() -> None:
    found = read(
        document(
            "## Maps\n\n- [Quiet Trees](https://arxiv.org/abs/2404.05678) [code](https://github.com/a/one)\n"
            "- [Benchmark Data](https://arxiv.org/abs/2404.05679) [code](https://github.com/a/two)\n"
            "- **Slow Rivers** [pdf](https://arxiv.org/abs/2404.05670)\n  - [Our Library](https://github.com/a/three)\n"
            "  - [paper](https://arxiv.org/abs/2404.05670)\n"
        ),
        "paper-list",
    )
    (listing,) = [record for record in found.records if isinstance(record, ListingRecord)]
    assert [(entry.title, [(link.text, link.role) for link in entry.links]) for entry in listing.entries] == [
        ("Quiet Trees", [("https://github.com/a/one", "own")]),
        ("Slow Rivers", [("https://github.com/a/three", "other")]),
    ]
    assert [problem.line for problem in found.problems] == [4]


def test_a_heading_above_linked_titles_is_no_title() -> None:
    found = entries(
        "## Calm Robots\n\n- [A Dataset of Maps](https://arxiv.org/abs/2404.05678) [code](https://x.example)\n"
    )
    assert [entry.title for entry in found] == ["A Dataset of Maps"]


@pytest.mark.parametrize(
    "text",
    [
        "- [A Tool for Walks](https://github.com/a/b) - fast walks.",
        "- [Our Course on Walks](https://course.example/walks)",
        "**Patience** and **slowness** matter, see [this paper](https://arxiv.org/abs/2404.05678).",
        "<!-- - **Walks on Moss** [paper](https://arxiv.org/abs/2404.05678) -->",
        "```\n- **Walks on Moss** [paper](https://arxiv.org/abs/2404.05678)\n```",
        "- [Walks on Moss](#walks)",
    ],
)
def test_what_is_no_entry(text: str) -> None:
    with pytest.raises(MalformedDocument, match="no list of papers"):
        entries(f"{text}\n")


def test_authors_venue_and_project_page() -> None:
    found = entries(
        "1. **Walks on Moss.** ICML 2021. [paper](https://a.example/p.pdf) [project page](https://moss.example)\n\n"
        "    *Ada Quill, Bo Marsh.*\n\n"
        "- Fens at Dusk, Ada Quill, Cy Vane, NeurIPS 2022. [[pdf](https://a.example/q.pdf)]\n"
    )
    assert found[0] == PaperRecord(
        *("Walks on Moss", 1, 3),
        authors=("Ada Quill", "Bo Marsh"),
        links=(StatedLink("project page", "https://moss.example"),),
        edition=StatedEdition("icml", 2021),
        path="[0]",
    )
    assert found[1].edition == StatedEdition("neurips", 2022)


def test_what_stands_before_a_title() -> None:
    found = entries(
        "- [NeurIPS'23] **[Counting Pebbles](https://arxiv.org/abs/2404.05678)** - Rui Silva *et al.*\n"
        "- Quist, O., Tallow, W. (2022). [Slow Rivers](https://openreview.net/forum?id=AbCdEf1234). ICLR.\n"
        "- **Walks on Moss** [pdf](https://a.example/q.pdf)\n  *Ada Quill*, Bo Marsh\n"
    )
    assert [(entry.title, entry.authors, entry.edition) for entry in found] == [
        ("Counting Pebbles", (), StatedEdition("neurips", 2023)),
        ("Slow Rivers", ("Quist, O.", "Tallow, W."), StatedEdition("iclr", 2022)),
        ("Walks on Moss", ("Ada Quill", "Bo Marsh"), None),
    ]


def test_a_byline_may_be_long() -> None:
    authors = tuple(f"Ada {letter}. Quillington" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    (found,) = entries(f"**Walks on Moss** [pdf](https://a.example/q.pdf)\n*{', '.join(authors)}*\n")
    assert found.authors == authors


@pytest.mark.parametrize(
    "item",
    [
        "- Quist, O., Tallow, W. Slow Rivers. ICLR. [pdf](https://arxiv.org/abs/2404.05678)",
        "- Oriel Quist, Wen Tallow. Slow Rivers. ICLR 2023. [pdf](https://arxiv.org/abs/2404.05678)",
        "- Quist and Tallow (2023). Slow Rivers. ICLR. [pdf](https://arxiv.org/abs/2404.05678)",
        "- See also [Slow Rivers](https://arxiv.org/abs/2404.05678) with [code](https://github.com/a/b)",
    ],
)
def test_an_item_without_a_certain_title_is_a_problem(item: str) -> None:
    found = read(
        document(f"## Maps\n\n- **Walks on Moss** [pdf](https://a.example/q.pdf)\n\n## More\n\n{item}\n"), "paper-list"
    )
    assert [(problem.line, problem.problem[:35]) for problem in found.problems] == [
        (7, "this item has a link to a paper, bu")
    ]


def test_the_title_of_the_list_names_the_edition() -> None:
    found = entries("# CVPR 2024 Papers with Code\n\n- **Walks on Moss** [paper](https://arxiv.org/abs/2404.05678)\n")
    assert found[0].edition == StatedEdition("cvpr", 2024)


def test_the_sample() -> None:
    found = read(sample("paper_list.md"))
    listings = [record for record in found.records if isinstance(record, ListingRecord)]
    assert (found.format, found.problems, found.coverage) == ("paper-list", (), 1.0)
    assert {one.source for one in listings} == {"Awesome Calm Robots"}
    assert [(one.title, [entry.title for entry in one.entries]) for one in listings] == [
        ("Patience", ["Waiting Well with Small Robots", "Queues at Dusk"]),
        ("Slowness", ["Slow Arms, Steady Hands", "Snails as Planners", "Tortoises in the Loop"]),
    ]
    assert [entry.authors[:1] for one in listings for entry in one.entries] == [
        *(("Ilse Vantongeren",), ("Oriel Quist",), (), ("Wen Tallow",), ("Bako Adeyinka",)),
    ]


def test_prose_with_links_is_no_list() -> None:
    readme = "# Tool\n\n- [Docs](https://github.com/a/b/docs)\n- See [the paper](https://arxiv.org/abs/2404.05678)\n"
    assert sniff(document(readme)).confidence < 0.5


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(
    ("name", "count", "own"),
    [
        ("acl2023_mlnlp.md", 215, 209),
        ("cvpr2024_amusi.md", 107, 96),
        ("llm_uncertainty.md", 182, 87),
        ("thunlp_gnn.md", 459, 3),
    ],
)
def test_real_lists(name: str, count: int, own: int) -> None:
    path = LISTS / name
    page = Document.of(path.as_uri(), path.read_bytes())
    assert recognise(page).NAME == "paper-list"
    found = read(page)
    papers = [entry for record in found.records if isinstance(record, ListingRecord) for entry in record.entries]
    assert (len(papers), sum(link.role == "own" for entry in papers for link in entry.links)) == (count, own)
