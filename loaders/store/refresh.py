"""Ask the addresses that documents came from again: what has changed there since is a newer capture of its source."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from programme.loaders.documents import DEFAULT_LIMITS, Document, Limits, ReadResult, Refused, documents_from
from programme.loaders.records import Hints
from programme.loaders.store.captures import KEPT
from programme.loaders.store.connection import Connection
from programme.loaders.store.ingest import ingest, known_validators
from programme.loaders.store.kept import GIVEN, kept_hints
from programme.loaders.store.outcome import Outcome
from programme.loaders.store.readings import unread
from programme.loaders.text.suggestions import did_you_mean

_SOURCES = f"""
SELECT s.uri, s.scope, d.given_format, {GIVEN}
FROM sources s JOIN captures c ON c.source_id = s.id JOIN documents d ON d.id = c.document_id
WHERE c.is_current AND (s.uri LIKE 'http://%' OR s.uri LIKE 'https://%')
ORDER BY s.uri, c.captured_at, d.sha256
"""
_MEMBER = "!/"
"""What stands between the address of an archive and the path of a document inside it."""


class _Given(NamedTuple):
    """What the curator said of the current capture of a source."""

    format_name: str | None
    hints: Hints


class Plan(NamedTuple):
    """The addresses to ask, in order, what the curator said of the documents by URI, and the names that mean none."""

    addresses: list[str]
    given: dict[str, _Given]
    unknown: list[Outcome]


def planned(connection: Connection, named: Sequence[str] = ()) -> Plan:
    """Return what to ask: the sources named by their address or the start of it, or else every one.

    Sources of documents kept with --keep are asked only where they are named.
    """
    addresses: dict[str, None] = {}
    kept: dict[str, None] = {}
    given: dict[str, _Given] = {}
    for uri, scope, format_name, *values in connection.query(_SOURCES):
        address = uri.partition(_MEMBER)[0]
        (kept if scope.startswith(KEPT) else addresses)[address] = None
        given[uri] = _Given(format_name, kept_hints(uri, *values))
    if not named:
        return Plan(list(addresses), given, [])
    every = sorted(addresses | kept)
    chosen = {address: None for name in named for address in every if address.startswith(name)}
    missing = [name for name in named if not any(address.startswith(name) for address in every)]
    return Plan(list(chosen), given, [_unknown(name, every) for name in missing])


def refresh(connection: Connection, plan: Plan, limits: Limits = DEFAULT_LIMITS) -> Iterator[Outcome]:
    """Ask each address once and yield what became of it; one that fails does not keep the others from being asked.

    Servers are asked as their robots.txt allows, and only for what has changed since. New bytes are ingested as a newer
    capture, with the format and the hints of the current one. Each document is in or not; an interruption loses none.
    """
    yield from plan.unknown
    found = documents_from(plan.addresses, limits=limits, validators=known_validators(connection), obeys_robots=True)
    # One by one, because a person waits for each line, and the network for longer than any transaction takes.
    for result in _described(found, plan.given):
        yield from ingest(connection, [result])


def _described(found: Iterable[ReadResult], given: dict[str, _Given]) -> Iterator[ReadResult]:
    for result in found:
        if isinstance(result, Document) and (said := given.get(result.uri)):
            yield replace(result, given_format=said.format_name, hints=said.hints)
        else:
            yield result


def _unknown(name: str, addresses: Sequence[str]) -> Outcome:
    nearest = did_you_mean(name, addresses) or "; `loader documents` lists what there is"
    return unread(Refused(name, f"no document came from this address{nearest}"))
