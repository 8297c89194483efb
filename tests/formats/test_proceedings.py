"""Pages of proceedings: CVF open access and volumes of PMLR."""

import pytest

from programme.loaders.documents import MalformedDocument
from programme.loaders.formats import read
from programme.loaders.records import PaperRecord, StatedEdition, StatedLink
from tests.formats.pages import document, sample

LIST = """CVPR 2024 open access
These CVPR 2024 papers are the Open Access versions, provided by the Computer Vision Foundation.
Except for the watermark, they are identical to the accepted versions; the final published version of the proceedings is available on IEEE Xplore.

NTIRE 2024 Challenge on Moss
    Ada Quill, Bo Marsh
    [pdf] [supp] [arXiv] [bibtex]
Papers with Fog
    Cy Fen
    [pdf] [bibtex]
"""  # noqa: E501

PAPER = """This ICCV paper is the Open Access version, provided by the Computer Vision Foundation.
Except for this watermark, it is identical to the accepted version; the final published version of the proceedings is available on IEEE Xplore.
Seeing Moss
Ada Quill, Bo Marsh; Proceedings of the IEEE/CVF International Conference on Computer Vision (ICCV), 2023, pp. 1-10
Abstract
We see moss at github.com/mossbank/see.
Related Material
[pdf] [supp]
[bibtex]
@InProceedings{Quill_2023_ICCV,
    author = {Quill, Ada},
    year = {2023}
}
"""  # noqa: E501


def papers(text: str) -> list[PaperRecord]:
    parsed = read(document(text))
    assert parsed.problems == ()
    return [record for record in parsed.records if isinstance(record, PaperRecord)]


def test_cvf_as_copied() -> None:
    found = [(one.title, one.authors, one.edition, one.line_start, one.line_end) for one in papers(LIST)]
    cvpr = StatedEdition("cvpr", 2024)
    assert found == [
        ("NTIRE 2024 Challenge on Moss", ("Ada Quill", "Bo Marsh"), cvpr, 5, 6),
        ("Papers with Fog", ("Cy Fen",), cvpr, 8, 9),
    ]


def test_cvf_workshops_belong_to_no_edition() -> None:
    text = LIST.replace("2024 papers", "2024 workshop papers").replace("2024 open access", "2024 Workshops")
    assert [one.edition for one in papers(text)] == [None, None]


def test_cvf_page_of_one_paper() -> None:
    (paper,) = papers(PAPER)
    assert (paper.title, paper.authors) == ("Seeing Moss", ("Ada Quill", "Bo Marsh"))
    assert paper.abstract == "We see moss at github.com/mossbank/see."
    assert paper.edition == StatedEdition("iccv", 2023)
    assert paper.published_in == "Proceedings of the IEEE/CVF International Conference on Computer Vision (ICCV)"
    assert paper.published_year == 2023


def test_cvf_html() -> None:
    first, second = read(sample("cvf_open_access.html"), "cvf").records
    assert isinstance(first, PaperRecord)
    assert isinstance(second, PaperRecord)
    assert (first.title, first.authors) == ("Moss Splatting for Sparse Gardens", ("Ada Quill", "Bo Marsh"))
    assert first.identifiers == (("arxiv", "2403.90001"),)
    folder = "https://openaccess.thecvf.com/content/CVPR2024/papers/"
    pdf = f"{folder}Quill_Moss_Splatting_for_Sparse_Gardens_CVPR_2024_paper.pdf"
    assert first.links == (StatedLink("pdf", pdf),)
    assert second.edition == StatedEdition("cvpr", 2024)


def test_pmlr() -> None:
    first, second = read(sample("pmlr_volume.html"), "pmlr").records
    assert isinstance(first, PaperRecord)
    assert isinstance(second, PaperRecord)
    assert (first.title, first.authors) == ("Forking Paths Converge Slowly", ("Ada Quill", "Bo Marsh"))
    assert first.identifiers == (("pmlr", "v935/quill24a"), ("openreview", "MossFork01"))
    assert first.links == (StatedLink("software", "https://github.com/mossbank/forking", "own"),)
    assert (second.title, second.edition, second.links) == ("Bandits in a Bog", StatedEdition("icml", 2024), ())


def test_a_volume_of_a_workshop_belongs_to_no_edition() -> None:
    page = sample("pmlr_volume.html").content.decode()
    page = page.replace("International Conference on", "NeurIPS Workshop on").replace("41st ", "")
    assert [one.edition for one in papers(page)] == [None, None]


def test_an_entry_of_bibtex_that_is_cut_off_hides_no_paper() -> None:
    text = LIST.replace("[arXiv] [bibtex]", "[arXiv] [\n@InProceedings{Quill,\n    author = {Quill")
    assert [one.title for one in papers(text)] == ["NTIRE 2024 Challenge on Moss", "Papers with Fog"]


def test_a_page_without_papers_is_refused() -> None:
    with pytest.raises(MalformedDocument, match="no paper with its line of links"):
        read(document("\n".join(LIST.splitlines()[:3])))
