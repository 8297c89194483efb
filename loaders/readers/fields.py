"""Texts of fields, as the records of structured documents hold them."""

import re

from programme.loaders.text.names import split_byline

_LINE_END = re.compile(r"\s*[\r\n]\s*")
_ANONYMOUS = re.compile(r"anonymous(?: authors?)?", re.IGNORECASE)


def one_line(text: str | None) -> str:
    r"""Return a title on one line, as printed otherwise; empty when there is none.

    >>> one_line(" Walks at\n  Dawn "), one_line(None)
    ('Walks at Dawn', '')
    """
    stripped = (text or "").strip()
    return _LINE_END.sub(" ", stripped) if "\n" in stripped or "\r" in stripped else stripped


def stated(text: str | None) -> str | None:
    """Return a text without the blanks around it, None for an empty one.

    >>> stated(" Poster "), stated(" ")
    ('Poster', None)
    """
    return (text or "").strip() or None


def known_names(names: list[str]) -> tuple[str, ...]:
    """Return the names in a list of authors that may say instead that they are not to be known.

    >>> known_names(["Ada Quill ", ""]), known_names(["Anonymous"])
    (('Ada Quill',), ())
    """
    stripped = [name.strip() for name in names]
    return tuple(name for name in stripped if name and not _ANONYMOUS.fullmatch(name))


def names_in(text: str | None) -> tuple[str, ...]:
    """Return the names in one text: between semicolons, where it has any, else as in a byline.

    >>> names_in("Wei Wu;Ada Quill, Jr."), names_in("Wei Wu, Ada Quill"), names_in("Anonymous")
    (('Wei Wu', 'Ada Quill, Jr.'), ('Wei Wu', 'Ada Quill'), ())
    """
    if not text:
        return ()
    return known_names(text.split(";")) if ";" in text else known_names(list(split_byline(text)))
