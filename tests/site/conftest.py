"""A small invented programme in a SQLite file, and the site over it."""

from pathlib import Path
from typing import Any

import pytest

from programme.loaders.documents import documents_from
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from programme.site import build_site
from tests.pages import Talk, daily_page, session_page

WALKS = (
    "We walk on graphs, one node after the other, and prove that whoever walks arrives. The walk takes linear time and "
    "forgets nothing on the way, on seven data sets and in three weathers. Code: https://github.com/ada/walks."
)
SLEEP = (
    "We sleep for eight hours and measure what was learned meanwhile. Nothing was forgotten, and two thirds were "
    "learned twice as fast on the day after; the effect is largest on Sundays. Our code will be released."
)
TALKS = (
    Talk("Walking on Graphs", "Ada Byron · Bo Lindqvist", WALKS, "Tue 20 July 7:00 - 7:20 PDT"),
    Talk(
        "Resting on Trees",
        "Ada Byron",
        "We rest below a tree and let its leaves decide, which is as accurate as deciding and costs nothing at all.",
        "Tue 20 July 7:20 - 7:25 PDT",
        "Spotlight",
    ),
    Talk("Q&A", time="Tue 20 July 7:25 - 7:30 PDT", kind="Q&A"),
)
ENTRIES = (("Walking on Graphs", WALKS), ("Sleeping <img> Soundly & Long", SLEEP))


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database called `programme`: a session of ICML 2021 with three slots, and a listing with two papers."""
    folder = tmp_path_factory.mktemp("site")
    documents = folder / "documents"
    documents.mkdir()
    (documents / "session.txt").write_bytes(session_page("Graphs and Trees", TALKS, moderator="Cy Ode"))
    (documents / "daily.txt").write_bytes(daily_page("Jul 21", ENTRIES))
    path = folder / "programme.db"
    connection = open_database(path, create=True)
    outcomes = list(ingest(connection, documents_from([str(documents)])))
    connection.close()
    assert [outcome.status for outcome in outcomes] == ["loaded", "loaded"]
    return path


@pytest.fixture(scope="session")
def site(database: Path) -> Any:
    """The Datasette over that database, as `loader serve` runs it."""
    return build_site(database)


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """A database of `samples/`."""
    return _database(tmp_path_factory.mktemp("demo"), samples)


@pytest.fixture(scope="session")
def demo(demo_database: Path) -> Any:
    """The site over `samples/`."""
    return build_site(demo_database)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The site over two days of ICML 2021: a session with thirty posters, one with a talk, and an empty one."""
    folder = tmp_path_factory.mktemp("large")
    documents = folder / "documents"
    documents.mkdir()
    posters = [
        Talk(f"Poster {n:02}, on Nets", f"Ann Author{n}", "We net.", "Tue 20 July 9:00 - 11:00 PDT", "Poster")
        for n in range(30)
    ]
    talks = [Talk("Nets at Night", "Bo Late", "We net at night.", "Wed 21 July 21:00 - 21:20 PDT")]
    (documents / "posters.txt").write_bytes(session_page("Many Posters", posters))
    (documents / "talk.txt").write_bytes(session_page("Late Nets", talks))
    (documents / "nothing.txt").write_bytes(session_page("Nothing Yet", (), room="Hall Z"))
    return build_site(_database(folder, documents))


def _database(folder: Path, documents: Path) -> Path:
    path = folder / "programme.db"
    connection = open_database(path, create=True)
    assert {outcome.status for outcome in ingest(connection, documents_from([str(documents)]))} == {"loaded"}
    connection.close()
    return path
