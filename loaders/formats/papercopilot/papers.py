"""The paper lists of papercopilot (github.com/papercopilot/paperlists), a JSON file for each venue and year.

A file is a list of flat objects whose values are texts. Older files write `authors`, `url_site`, `url_oa`, `url_pdf`,
`url_github` and `url_project`.

Reads:

- `title`; `author` or, where it is empty, `authors` or `author_site`, with `;` between the names (`,` in lists taken
  from a virtual site); `aff`, when there are as many affiliations as authors (`+` joins those of one author);
  `abstract`; `status` as the kind (`Poster`); `github` and `project` as links.
- Identifiers from `site`, `oa`, `pdf`, `openreview`, `arxiv`, `doi` and the key of `bibtex`. `id` is not used, since
  its meaning differs from list to list.
- The edition from `site`, `oa`, `pdf` or `doi`, else from `booktitle` and `year` of `bibtex`. A paper whose `status` or
  `track` says that it was rejected or withdrawn, is under review, or is in a workshop or in the Findings is loaded, but
  belongs to no edition.

Ignores: e-mail domains, gender, homepages, profiles (`dblp`, `google_scholar`, `orcid`, `linkedin`, `or_profile`,
`authorids`), positions, reviews and their scores, citation counts, and values computed from affiliations.
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
VERSION = 2

AUTHORS = ("author", "authors", "author_site")
MARKS = frozenset(
    """
    status track site aff aff_domain aff_unique_norm author_site author_num github project oa pdf_size primary_area
    keywords tldr rating rating_avg confidence_avg corr_rating_confidence gs_citation gs_cited_by_link url_site url_pdf
    url_oa url_github url_project authorids supplementary_material
    """.split()  # noqa: SIM905
)
"""Fields of these lists; lists of other sites have some of them, but not MIN_MARKS."""

MIN_MARKS = 3
SHORTEST = frozenset({"title", "author", "aff", "id"})
"""Fields of the shortest of these lists, which have no status, track and site."""

FOREIGN = frozenset({"content", "paper", "paper_url", "eventtype", "UID", "virtualsite_url"})
"""Fields that only lists of other sites have."""


def sniff(document: Document) -> Sniff:
    """Look at the fields of the first record."""
    record = first_record(document)
    if not isinstance(record.get("title"), str) or not any(isinstance(record.get(name), str) for name in AUTHORS):
        return Sniff(0.0, "no JSON list of objects whose 'title' and 'author' are texts")
    marks = MARKS & record.keys()
    if (len(marks) < MIN_MARKS and not record.keys() >= SHORTEST) or FOREIGN & record.keys():
        return Sniff(0.2, "'title' and 'author', but not fields like 'status', 'track' and 'site' beside them")
    seen = sorted(marks | (SHORTEST & record.keys()) - {"title", "author"})
    return Sniff(0.9, f"'title' and 'author' beside {', '.join(seen[:3])}")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a paper for each record with a title, and a problem for each other one."""
    from programme.loaders.formats.papercopilot.parsing import papers

    return papers(document)
