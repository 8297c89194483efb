"""Tables that programs and databases of literature export: Scopus, Web of Science, EasyChair, Zotero and others."""

import pytest

from programme.loaders.formats import read, recognise
from programme.loaders.records import PaperRecord, StatedEdition
from tests.formats.pages import document

ICML = "Proceedings of the 38th International Conference on Machine Learning"
ICML_2021 = StatedEdition("icml", 2021)
SCOPUS = (
    '"Authors","Author full names","Author(s) ID","Title","Year","Source title","Volume","Cited by","DOI","Link",'
    '"Affiliations","Authors with affiliations","Abstract","Author Keywords","Editors","Publisher","Conference name",'
    '"Conference date","ISBN","Document Type","Source","EID"\n'
    '"Quill A.; Marsh B.","Quill, Ada (57200000001); Marsh, Bo (57200000002)","57200000001; 57200000002",'
    f'"Walks on Moss","2021","{ICML}","139","7","10.1234/moss.7","https://www.scopus.example/record?id=7",'
    '"Moss Institute, Fen, Norway; Dune College, Dune, Peru","Quill A., Moss Institute, Fen, Norway; Marsh B., '
    'Dune College, Dune, Peru","We walk on moss.","moss","Vane C.","Fen Press",'
    '"38th International Conference on Machine '
    'Learning, ICML 2021","18 July 2021 through 24 July 2021","978-1","Conference paper","Scopus","2-s2.0-7"\n'
)
WEB_OF_SCIENCE = (
    "PT\tAU\tBA\tBE\tAF\tTI\tSO\tSE\tLA\tDT\tCT\tCY\tDE\tAB\tC1\tTC\tPU\tBN\tPY\tDI\tUT\n"
    f"C\tQuill, A; Marsh, B\t\tVane, C\tQuill, Ada; Marsh,"
    f" Bo\tWalks on Moss\t{ICML}\tPMLR\tEnglish\tProceedings Paper\t"
    "38th International Conference on Machine Learning (ICML)\tJUL 18-24, 2021\tmoss\tWe walk on moss.\t"
    "[Quill, Ada; Marsh, Bo] Moss Inst, Fen, Norway; [Marsh, Bo] Dune Coll, Dune, Peru\t7\tFen Press\t978-1\t2021\t"
    "10.1234/moss.7\tWOS:7\n"
)
ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","ISSN","DOI","Url",'
    '"Abstract Note",'
    '"Date","Notes","Extra","Conference Name","Code"\n'
    '"K7","conferencePaper","2021","Quill, Ada; Marsh, Bo","Walks on Moss","Advances in Walking","978-1",'
    '"","10.1234/moss.7",'
    '"https://moss.example/7","We walk on moss.","2021-07-18","<p>Comment: code at https://github.com/a/b</p>",'
    '"arXiv:2404.05678 [cs]","International Conference on Machine Learning","Civil Code"\n'
)
EASYCHAIR = (
    "#,track #,track name,title,authors,submitted,last updated,form fields,keywords,decision,notified,"
    "reviews sent,abstract\n"
    "7,1,Main,Walks on Moss,Ada Quill and Bo Marsh,2021-01-01 10:00,2021-01-02 10:00,,moss,accept,yes,"
    "yes,We walk on moss.\n"
)
CMT = (
    "Paper ID,Created,Last Modified,Paper Title,Abstract,Primary Contact Author Name,"
    "Primary Contact Author Email,Authors,"
    "Author Names,Author Emails,Track Name,Primary Subject Area,Conflicts,Status,Files\n"
    "7,1/1/2021 10:00:00 AM -08:00,1/2/2021 10:00:00 AM -08:00,Walks on Moss,We walk on moss.,Ada Quill,a@moss.example,"
    '"Ada Quill (Moss Institute)*; Bo Marsh (Dune College)","Quill, Ada*; Marsh, Bo",'
    "a@moss.example*; b@dune.example,Main,"
    "Walking,,Accept (Oral),walks.pdf\n"
)
OPENREVIEW = (
    "number,forum,title,abstract,authors,authorids,venue,venueid,decision,average rating\n"
    "7,aBcDeFgHiJ,Walks on Moss,We walk on moss.,Ada Quill|Bo Marsh,~Ada_Quill1|~Bo_Marsh1,ICML 2021 Oral,"
    "ICML.cc/2021/Conference,Accept (oral),7.5\n"
)
PUBLISH_OR_PERISH = (
    "Cites,Authors,Title,Year,Source,Publisher,ArticleURL,CitesURL,GSRank,QueryDate,Type,DOI,ISSN,"
    "CitationURL,Volume,Issue,"
    "StartPage,EndPage,ECC,CitesPerYear,CitesPerAuthor,AuthorCount,Age,Abstract,FullTextURL,RelatedURL\n"
    f'7,"A Quill, B Marsh",Walks on Moss,2021,{ICML},moss.example,https://moss.example/7,https://scholar.example/7,1,'
    "2021-10-01 10:00:00,HTML,10.1234/moss.7,,,,,,,7,3.5,3.5,2,2,We walk on moss.,"
    "https://arxiv.org/pdf/2404.05678,https://r.example\n"
)
GOOGLE_SCHOLAR = (
    "Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n"
    f'"Quill, Ada; Marsh, Bo; ",Walks on Moss,{ICML},,,1-9,2021,PMLR\n'
)
SEMANTIC_SCHOLAR = (
    "paperId,externalIds,url,title,abstract,venue,year,citationCount,authors\n"
    "f0f0,\"{'ArXiv': '2404.05678', 'DOI': '10.1234/moss.7'}\","
    "https://www.semanticscholar.org/paper/f0f0,Walks on Moss,"
    "We walk on moss.,International Conference on Machine Learning,2021,7,\"[{'authorId': '1', 'name': 'Ada Quill'}, "
    "{'authorId': '2', 'name': 'Bo Marsh'}]\"\n"
)
DBLP = (
    "key;author;title;booktitle;year;ee;crossref;pages;url;mdate\n"
    ""
    "conf/icml/QuillM21;Ada Quill|Bo Marsh 0001;Walks on Moss.;ICML;2021;https://doi.org/10.1234/moss.7;conf/icml/2021;1-9;"
    "db/conf/icml/icml2021.html#QuillM21;2021-08-01\n"
)
ENDNOTE = (
    "Reference Type\tAuthor\tYear\tTitle\tSecondary Title\tVolume\tPages\tDOI\tURL\tAbstract\tNotes\n"
    f"Conference Proceedings\tQuill, Ada; Marsh, Bo\t2021\tWalks on Moss\t{ICML}\t139\t1-9\t10.1234/moss.7\t"
    "https://moss.example/7\tWe walk on moss.\tCode: https://github.com/a/b\n"
)

INVERTED, WHOLE = ("Quill, Ada", "Marsh, Bo"), ("Ada Quill", "Bo Marsh")
DOI = ("doi", "10.1234/moss.7")


@pytest.mark.parametrize(
    ("export", "authors", "identifiers", "edition"),
    [
        (SCOPUS, INVERTED, {DOI}, ICML_2021),
        (WEB_OF_SCIENCE, INVERTED, {DOI}, ICML_2021),
        (ZOTERO, INVERTED, {DOI, ("arxiv", "2404.05678")}, ICML_2021),
        (EASYCHAIR, WHOLE, set(), None),
        (CMT, WHOLE, set(), None),
        (OPENREVIEW, WHOLE, {("openreview", "aBcDeFgHiJ")}, ICML_2021),
        (PUBLISH_OR_PERISH, ("A Quill", "B Marsh"), {DOI, ("arxiv", "2404.05678")}, ICML_2021),
        (GOOGLE_SCHOLAR, INVERTED, set(), ICML_2021),
        (SEMANTIC_SCHOLAR, WHOLE, {DOI, ("arxiv", "2404.05678")}, ICML_2021),
        (DBLP, WHOLE, {DOI}, ICML_2021),
        (ENDNOTE, INVERTED, {DOI}, ICML_2021),
    ],
)
def test_exports(
    export: str, authors: tuple[str, ...], identifiers: set[tuple[str, str]], edition: StatedEdition | None
) -> None:
    page = document(export)
    assert recognise(page).NAME == "paper-table"
    (paper,) = papers(export)
    assert (paper.title.rstrip("."), paper.authors) == ("Walks on Moss", authors)
    assert (set(paper.identifiers), paper.edition) == (identifiers, edition)
    assert paper.abstract == ("We walk on moss." if "We walk" in export else None)


def papers(export: str) -> list[PaperRecord]:
    return [one for one in read(document(export), "paper-table").records if isinstance(one, PaperRecord)]


@pytest.mark.parametrize(
    ("export", "places"),
    [
        (SCOPUS, ("Moss Institute, Fen, Norway", "Dune College, Dune, Peru")),
        (WEB_OF_SCIENCE, ("Moss Inst, Fen, Norway", "Moss Inst, Fen, Norway; Dune Coll, Dune, Peru")),
        (CMT, ("Moss Institute", "Dune College")),
    ],
)
def test_whose_an_affiliation_is(export: str, places: tuple[str, ...]) -> None:
    (paper,) = papers(export)
    assert paper.affiliations == places


@pytest.mark.parametrize(("export", "where"), [(SCOPUS, ICML), (ZOTERO, "Advances in Walking"), (DBLP, "ICML")])
def test_where_a_paper_was_published(export: str, where: str) -> None:
    (paper,) = papers(export)
    assert (paper.published_in, paper.published_year, paper.is_journal) == (where, 2021, False)


@pytest.mark.parametrize("export", [ZOTERO, ENDNOTE])
def test_code_in_notes(export: str) -> None:
    (paper,) = papers(export)
    assert len(paper.links) == 1
    assert "https://github.com/a/b" in paper.links[0].text
