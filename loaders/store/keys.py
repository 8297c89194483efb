"""Stable keys: short digests of natural keys, the same on every machine and in every order of ingest."""

from hashlib import blake2b


def key(kind: str, *parts: str) -> str:
    """Return the 16 hexadecimal digits (64 bits) that stand for a natural key.

    >>> key("author", "ada quill")
    '5920ac237aff57bf'
    >>> key("author", "ada quill") == key("paper", "ada quill")
    False
    """
    return blake2b("\x1f".join((kind, *parts)).encode(), digest_size=8).hexdigest()


def author_key(name_form: str) -> str:
    """Key of an author by the normalised name."""
    return key("author", name_form)


def title_key(title_form: str) -> str:
    """Key of the group of papers that share a normalised title."""
    return key("paper", title_form)


def paper_key(title_group: str, author_forms: tuple[str, ...]) -> str:
    """Key of one of several papers that share a title: told apart by their authors."""
    return key("paper", title_group, *author_forms)


def repository_key(host: str, path: str) -> str:
    """Key of a repository: host and path, without case.

    >>> repository_key("github.com", "Aurora/Net") == repository_key("GitHub.com", "aurora/net")
    True
    """
    return key("repository", host.casefold(), path.casefold())


def session_key(edition: str, title_form: str, first_start: str) -> str:
    """Key of a session: edition slug (empty when unknown), normalised title and first start.

    Where neither edition nor start is known, what stands in the session takes the place of the start: not every
    "Poster Session 1" is the same.
    """
    return key("session", edition, title_form, first_start)


def listing_key(source: str, title: str, date: str, entries: list[str]) -> str:
    """Key of a listing: its publisher, heading, date as far as known, and entries in order."""
    return key("listing", source, title, date, *entries)
