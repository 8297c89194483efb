"""What is said of a document that no format recognises: what kind it is, and what would work."""

import json
import re

from programme.loaders.documents import Document
from programme.loaders.readers import first_value, header_cells, is_json, is_yaml, yaml_keys
from programme.patterns import lazy_pattern

MAX_NAMES = 8
LFS = "version https://git-lfs.github.com/spec/"
"""How a pointer begins that Git LFS leaves in place of a file."""

_TITLE = lazy_pattern(r"<title[^<>]{0,200}>([^<]{1,120})", re.IGNORECASE)
_MARKDOWN = lazy_pattern(r"^#{1,6} \S|\]\(https?://|^[^\S\n]*+[-*] \[", re.MULTILINE)


def kind_of(document: Document) -> str:
    r"""Return what a document seems to be, in words.

    >>> kind_of(Document.of("test:a", b'[{"mood": "calm", "n": 1}]')), kind_of(Document.of("test:a", b"mood,n\ncalm,1"))
    ('JSON with the fields mood, n', 'a table with the columns mood, n')
    """
    head = document.head
    if document.is_html:
        title = _TITLE.search(head)
        return f"a web page, {' '.join(title[1].split())!r}" if title else "a web page"
    if is_json(document):
        value = first_value(document)
        if isinstance(value, dict) and value:
            return f"JSON with the fields {_listed(value)}"
        return _damage(document) or "JSON without objects"
    if head.lstrip("\ufeff \t\r\n").startswith("<"):
        return "XML"
    if len(names := header_cells(document)) > 1 and head.count("\n") > 0 and all(len(name) < 60 for name in names):
        return f"a table with the columns {_listed(names)}"
    if is_yaml(document) and (keys := yaml_keys(document)):
        return f"YAML with the keys {_listed(sorted(keys))}"
    return "Markdown" if _MARKDOWN.search(head) else "a text"


def _damage(document: Document) -> str | None:
    """Return what is wrong with JSON that cannot be read; None for one that can, or is large."""
    try:
        json.loads(document.text if document.opener is None else "0")
    except json.JSONDecodeError as error:
        return f"damaged JSON ({error.msg[:1].lower()}{error.msg[1:]} in line {error.lineno})"
    except (ValueError, RecursionError):
        return "damaged JSON"
    return None


def advice(kind: str) -> str:
    """Return what would work for a document of a kind."""
    if kind.startswith("damaged"):
        return "download or export it again"
    if kind.startswith(("a table", "JSON", "YAML")):
        return "a column or field called title, beside authors, an abstract or an address, makes it a table of papers"
    if kind.startswith("a web page"):
        return "save a page of a programme or a list of papers, or export BibTeX there"
    return "`loader formats` lists what can be read; programs for references export BibTeX"


def _listed(names: object) -> str:
    listed = [str(name) for name in names if str(name).strip()]  # type: ignore[attr-defined]
    rest = f" and {len(listed) - MAX_NAMES} more" if len(listed) > MAX_NAMES else ""
    return ", ".join(listed[:MAX_NAMES]) + rest
