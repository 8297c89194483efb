import io
from dataclasses import replace

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Parsed, read, read_slices
from programme.loaders.formats.bibliography import bibtex
from programme.loaders.formats.bibliography.parsing.values import split_authors, strip_braces
from programme.loaders.records import PaperRecord, StatedEdition, StatedLink
from tests.formats.pages import SAMPLES, document, sample


def papers(parsed: Parsed) -> list[PaperRecord]:
    return [record for record in parsed.records if isinstance(record, PaperRecord)]


def bibliography(text: str) -> Parsed:
    return read(document(text), "bibtex")


def one(fields: str, kind: str = "inproceedings", key: str = "roe2031") -> PaperRecord:
    parsed = bibliography(f"@{kind}{{{key},\n  title = {{Tides}},\n  {fields}\n}}\n")
    assert (parsed.problems, parsed.coverage) == ((), 1.0)
    (found,) = papers(parsed)
    return found


def test_a_bibliography_gives_its_papers() -> None:
    parsed = read(sample("bibtex.bib"))
    assert (parsed.format, parsed.problems, parsed.coverage) == ("bibtex", (), 1.0)
    assert papers(parsed) == [
        PaperRecord(
            title="Contrastive Learning with Crossed Views",
            line_start=8,
            line_end=22,
            authors=("Arkwright, Delphine", "Minowa, Satoru", "Vossberg, Henrike", "Llorca, Tadeo"),
            abstract="Contrastive learning treats two views of an image as a positive pair. "
            "We ask what happens when the views of two images are crossed.",
            identifiers=(("pmlr", "v162/arkwright22a"),),
            links=(StatedLink("software", "https://github.com/lanternworks/crossview", "own"),),
            edition=StatedEdition("icml", 2022),
            published_in="Proceedings of the 39th International Conference on Machine Learning",
            published_year=2022,
            path="inproceedings[pmlr-v162-arkwright22a]",
        ),
        PaperRecord(
            title="Where Do Hard Negatives Come From?",
            line_start=24,
            line_end=31,
            authors=("Bronwen Talfryn", "Ikaika Mahelona", r"Zbyn{\v{e}}k Hor{\v{c}}ice"),
            identifiers=(("openreview", "hardNeg22"),),
            edition=StatedEdition("icml", 2022),
            published_in="ICML",
            published_year=2022,
            path="inproceedings[talfryn2022negatives]",
        ),
        PaperRecord(
            title=r"Tides of Bayes: {\'E}tude on $\beta$-Mixing",
            line_start=33,
            line_end=43,
            authors=("van der Meer, Jr., Joost", "{The Tide Gauge and Buoy Group}"),
            identifiers=(("arxiv", "2103.09999"),),
            links=(StatedLink("note", "Code: https://github.com/tide_gauge/mixing"),),
            has_more_authors=True,
            published_in="CoRR",
            published_year=2021,
            is_journal=True,
            path="article[vanmeer2021tides]",
        ),
        PaperRecord(
            title="Reading Lighthouse Logs Aloud",
            line_start=45,
            line_end=51,
            authors=("Adaeze Nwosu-Grant",),
            edition=StatedEdition("emnlp", 2021),
            published_in="EMNLP (Findings)",
            published_year=2021,
            path="inproceedings[DBLP:conf/emnlp/NwosuG21]",
        ),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("{{Deep} Nets}", "Deep Nets"),
        ("{BERT}: {P}re-training", "BERT: Pre-training"),
        (r"\emph{Fast {GPU} code}", r"\emph{Fast GPU code}"),
        (r"\href{a}{b} {C}", r"\href{a}{b} C"),
        (r"Erd{\H o}s and G{\"{o}}del", r"Erd{\H o}s and G{\"{o}}del"),
        (r"{Search {\&} Rescue} at 50{\%}", r"Search \& Rescue at 50\%"),
        ("$\\{0,1\\}^{n}$ {B}its", "$\\{0,1\\}^{n}$ Bits"),
        ("H$_{2}$O and CO_{2}", "H$_{2}$O and CO_{2}"),
        ("two~words\n   on  lines", "two words on lines"),
    ],
)
def test_protecting_braces_are_removed(value: str, text: str) -> None:
    assert strip_braces(value) == text


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Lee, Ann and Wu, Bo", ("Lee, Ann", "Wu, Bo")),
        ("Lee, Ann  AND\n    Wu, Bo", ("Lee, Ann", "Wu, Bo")),
        ("Ann Lee and others", ("Ann Lee",)),
        ("Ann Lee and et al.", ("Ann Lee",)),
        ("{Moss and Bank Group} and {{Lanternworks}}", ("{Moss and Bank Group}", "{Lanternworks}")),
        ("Sand, Andy and Brand, Dan", ("Sand, Andy", "Brand, Dan")),
        ("Ann~Lee and {\\'E}va Roe", ("Ann Lee", "{\\'E}va Roe")),
        ("Ann Lee, Bo Wu, Cy Roe", ("Ann Lee", "Bo Wu", "Cy Roe")),
        ("King, Jr., Martin L.", ("King, Jr., Martin L.",)),
        ("family=Roe, given=Cy, prefix=van and Lee, Ann", ("van Roe, Cy", "Lee, Ann")),
        ("Anonymous", ()),
        ("", ()),
    ],
)
def test_authors_are_split(value: str, names: tuple[str, ...]) -> None:
    assert split_authors(value) == names


@pytest.mark.parametrize(
    ("fields", "edition"),
    [
        ("booktitle = {Advances in Neural Information Processing Systems}, year = {2020}",
         StatedEdition("neurips", 2020)),
        ("journal = {Advances in neural information processing systems}, volume={30}, date = {2017-12-04}",
         StatedEdition("neurips", 2017)),
        ("booktitle = {{KDD} '20: Knowledge Discovery}, year = {2021}", StatedEdition("kdd", 2020)),
        ("series = {WWW '18}, year = {2018}", StatedEdition("www", 2018)),
        ("booktitle = {Companion Proceedings of the Web Conference}, series = {WWW '18}, year = {2018}", None),
        ("booktitle = {ICML 2020 Workshop on Tides}, year = {2020}", None),
        ("booktitle = {Submitted to ICLR 2022}, year = {2022}", None),
        ("booktitle = {ICLR}, year = {2022}, note = {under review}", None),
        ("booktitle = {ICLR}", None),
        ("year = {2022}", None),
    ],
)  # fmt: skip
def test_the_edition_is_the_one_named(fields: str, edition: StatedEdition | None) -> None:
    assert one(fields).edition == edition


def test_a_book_belongs_to_no_edition() -> None:
    assert one("series = {ICML}, year = {2020}", kind="book").edition is None


@pytest.mark.parametrize(
    ("fields", "identifiers"),
    [
        ("doi = {https://doi.org/10.1234/a\\_b}", (("doi", "10.1234/a_b"),)),
        ("eprint = {2103.00020v2}, archivePrefix = {arXiv}", (("arxiv", "2103.00020"),)),
        ("eprint = {2103.00020}, eprinttype = {hal}", ()),
        ("journal = {arXiv preprint arXiv:2103.00020}", (("arxiv", "2103.00020"),)),
        ("journal = {CoRR}, volume = {abs/2103.00020}", (("arxiv", "2103.00020"),)),
        ('url = "https://aclanthology.org/2022.acl-long.1/"', (("acl", "2022.acl-long.1"),)),
        ("openreview = {hardNeg22}", (("openreview", "hardNeg22"),)),
        ("volume = {12}, isbn = {2103.00020}", ()),
    ],
)
def test_identifiers(fields: str, identifiers: tuple[tuple[str, str], ...]) -> None:
    assert one(fields, kind="article").identifiers == identifiers


def test_a_key_of_pmlr_is_an_identifier() -> None:
    assert one("year = 2019", key="pmlr-v97-roe19a").identifiers == (("pmlr", "v97/roe19a"),)


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        ("code = {https://github.com/lab/tides}", (StatedLink("code", "https://github.com/lab/tides", "own"),)),
        (r"howpublished = {\url{https://github.com/lab/a\_b}}",
         (StatedLink("howpublished", "https://github.com/lab/a_b"),)),
        ("url = {https://github.com/lab/tides}", (StatedLink("url", "https://github.com/lab/tides"),)),
        ("url = {https://example.org/paper.pdf}, file = {:home/roe/github.com/lab/x.pdf:PDF}", ()),
        ("note = {To appear}", ()),
    ],
)  # fmt: skip
def test_fields_that_hold_repositories_are_links(fields: str, links: tuple[StatedLink, ...]) -> None:
    assert one(fields).links == links


def test_entries_without_booktitle_belong_to_the_proceedings_that_open_the_file() -> None:
    parsed = bibliography(
        "@Proceedings{ICML-2031,\n  booktitle = {Proceedings of the 48th {ICML}},\n"
        "  name = {International Conference on Machine Learning},\n  year = {2031},\n  volume = {999}\n}\n\n"
        "@InProceedings{roe31,\n  title = {Tides},\n  author = {Roe, Cy}\n}\n"
        "@InProceedings{lee31,\n  title = {Ebbs},\n  booktitle = {NeurIPS},\n  year = 2030\n}\n"
        "@misc{wu31, title={Moon}}"
    )
    assert [found.edition for found in papers(parsed)] == [
        StatedEdition("icml", 2031),
        StatedEdition("neurips", 2030),
        None,
    ]
    assert parsed.coverage == 1.0


def test_an_entry_inherits_from_the_one_it_refers_to() -> None:
    parsed = bibliography(
        "@inproceedings{roe, title={Tides}, crossref={B31}}\n@proceedings{b31, title={{ICLR} 2031}, year={2031}}\n"
    )
    assert [(found.title, found.edition) for found in papers(parsed)] == [("Tides", StatedEdition("iclr", 2031))]


def test_spellings_of_entries() -> None:
    parsed = bibliography(
        '@STRING{ tide = "Tides" } some text\n'
        '@ARTICLE{a, TITLE = tide # " and " # {Ebbs}, month = 3 # "~" # jan}@misc{b,title={Two on a line}}\n'
        "@Misc( c , title = \"With {\"}quotes{\"}\" , year=2020, )\n"
        "% @misc{not, title={Loaded}}\n"
        "@misc{d\n, % a remark\n  title = {Key alone},\n  # another\n  title = {Second}, empty = ,\n}\n"
        "@misc{, title={No key}},\n"
        "@preamble{\"\\newcommand{\\x}{y}\"}\n@comment this is one\n"
    )  # fmt: skip
    assert [found.title for found in papers(parsed)] == [
        "Tides and Ebbs",
        "Two on a line",
        'With "quotes"',
        "Key alone",
        "No key",
    ]
    assert (parsed.problems, parsed.coverage) == ((), 1.0)


def test_an_entry_that_is_not_closed_does_not_affect_others() -> None:
    parsed = bibliography(
        "@misc{a,\n  title = {{Ebbs\n}\n\n@misc{b,\n  title = {Tides}\n}\n"
        '@misc{c, title = {Moon},\n\n@misc{d, title={Sea}}\n@misc{e, title="Bay}'
    )
    assert [found.title for found in papers(parsed)] == ["Tides", "Moon", "Sea"]
    assert (parsed.line_count, parsed.claimed_line_count) == (5, 3)
    assert [(problem.line, problem.problem) for problem in parsed.problems] == [
        (1, "a brace of this entry is not closed; close it and load the file again"),
        (8, "this entry is not closed; close it and load the file again; the fields above are loaded"),
        (11, "a quotation mark of this entry is not closed; close it and load the file again"),
    ]


def test_an_entry_that_was_cut_off_is_loaded_as_far_as_it_goes() -> None:
    parsed = bibliography("@misc{a,\n  title = {Ebbs},\n  author = {Roe, Cy},\n  abstract = {It ebbs, and\n")
    (paper,) = papers(parsed)
    assert (paper.title, paper.authors, paper.abstract) == ("Ebbs", ("Roe, Cy",), None)
    assert (paper.line_start, paper.line_end) == (1, 4)
    assert [(problem.line, problem.is_lost) for problem in parsed.problems] == [(1, False)]


def test_a_key_may_hold_letters_in_latex() -> None:
    parsed = bibliography(
        "@misc{\nr{\\\"o}e2020tides,\n  title = {Tides}\n}\n@misc{cie{\\'s}lar, title = {Ebbs}}\n"
        "@misc{ve{\\ss}, title={Sea}}"
    )
    assert [(found.title, found.path) for found in papers(parsed)] == [
        ("Tides", 'misc[r{\\"o}e2020tides]'),
        ("Ebbs", "misc[cie{\\'s}lar]"),
        ("Sea", "misc[ve{\\ss}]"),
    ]
    assert parsed.problems == ()


def test_a_missing_comma_is_reported_and_nothing_is_lost() -> None:
    parsed = bibliography("@misc{a,\n  title = {Ebbs}\n  year = {2020}\n}\n")
    assert [found.title for found in papers(parsed)] == ["Ebbs"]
    assert [(problem.line, problem.text, problem.problem) for problem in parsed.problems] == [
        (3, "year = {2020}", "no comma before this field; it is loaded anyway")
    ]


def test_text_after_a_surplus_brace_is_reported() -> None:
    parsed = bibliography("@misc{a,\n  title = {Ebbs}},\n  author = {Roe, Cy}\n}\nA remark.\n")
    assert [(found.title, found.authors) for found in papers(parsed)] == [("Ebbs", ())]
    assert [(problem.line, problem.text, problem.problem) for problem in parsed.problems] == [
        (3, "author = {Roe, Cy}", "the entry is already closed above; this is not loaded")
    ]


def test_an_entry_without_title_is_a_problem() -> None:
    parsed = bibliography("@misc{a, year = {2020}}\n@misc{b, title = {Tides}}\n")
    assert [found.title for found in papers(parsed)] == ["Tides"]
    assert [(problem.path, problem.is_lost) for problem in parsed.problems] == [("misc[a]", True)]
    assert [problem.problem for problem in parsed.problems] == [
        "the entry 'a' has no title; add one and load the file again"
    ]


def test_a_file_too_large_for_memory_is_read_in_pieces() -> None:
    content = (SAMPLES / "bibtex.bib").read_bytes().replace(b"\n", b"\r\n")
    whole = Document.of("file:///large.bib", content)
    large = replace(whole, content=content[:100], opener=lambda: io.BytesIO(content))
    slices = list(read_slices(large, "bibtex"))
    assert [found for parsed in slices for found in papers(parsed)] == papers(read(whole))
    assert [(parsed.problems, parsed.coverage) for parsed in slices] == [((), 1.0)]


@pytest.mark.parametrize(
    "text",
    [
        "Session\n\nCite as\n@inproceedings{roe, title={Tides}}\n",
        "# Tides\n\n```bibtex\n@inproceedings{roe, title={Tides}}\n```\n",
        "@dataclass(frozen=True)\nclass Entry:\n    title = 'Tides'\n",
        '{"_bibtex": "@inproceedings{roe,\\ntitle={Tides}}"}',
        "Ask roe@example.org (Cy).",
    ],
)
def test_other_documents_are_not_recognised(text: str) -> None:
    assert bibtex.sniff(document(text)).confidence < 0.5


def test_a_text_without_entries_is_refused() -> None:
    with pytest.raises(MalformedDocument, match="no entry like"):
        bibliography("Nothing here.\n")


@pytest.mark.parametrize("key", [r"b\"{u}ler-2031", "key with space", "a=b", "mendez, 2031", "DBLP:conf/{A}", '"roe"'])
@pytest.mark.parametrize("before", ["", "@misc{other, title = {Ebb}}\n"])
def test_a_key_may_be_written_in_any_way(key: str, before: str) -> None:
    parsed = bibliography(before + f"@inproceedings{{{key}, title = {{Tides}}, year = 2031}}\n")
    found = papers(parsed)[-1]
    assert (parsed.problems, found.title, found.path) == ((), "Tides", f"inproceedings[{key}]")


@pytest.mark.parametrize("opening", ["@misc{", "@misc{,", "@misc{year = 2031,"])
def test_an_entry_needs_no_key(opening: str) -> None:
    parsed = bibliography(f"{opening} title = {{Tides}}}}\n")
    assert (parsed.problems, [paper.title for paper in papers(parsed)]) == ((), ["Tides"])


def test_abbreviations_made_of_each_other_are_bounded() -> None:
    chain = "".join(f"@string{{a{n} = a{n - 1} # a{n - 1} # a{n - 1} # a{n - 1}}}\n" for n in range(1, 8))
    parsed = bibliography(
        "@string{a0 = {x}}\n" + chain + "@misc{one, title = t, abstract = a6}\n@misc{two, title = a7}\n"
    )
    assert [(paper.title, paper.abstract) for paper in papers(parsed)] == [("t", "x" * 4096), ("a7", None)]
    assert [problem.problem for problem in parsed.problems] == [
        "a7 has more than 10,000 characters and is not loaded as an abbreviation"
    ]


def test_a_file_whose_abbreviations_are_used_without_end_is_cut_off() -> None:
    uses = "".join(f"@misc{{k{n}, title = {{T{n}}}, note = a # a}}\n" for n in range(10_000))
    parsed = bibliography(f"@string{{a = {{{'x' * 10_000}}}}}\n{uses}")
    assert len(parsed.problems) > 1000
    assert parsed.problems[0].problem.startswith("the abbreviations of this file expand to too many characters")
