"""What is fuzzed: functions of bytes that end quietly, whatever the bytes are, or raise what is to be mended."""

import random
import shutil
import signal
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from benchmarks.repeats import functions
from programme.exceptions import ProgrammeError
from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import read
from programme.loaders.records import NO_HINTS
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.facts import document_facts
from programme.loaders.store.forget import forget
from programme.loaders.store.ingest import ingest
from programme.loaders.store.readings import job_of, read_job
from tests.formats.damage import damages
from tests.formats.test_contract import check_account, check_structured, is_structured

Target = Callable[[bytes], None]

SAMPLES = tuple(sorted((Path(__file__).parents[2] / "samples").iterdir()))
SECONDS = 5
"""No input may take longer."""

MAX_BYTES = 20_000
"""Of samples and inputs: longer ones find little more, and take longer."""


NO_TEXTS = ("csv.next_row", "instants.local_parts")
"""Functions that take a delimiter and the name of a zone, which no document gives."""


class TooSlowError(BaseException):
    """An input takes too long; past every `except Exception`."""


def run(target: Target, content: bytes) -> None:
    """Run a target on an input, and raise what it should not raise, or TooSlowError."""

    def stop(*_: object) -> None:
        raise TooSlowError

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        target(content)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


@cache
def targets() -> dict[str, tuple[Target, list[bytes]]]:
    """Return every target by name, with inputs to begin with."""
    lines = [line for path in SAMPLES for line in path.read_bytes().split(b"\n")[:20] if line.strip()]
    found: dict[str, tuple[Target, list[bytes]]] = {"load": (load, [bytes([number]) for number in range(8)])}
    for path in SAMPLES:
        found[f"format {path.name}"] = _reading(path), [path.read_bytes()[:MAX_BYTES]]
    for name, call, texts in functions():
        if name in NO_TEXTS:
            continue
        odd = [text.of(40).encode("utf-8", "replace") for text in texts[:300]]
        found[f"text {name}"] = _calling(call), lines[::3] + odd
    return found


def _reading(path: Path) -> Target:
    """Return the reading of a document with the format that its sample has."""
    sample = Document.of(path.as_uri(), path.read_bytes())
    name = read_job(job_of(sample, None, NO_HINTS)).outcome.format

    def target(content: bytes) -> None:
        document = Document.of(sample.uri, content)
        with suppress(MalformedDocument):
            parsed = read(document, name)
            document_facts(parsed, NO_HINTS)
            (check_structured if is_structured(parsed) else check_account)(document, parsed)

    return target


def _calling(call: Callable[[str], object]) -> Target:
    def target(content: bytes) -> None:
        with suppress(ProgrammeError, ValueError):
            call(content.decode("utf-8", "replace"))

    return target


@cache
def _empty() -> Path:
    path = Path(tempfile.mkdtemp(prefix="fuzz")) / "empty.db"
    open_database(path, create=True).close()
    return path


def load(content: bytes) -> None:
    """Load damaged samples in two orders, once with another that is deleted again: the facts are the same."""
    chance = random.Random(content)  # noqa: S311 - it is to be repeated
    documents = [_damaged(chance, f"file:///{number}") for number in range(chance.randint(2, 5))]
    other = _damaged(chance, "file:///other")
    shuffled = [*documents, chance.choice(documents), other]
    chance.shuffle(shuffled)
    if other.sha256 not in {one.sha256 for one in documents}:
        assert _facts(shuffled, other) == _facts(documents)


def _damaged(chance: random.Random, uri: str) -> Document:
    path = chance.choice([path for path in SAMPLES if path.stat().st_size < MAX_BYTES])
    content = path.read_bytes()
    for _ in range(chance.randrange(4)):
        content = chance.choice(damages(path.name))(content, chance) if content else content
    return Document.of(f"{uri}{path.suffix}", content)


def _facts(documents: list[Document], forgotten: Document | None = None) -> list[str]:
    """Return the dump after loading documents, and deleting one of them."""
    copy = _empty().with_name("copy.db")
    shutil.copy(_empty(), copy)
    with closing(open_database(copy)) as connection:
        outcomes = list(ingest(connection, documents, batch_threshold=0 if forgotten else 32, batch_size=2))
        problems = [problem.problem for outcome in outcomes for problem in outcome.problems]
        assert not [problem for problem in problems if "a fault of this version" in problem], problems
        if forgotten and forgotten.sha256 in {one.sha256 for one in outcomes if one.status != "refused"}:
            forget(connection, forgotten.sha256)
        assert connection.query("PRAGMA foreign_key_check") == []
        return list(dump(connection))
