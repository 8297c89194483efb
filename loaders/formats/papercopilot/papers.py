"""The paper lists of papercopilot (github.com/papercopilot/paperlists), a JSON file for each venue and year.

The file is a list of flat objects whose values are texts: `title`, `author` with `;` between the names (`,` in lists
taken from a virtual site), `aff` parallel to it, `status` (`Poster`), `abstract`, and addresses. Older files write
`authors`, `url_site`, `url_oa`, `url_pdf`, `url_github` and `url_project`.

- Read: `title`; `author`, or where it is empty `authors` or `author_site`; `aff` where there are as many as authors
  (`+` joins the affiliations of one author); `abstract`; `status` as the kind; `github` and `project` as links.
- Identifiers come from `site`, `oa`, `pdf`, `openreview`, `arxiv`, `doi` and the key of `bibtex`; `id` proves none.
- The edition is what `site`, `oa`, `pdf` or `doi` say, else `booktitle` and `year` of `bibtex`. A paper whose `status`
  or `track` says that it was rejected or withdrawn, is under review, or stands in a workshop or in the Findings
  belongs to no edition; it is loaded all the same.
- Left alone: e-mail domains, gender, homepages, profiles (`dblp`, `google_scholar`, `orcid`, `linkedin`, `or_profile`,
  `authorids`), positions, reviews and their scores, citation counts, and what is computed from affiliations.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import first_record
from programme.loaders.records import Hints, Record

NAME = "papercopilot"
DESCRIPTION = "A paper list of papercopilot: the submissions or papers of one conference, as JSON."
YIELDS = "papers, with affiliations, links and identifiers"
EXAMPLE = "papercopilot_icml2022.json"

AUTHORS = ("author", "authors", "author_site")
MARKS = frozenset(
    """
    status track site aff aff_domain aff_unique_norm author_site author_num github project oa pdf_size primary_area
    keywords tldr rating rating_avg confidence_avg corr_rating_confidence gs_citation gs_cited_by_link url_site url_pdf
    url_oa url_github url_project authorids supplementary_material
    """.split()  # noqa: SIM905
)
"""Fields of these lists that lists of other sites do not have together."""

MIN_MARKS = 3
OTHERS = frozenset({"content", "paper", "paper_url", "eventtype", "UID", "virtualsite_url"})
"""Fields that lists of other kinds have."""


def sniff(document: Document) -> Sniff:
    """Look at the fields of the first record."""
    record = first_record(document)
    if not isinstance(record.get("title"), str) or not any(isinstance(record.get(name), str) for name in AUTHORS):
        return Sniff(0.0, "no JSON list of objects with 'title' and 'author' as texts")
    marks = MARKS & record.keys()
    if len(marks) < MIN_MARKS or OTHERS & record.keys():
        return Sniff(0.2, "'title' and 'author', but not fields like 'status', 'track' and 'site' beside them")
    return Sniff(0.9, f"'title' and 'author' beside {', '.join(sorted(marks)[:3])}")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a paper for each record with a title, and a problem for each other one."""
    from programme.loaders.formats.papercopilot.parsing.papers import papers

    return papers(document)
