"""What the label of a link says: that it is the paper, its code, the code of others, or a project page."""

import re

from programme.loaders.formats.lists.parsing.lines import Link
from programme.loaders.text.identifiers import identifiers_from_url
from programme.loaders.text.venues import find_edition_named
from programme.patterns import lazy_pattern

_CODE = lazy_pattern(
    r"\bcodes?\b|\bcodebase\b|github|gitlab|\brepo(?:s|sitor(?:y|ies))?\b|\b(?:re-?)?implement|\bofficial|pytorch"
    r"|tensorflow|\bjax\b|\bkeras\b|源码|代码",
    re.IGNORECASE,
)
_FOREIGN = lazy_pattern(
    r"un-?official|non-?official|third|re-?implement|community|dataset|data\b|benchmark|非官方|数据", re.I
)
_PAPER = lazy_pattern(
    r"\b(?:paper|pdf|arxiv|openreview|abs(?:tract)?|acl|doi|ieee|acm|cvf|pmlr|html|book|preprint|proceedings)\b|论文|文章",
    re.IGNORECASE,
)
_PROJECT = lazy_pattern(r"project|home ?page|website|web ?page|site|page|demo|主页|项目", re.IGNORECASE)
_LINK_LABEL = lazy_pattern(r"(?:\W*(?:link|url|here|全文|链接)\W*)", re.IGNORECASE)
_PDF = lazy_pattern(
    r"\.pdf(?:$|[?#])|/pdf\b|papers\.nips\.cc|proceedings|openaccess|aclweb|aclanthology", re.IGNORECASE
)
_WORD = lazy_pattern(r"[^\W\d_]+")
_WIDE_LABEL = lazy_pattern(
    r"(?:论文|文章|源码|代码|链接|地址|全文|主页|项目|数据集?|非?官方|第三方|解读|下载|网站|视频)+(?![^\W\d_])"
)

_KINDS = """
    paper papers pdf arxiv openreview abs abstract acl doi ieee acm cvf pmlr html book preprint proceedings article link
    links url here text supplement supplementary supplemental supp material materials appendix page homepage website web
    webpage site demo video videos slides slide poster talk blog tweet twitter thread code codes codebase github gitlab
    git repo repos repository repositories implementation implementations reimplementation pytorch torch tensorflow tf
    jax keras dataset datasets data benchmark benchmarks weights checkpoint checkpoints huggingface hf colab notebook
    bibtex bib citation review reviews summary youtube leaderboard documentation docs paperswithcode project
"""
_BESIDE = """
    a an the this our its of for and or with in on to from full version extended camera ready home source official
    unofficial nonofficial non un re author authors third party community python matlab caffe mxnet dgl pyg paddle julia
    model models hugging face semantic scholar google new available release released original short long post oral
    spotlight highlight workshop conference journal main v c
"""
_OF_LINKS = """
    paper papers pdf arxiv openreview abs doi acl ieee acm cvf pmlr html link links url here github gitlab homepage
    website webpage supp bibtex bib main full version extended camera official
"""
_LINK_WORDS = frozenset(_OF_LINKS.split())
MIN_LABEL_WORDS = 3
"""Words of a title that are all words of labels."""
_KIND_WORDS = frozenset(_KINDS.split())
_LABEL_WORDS = _KIND_WORDS | frozenset(_BESIDE.split())


def is_label(text: str) -> bool:
    """Return whether a text can only be the label of a link, as every word of it is one of labels; no title is.

    >>> is_label("Official Code (PyTorch)"), is_label("论文链接"), is_label("ICML 2023 Oral")
    (True, True, True)
    >>> is_label("Masked Autoencoders"), is_label("A Benchmark for Waiting Robots"), is_label("Slow Code")
    (False, False, False)
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    kinds = [word for word in words if word in _KIND_WORDS or _WIDE_LABEL.fullmatch(word)]
    others = [word for word in words if word not in _LABEL_WORDS and not _WIDE_LABEL.fullmatch(word)]
    # `ICML 2023`: the name of an edition and nothing else.
    is_edition = len(others) == 1 and len(words) <= 3 and find_edition_named(text) is not None
    return (bool(kinds) and not others) or is_edition


def may_be_title(text: str) -> bool:
    """Return whether a label may be a title where something else says so: of three words, none of a link alone.

    >>> may_be_title("Benchmark Data for Code Models"), may_be_title("Paper and Code"), may_be_title("Code")
    (True, False, False)
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    return len(words) >= MIN_LABEL_WORDS and not _LINK_WORDS.intersection(words)


def role_of(link: Link) -> str | None:
    """Return what a link is by its label: code, code of others, paper or project page; None for other labels."""
    label = link.label
    if _FOREIGN.search(label):
        return "foreign"
    if len(label) <= 40 and _CODE.search(label):
        return "code"
    if len(label) <= 40 and _PAPER.search(label):
        return "paper"
    if _LINK_LABEL.fullmatch(label):
        return "paper" if leads_to_paper(link) else "other"
    return "project" if len(label) <= 30 and _PROJECT.search(label) else None


def says_role(link: Link) -> bool:
    """Return whether a link needs no column to say what it is, as `[Link](…)` does."""
    return role_of(link) is not None and "://" not in link.label and not _LINK_LABEL.fullmatch(link.label)


def leads_to_paper(link: Link) -> bool:
    """Return whether the address of a link is that of a paper, whatever its label says."""
    return _PDF.search(link.url) is not None or bool(list(identifiers_from_url(link.url)))
