"""BibTeX: entries like `@inproceedings{key, title = {…}, author = {…}, year = 2020}`, from one to a hundred thousand.

It is read as the ACL Anthology, PMLR, DBLP, OpenReview, Google Scholar, the CVF, Zotero, Mendeley and arXiv write it:
values in braces or quotes joined by `#`, abbreviations from `@string`, parentheses around an entry, fields inherited
through `crossref`. Braces that protect capitals are removed; LaTeX stays as printed.

Reads:

- `title`, `abstract`, and `author` with what it says of names: family names, groups in braces, `and others`.
- The journal or proceedings and the year, as stated.
- Identifiers: `doi`, `eprint`, `url`, `pdf`, `openreview`, and keys like `pmlr-v97-lee19a`.
- Repositories in `code`, `github`, `software`, `url`, `note` and `howpublished`.
- The edition that `booktitle`, `journal` or else `series` names, with `year` or `date`. An `@inproceedings` without any
  of them belongs to the `@proceedings` at the top of the file, as in the volumes of PMLR.

Ignores: editors, all other fields, `@proceedings` and other volumes themselves, comments, and text between entries,
which is a comment in BibTeX.
"""

import re
from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.formats.bibliography.parsing import TYPES
from programme.loaders.records import Hints, Record

NAME = "bibtex"
DESCRIPTION = "A BibTeX bibliography."
YIELDS = "papers with their identifiers and editions"
EXAMPLE = "bibtex.bib"
VERSION = 1

_OPENING = (
    rf"(?im)^[ \t]*@(?:(?:{TYPES})\s*(?:\{{|\(\s*[^\s,={{}}()]{{1,200}}\s*,)|(?:string|comment|preamble)\s*[{{(])"
)
_TITLE = r"(?i)\btitle\s*="
_IN_TEXT = r"(?m)```|^[^\S\n]*+(?:Session|#+ )"


def sniff(document: Document) -> Sniff:
    """Look for an entry near the top, and at the text above it."""
    found = re.search(_OPENING, document.head) if "@" in document.head else None
    if found is None:
        return Sniff(0.0, "no entry like '@inproceedings{key,' near the top")
    above = document.head[: found.start()]
    if document.is_html or re.search(_IN_TEXT, above):
        return Sniff(0.3, "an entry, but inside a web page or a text")
    comments = [line for line in above.splitlines() if line.strip() and not line.lstrip().startswith(("%", "#"))]
    if len(comments) > 5:
        return Sniff(0.4, f"an entry, but {len(comments)} lines of text above it")
    return Sniff(0.9 if re.search(_TITLE, document.head) else 0.6, f"an entry {found[0].strip()!r}")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a paper for each entry with a title, and a problem for each that has none or is damaged."""
    from programme.loaders.formats.bibliography.parsing.papers import papers

    return papers(document)
