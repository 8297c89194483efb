"""Identifiers of papers (arXiv, DOI, ACL, OpenReview, PMLR): read from URLs and fields, and written in one form."""

import re

from programme.patterns import lazy_pattern

Identifier = tuple[str, str]
"""Scheme and value: `("arxiv", "2103.00020")`. Mentions that share an identifier are one paper."""

_ARXIV = lazy_pattern(
    r"(?:arxiv(?:\.org)?[:./]*(?:/?(?:abs|pdf|html|format|e-print)/)?\s*)?"
    r"(\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?",
    re.IGNORECASE,
)
_ARXIV_DOI = lazy_pattern(r"10\.48550/arxiv\.", re.IGNORECASE)
_ACL_DOI = lazy_pattern(r"10\.(?:18653/v1|3115/v1)/", re.IGNORECASE)
_BOOK_DOI = lazy_pattern(r"10\.\d{4,9}/97[89][\d-]+")
_DOI = lazy_pattern(r"10\.\d{4,9}/\S+")
_OPENREVIEW = lazy_pattern(r"openreview\.net/(?:forum|pdf|attachment|references/pdf)\?(?:[^#\s]*&)?id=([\w-]{6,})")
_ACL_URL = lazy_pattern(r"(?:aclanthology\.org|aclweb\.org/anthology|aclanthology\.info/papers)/([\w.-]*\d)")
_ACL = lazy_pattern(r"[A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+", re.IGNORECASE)
_PMLR = lazy_pattern(r"proceedings\.mlr\.press/(v\d+)/([\w-]+?)(?:/[\w.-]*)?(?:\.html|\.pdf)?$")
_URL_START = lazy_pattern(r"^\w+://(?:www\.|dx\.)?", re.IGNORECASE)
_NOT_SCHEME = lazy_pattern(r"[^a-z0-9_]+")


def identifier_text(scheme: str, value: str) -> str:
    """Return an identifier as one word, `scheme:value`.

    >>> identifier_text("arXiv", " 2103.00020 ")
    'arxiv:2103.00020'
    """
    return f"{_NOT_SCHEME.sub('_', scheme.strip().lower())}:{''.join(value.split())}"


def arxiv(text: str) -> Identifier | None:
    """Return the arXiv identifier, without its version, of a field or URL that holds nothing else; or None.

    >>> arxiv("arXiv:2103.00020v2"), arxiv("https://arxiv.org/pdf/hep-th/9901001.pdf"), arxiv("12345")
    (('arxiv', '2103.00020'), ('arxiv', 'hep-th/9901001'), None)
    """
    found = _ARXIV.fullmatch(_URL_START.sub("", text.strip()))
    return ("arxiv", found[1].lower()) if found else None


def doi(text: str) -> tuple[Identifier, ...]:
    """Return the identifiers in a DOI: arXiv and the ACL Anthology build their DOIs from their own identifiers.

    The DOI of a whole volume of proceedings, which is built from its ISBN, identifies no paper.

    >>> doi("10.1007/978-3-031-20044-1"), doi("10.1007/978-3-031-20044-1_7")
    ((), (('doi', '10.1007/978-3-031-20044-1_7'),))
    >>> doi("https://doi.org/10.48550/arXiv.2103.00020"), doi("10.18653/v1/P19-1001")
    ((('arxiv', '2103.00020'),), (('doi', '10.18653/v1/p19-1001'), ('acl', 'p19-1001')))
    """
    found = _DOI.search(text)
    if found is None:
        return ()
    value = found[0].rstrip(".,;)").lower()
    if _ARXIV_DOI.match(value):
        own = arxiv(_ARXIV_DOI.sub("", value))
        return (own,) if own else ()
    if _ACL_DOI.match(value) and _ACL.fullmatch(_ACL_DOI.sub("", value)):
        return (("doi", value), ("acl", _ACL_DOI.sub("", value)))
    return () if _BOOK_DOI.fullmatch(value) else (("doi", value),)


def acl(text: str) -> Identifier | None:
    """Return the ACL Anthology identifier of a field or URL, `P19-1001` or `2022.acl-long.1`, in lower case; or None.

    >>> acl("2022.acl-long.1"), acl("https://aclanthology.org/P19-1001.pdf"), acl("2022.acl-long")
    (('acl', '2022.acl-long.1'), ('acl', 'p19-1001'), None)
    """
    url = _ACL_URL.search(text)
    found = _ACL.fullmatch((url[1] if url else text.strip()).removesuffix(".pdf"))
    return ("acl", found[0].lower()) if found else None


def openreview(text: str) -> Identifier | None:
    """Return the forum identifier in an OpenReview URL, or None.

    >>> openreview("https://openreview.net/forum?id=zuNM3eoPVi&noteId=x")
    ('openreview', 'zuNM3eoPVi')
    """
    found = _OPENREVIEW.search(text)
    return ("openreview", found[1]) if found else None


def identifiers_from_url(text: str) -> tuple[Identifier, ...]:
    """Return the identifiers in the URL of a paper on any known site.

    >>> identifiers_from_url("https://proceedings.mlr.press/v97/slim19a/slim19a.pdf")
    (('pmlr', 'v97/slim19a'),)
    >>> identifiers_from_url("http://arxiv.org/abs/2103.00020v1"), identifiers_from_url("https://example.org/a")
    ((('arxiv', '2103.00020'),), ())
    """
    if "arxiv.org/" in text.lower():
        own = arxiv(text)
        return (own,) if own else ()
    if "openreview.net" in text:
        own = openreview(text)
        return (own,) if own else ()
    if "acl" in text and (own := acl(text)):
        return (own,)
    press = _PMLR.search(text)
    if press:
        return (("pmlr", f"{press[1]}/{press[2]}"),)
    return doi(text) if "doi.org/" in text else ()
