"""The facts of the samples as digests, with the versions of the rules that gave them: `tests/golden/rules.json`.

Databases are read again when a version is raised. So a digest may change only together with the number that belongs to
it, and `python -m tools.generate` refuses to write another digest beside the same number.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from programme.loaders.documents import Document
from programme.loaders.formats import Parsed, read
from programme.loaders.rules import RULES_VERSION
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import ingest

PATH = Path(__file__).parents[1] / "tests" / "golden" / "rules.json"
SAMPLES = Path(__file__).parents[1] / "samples"
SHARED = "shared"
"""The key of RULES_VERSION among the versions of formats."""


class Sample(NamedTuple):
    """A sample with the format that reads it, and digests of its bytes and of the records it gives."""

    format: str
    content: str
    records: str


class Rules(NamedTuple):
    """The versions of all rules, what each sample gives, and each table of the dump of all samples."""

    versions: dict[str, int]
    samples: dict[str, Sample]
    dump: dict[str, str]

    @classmethod
    def recorded(cls) -> "Rules":
        """Read the file; without one nothing is recorded."""
        if not PATH.exists():
            return cls({}, {}, {})
        found = json.loads(PATH.read_text(encoding="utf-8"))
        samples = {name: Sample(**sample) for name, sample in found["samples"].items()}
        return cls(found["versions"], samples, found["dump"])

    @classmethod
    def current(cls) -> "Rules":
        """Read all samples with the rules of this checkout."""
        documents = {path.name: _document(path) for path in sorted(SAMPLES.glob("*.*"))}
        versions, samples = {SHARED: RULES_VERSION}, {}
        for name, document in documents.items():
            parsed = read(document)
            versions[parsed.format] = parsed.format_version
            samples[name] = Sample(parsed.format, document.sha256[:16], records_digest(parsed))
        return cls(versions, samples, _dump_digests(list(documents.values())))

    def text(self) -> str:
        """Return the content of the file."""
        samples = {name: sample._asdict() for name, sample in self.samples.items()}
        return json.dumps(self._asdict() | {"samples": samples}, indent=2) + "\n"


def objections(recorded: Rules, current: Rules) -> list[str]:
    """Return a sentence for each number that must be raised before `current` may replace `recorded`."""
    raised = {name for name, version in current.versions.items() if version > recorded.versions.get(name, version)}
    found = [
        f"the version of the rules {name!r} is {current.versions[name]} and was {before}: it may only grow"
        for name, before in recorded.versions.items()
        if current.versions.get(name, before) < before
    ]
    for name, before, after in _read_by_both(recorded, current):
        if after.records != before.records and not raised & {SHARED, after.format}:
            found.append(
                f"{name} gives other records: raise VERSION of the format {after.format}, "
                "or RULES_VERSION in loaders/rules.py if it is because of what all formats share"
            )
    are_same = {name: sample.content for name, sample in recorded.samples.items()} == {
        name: sample.content for name, sample in current.samples.items()
    }
    tables = [
        table for table in {**recorded.dump, **current.dump} if recorded.dump.get(table) != current.dump.get(table)
    ]
    if are_same and tables and not raised and not found:
        found.append(
            f"the dump of the samples differs in {', '.join(sorted(tables))}: raise RULES_VERSION in loaders/rules.py, "
            "so that databases are read again"
        )
    return found


def checked_text() -> str:
    """Return the new content of the file; exit where a number must be raised first."""
    current = Rules.current()
    if found := objections(Rules.recorded(), current):
        raise SystemExit("\n".join(("rules.json is not written:", *found)))
    return current.text()


def records_digest(parsed: Parsed) -> str:
    """Return a digest of the records and problems of a document."""
    return _digest(
        json.dumps([_plain((*parsed.records, *parsed.corrections)), _plain(parsed.problems)], ensure_ascii=False)
    )


def _read_by_both(recorded: Rules, current: Rules) -> Iterator[tuple[str, Sample, Sample]]:
    """Yield the samples whose bytes are as recorded; a new or changed one may give whatever it states."""
    for name, after in current.samples.items():
        before = recorded.samples.get(name)
        if before and before.content == after.content:
            yield name, before, after


def _document(path: Path) -> Document:
    # The same address and time on every machine and in every checkout.
    captured_at = datetime(2025, 3, 11, tzinfo=UTC)
    return Document.of(f"file:///samples/{path.name}", path.read_bytes(), captured_at=captured_at, basis="server")


def _plain(value: object) -> Any:
    """Return a record as plain JSON, without what it leaves empty: a new field that few records fill changes those."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        stated = {name: part for name, part in value._asdict().items() if part is not False and part not in (None, ())}
        return {type(value).__name__: {name: _plain(part) for name, part in stated.items()}}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value if value is None or isinstance(value, str | int) else str(value)


def _dump_digests(documents: list[Document]) -> dict[str, str]:
    """Return a digest of each table in the dump of a database that holds the documents."""
    lines = defaultdict(list)
    with TemporaryDirectory() as folder:
        connection = open_database(Path(folder) / "samples.db", create=True)
        list(ingest(connection, documents))
        for line in dump(connection):
            lines[line.partition("\t")[0]].append(line)
        connection.close()
    return {table: _digest("\n".join(found)) for table, found in lines.items()}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
