"""Stable keys: short digests of natural keys, the same on every machine and for every order of ingest.

Permalinks use them, so a change to any function here breaks links that people have kept.
"""

from hashlib import blake2b


def key(kind: str, *parts: str) -> str:
    """Return the digest of a natural key: 16 hexadecimal digits (64 bits, so a clash takes billions of rows).

    The parts are joined with the ASCII unit separator, so (`ab`, `c`) and (`a`, `bc`) differ.

    >>> key("author", "ada quill")
    '5920ac237aff57bf'
    >>> key("author", "ada quill") == key("paper", "ada quill")
    False
    """
    return blake2b("\x1f".join((kind, *parts)).encode(), digest_size=8).hexdigest()


def author_key(name_form: str) -> str:
    """Return the key of an author, by the normalised name."""
    return key("author", name_form)


def title_key(title_form: str) -> str:
    """Return the key of a normalised title, which is also that of the only paper with this title."""
    return key("paper", title_form)


def paper_key(title_group: str, author_forms: tuple[str, ...]) -> str:
    """Return the key of one of several papers with the same title, by its authors."""
    return key("paper", title_group, *author_forms)


def repository_key(host: str, path: str) -> str:
    """Return the key of a repository, by host and path without case.

    >>> repository_key("github.com", "Aurora/Net") == repository_key("GitHub.com", "aurora/net")
    True
    """
    return key("repository", host.casefold(), path.casefold())


def session_key(edition: str, title_form: str, first_start: str) -> str:
    """Return the key of a session, by edition slug (empty when unknown), normalised title and first start.

    Where neither edition nor start is known, the caller gives the titles of the slots as start: not every "Poster
    Session 1" is the same.
    """
    return key("session", edition, title_form, first_start)


def listing_key(source: str, title: str, date: str, entries: list[str]) -> str:
    """Return the key of a listing, by its publisher, heading, date as far as known, and entries in order."""
    return key("listing", source, title, date, *entries)
