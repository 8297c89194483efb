from dataclasses import replace
from pathlib import Path

import pytest

from programme.loaders.documents import DEFAULT_LIMITS, Document, MalformedDocument
from programme.loaders.formats import Parsed, read, recognise
from programme.loaders.formats.acl_anthology.volume import sniff
from programme.loaders.records import PaperRecord, Problem, StatedEdition, StatedLink
from tests.formats.pages import document, sample


def papers(parsed: Parsed) -> list[PaperRecord]:
    return [record for record in parsed.records if isinstance(record, PaperRecord)]


def collection(*volumes: str, number: str = "2031.acl") -> str:
    return f'<collection id="{number}">\n' + "\n".join(volumes) + "\n</collection>\n"


def volume(content: str, meta: str = "<year>2031</year><venue>acl</venue>", number: str = "long") -> str:
    return f'<volume id="{number}"><meta>{meta}</meta>\n{content}\n</volume>'


def paper(number: int | str, content: str = "") -> str:
    return f'<paper id="{number}"><title>Paper {number}</title>{content}</paper>'


def one(content: str, **kinds: str) -> PaperRecord:
    parsed = read(document(collection(volume(paper(1, content), **kinds))))
    assert parsed.problems == ()
    (found,) = papers(parsed)
    return found


def test_a_collection_gives_its_papers() -> None:
    parsed = read(sample("acl_anthology.xml"))
    assert (parsed.format, parsed.problems, parsed.coverage) == ("acl-anthology", (), 1.0)
    first, second, third = papers(parsed)
    assert first == PaperRecord(
        title="Do Embeddings Dream of Electric Neighbours?",
        line_start=15,
        line_end=28,
        authors=("Verhaeghe, Milou", "Trần-Olsen, Bảo"),
        affiliations=("Harbour Institute", None),
        abstract="We follow the neighbours of every embedding through five models. Up to $k=10$ few survive. "
        "Data: https://github.com/harbourlab/dreams-data.",
        identifiers=(("acl", "2025.acl-long.1"), ("doi", "10.18653/v1/2025.acl-long.1")),
        links=(StatedLink("pwccode", "https://github.com/harbourlab/dreams", "own"),),
        edition=StatedEdition("acl", 2025),
        path="volume[long]/paper[1]",
        published_in="Proceedings of the 63rd Annual Meeting of the Association for Computational Linguistics "
        "(Volume 1: Long Papers)",
        published_year=2025,
    )
    assert (second.title, second.authors) == (r"$\alpha$-Glossing of Endangered Proverbs", ("Ngaio", "苏芳"))
    assert (second.affiliations, second.links, second.abstract) == ((), (), None)
    assert third.edition == StatedEdition("acl", 2025)
    assert third.identifiers == (("acl", "2025.acl-srw.1"),)


def test_a_paper_of_a_journal_was_published_in_it() -> None:
    meta = "<booktitle>Journal of Knots, Volume 3</booktitle><year>2031</year><venue>jk</venue>"
    text = collection(volume(paper(1), meta).replace("<volume", '<volume type="journal"'), volume(paper(2), number="b"))
    found = [(one.published_in, one.published_year, one.is_journal) for one in papers(read(document(text)))]
    assert found == [("Journal of Knots, Volume 3", 2031, True), (None, 2031, False)]


def test_nested_markup_and_wrapped_lines_become_one_line() -> None:
    found = one(
        "<abstract>A <b>b <i>c</i></b>\n   <!-- no --><span>d</span> <tex-math>x&lt;y</tex-math> &amp; e</abstract>"
    )
    assert found.abstract == "A b c d $x<y$ & e"


@pytest.mark.parametrize(
    ("meta", "edition"),
    [
        ("<year>2021</year><venue>acl</venue><venue>ijcnlp</venue>", StatedEdition("acl", 2021)),
        ("<year>2003</year><venue>hlt</venue><venue>naacl</venue>", StatedEdition("naacl", 2003)),
        ("<year>2022</year><venue>bea</venue><venue>ws</venue>", StatedEdition("bea", 2022)),
        ("<year>2022</year><venue>ws</venue>", None),
        ("<year>2023</year><venue>findings</venue><venue>acl</venue>", StatedEdition("acl", 2023)),
        ("<year>unknown</year><venue>acl</venue>", None),
        ("<year>2018</year><booktitle>Proceedings of the 2018 Conference on Empirical Methods in Natural Language "
         "Processing</booktitle>", StatedEdition("emnlp", 2018)),
        ("<year>2020</year><booktitle>Findings of the ACL: EMNLP 2020</booktitle>", StatedEdition("emnlp", 2020)),
        ("<year>2020</year><venue>findings</venue><booktitle>Findings of the ACL: EMNLP 2020</booktitle>",
         StatedEdition("emnlp", 2020)),
    ],
)  # fmt: skip
def test_the_volume_states_the_edition(meta: str, edition: StatedEdition | None) -> None:
    assert one("", meta=meta).edition == edition


@pytest.mark.parametrize(
    ("number", "volume_number", "content", "identifiers"),
    [
        ("J89", "1", "", (("acl", "j89-1001"),)),
        ("W06", "16", "", (("acl", "w06-1601"),)),
        ("D19", "50", "", (("acl", "d19-5001"),)),
        ("D19", "1", "", (("acl", "d19-1001"),)),
        ("2022.acl", "demo", "", (("acl", "2022.acl-demo.1"),)),
        ("C12", "1", "<url>http://www.aclweb.org/anthology/C12-1001</url>", (("acl", "c12-1001"),)),
        ("J12", "1", "<url>https://doi.org/10.1234/x.y</url>", (("acl", "j12-1001"), ("doi", "10.1234/x.y"))),
    ],
)
def test_the_anthology_identifier_is_stated_or_derived(
    number: str, volume_number: str, content: str, identifiers: tuple[tuple[str, str], ...]
) -> None:
    text = collection(volume(paper(1, content), number=volume_number), number=number)
    assert papers(read(document(text)))[0].identifiers == identifiers


def test_an_old_file_is_a_volume_of_papers() -> None:
    parsed = read(document(f'<?xml version="1.0"?>\n<volume id="W00">\n{paper("0101")}\n{paper("0102")}\n</volume>'))
    assert [(found.path, found.identifiers, found.edition) for found in papers(parsed)] == [
        ("volume[W00]/paper[0101]", (("acl", "w00-0101"),), None),
        ("volume[W00]/paper[0102]", (("acl", "w00-0102"),), None),
    ]


def test_a_paper_without_a_title_does_not_affect_others() -> None:
    parsed = read(
        document(collection(volume(paper(1) + '\n<paper id="2"><title/><pages>1</pages></paper>\n' + paper(3))))
    )
    assert [found.path for found in papers(parsed)] == ["volume[long]/paper[1]", "volume[long]/paper[3]"]
    assert parsed.problems == (
        Problem(4, "1", "volume[long]/paper[2]: has no title", "volume[long]/paper[2]", is_lost=True),
    )


def test_an_author_without_a_name_and_an_unknown_element_are_problems() -> None:
    content = "<author><first/><last/></author><author><last>Roe</last></author><mascot>owl</mascot>"
    parsed = read(document(collection(volume(paper(1, content) + paper(2, "<mascot/>")))))
    assert papers(parsed)[0].authors == ("Roe",)
    assert [problem.problem for problem in parsed.problems] == [
        "volume[long]/paper[1].author: has no name; this author is left out",
        "volume[long]/paper[1].mascot: a field this format does not know, in 2 records; it is not loaded",
    ]
    assert parsed.coverage == 1.0


def test_damage_affects_only_the_paper_it_is_in() -> None:
    text = collection(volume(f'{paper(1)}\n<paper id="2"><title>Bro<ken</title></paper>\n{paper(3)}'), volume(paper(1)))
    parsed = read(document(text))
    assert [(found.title, found.line_start, found.edition) for found in papers(parsed)] == [
        ("Paper 1", 3, StatedEdition("acl", 2031)),
        ("Paper 3", 5, StatedEdition("acl", 2031)),
        ("Paper 1", 8, StatedEdition("acl", 2031)),
    ]
    (problem,) = parsed.problems
    assert (problem.line, problem.path, problem.is_lost) == (4, "volume[long]/paper[2]", True)
    assert problem.problem.startswith("not XML here (")
    assert problem.problem.endswith("; volume[long]/paper[2] is left out")
    assert (parsed.line_count, parsed.claimed_line_count) == (4, 3)


def test_a_file_that_is_cut_off_is_read_up_to_there() -> None:
    text = collection(volume(f"{paper(1)}\n{paper(2)}"))
    parsed = read(document(text[: text.index("Paper 2")]))
    assert [found.title for found in papers(parsed)] == ["Paper 1"]
    (problem,) = parsed.problems
    assert (problem.line, problem.path, problem.is_lost) == (4, "volume[long]/paper[2]", True)


def test_entities_are_refused_unless_allowed() -> None:
    declared = '<?xml version="1.0"?>\n<!DOCTYPE collection [\n<!ENTITY lab "Harbour Institute">\n]>\n'
    text = declared + collection(volume(paper(1, "<abstract>By the &lab;.</abstract>")))
    with pytest.raises(MalformedDocument, match="declares XML entities") as refused:
        read(document(text))
    assert refused.value.line == 3
    allowed = replace(document(text), limits=DEFAULT_LIMITS._replace(xml_entities=True))
    assert papers(read(allowed))[0].abstract == "By the Harbour Institute."


def test_nothing_outside_the_document_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    text = f'<!DOCTYPE collection [<!ENTITY x SYSTEM "{secret.as_uri()}">]>\n' + collection(
        volume(paper(1, "<abstract>So &x;.</abstract>"))
    )
    allowed = replace(document(text), limits=DEFAULT_LIMITS._replace(xml_entities=True))
    assert all("secret" not in str(record) for record in read(allowed, "acl-anthology").records)


@pytest.mark.parametrize(
    "text",
    [
        '<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>0</leader></record></collection>',
        '<library><volume id="3"><chapter/></volume></library>',
        "<feed><entry><title>Paper</title></entry></feed>",
        "Proceedings, <volume> 1",
    ],
)
def test_other_documents_are_not_recognised(text: str) -> None:
    assert sniff(document(text)).confidence < 0.5


def test_a_document_without_papers_is_refused() -> None:
    with pytest.raises(MalformedDocument, match="contains no <paper>"):
        read(document(collection(volume(""))), "acl-anthology")


def test_utf_16_is_read_whatever_the_xml_declaration_says() -> None:
    text = "<?xml version='1.0' encoding='ISO-8859-1'?>\n" + collection(volume(paper("1", "<abstract>Ö</abstract>")))
    found = papers(read(Document.of("file:///x.xml", text.encode("utf-16"))))
    assert found[0].abstract == "Ö"


@pytest.mark.parametrize(("name", "count"), [("2022.acl.xml", 774), ("J89.xml", 58)])
def test_real_collections_are_read_whole(shared: Path, name: str, count: int) -> None:
    path = shared / "corpus" / "acl_anthology" / name
    found = Document.of(path.as_uri(), path.read_bytes())
    assert recognise(found).NAME == "acl-anthology"
    parsed = read(found)
    assert (len(papers(parsed)), parsed.problems, parsed.coverage) == (count, (), 1.0)
    assert len({identifier for found in papers(parsed) for identifier in found.identifiers[:1]}) == count
