"""Papers as RIS and as CSL-JSON, which reference managers take: plain rows in, text out.

The formats `ris` and `csl` read them back.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from programme.export.bibtex import Citation, citation_key, paper_url
from programme.export.cited_names import CitedName

_OTHERS = "others"


def ris(citations: Iterable[Citation]) -> Iterator[str]:
    r"""Yield the text of an RIS file in pieces, in the order of the citations.

    >>> paper = Citation("9f31c2aa00000000", "Nets", ("Ada van Roe",), "ICML 2022", 2022, (("doi", "10.1/a"),))
    >>> print("".join(ris([paper])).replace(" \r", "").replace("\r", ""), end="")
    TY  - CPAPER
    ID  - roe2022nets-9f31c2
    TI  - Nets
    AU  - van Roe, Ada
    T2  - ICML 2022
    PY  - 2022
    DO  - 10.1/a
    UR  - https://doi.org/10.1/a
    ER  -
    <BLANKLINE>
    """
    for citation in citations:
        lines = (f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in _tags(citation) if value)
        yield f"{''.join(lines)}ER  - \r\n\r\n"


def csl(citations: Iterable[Citation]) -> Iterator[str]:
    r"""Yield the text of a CSL-JSON file in pieces, in the order of the citations.

    >>> list(csl([]))
    ['[', ']\n']
    """
    yield "["
    for number, citation in enumerate(citations):
        item = {name: value for name, value in _item(citation).items() if value}
        yield f"{',' if number else ''}\n{json.dumps(item, ensure_ascii=False, indent=2)}\n"
    yield "]\n"


def _tags(citation: Citation) -> Iterator[tuple[str, str | None]]:
    yield "TY", ("JOUR" if citation.is_journal else "CPAPER") if citation.published_in else "UNPB"
    yield "ID", citation_key(citation)
    yield "TI", citation.title
    for name in citation.names:
        yield "AU", name.inverted
    if citation.authors and citation.has_more_authors:
        yield "AU", _OTHERS
    yield "T2", citation.published_in
    yield "PY", str(citation.cited_year or "")
    yield "DO", citation.identifier.get("doi")
    yield "UR", paper_url(citation.identifiers)
    yield "N1", citation.code and f"Code: {citation.code}"


def _item(citation: Citation) -> dict[str, Any]:
    year = citation.cited_year
    authors = [_person(name) for name in citation.names]
    return {
        "id": citation_key(citation),
        "type": ("article-journal" if citation.is_journal else "paper-conference")
        if citation.published_in
        else "manuscript",
        "title": citation.title,
        "author": [*authors, {"literal": _OTHERS}] if authors and citation.has_more_authors else authors,
        "container-title": citation.published_in,
        "issued": year and {"date-parts": [[year]]},
        "DOI": citation.identifier.get("doi"),
        "URL": paper_url(citation.identifiers),
        "note": citation.code and f"Code: {citation.code}",
    }


def _person(name: CitedName) -> dict[str, str]:
    if name.is_group:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: value for part, value in parts.items() if value}
