"""BibTeX: every entry is read back as it was, and its key depends on the paper alone."""

import re
from pathlib import Path

import pytest

from programme.export.bibtex import Citation, bibliography, citation_key, entry
from programme.export.text_files import write_references
from programme.loaders.documents import Document, documents_from
from programme.loaders.formats import read
from programme.loaders.records import Hints, PaperRecord
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from programme.loaders.text.names import clean_name, name_form
from programme.loaders.text.titles import clean_title

KEY = "9f31c2aa00000000"


def read_back(*citations: Citation) -> list[PaperRecord]:
    document = Document.of("test:made.bib", "".join(bibliography(citations)).encode())
    records = list(read(document, "bibtex", Hints()).records)
    assert all(isinstance(record, PaperRecord) for record in records), records
    return [record for record in records if isinstance(record, PaperRecord)]


@pytest.mark.parametrize(
    "title",
    [
        "Nets & Trees: 100% of R₂ for #1 at $5 {or so}",
        "VLM²-Bench ~ a#b",
        "BERT, GPT-4 and 3D ImageNets “quoted” – Łódź",
        "Streaming PCA with $\\tilde{O}(\\sqrt{n})$ Features",
        "$100K or 100 Days: Trade-offs",
        "An {unbalanced title",
        "}An unbalanced title{",
        "@article{inside, title = {no}}",
    ],
)
def test_titles_are_read_back(title: str) -> None:
    (paper,) = read_back(Citation(KEY, title, ("Ada Byron",)))
    assert clean_title(paper.title) == title


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada van Roe", "Ada van Roe"),
        ("Bo Wu, Jr.", "Bo Wu, Jr."),
        ("Hal Lee III", "Hal Lee, III"),
        ("Nets and Trees Group", "Nets and Trees Group"),
        ("Łucja Sørensen", "Łucja Sørensen"),
        ("R&D_Team", "R&D Team"),
        ("王芳", "王芳"),
        ("Mononym", "Mononym"),
    ],
)
def test_names_are_read_back(name: str, expected: str) -> None:
    (paper,) = read_back(Citation(KEY, "Nets", (name, "Bo Renn")))
    assert [clean_name(author if isinstance(author, str) else author[0]) for author in paper.authors] == [
        expected,
        "Bo Renn",
    ]


def test_identifiers_and_code_are_read_back() -> None:
    identifiers = (("acl", "p19-1001"), ("arxiv", "1901.00001"), ("doi", "10.1/a{b}_c"), ("openreview", "abcDEF_12"))
    (paper,) = read_back(Citation(KEY, "Nets", ("A B",), None, None, identifiers, "https://github.com/a_b/c"))
    assert {("acl", "p19-1001"), ("arxiv", "1901.00001"), ("openreview", "abcDEF_12")} <= set(paper.identifiers)
    assert [(link.text, link.role) for link in paper.links] == [("https://github.com/a_b/c", "own")]


def test_a_citation_key_depends_on_the_paper_alone() -> None:
    one = Citation("aaaaaa0000000000", "The Nets", ("Ada Lee",), "ICML 2022", 2022)
    two = one._replace(key="bbbbbb0000000000", title="Nets, Again", authors=("Bo Lee", "Ada Lee"))
    assert [citation_key(one), citation_key(two)] == ["lee2022nets-aaaaaa", "lee2022nets-bbbbbb"]
    assert citation_key(one._replace(code="https://github.com/a/b")) == citation_key(one)
    assert citation_key(one._replace(authors=("Al Roe, Jr.",))) == "roe2022nets-aaaaaa"
    assert citation_key(one._replace(authors=("王芳",), title="网络", year=None)) == "anon-aaaaaa"


def test_an_entry_without_an_edition_has_the_year_of_its_arxiv_number() -> None:
    text = entry(Citation(KEY, "Nets", ("Ada Lee",), identifiers=(("arxiv", "hep-th/9901001"),)))
    assert text.startswith("@misc{lee1999nets-9f31c2,")
    assert "year = {1999}" in text


def test_every_exported_paper_is_read_back(sampled: str, tmp_path: Path) -> None:
    count = write_references(sampled, tmp_path / "all.bib", "bibtex")
    again = open_database(tmp_path / "again.db", create=True)
    (outcome,) = ingest(again, documents_from([str(tmp_path / "all.bib")]))
    assert (outcome.status, outcome.format, outcome.problems, outcome.coverage) == ("loaded", "bibtex", (), 1.0)
    before = open_database(sampled)
    assert len(again.query("SELECT id FROM papers")) == count
    for sql in (
        "SELECT title FROM papers",
        "SELECT scheme, min(value) FROM paper_identifiers WHERE scheme IN ('arxiv', 'acl', 'openreview') "
        "GROUP BY paper_id, scheme",
    ):
        assert sorted(again.query(sql)) == sorted(before.query(sql))
    assert formed(again) == formed(before)
    own = "SELECT host, repositories.path FROM repositories JOIN repo_links ON repository_id = repositories.id"
    assert set(again.query(own)) <= set(before.query(own))
    coded = "SELECT DISTINCT title FROM papers JOIN repo_links ON papers.id = paper_id WHERE role = 'own'"
    assert sorted(again.query(coded)) == sorted(before.query(coded))
    edition = "SELECT DISTINCT slug FROM editions JOIN paper_sources ON editions.id = edition_id"
    assert set(again.query(edition)) >= {("icml-2022",), ("neurips-2023",)}


def formed(connection: Connection) -> list[tuple[str, int, str]]:
    """Return every authorship with the normalized form of the name."""
    rows = connection.query(
        "SELECT title, position, name FROM authorships JOIN papers ON papers.id = paper_id "
        "JOIN authors ON authors.id = author_id"
    )
    return sorted((title, position, name_form(name)) for title, position, name in rows)


def test_an_edition_is_exported_alone_and_its_keys_are_unique(samples_sqlite: str, tmp_path: Path) -> None:
    assert write_references(samples_sqlite, tmp_path / "all.bib", "bibtex") > write_references(
        samples_sqlite, tmp_path / "one.bib", "bibtex", "icml-2022"
    )
    whole, part = ((tmp_path / name).read_text("utf-8") for name in ("all.bib", "one.bib"))
    names = re.findall(r"^@\w+\{([^,]+),$", whole, re.MULTILINE)
    assert len(set(names)) == len(names)
    assert set(part.split("\n\n")) <= set(whole.split("\n\n"))
