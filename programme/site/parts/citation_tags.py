"""What the page of a paper says for programs that collect references: meta tags and COinS."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from programme.export.bibtex import Citation, paper_url
from programme.export.cited_names import CitedName


def citation_tags(citation: Citation, abstract: str | None = None) -> list[tuple[str, str]]:
    """Return the names and contents of the meta tags of a paper.

    >>> paper = Citation("9f31", "Nets", ("Ada van Roe",), "ICML 2022", 2022, (("arxiv", "2201.00042"),))
    >>> for name, content in citation_tags(paper):
    ...     print(name, content)
    citation_title Nets
    citation_author van Roe, Ada
    citation_publication_date 2022
    citation_conference_title ICML 2022
    citation_arxiv_id 2201.00042
    citation_pdf_url https://arxiv.org/pdf/2201.00042
    citation_public_url https://arxiv.org/abs/2201.00042
    """
    return [(f"citation_{name}", value) for name, value in _tags(citation, abstract) if value]


def coins(citation: Citation) -> str:
    """Return the title of the COinS of a paper, a context object of OpenURL.

    >>> coins(Citation("9f31", "Nets & Co", ("Ada van Roe",), "ICML 2022", 2022))
    'ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre=proceeding&rft.atitle=Nets+%26+Co\
&rft.jtitle=ICML+2022&rft.date=2022&rft.aulast=van+Roe&rft.aufirst=Ada&rft.au=Ada+van+Roe'
    """
    first = citation.names[0] if citation.names else CitedName("")
    known = citation.identifier
    genre = ("article" if citation.is_journal else "proceeding") if citation.published_in else "preprint"
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", genre),
        ("rft.atitle", citation.title),
        ("rft.jtitle", citation.published_in),
        ("rft.date", citation.cited_year),
        ("rft.aulast", first.family),
        ("rft.aufirst", first.given),
        *(("rft.au", name) for name in citation.authors),
        ("rft_id", f"info:doi/{known['doi']}" if "doi" in known else paper_url(citation.identifiers)),
    ]
    return urlencode([(name, value) for name, value in pairs if value])


def _tags(citation: Citation, abstract: str | None) -> Iterator[tuple[str, str | None]]:
    known = citation.identifier
    yield "title", citation.title
    for name in citation.names:
        yield "author", name.inverted
    yield "publication_date", str(citation.cited_year or "")
    yield "journal_title" if citation.is_journal else "conference_title", citation.published_in
    yield "doi", known.get("doi")
    yield "arxiv_id", known.get("arxiv")
    yield "pdf_url", _pdf(known)
    yield "public_url", paper_url(citation.identifiers)
    yield "abstract", abstract


def _pdf(known: dict[str, str]) -> str | None:
    """Return the address of the PDF where one follows from an identifier."""
    if "acl" in known:
        return f"{paper_url([('acl', known['acl'])])}.pdf"
    if "arxiv" in known:
        return f"https://arxiv.org/pdf/{known['arxiv']}"
    return f"https://openreview.net/pdf?id={known['openreview']}" if "openreview" in known else None
