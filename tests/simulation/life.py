"""The life of a database, step by step: each is chosen by a seeded generator, and checked against the model."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from alembic import command

import programme
from programme.database_url import parse_database_url
from programme.export.copying import copy
from programme.letters import plain_name
from programme.loaders.documents import Document, ReadResult, documents_from
from programme.loaders.store.connection import Connection, connect
from programme.loaders.store.database import open_database, upgrade
from programme.loaders.store.dump import dump
from programme.loaders.store.forget import forget
from programme.loaders.store.ingest import ingest
from programme.loaders.store.refresh import planned, refresh
from programme.loaders.store.replay import dump_as_of
from programme.loaders.store.reread import reread
from programme.loaders.store.revisions import head, migration_config, migration_engine
from tests.documents.sites import Site
from tests.simulation import disk, documents
from tests.simulation.model import Model, State, after_each
from tests.simulation.processes import Done, Fault, Running, Work

MAX_CAPTURES = 14
"""More documents make a fresh load slow, and show nothing new."""

IS_IN = ("loaded", "replaced", "history", "unchanged")


_POSTGRESQL_SCHEMA = """
SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() UNION ALL
SELECT concat(conrelid::regclass, ' ', conname, ' ', pg_get_constraintdef(oid)) FROM pg_constraint
WHERE connamespace = current_schema()::regnamespace ORDER BY 1
"""


def digest(facts: Iterable[str]) -> str:
    """Return a short name of a dump."""
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def downgrade(database: str, revision: str) -> None:
    """Give a database the tables of an earlier revision, as the version before that had them."""
    config, engine = migration_config(), migration_engine(database)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()


def ingesting(captures: list[ReadResult], threshold: int) -> Work:
    """Return the work of ingesting: it says the URI and the status of each document."""

    def work(connection: Connection) -> Iterator[Any]:
        for outcome in ingest(connection, captures, batch_threshold=threshold, batch_size=2):
            yield [outcome.uri, outcome.status, outcome.sha256]

    return work


class Life:
    """A database, the captures that it should hold, and what happened to it."""

    def __init__(self, seed: int, folder: Path, site: Site, new_database: Callable[[], str]) -> None:
        self.random = Random(seed)  # noqa: S311 - it is to be repeated
        self.fault_count = 0
        self.history: list[str] = []
        self.state: State = frozenset()
        self._model = Model(folder)
        self._site = site
        self._folder = folder
        self._new_database = new_database
        self._database = new_database()
        self._is_sqlite = parse_database_url(self._database).engine == "sqlite"
        self._schema = self._schema_of_new = self._described()

    def step(self) -> None:
        """Let something happen, and check the database."""
        choices = {
            self._ingest: 8,
            self._contend: 2,
            self._forget: 3,
            self._publish: 2,
            self._refresh: 2,
            self._reread: 2,
            self._copy: 1,
            self._export: 1,
            self._age: 1,
            self._look_back: 1,
        }
        chosen = self.random.choices(list(choices), list(choices.values()))[0]
        self.history.append(chosen.__name__.strip("_"))
        chosen()
        while len(self.state) > MAX_CAPTURES:
            self._forget(is_safe=True)

    def _note(self, text: object) -> None:
        self.history[-1] += f" {text}"

    def _fault(self) -> Fault | None:
        """Return what goes wrong next, if anything."""
        if self.random.random() < 0.5:
            return None
        kinds = ["statement"] if self._is_sqlite else ["statement", "terminate"]
        if self._is_sqlite and disk.is_available():
            kinds += disk.FAULTS
        kind = self.random.choice(kinds)
        return Fault(kind, int(2 ** self.random.uniform(0, 9)), self.random.randrange(1000))

    def _do(self, work: Work, fault: Fault | None = None) -> Done:
        self._note(fault or "")
        done = Running(self._database, work, fault).result()
        self.fault_count += not done.is_complete
        self._note(f"said {len(done.said)}, {done.error or ('killed' if done.is_killed else 'done')}")
        assert fault or done.is_complete, done.error
        return done

    def _ingest(self) -> None:
        fault = self._fault()
        count = self.random.choice((1, 1, 2, 3, 5))
        known = sorted(self.state, key=lambda one: one.sha256)
        captures: list[ReadResult] = []
        for _ in range(count):
            if self.random.random() < 0.1:
                captures.append(documents.unreadable(self.random))
            elif known and self.random.random() < 0.3:
                again = self.random.choice(known)
                later = replace(again, captured_at=documents.instant(self.random), basis="given")
                captures.append(self.random.choice((again, later)))
            else:
                captures.append(documents.document(self.random))
        threshold = self.random.choice((0, 32))
        self._note(f"{[(one.uri, getattr(one, 'sha256', '')[:8]) for one in captures]} {threshold}")
        done = self._do(ingesting(captures, threshold), fault)
        good = [one for one in captures if isinstance(one, Document) and one.uri != "file:///noise.bin"]
        # The outcomes of a first load are said before it is committed, and hold once the command ends well.
        told = [said for said in done.said if said[1] in IS_IN] if self.state or threshold else []
        states = after_each(self.state, good)
        self._check(states[-1:] if done.is_complete else states[len(told) :])
        if done.is_complete:
            refused = [uri for uri, status, _ in done.said if status == "refused"]
            assert sorted(refused) == sorted(one.uri for one in captures if one not in good), done.said

    def _contend(self) -> None:
        """Let two write and one read at once."""
        first, second = ([documents.document(self.random) for _ in range(2)] for _ in range(2))
        fault = self._fault()
        if fault and fault.kind in ("power", "torn"):
            fault = None  # the machine would end for all of them
        threshold = self.random.choice((0, 32))
        one = Running(self._database, ingesting([*first], threshold), fault)
        other = Running(self._database, ingesting([*second], 32))
        paths = [after_each(self.state, first), after_each(self.state, second)]
        states = [here | there for here, there in product(*paths)]
        seen = set()
        while one.is_running() or other.is_running():
            with programme.open(self._database) as reader:
                seen.add(digest(reader.dump()))
        done, rest = one.result(), other.result()
        self._note(f"{fault or ''} {done} {rest}")
        assert rest.is_complete, rest.error
        assert fault or done.is_complete, done.error
        possible = {digest(self._model.facts(state)): state for state in states}
        assert seen <= set(possible), "a reader saw what never was"
        ends = [self.state | state | set(second) for state in (paths[0][-1:] if done.is_complete else paths[0])]
        self._check(ends)

    def _forget(self, is_safe: bool = False) -> None:
        if not self.state:
            return
        gone = self.random.choice(sorted({one.sha256 for one in self.state}))
        done = self._do(lambda connection: [forget(connection, gone).uri], None if is_safe else self._fault())
        after = frozenset(one for one in self.state if one.sha256 != gone)
        self._check([after] if done.said or done.is_complete else [self.state, after])

    def _publish(self) -> None:
        """Put a page on the web, or change it, and ingest it from there."""
        path = self.random.choice(("/a", "/b"))
        self._change(path, days=0)
        (found,) = documents_from([self._site.address + path])
        assert isinstance(found, Document), found
        done = self._do(ingesting([found], 32), self._fault())
        self._check([self.state | {found}] if done.is_complete else after_each(self.state, [found]))

    def _change(self, path: str, days: int) -> None:
        """Let the web have another page there, from some day on."""
        content = documents.page(self.random)
        date = format_datetime(documents.instant(self.random) + timedelta(days=days), usegmt=True)
        self._site.pages[path] = lambda request: request.answer(content, 200, {}, date)

    def _refresh(self) -> None:
        for path in ("/a", "/b"):
            if self.random.random() < 0.5:
                self._change(path, days=3)
        uris = sorted({one.uri for one in self.state if one.uri.startswith("http")})
        found = [one for one in documents_from(uris) if isinstance(one, Document)] if uris else []

        def work(connection: Connection) -> Iterator[Any]:
            yield from ([one.uri, one.status] for one in refresh(connection, planned(connection)))

        done = self._do(work, self._fault())
        states = after_each(self.state, found)
        self._check(states[-1:] if done.is_complete else states[len(done.said) :])

    def _reread(self) -> None:
        def work(connection: Connection) -> Iterator[Any]:
            yield from ([one.uri, one.status] for one in reread(connection, everything=True))

        self._do(work, self._fault())
        self._check([self.state])

    def _copy(self) -> None:
        """Copy into a new database, and go on with that."""
        target = self._new_database()
        self._do(lambda _: [copy(self._database, target)])
        self._database, self._schema = target, self._schema_of_new
        self._check([self.state])

    def _export(self) -> None:
        """Export to Parquet, and copy that into a new database."""

        def work(_: Connection) -> Iterator[Any]:
            with tempfile.TemporaryDirectory(dir=self._folder) as folder, programme.open(self._database) as database:
                database.export("parquet", Path(folder) / "parquet")
                copy(f"{folder}/parquet", f"sqlite:///{folder}/again.db")
                yield digest(programme.open(f"{folder}/again.db").dump())

        assert self._do(work).said == [digest(self._model.facts(self.state))]

    def _age(self) -> None:
        """Take the database back to the tables of an earlier revision, and upgrade it; upgrading may be interrupted."""
        revision = f"{self.random.randrange(1, int(head())):04}"
        fault = self._fault()
        if fault and fault.kind == ("statement" if self._is_sqlite else "terminate"):
            fault = None  # they reach our own connection only, and not that of Alembic
        self._note(f"{revision} {fault or ''}")
        downgrade(self._database, revision)

        def work(_: Connection) -> Iterator[Any]:
            upgrade(self._database)
            yield "upgraded"

        done = Running(self._database, work, fault, lambda url: connect(parse_database_url(url))).result()
        self.fault_count += not done.is_complete
        assert fault or done.is_complete, done.error
        upgrade(self._database)
        with closing(open_database(self._database)) as connection:
            list(reread(connection))
            # An earlier revision knows documents, each of which becomes one capture.
            state = frozenset(documents.stored(connection))
        assert {one.sha256 for one in state} == {one.sha256 for one in self.state}
        # Columns that were added to a table stand at its end.
        before, self._schema = self._schema, self._described()
        assert [row[:2] for row in self._schema] == [row[:2] for row in before]
        self._check([state])

    def _look_back(self) -> None:
        instant = documents.instant(self.random)
        past = frozenset(one for one in self.state if one.captured_at and one.captured_at <= instant)
        if past:
            with closing(open_database(self._database)) as connection:
                assert list(dump_as_of(connection, instant.isoformat())) == self._model.facts(past)

    def _check(self, states: list[State]) -> None:
        """Compare the database with the states that it may be in, take the one it is in, and check its integrity."""
        with closing(open_database(self._database)) as connection:
            found = list(dump(connection))
            names = connection.query("SELECT name, plain_name FROM authors")
            held = {(one.uri, one.sha256, one.captured_at) for one in documents.stored(connection)}
            if self._is_sqlite:
                assert connection.query("PRAGMA integrity_check") == [("ok",)]
                assert connection.query("PRAGMA foreign_key_check") == []
                connection.run("INSERT INTO papers_fts (papers_fts, rank) VALUES ('integrity-check', 1)")
        assert self._described() == self._schema
        assert [plain for _, plain in names] == [plain_name(name) for name, _ in names]
        # States may have the same facts, as when a page was seen again: then the captures say which it is.
        same = [state for state in states if self._model.facts(state) == found]
        captures = [{(one.uri, one.sha256, one.captured_at) for one in state} for state in same]
        self.state = min(zip(same, captures, strict=True), key=lambda pair: len(pair[1] ^ held), default=(self.state,))[
            0
        ]
        expected = self._model.facts(self.state)
        assert found == expected, "\n".join(sorted(set(found) ^ set(expected))[:20])
        assert self.state in states

    def _described(self) -> list[Any]:
        """Return the tables, indexes, constraints and triggers that the database has."""
        sql = _POSTGRESQL_SCHEMA
        if self._is_sqlite:
            sql = "SELECT type, name, sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_*' ORDER BY 1, 2"
        with closing(open_database(self._database)) as connection:
            return connection.query(sql)
