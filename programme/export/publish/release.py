"""What describes a release: what its publisher says of it, its version, and the files it consists of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from programme.exceptions import StoreError
from programme.patterns import lazy_pattern

VERSION = lazy_pattern(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
FIRST_VERSION = "1.0.0"

DESCRIPTION = (
    "The programme of machine-learning conferences: sessions, slots, papers, authors and the code behind them, "
    "each with the document and the line that states it."
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What only the publisher knows; what is left out stays as the release before said."""

    title: str | None = None
    url: str | None = None
    license: str | None = None
    creators: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """Raise StoreError for an address that readers could not follow."""
        if self.url is not None and not re.match(r"https?://[^\s/]+", self.url):
            raise StoreError(f"{self.url}: is not an http(s) URL; say where readers will find the folder")

    def over(self, earlier: Terms) -> Terms:
        """Return these terms, with those of an earlier release where nothing is said.

        >>> Terms(url="https://example.org").over(Terms(title="Talks", url="https://example.com"))
        Terms(title='Talks', url='https://example.org', license=None, creators=None)
        """
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        return replace(earlier, **{name: value for name, value in said.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Release:
    """One state of the published folder."""

    version: str
    released_on: str
    facts_sha256: str
    """SHA-256 of what `loader dump` prints."""
    revision: str
    """Revision of the schema."""
    made_with: str
    """Version of Programme, which decides what views there are."""
    terms: Terms = Terms()

    @property
    def title(self) -> str:
        """Return the title, or what any such data may be called."""
        return self.terms.title or "Programme of machine-learning conferences"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a release; `table` names the table whose rows it holds."""

    path: str
    size_bytes: int
    sha256: str
    table: str | None = None


def next_release(earlier: Release | None, now: Release, version: str | None) -> Release:
    """Return what is released now, with its version and all terms; the earlier release itself if nothing differs.

    A new schema makes a major version, other facts a minor one. Raises StoreError where none can be counted.

    >>> earlier = Release("1.4.2", "2026-01-31", "ab12", "0046", "0.1")
    >>> next_release(earlier, replace(earlier, revision="0047"), None).version
    '2.0.0'
    >>> next_release(earlier, replace(earlier, facts_sha256="cd34"), None).version
    '1.5.0'
    >>> next_release(earlier, replace(earlier, terms=Terms(license="CC-BY-4.0")), None).version
    '1.4.3'
    >>> next_release(earlier, replace(earlier, released_on="2026-02-28"), None) is earlier
    True
    """
    if earlier is None:
        return replace(now, version=version or FIRST_VERSION)
    now = replace(now, terms=now.terms.over(earlier.terms))
    if replace(earlier, released_on=now.released_on, version=now.version) == now and version in (None, earlier.version):
        return earlier
    if version == earlier.version:
        raise StoreError(f"version {version} is published already, and something differs; leave out --version")
    if version and _numbers(version) < _numbers(earlier.version):
        raise StoreError(f"version {version} comes before {earlier.version}, which is published; leave out --version")
    return replace(now, version=version or _next_version(earlier, now))


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, by which it is compared; none for one that is written in another way."""
    numbers = VERSION.fullmatch(version)
    return tuple(map(int, numbers.groups())) if numbers else ()


def _next_version(earlier: Release, now: Release) -> str:
    numbers = VERSION.fullmatch(earlier.version)
    if numbers is None:
        raise StoreError(f"the last release has the version {earlier.version}; say the next one with --version")
    major, minor, patch = map(int, numbers.groups())
    if now.revision != earlier.revision:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if now.facts_sha256 != earlier.facts_sha256 else f"{major}.{minor}.{patch + 1}"


def as_json(release: Release) -> dict[str, Any]:
    """Return what the next release has to know of this one, for `datapackage.json`."""
    return {
        "facts_sha256": release.facts_sha256,
        "schema_revision": release.revision,
        "made_with": release.made_with,
        "title": release.terms.title,
    }


def from_json(package: Mapping[str, Any]) -> Release:
    """Return the release that a `datapackage.json` describes; raises KeyError for one of another program."""
    own = package["programme"]
    names = tuple(one["title"] for one in package.get("contributors", ()))
    license_name = next((one.get("path") or one["name"] for one in package.get("licenses", ())), None)
    terms = Terms(own["title"], package.get("homepage"), license_name, names or None)
    day = package["created"][:10]
    return Release(package["version"], day, own["facts_sha256"], own["schema_revision"], own["made_with"], terms)
