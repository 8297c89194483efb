"""BibTeX: entries like `@inproceedings{key, title = {…}, author = "…" # and, year = 2020}`, one or a hundred thousand.

As the ACL Anthology, PMLR, DBLP, OpenReview, Google Scholar, the CVF, Zotero, Mendeley and arXiv write it: values in
braces or quotes joined by `#`, abbreviations by `@string`, parentheses around an entry, fields inherited by `crossref`.
Of an entry are read `title`, `author`, `abstract`; `doi`, `eprint`, `url`, `pdf`, `openreview` and keys like
`pmlr-v97-lee19a` as identifiers; repositories in `code`, `github`, `software`, `url`, `note` and `howpublished`; and
the edition that `booktitle` or `journal` names (else `series`), with `year` or `date`. An entry of proceedings without
a title of the book belongs to the `@proceedings` that opens the file, as in the volumes of PMLR.

Left alone: editors, all other fields, `@proceedings` and other volumes themselves, comments, and any text between
entries, which BibTeX takes for a comment. Braces that protect capitals fall away; LaTeX stays as printed.
"""

import re
from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.records import Hints, Record

NAME = "bibtex"
DESCRIPTION = "A BibTeX bibliography."
YIELDS = "papers with their identifiers and editions"
EXAMPLE = "bibtex.bib"

_TYPES = (
    "article|inproceedings|conference|incollection|inbook|book|booklet|misc|techreport|report|unpublished|phdthesis|"
    "mastersthesis|thesis|online|electronic|www|manual|proceedings|collection|periodical|dataset|software"
)
_KEY = r"(?:[^\s,={}]|\{\\[^{}\n]*\})*"
_OPENING = rf"(?im)^[ \t]*@(?:(?:{_TYPES})\s*[{{(]\s*{_KEY}\s*,|(?:string|comment|preamble)\s*[{{(])"
_TITLE = r"(?i)\btitle\s*="
_IN_TEXT = r"(?m)```|^\s*(?:Session|#+ )"


def sniff(document: Document) -> Sniff:
    """Look for an entry near the top, and for what stands above it."""
    found = re.search(_OPENING, document.head) if "@" in document.head else None
    if found is None:
        return Sniff(0.0, "no entry like '@inproceedings{key,' near the top")
    above = document.head[: found.start()]
    if document.is_html or re.search(_IN_TEXT, above):
        return Sniff(0.3, "an entry, but inside a page or a text")
    remarks = [line for line in above.splitlines() if line.strip() and not line.lstrip().startswith(("%", "#"))]
    if len(remarks) > 5:
        return Sniff(0.4, f"an entry, but {len(remarks)} lines of text above it")
    return Sniff(0.9 if re.search(_TITLE, document.head) else 0.6, f"an entry {found[0].strip()!r}")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield each entry that has a title as a paper, and a problem for each that has none or is damaged."""
    from programme.loaders.formats.bibliography.parsing.bibtex import papers

    return papers(document)
