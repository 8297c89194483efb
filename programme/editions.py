"""The edition that a person names, as the database calls it: `ICML 2022` and `icml2022` are `icml-2022`."""

import re
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from programme.exceptions import QueryError, StoreError
from programme.loaders.store.database import open_database
from programme.loaders.text.editions import venue_slug
from programme.loaders.text.suggestions import did_you_mean
from programme.parameters import CHOICES, check_known, check_values, is_unknown_edition
from programme.patterns import lazy_pattern
from programme.queries import Query
from programme.subjects import SUBJECTS

_PARTS = lazy_pattern(r"(.*?)[\W_]*(\d{4})")

_SHORT_YEAR = lazy_pattern(r"(?<=[a-z])\W?(\d\d)$")


def find_slug(text: str, known: Mapping[str, str]) -> str | None:
    """Return the slug of the edition that a text names; None if it is none of those known, given as slug → name.

    >>> known = {"icml-2022": "ICML 2022", "neurips-2017": "NeurIPS 2017"}
    >>> [find_slug(text, known) for text in ("icml-2022", "ICML 2022", "icml2022", "ICML-2022", "NIPS 2017", "icml22")]
    ['icml-2022', 'icml-2022', 'icml-2022', 'icml-2022', 'neurips-2017', None]
    """
    texts = {text}
    if parts := _PARTS.fullmatch(text.strip()):
        texts.add(f"{venue_slug(parts[1])}-{parts[2]}")
    plain = {_plain(text) for text in texts}
    found = (slug for slug, name in known.items() if _plain(slug) in plain or _plain(name) in plain)
    return text if text in known else next(found, None)


def unknown_edition(text: str, known: Mapping[str, str]) -> str:
    """Return one line about an unknown edition, with the nearest ones or the way to find them.

    >>> unknown_edition("ICML 2021", {"icml-2022": "ICML 2022", "uai-2023": "UAI 2023"})
    "no edition 'ICML 2021' in this database; did you mean icml-2022?"
    >>> unknown_edition("icml22", {"icml-2020": "ICML 2020", "icml-2022": "ICML 2022"})
    "no edition 'icml22' in this database; did you mean icml-2022?"
    """
    spelt = _SHORT_YEAR.sub(r"-20\1", "-".join(text.lower().split()))
    near = did_you_mean(spelt, known, most=1 if spelt in known else 3)
    return f"no edition {text!r} in this database" + (near or '; `loader sql "SELECT slug FROM editions"` lists them')


def edition_slug(database: str | Path, text: str) -> str:
    """Return the slug of the edition that a text names; raise StoreError if the database has none such."""
    with closing(open_database(database)) as connection:
        known: dict[str, str] = dict(connection.query("SELECT slug, name FROM editions ORDER BY slug"))
    slug = find_slug(text, known)
    if slug is None:
        raise StoreError(unknown_edition(text, known))
    return slug


def known_values(database: str | Path, query: Query, parameters: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of a query with the edition, if one is named, as its slug.

    Raises QueryError for an edition, venue, author, key and the like that the database does not know, and for wrong
    dates and numbers.
    """
    values = dict(parameters)
    check_values(query, values)
    text = values.get("edition")
    if text and not is_unknown_edition(query, "edition", text):
        try:
            values["edition"] = edition_slug(database, text)
        except StoreError as error:
            raise QueryError(str(error)) from None
    if (CHOICES.keys() | SUBJECTS.keys()) & {name for name, value in values.items() if value}:
        with closing(open_database(database)) as connection:
            check_known(query, values, lambda sql, *given: [value for (value,) in connection.query(sql, given)])
    return values


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
