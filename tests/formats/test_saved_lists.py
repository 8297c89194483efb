"""Pages that list papers: of arXiv, of a venue on OpenReview, and the page of one paper on Hugging Face."""

from datetime import date

import pytest

from programme.loaders.documents import MalformedDocument
from programme.loaders.formats import read
from programme.loaders.records import ListingRecord, PaperRecord, StatedEdition, StatedLink
from tests.formats.pages import document, sample

ARXIV = """<!DOCTYPE html><html><body><div class="header-breadcrumbs"><a href="/">arxiv logo</a> <span>&gt;</span>
<a href="/list/cs.LG/recent">cs.LG</a></div><h1>Machine Learning</h1><p>Total of 1 entries</p>
<h3>Fri, 5 Dec 2031 (showing 1 of 1 entries )</h3><dl><dt><a name="item1">[1]</a>
<a href="/abs/3112.90001" title="Abstract" id="3112.90001">arXiv:3112.90001</a> [<a href="/pdf/3112.90001">pdf</a>]</dt>
<dd><div class="meta"><div class="list-title mathjax"><span class="descriptor">Title:</span> Moss at Dawn</div>
<div class="list-authors"><a href="https://arxiv.org/search/stat?query=Quill">Ada Quill</a>,
<a href="https://arxiv.org/search/stat?query=Marsh">Bo Marsh</a></div>
<div class="list-comments"><span class="descriptor">Comments:</span> 9 pages</div>
<div class="list-subjects"><span class="descriptor">Subjects:</span> Machine Learning (cs.LG)</div></div></dd></dl>
</body></html>"""

NOTES = """<!DOCTYPE html><html><head><title>ICLR 2024 Conference | OpenReview</title></head><body><ul><li>
<div class="note"><h4><a href="/forum?id=MossFork01">Moss at Dawn</a> <a href="/pdf?id=MossFork01"></a></h4>
<div class="note-authors"><a href="/profile?id=~Ada_Quill1">Ada Quill</a>, <a href="/profile?id=~Bo_Marsh1">Bo Marsh</a>
</div><ul class="note-meta-info list-inline"><li>Published: 16 Jan 2024, Last Modified: 15 Mar 2024</li>
<li>ICLR 2024 poster</li><li>Readers: Everyone</li></ul><a href="#">Show details</a></div></li></ul></body></html>"""

HUGGING_FACE = """<!DOCTYPE html><html><head><link href="https://huggingface.co/front/a.css"></head><body><main>
<div><a href="/papers">Papers</a> <a href="https://arxiv.org/abs/3103.90001">arxiv:3103.90001</a></div>
<h1>Moss at Dawn</h1><div>Published on Mar 3, 2031</div><div>Authors:
<span><a href="/ada">Ada Quill</a> ,</span><span>Bo Marsh</span></div><h2>Abstract</h2>
<div><p>Moss rises.</p><div>AI-generated summary</div></div><p>We watch moss rise at dawn.</p>
<a href="https://arxiv.org/abs/3103.90001">View arXiv page</a> <a href="https://github.com/mossbank/dawn">GitHub 12</a>
<h3>Community</h3><p>See <a href="https://github.com/fen/other">GitHub</a> too.</p></main></body></html>"""


def test_arxiv_list_as_copied() -> None:
    new, cross = read(sample("arxiv_list.txt"), "arxiv-list").records
    assert isinstance(new, ListingRecord)
    assert isinstance(cross, ListingRecord)
    assert (new.title, new.source, new.listed_on) == ("New submissions", "arxiv.org/list/stat.ML", date(2031, 12, 5))
    assert [entry.title for entry in new.entries] == ["Forking Paths: A Study of Moss", "Bandits in a Bog"]
    first = new.entries[0]
    assert (first.authors, first.identifiers) == (("Ada Quill", "Bo Marsh"), (("arxiv", "3112.90001"),))
    assert first.abstract == "We study moss. It forks.\n\nThen it grows."
    assert first.links == (StatedLink("comments", "12 pages. Code: https://github.com/mossbank/forking"),)
    assert [(entry.title, entry.abstract) for entry in cross.entries] == [("Peat as Memory", "Peat remembers.")]


def test_arxiv_list_as_html() -> None:
    parsed = read(document(ARXIV))
    (listing,) = parsed.records
    assert isinstance(listing, ListingRecord)
    assert (parsed.format, parsed.problems) == ("arxiv-list", ())
    assert (listing.source, listing.listed_on) == ("arxiv.org/list/cs.LG", date(2031, 12, 5))
    (entry,) = listing.entries
    assert (entry.title, entry.authors, entry.abstract) == ("Moss at Dawn", ("Ada Quill", "Bo Marsh"), None)
    assert entry.identifiers == (("arxiv", "3112.90001"),)


def test_an_arxiv_entry_without_a_title_does_not_affect_others() -> None:
    text = sample("arxiv_list.txt").content.decode().replace("Title: Bandits in a Bog\n", "")
    parsed = read(document(text), "arxiv-list")
    titles = [entry.title for one in parsed.records if isinstance(one, ListingRecord) for entry in one.entries]
    assert titles == ["Forking Paths: A Study of Moss", "Peat as Memory"]
    assert parsed.problems[0].problem == "an entry without a title; it is left out"


def test_openreview_group_as_copied() -> None:
    found = read(sample("openreview_group.txt"), "openreview-group").records
    papers = [one for one in found if isinstance(one, PaperRecord)]
    assert [(one.title, one.authors) for one in papers] == [
        ("Forking Paths Converge Slowly", ("Ada Quill", "Bo Marsh")),
        ("Peat as Memory", ("Dee Reed", "Eve Sedge")),
        ("Bandits in a Bog", ("Cy Fen",)),
    ]
    assert {(one.edition, one.raw_kind) for one in papers} == {(StatedEdition("iclr", 2024), "oral")}
    assert papers[1].abstract == "We store what the bog has seen. Code: https://github.com/mossbank/peat"


@pytest.mark.parametrize(
    ("venue", "edition", "kind"),
    [
        ("ICLR 2024 poster", StatedEdition("iclr", 2024), "poster"),
        ("NeurIPS 2023", StatedEdition("neurips", 2023), None),
        ("Submitted to ICLR 2024", None, "Submitted to ICLR 2024"),
        ("ICLR 2024 Workshop DMLR", None, "ICLR 2024 Workshop DMLR"),
    ],
)
def test_openreview_group_as_html(venue: str, edition: StatedEdition | None, kind: str | None) -> None:
    parsed = read(document(NOTES.replace("ICLR 2024 poster", venue)))
    (paper,) = parsed.records
    assert isinstance(paper, PaperRecord)
    assert (parsed.format, parsed.problems) == ("openreview-group", ())
    assert (paper.title, paper.authors) == ("Moss at Dawn", ("Ada Quill", "Bo Marsh"))
    assert paper.identifiers == (("openreview", "MossFork01"),)
    assert (paper.edition, paper.raw_kind) == (edition, kind)


@pytest.mark.parametrize("page", ["text", "html"])
def test_hugging_face_paper(page: str) -> None:
    parsed = read(document(HUGGING_FACE) if page == "html" else sample("hugging_face_paper.txt"))
    (paper,) = parsed.records
    assert isinstance(paper, PaperRecord)
    assert (parsed.format, parsed.problems) == ("hugging-face-paper", ())
    assert paper.identifiers == (("arxiv", "3103.90001"),)
    if page == "html":
        assert (paper.title, paper.authors) == ("Moss at Dawn", ("Ada Quill", "Bo Marsh"))
        assert paper.abstract == "We watch moss rise at dawn."
        assert paper.links == (StatedLink("githubRepo", "https://github.com/mossbank/dawn", "own"),)
    else:
        assert (paper.title, paper.authors) == ("Forking Paths Converge Slowly", ("Ada Quill", "Bo Marsh", "Cy Fen"))
        assert paper.abstract == "We walk, and count the forks. It takes long."


@pytest.mark.parametrize("name", ["arxiv-list", "openreview-group", "hugging-face-paper"])
def test_a_page_without_papers_is_refused(name: str) -> None:
    with pytest.raises(MalformedDocument):
        read(document("Moss\n\nFen\n"), name)


def test_arxiv_comments_of_a_saved_page_keep_the_links_that_are_shown_as_words() -> None:
    code = '9 pages. Code: <a href="https://github.com/mossbank/dawn">this https URL</a>'
    (listing,) = read(document(ARXIV.replace("9 pages", code))).records
    assert isinstance(listing, ListingRecord)
    text = "9 pages. Code: this https URL https://github.com/mossbank/dawn"
    assert listing.entries[0].links == (StatedLink("comments", text),)


def test_arxiv_titles_and_authors_that_wrap() -> None:
    head = "[1] arXiv:3112.90001 [pdf]\nTitle: Moss at Dawn\nand at Dusk\n"
    (listing,) = read(document(f"{head}Ada Quill,\nBo Marsh\nSubjects: Machine Learning (cs.LG)\n")).records
    assert isinstance(listing, ListingRecord)
    assert listing.entries[0].title == "Moss at Dawn and at Dusk"
    assert listing.entries[0].authors == ("Ada Quill", "Bo Marsh")
