"""What people read shows no password, and nothing in it commands their terminal."""

import json
from pathlib import Path

import pytest

from programme.messages import message, printable
from tests.cli.conftest import Loader

HOSTILE = "Quiet\x1b]0;owned\x07 Nets\x9b31m \u202efdp.exe"
SHOWN = r"Quiet\x1b]0;owned\x07 Nets\x9b31m \u202efdp.exe"
RAW = "SELECT raw_name FROM authorships"
URL = "postgresql://ada:secret@localhost:1/p"


@pytest.mark.parametrize(
    "words",
    [
        ["dump"],
        ["ingest", "samples"],
        ["upgrade"],
        ["sql", "SELECT 1"],
        ["query", "programme"],
        ["query", "programme", "--engine", "duckdb"],
        ["export", "parquet", "out"],
        ["serve"],
        ["forget", "a"],
        ["--debug", "dump"],
        ["--debug", "sql", "SELECT 1"],
    ],
    ids=" ".join,
)
def test_no_error_shows_a_password(tmp_path: Path, samples: Path, loader: Loader, words: list[str]) -> None:
    given = [str(samples / "bibtex.bib") if word == "samples" else word for word in words]
    done = loader(*given, "--database", URL, cwd=tmp_path)
    assert done.returncode == 2
    assert "secret" not in done.stdout + done.stderr
    assert "ada@localhost" in done.stderr or "serve" in words


@pytest.mark.parametrize(
    "words",
    [
        ["documents", URL],
        ["copy", URL, "b.db"],
        ["copy", "postgresql://ada:se cret@h/p", "b.db"],
        ["check", URL],
    ],
    ids=lambda words: words[0],
)
def test_an_argument_that_is_quoted_shows_no_password(tmp_path: Path, loader: Loader, words: list[str]) -> None:
    done = loader(*words, cwd=tmp_path)
    assert done.returncode
    assert "cret" not in done.stdout + done.stderr


def test_controls_are_written_out() -> None:
    assert printable(HOSTILE) == SHOWN
    assert printable("Größe, λ, 東京\tand\n\udcff") == "Größe, λ, 東京\tand\n\\udcff"
    assert message(f"{URL}: \x1b[2J") == r"postgresql://ada@localhost:1/p: \x1b[2J"


@pytest.fixture
def hostile(tmp_path: Path, loader: Loader) -> Path:
    """A database of one document, whose path, title and problem hold controls."""
    name = "p\x1b[2J\u202e.bib"
    (tmp_path / name).write_text(
        f"@article{{a, title={{{HOSTILE}}}, author={{Ada\x9bm Quill}}, year={{2022}}}}\nodd\x1b[31m\n"
    )
    said = loader("ingest", name, cwd=tmp_path)
    assert not set("\x1b\x07\x9b\u202e") & set(said.stdout + said.stderr)
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ["documents"],
        ["query", "papers_overview"],
        ["query", "papers_overview", "--json"],
        ["query", "papers_overview", "--format", "markdown"],
        ["sql", RAW],
        ["sql", 'SELECT 1 AS "a\x1b[2J"'],
        ["sql", "SELECT \x1b[2J"],
        ["query", "\x1b[2J"],
        ["forget", "p\x1b[2J"],
    ],
    ids=lambda words: " ".join(words[:2] + words[2:3]).encode("ascii", "replace").decode(),
)
def test_nothing_printed_for_people_commands_a_terminal(hostile: Path, loader: Loader, words: list[str]) -> None:
    said = loader(*words, cwd=hostile)
    assert not set("\x1b\x07\x9b\u202e") & set(said.stdout + said.stderr)


def test_machine_formats_are_faithful(hostile: Path, loader: Loader) -> None:
    name = json.loads(loader("sql", RAW, "--json", cwd=hostile).stdout)[0]["raw_name"]
    assert name == "Ada\x9bm Quill"
    assert name in loader("sql", RAW, "--csv", cwd=hostile).stdout
