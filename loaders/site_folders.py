"""The edition that the settings of a Mini-Conf site (`config.yml`) name, for the files beside them.

Most files of such a site print no edition: a schedule has days without a year, and a table has numbers of papers.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from programme.loaders.documents import Document, ReadResult
from programme.loaders.records import Hints, StatedEdition
from programme.loaders.text.venues import find_edition_named
from programme.patterns import lazy_pattern

SETTINGS = ("config.yml", "config.yaml")
MAX_BYTES = 64 * 1024

_MARKS = frozenset({"tagline", "site_title", "page_title", "proceedings_title", "citation_date"})
"""Keys of such settings; a file with two of them is one, or with a name and one of them."""

_NAMING = lazy_pattern(r"^(name|tagline|site_title|proceedings_title)\s*:\s*(.{1,300})$", re.MULTILINE)
_YEAR = lazy_pattern(r"^(?:citation_date|date|name|proceedings_title)\s*:.{0,200}?((?:19|20)\d\d)", re.MULTILINE)
_FILES = lazy_pattern(r".*\.(?:csv|json|ya?ml)", re.IGNORECASE)
_OF_A_WORKSHOP = lazy_pattern(r"(?:w|ws|wksp)\d+[_-]|.*workshop.*papers", re.IGNORECASE)
"""Names of files with the papers of a workshop, which are in no main edition."""


def with_site_editions(found: Iterable[ReadResult], hints: Hints) -> Iterator[ReadResult]:
    """Yield documents, those beside the settings of a site with its edition, where nothing else is given."""
    for one in found:
        own = (one.hints or hints) if isinstance(one, Document) else hints
        if isinstance(one, Document) and own.venue is None and own.year is None and (edition := _edition_beside(one)):
            yield replace(one, hints=own._replace(venue=edition.venue, year=edition.year))
        else:
            yield one


def _edition_beside(document: Document) -> StatedEdition | None:
    parts = urlsplit(document.uri)
    if parts.scheme != "file" or "!/" in document.uri:
        return None
    name = unquote(parts.path).rpartition("/")[2]
    if not _FILES.fullmatch(name) or name in SETTINGS or _OF_A_WORKSHOP.match(name):
        return None
    from urllib.request import url2pathname  # slow to import, for few documents

    return _edition_of(str(Path(url2pathname(parts.path)).parent))


@lru_cache(maxsize=256)
def _edition_of(folder: str) -> StatedEdition | None:
    """Return the edition that the settings in a folder name."""
    from programme.loaders.readers import yaml_keys  # few documents stand beside settings

    for name in SETTINGS:
        path = Path(folder, name)
        try:
            content = path.read_bytes()[:MAX_BYTES] if path.is_file() else b""
        except OSError:
            continue
        settings = Document.of(path.as_uri(), content) if content else None
        keys = yaml_keys(settings) if settings else frozenset[str]()
        if settings and len((_MARKS | {"name"}) & keys) > 1:
            return named_edition(settings.head)
    return None


def named_edition(settings: str) -> StatedEdition | None:
    r"""Return the edition that settings name: in the name of the site, or in that of the proceedings.

    >>> named_edition("name: ACL2020\\ntagline: The 58th Annual Meeting\\ncitation_date: July 2020")
    StatedEdition(venue='acl', year=2020)
    >>> named_edition("name: Moss\\nsite_title: Moss") is None
    True
    """
    year = _YEAR.search(settings)
    for found in _NAMING.finditer(settings):
        text = re.sub(r"(?<=[A-Za-z])(?=\d)", " ", found[2])
        if edition := find_edition_named(text, int(year[1]) if year else None):
            return edition
    return None
