"""Invented documents for the simulation: pages, lists and corrections that state much the same, and some that fail."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import zstandard

from programme.loaders.documents import Document, Refused
from programme.loaders.records import Hints
from programme.loaders.store.captures import KEPT
from programme.loaders.store.connection import Connection
from tests.pages import Talk, daily_page, paper_list, paper_record, session_page

TITLES = ("Graph Learning at Dawn", "GRAPH LEARNING AT DAWN", "Sparse Moons", "Rényi Bounds", "R\\'enyi Bounds")
BYLINES = ("", "Ada Quill · Bo Renn", "A. Quill · Bo RENN · Cy Lund", "Dee Moss", "Laura QuintĂ© · Dee MOSS")
ABSTRACTS = (
    "We study graphs at length and find that they are good. Code: https://github.com/Aurora/Net.",
    "A short study of moons is given at github.com/aurora/net, and elsewhere in these two sentences.",
    "A short study of {\\em moons} is given at github.com/aurora/net, and elsewhere in these two sentences.",
)
TIMES = ("Tue 20 July 7:00 - 7:20 PDT", "Tue 20 July 7:20 - 7:25 PDT", "Tue 20 July 7:25 - 7:05 PDT")
SESSIONS = ("Deep One", "deep one", "Deep Two")
URIS = tuple(f"file:///{name}" for name in ("a.txt", "b.txt", "folder/c.json", "d.yaml"))
SAMPLES = tuple(sorted((Path(__file__).parents[2] / "samples").iterdir()))
START = datetime(2021, 7, 1, tzinfo=UTC)
CORRECTIONS = (
    "{{paper: {{title: {title}, edition: icml-2021}}, title: Moons, because: x}}",
    "{{paper: {{title: {title}, edition: icml-2021}}, deny_repositories: [github.com/aurora/net], because: x}}",
    "{{paper: {{title: {title}, edition: icml-2021}}, add_repositories: [github.com/fen/moons], because: x}}",
    "{{session: {{title: {session}, edition: icml-2021}}, room: Hall G, because: x}}",
    "{{same_author: [5920ac237aff57bf, 0123456789abcdef], because: x}}",
)


def instant(random: Random) -> datetime:
    """Return one of a few days, so that captures of the same instant come."""
    return START + timedelta(days=random.randrange(6))


def page(random: Random) -> bytes:
    """Return a document of one of the kinds."""
    make = random.choice((_session, _session, _daily, _list, _corrections))
    return make(random)


def document(random: Random) -> Document:
    """Return a capture of an invented page or, now and then, of a sample."""
    if random.random() < 0.1:
        path = random.choice(SAMPLES)
        return Document.of(f"file:///{path.name}", path.read_bytes(), captured_at=instant(random), basis="given")
    content, uri = page(random), random.choice(URIS)
    found = Document.of(uri, content, captured_at=instant(random), basis="given")
    return replace(found, is_kept=True) if random.random() < 0.05 else found


def unreadable(random: Random) -> Document | Refused:
    """Return what no format reads, or a file that could not be read."""
    if random.random() < 0.5:
        return Refused("file:///gone.txt", "cannot be read: Input/output error")
    return Document.of("file:///noise.bin", random.randbytes(200), captured_at=instant(random), basis="given")


def _session(random: Random) -> bytes:
    talks = [
        Talk(random.choice(TITLES), random.choice(BYLINES), random.choice(("", *ABSTRACTS)), random.choice(TIMES))
        for _ in range(random.randint(1, 3))
    ]
    moderator = random.choice(("", "Ada QUILL", "Bo Renn · Zed Ng"))
    return session_page(random.choice(SESSIONS), talks, moderator, random.choice(("", "Hall A", "Hall B")))


def _daily(random: Random) -> bytes:
    titles = random.sample(TITLES, random.randint(1, 3))
    return daily_page(random.choice(("Aug 11", "Aug 12")), [(title, random.choice(ABSTRACTS)) for title in titles])


def _list(random: Random) -> bytes:
    affiliation = random.choice(("", "Aurora Lab", "Dune College"))
    records = [
        paper_record(
            random.choice(TITLES),
            random.choice(BYLINES),
            random.choice(("", "2101.00001", "2101.00002")),
            affiliation,
            random.choice((None, "ICML 2021 1")),
        )
        for _ in range(random.randint(1, 3))
    ]
    return paper_list(records)


def _corrections(random: Random) -> bytes:
    title, session = random.choice(TITLES[:3]), random.choice(SESSIONS)
    chosen = random.sample(CORRECTIONS, random.randint(1, 3))
    return "\n".join(["corrections:", *(f"- {one.format(title=title, session=session)}" for one in chosen)]).encode()


def stored(connection: Connection) -> Iterator[Document]:
    """Yield every capture in a database, with what the curator said of its document."""
    sql = """
        SELECT s.uri, s.scope, d.content, d.sha256, d.size_bytes, d.given_venue, d.given_year, d.given_on,
          c.captured_at, c.basis
        FROM documents d JOIN captures c ON c.document_id = d.id JOIN sources s ON s.id = c.source_id"""
    for uri, scope, content, sha256, size, venue, year, on, captured_at, basis in connection.query(sql):
        yield replace(
            Document.of(uri, zstandard.decompress(content)),
            sha256=sha256,
            size_bytes=size,
            captured_at=datetime.fromisoformat(captured_at),
            basis=basis,
            hints=Hints(venue, year, date.fromisoformat(on) if on else None),
            is_kept=scope.startswith(KEPT),
        )
