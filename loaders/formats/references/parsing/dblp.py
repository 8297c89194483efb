"""The records of dblp in its two notations."""

import json
from collections.abc import Iterator
from typing import Any

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.references.parsing.common import Reference, paper
from programme.loaders.readers import Located, XmlDamage, element_text, is_json, read_elements
from programme.loaders.records import PaperRecord, Problem
from programme.patterns import lazy_pattern

TAGS = frozenset({"inproceedings", "article"})
_NO_PAPERS = frozenset({"Editorship", "Books and Theses", "Reference Works", "Data and Artifacts"})
"""Types of hits that are no papers: a volume of proceedings has its editors where a paper has authors."""

_RESUME = lazy_pattern(r"<(?:inproceedings|article)\b")


def papers(document: Document) -> Iterator[PaperRecord | Problem]:
    """Yield each paper, and a problem for each damaged place."""
    return _hits(document) if is_json(document) else _elements(document)


def _elements(document: Document) -> Iterator[PaperRecord | Problem]:
    count = 0
    damaged: list[Problem] = []
    for found in read_elements(document, TAGS, _RESUME, lambda _: "<dblp>"):
        if isinstance(found, XmlDamage):
            problem = f"damaged XML: {found.reason}; a record there may be missing"
            damaged.append(Problem(max(found.line, 1), found.text, problem))
            continue
        if found.kind != "end":
            continue
        element, path = found.element, f"[{count}]"
        count += 1

        def texts(tag: str, element: Any = element) -> list[str]:
            return [element_text(one, {}) for one in element.findall(tag)]

        located = Located(None, path, found.line, found.line)
        yield paper(_reference(texts("title"), texts("author"), texts("ee") + texts("url"),
                               texts("booktitle") + texts("journal"), texts("year")), located)  # fmt: skip
    if not count:
        raise MalformedDocument(document.uri, None, "no record of a publication that can be read; save it again")
    yield from damaged


def _hits(document: Document) -> Iterator[PaperRecord | Problem]:
    try:
        hits = json.loads(document.text)["result"]["hits"].get("hit", [])
        infos = [hit["info"] for hit in hits]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise MalformedDocument(document.uri, None, f"not an answer of dblp: {error}; save it again") from None
    if not infos:
        raise MalformedDocument(document.uri, None, "the search found nothing; ask for something that dblp has")
    for number, info in enumerate(infos):
        people = info.get("authors") if isinstance(info, dict) else None
        listed = _several(people.get("author") if isinstance(people, dict) else None)
        names = [str(one.get("text", "")) if isinstance(one, dict) else str(one) for one in listed]
        path = f"result.hits.hit[{number}].info"
        if not isinstance(info, dict):
            yield Problem(1, str(info)[:80], f"{path}: expected an object", path, is_lost=True)
            continue
        if info.get("type") in _NO_PAPERS:
            problem = f"of the type {info['type']}, which is no paper"
            yield Problem(1, str(info.get("title", ""))[:80], problem, path)
            continue
        fields = [[str(one) for one in _several(info.get(name))] for name in ("title", "ee", "venue", "year")]
        title, addresses, venues, years = fields
        reference = _reference(title, names, addresses, venues, years)
        yield paper(reference._replace(doi=str(info["doi"]) if info.get("doi") else None), Located(None, path, 1, 1))


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _reference(
    titles: list[str], authors: list[str], urls: list[str], venues: list[str], years: list[str]
) -> Reference:
    return Reference(
        title=titles[0].removesuffix(".") if titles else None,
        authors=authors,
        venue=venues[0] if venues else None,
        year=years[0] if years else None,
        urls=urls,
    )
