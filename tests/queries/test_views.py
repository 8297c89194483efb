"""Views and queries over the small programme return the rows written out here by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.queries.database import Rows, query_rows

Select = Callable[..., Rows]


@pytest.fixture
def select(small_sqlite: Path) -> Select:
    """Return some columns of a query's rows: `select("paper", "fact value", key="p1")`."""
    return lambda name, columns, **params: query_rows(small_sqlite, name, params, columns)


def test_programme_has_every_slot_in_order(select: Select) -> None:
    assert select("programme", "edition local_day local_start session position kind title") == [
        ("neurips-2021", "2022-07-21", "15:30", "Lawns", 1, "oral", "Contrastive Rakes"),
        ("icml-2022", "2022-07-21", "15:30", "Öfen", 1, "oral", "Contrastive Rakes"),
        ("icml-2022", "2022-07-21", "15:35", "Öfen", 2, "poster", "Öfen and Graphs"),
        ("icml-2022", "2022-07-21", "15:40", "Öfen", 3, "qa", "Q&A"),
        (None, None, None, "Lawns", 1, "other", "a garden"),
    ]


def test_programme_has_authors_room_and_code(select: Select) -> None:
    assert select("programme", "authors room has_code code_url starts_at document line_start paper_key")[1:4] == [
        (
            "Ada Quill · Éva Moss",
            "Hall F",
            1,
            "https://github.com/Quill/rake",
            "2022-07-21T19:30:00Z",
            "pages/öfen.txt",
            10,
            "p1",
        ),
        ("Éva Moss · Ada Quill · Bo Renn", "Room 309", 0, None, "2022-07-21T19:35:00Z", "pages/öfen.txt", 20, "p2"),
        (None, "Hall F", 0, None, "2022-07-21T19:40:00Z", "pages/öfen.txt", 30, None),
    ]


def test_papers_with_code(select: Select) -> None:
    assert select("papers_with_code", "title year editions repository role mentions document line_start") == [
        (
            "Contrastive Rakes",
            2021,
            "neurips-2021, icml-2022",
            "github.com/Quill/rake",
            "own",
            2,
            "pages/Rakes.txt",
            10,
        ),
        ("Contrastive Rakes", 2021, "neurips-2021, icml-2022", "github.com/old/lawn", "other", 1, "pages/öfen.txt", 10),
        ("Rakes", 2021, "neurips-2021", "github.com/old/lawn", "other", 1, "pages/daily.txt", 30),
        ("Rakes", 2021, "neurips-2021", "gitlab.com/éva/öfen", "own", 1, "pages/daily.txt", 30),
    ]


def test_code_share(select: Select) -> None:
    assert select("code_share", "edition session papers papers_with_code percent") == [
        ("icml-2022", "Öfen", 2, 1, 50.0),
        ("icml-2022", "Empty", 0, 0, None),
        ("neurips-2021", "Lawns", 1, 1, 100.0),
        (None, "Lawns", 1, 0, 0.0),
    ]


def test_author_index(select: Select) -> None:
    columns = "name papers papers_with_code sessions_moderated first_year last_year author_key"
    assert select("author_index", columns) == [
        ("Ada Quill", 2, 1, 1, 2021, 2022, "a1"),
        ("Bo Renn", 2, 0, 0, 2022, 2022, "a3"),
        ("Evan Moss", 2, 1, 0, 2021, 2021, "a4"),
        ("Éva Moss", 2, 1, 0, 2021, 2022, "a2"),
        ("Zoë Lund", 0, 0, 1, None, None, "a5"),
    ]


def test_coauthors(select: Select) -> None:
    assert select("coauthors", "author coauthor papers") == [
        ("Ada Quill", "Éva Moss", 2),
        ("Ada Quill", "Bo Renn", 1),
        ("Éva Moss", "Bo Renn", 1),
    ]


def test_repository_papers(select: Select) -> None:
    assert select("repository_papers", "repository papers title role") == [
        ("github.com/Quill/rake", 1, "Contrastive Rakes", "own"),
        ("github.com/old/lawn", 2, "Contrastive Rakes", "other"),
        ("github.com/old/lawn", 2, "Rakes", "other"),
        ("gitlab.com/éva/öfen", 1, "Rakes", "own"),
    ]


def test_listing_papers(select: Select) -> None:
    assert select("listing_papers", "listed_on listed_month listed_day position title authors upvotes has_code") == [
        ("2024-02-29", None, None, 1, "Contrastive Rakes", "Ada Quill · Éva Moss", 9, 1),
        (None, 8, 11, 1, "Öfen and Graphs", "Éva Moss · Ada Quill · Bo Renn", None, 0),
        (None, 8, 11, 2, "A Garden", None, 3, 0),
    ]


def test_document_ledger(select: Select) -> None:
    columns = (
        "uri lines coverage problems sessions slots papers listings repo_links other_links captured_on ingested_at"
    )
    assert select("document_ledger", columns) == [
        ("pages/Rakes.txt", 30, 20 / 30, 2, 2, 2, 2, 0, 1, 0, "2024-02-29", "2024-03-01T10:00:00Z"),
        ("pages/daily.txt", 0, None, 0, 0, 0, 5, 2, 2, 2, None, "2024-02-01T09:30:00Z"),
        ("pages/öfen.txt", 40, 1.0, 0, 1, 3, 2, 0, 2, 0, None, "2024-03-01T10:00:00Z"),
    ]


def test_source_conflicts(select: Select) -> None:
    assert select("source_conflicts", "title field shown other others document line_start") == [
        ("A Garden", "authors", None, "Bo Renn", 2, "pages/Rakes.txt", 30),
        ("Contrastive Rakes", "edition", "ICML 2022", "NeurIPS 2021", 1, "pages/Rakes.txt", 10),
        (
            "Contrastive Rakes",
            "role",
            "github.com/Quill/rake: own",
            "github.com/Quill/rake: other",
            1,
            "pages/Rakes.txt",
            10,
        ),
        (
            "Öfen and Graphs",
            "abstract",
            "Stoves warm graphs, and graphs warm us. Our CODE WILL BE released.",
            "Stoves warm graphs. Our CODE WILL BE released.",
            1,
            "pages/öfen.txt",
            20,
        ),
        ("Öfen and Graphs", "byline", "Éva Moss · Ada Quill · Bo Renn", "E. Moss", 1, "pages/daily.txt", 3),
        ("Öfen and Graphs", "title", "Öfen and Graphs", "Oefen & Graphs", 1, "pages/daily.txt", 3),
    ]


def test_promised_code(select: Select) -> None:
    assert select("promised_code", "title word promise link year") == [
        (
            "Öfen and Graphs",
            "released",
            "Stoves warm graphs, and graphs warm us. Our CODE WILL BE released.",
            None,
            2022,
        ),
        ("A Garden", "available", "Code is available on our page. A rake.", "https://b.example", None),
    ]


def test_search_lists_titles_first_then_the_newest(select: Select) -> None:
    assert select("search_papers", "title year", q="rakes") == [("Contrastive Rakes", 2022), ("Rakes", 2021)]
    assert select("search_papers", "title snippet", q="RAKE") == [
        ("Contrastive Rakes", "… " + CUT),
        ("A Garden", "Code is available on our page. A rake."),
        ("Rakes", None),
    ]


CUT = (
    "written about it since the first autumn of all; we contrast naïve and careful rakes on thirty lawns. "
    "Code: github.com/Quill/rake, after github.com/old/lawn."
)


@pytest.mark.parametrize(
    ("q", "keys"),
    [
        ("ofen", ["p2"]),
        ("GRAPHS öfen", ["p2"]),
        ("graph", ["p2"]),
        ("grpahs", ["p2"]),
        ("grpahs contrst", []),
        ("quill careful", ["p1"]),
        ("QUILL/rake", ["p1"]),
        ("naive", ["p1"]),
        ('"careful rakes" lawns', ["p1"]),
        ('"rakes careful"', []),
        ('"rakes raking"', []),
        ("github.com/quill/rake", ["p1"]),
        ("git@github.com:Quill/Rake.git", ["p1"]),
        ("https://github.com/quill/rake?tab=readme-ov-file#rakes", ["p1"]),
        ("https://export.arxiv.org/html/2101.00001v12?context=cs#S1", ["p1"]),
        ("https://doi.org/10.48550/arXiv.2101.00001", ["p1"]),
        ("https://huggingface.co/papers/2101.00001?from=mail", ["p1"]),
        ("Quill, Ada", ["p1", "p2"]),
        ("!!!", []),
        (" ", ["p2", "p1", "p4", "p5", "p6", "p3"]),
    ],
)
def test_search_finds(select: Select, q: str, keys: list[str]) -> None:
    assert sorted(select("search_papers", "paper_key", q=q)) == sorted((key,) for key in keys)


def test_papers_of_an_author_takes_a_key_or_whole_words(select: Select) -> None:
    ada = [("Ada Quill", "Contrastive Rakes", 1, 2022), ("Ada Quill", "Öfen and Graphs", 2, 2022)]
    assert select("papers_of_author", "author title position year", author="a1") == ada
    assert select("papers_of_author", "author title position year", author="QUILL") == ada
    assert set(select("papers_of_author", "author", author="Eva")) == {("Éva Moss",)}
    assert select("papers_of_author", "author", author="Ev") == []
    assert {name for (name,) in select("papers_of_author", "author", author="moss")} == {"Evan Moss", "Éva Moss"}


def test_programme_of_a_day(select: Select) -> None:
    given = {"day": "2022-07-21", "edition": "icml-2022"}
    assert select("programme_of_day", "title kind", **given) == [
        ("Contrastive Rakes", "oral"),
        ("Öfen and Graphs", "poster"),
        ("Q&A", "qa"),
    ]
    assert select("programme_of_day", "title", kind="poster", **given) == [("Öfen and Graphs",)]
    assert select("programme_of_day", "title", with_code="1", **given) == [("Contrastive Rakes",)]
    assert select("programme_of_day", "title", with_code="0", **given) == [("Öfen and Graphs",), ("Q&A",)]
    assert select("programme_of_day", "title", day="2022-07-22") == []


def test_papers_with_code_of_an_edition(select: Select) -> None:
    columns = "title url kind local_day local_start room session"
    assert select("papers_with_code_of_edition", columns, edition="icml-2022", q="leaves") == [
        ("Contrastive Rakes", "https://github.com/Quill/rake", "oral", "2022-07-21", "15:30", "Hall F", "Öfen")
    ]
    assert select("papers_with_code_of_edition", columns, edition="icml-2022", q="graphs") == []


def test_paper_lists_each_fact_with_its_source(select: Select) -> None:
    assert select("paper", "fact value note document line_start", key="p2") == [
        ("title", "Öfen and Graphs", None, None, None),
        ("author", "Éva Moss", "Éva Moss", None, None),
        ("author", "Ada Quill", "Ada Quill", None, None),
        ("author", "Bo Renn", "Bo Renn", None, None),
        ("abstract", "Stoves warm graphs, and graphs warm us. Our CODE WILL BE released.", None, None, None),
        ("slot", "ICML 2022, 2022-07-21 15:35–15:40, Room 309, Öfen", "poster", "pages/öfen.txt", 20),
        ("listing", "Daily Papers", "daily.example", "pages/daily.txt", 3),
        ("printed title", "Oefen & Graphs", None, "pages/daily.txt", 3),
        ("printed title", "Öfen and Graphs", None, "pages/öfen.txt", 20),
        ("printed byline", "E. Moss", None, "pages/daily.txt", 3),
        ("printed byline", "Éva Moss · Ada Quill · Bo Renn", None, "pages/öfen.txt", 20),
        (
            "stated abstract",
            "Stoves warm graphs, and graphs warm us. Our CODE WILL BE released.",
            "as shown",
            "pages/daily.txt",
            3,
        ),
        ("stated abstract", "Stoves warm graphs. Our CODE WILL BE released.", "as printed", "pages/öfen.txt", 20),
    ]


def test_paper_lists_facts_from_a_list(select: Select) -> None:
    columns = "fact value note document line_start path"
    assert select("paper", columns, key="p3")[2:5] == [
        ("edition", "NeurIPS 2021", "stated", "pages/daily.txt", 30, "results[4]"),
        ("repository", "github.com/old/lawn", "other", "pages/daily.txt", 30, "results[4]"),
        ("repository", "gitlab.com/éva/öfen", "own", "pages/daily.txt", 30, "results[4]"),
    ]
    identifier = ("identifier", "2101.00001", "arxiv", "pages/öfen.txt", 10, None)
    assert identifier in select("paper", columns, key="p1")


def test_papers_with_code_that_only_a_list_names(select: Select) -> None:
    columns = "edition title url kind session"
    stove = ("neurips-2021", "Rakes", "https://gitlab.com/éva/öfen", "oral", None)
    assert select("papers_with_code_of_edition", columns, edition="neurips-2021")[1:] == [stove]
    assert stove in select("papers_with_code_of_edition", columns, q="rakes")


def test_paper_without_key_is_the_first_one(select: Select) -> None:
    assert {key for (key,) in select("paper", "paper_key")} == {"p1"}
    assert select("paper", "paper_key", key="nothing") == []


def test_papers_of_repository_by_any_of_its_names(select: Select) -> None:
    lawn = [("Contrastive Rakes", "github.com/old/lawn."), ("Rakes", "github.com/old/lawn.")]
    for name in ("old/lawn", "OLD/Lawn", "github.com/old/lawn", "https://github.com/old/lawn", "r2"):
        assert select("papers_of_repository", "title raw_url", repository=name) == lawn
    assert select("papers_of_repository", "title", repository="lawn") == []


def test_sessions_of_an_edition(select: Select) -> None:
    columns = "session starts_at room moderators slots papers papers_with_code"
    assert select("sessions_of_edition", columns, edition="icml-2022") == [
        ("Öfen", "2022-07-21T19:30:00Z", "Hall F", "Zoë Lund · Ada Quill", 3, 2, 1),
        ("Empty", None, None, None, 0, 0, 0),
    ]
    assert select("sessions_of_edition", "session_key", edition="unknown") == [("s3",)]


def test_document_contribution(select: Select) -> None:
    contribution = [
        (2, "session", "Lawns", None, "s2"),
        (3, "session", "Lawns", None, "s3"),
        (10, "slot", "Contrastive Rakes", "Thu 21 July 15:30 EDT, oral", "s2"),
        (10, "slot", "a garden", "other", "s3"),
        (10, "paper", "Contrastive Rakes", "Ada QUILL ⋅ Éva Moss", "p1"),
        (10, "repository", "github.com/Quill/rake", "other", "r1"),
        (29, "problem", "Thu 32 July", "no such day", None),
        (30, "paper", "A Garden", "Bo Renn", "p4"),
        (None, "problem", "", "no edition fits", None),
    ]
    for name in ("ab22", "ab", "pages/Rakes.txt"):
        assert select("document_contribution", "line_start fact value note key", document=name) == contribution
    assert {sha for (sha,) in select("document_contribution", "sha256")} == {"cc33"}
