"""What the formats of the big dumps share: identifiers out of several fields, and abstracts that were wrapped."""

import re
from collections.abc import Iterable

from programme.loaders.text.identifiers import Identifier, arxiv, from_address

_PARAGRAPH = re.compile(r"\n(?:[ \t]*\n\s*|[ \t]{2,})")


def stated_identifiers(arxiv_id: str | None, *addresses: str | None) -> tuple[Identifier, ...]:
    """Return the identifiers that a field for arXiv's and addresses hold, the first of each scheme.

    >>> stated_identifiers("2103.00020", "http://arxiv.org/abs/2103.00020v1", "https://aclanthology.org/P19-1001", None)
    (('arxiv', '2103.00020'), ('acl', 'p19-1001'))
    """
    own = arxiv(arxiv_id) if arxiv_id else None
    found = [own] if own else []
    for address in addresses:
        if address and not (own and own[1] in address):
            found += from_address(address)
    return first_of_each_scheme(found)


def first_of_each_scheme(identifiers: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """Return the identifiers without those whose scheme came before: a record names one paper.

    >>> first_of_each_scheme([("arxiv", "2103.00020"), ("doi", "10.1/a"), ("arxiv", "2103.00021")])
    (('arxiv', '2103.00020'), ('doi', '10.1/a'))
    """
    chosen: dict[str, Identifier] = {}
    for identifier in identifiers:
        chosen.setdefault(identifier[0], identifier)
    return tuple(chosen.values())


def unwrapped(text: str | None) -> str | None:
    r"""Return a text with its wrapped lines joined; an empty line or an indented one begins a paragraph.

    >>> unwrapped("  One\ntwo.\n  Three\nfour.\n"), unwrapped(" ")
    ('One two.\n\nThree four.', None)
    """
    stripped = (text or "").strip()
    if "\n" in stripped:
        stripped = "\n\n".join(" ".join(part.split()) for part in _PARAGRAPH.split(stripped))
    return stripped or None
