"""The command `loader` as its users type it."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from programme.loaders.formats import formats


def loader(*words: str | Path, cwd: Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `loader` in a folder and return what it said."""
    command = [sys.executable, "-m", "programme", *map(str, words)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LOADER_")}
    done = subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, env=clean | environment, check=False)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def loaded(tmp_path: Path, samples: Path) -> Path:
    """A folder with a `programme.db` of the samples."""
    assert loader("ingest", samples, cwd=tmp_path).returncode == 0
    return tmp_path


def test_ingest_says_what_went_in_and_the_second_time_that_nothing_changed(tmp_path: Path, samples: Path) -> None:
    first = loader("ingest", samples / "icml2021_graph_learning.txt", cwd=tmp_path)
    assert first.returncode == 0
    assert "icml2021_graph_learning.txt: virtual-session, 1 session" in first.stdout
    assert first.stderr == ""
    again = loader("ingest", samples / "icml2021_graph_learning.txt", cwd=tmp_path)
    assert again.stdout.endswith("1 unchanged\n")


def test_ingest_json(tmp_path: Path, samples: Path) -> None:
    done = loader("ingest", samples / "icml2021_graph_learning.txt", tmp_path / "missing.txt", "--json", cwd=tmp_path)
    report = json.loads(done.stdout)
    page, missing = report["documents"]
    assert set(page) == {"uri", "sha256", "format", "status", "records", "coverage", "problems"}
    assert (page["status"], page["format"], page["coverage"]) == ("loaded", "virtual-session", 1.0)
    assert page["records"]["slots"] == 6
    assert (missing["status"], missing["problems"][0]["problem"]) == ("refused", "no such file")
    assert report["totals"]["loaded"] == report["totals"]["refused"] == 1
    assert done.returncode == 1


def test_a_folder_of_good_and_bad_files(tmp_path: Path, samples: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    page = (samples / "icml2021_graph_learning.txt").read_text(encoding="utf-8")
    (folder / "good.txt").write_text(page, encoding="utf-8")
    (folder / "truncated.txt").write_text(page[:900], encoding="utf-8")
    (folder / "utf16.txt").write_text(page, encoding="utf-16")
    (folder / "empty.txt").touch()
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (folder / "long.txt").write_text(page + "a" * 20_000_000, encoding="utf-8")
    (folder / "huge.txt").write_text(page + "\n" * 50_000_000, encoding="utf-8")
    (folder / "note.txt").write_text("Bread\nMilk\n")
    (folder / "unreadable.txt").write_text("secret")
    (folder / "unreadable.txt").chmod(0)
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    done = loader("ingest", folder, "--json", cwd=tmp_path)
    status = {Path(entry["uri"]).name: entry["status"] for entry in json.loads(done.stdout)["documents"]}
    assert status == {
        "good.txt": "loaded",
        "truncated.txt": "loaded",
        "utf16.txt": "loaded",
        "empty.txt": "refused",
        "picture.png": "refused",
        "long.txt": "refused",
        "huge.txt": "refused",
        "note.txt": "refused",
        "unreadable.txt": "refused",
        "dangling.txt": "refused",
    }
    said = done.stderr.splitlines()
    for name, reason in (
        ("empty.txt", "empty"),
        ("picture.png", "a PNG image"),
        ("note.txt", "not recognised; "),
        ("dangling.txt", "which does not exist"),
    ):
        assert sum(f"{name}: refused: " in line and reason in line for line in said) == 1
    assert done.returncode == 1
    again = loader("ingest", folder, cwd=tmp_path)
    assert "3 unchanged" in again.stdout


def test_standard_input_and_the_database_of_the_environment(tmp_path: Path, samples: Path) -> None:
    page = (samples / "icml2021_graph_learning.txt").read_bytes()
    done = loader("ingest", "-", cwd=tmp_path, stdin=page, LOADER_DATABASE="other.db")
    assert done.returncode == 0
    assert (tmp_path / "other.db").exists()


def test_check_writes_nothing(tmp_path: Path, samples: Path) -> None:
    done = loader("check", samples, cwd=tmp_path)
    assert done.returncode == 0
    assert "loaded" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_forget_and_dump(loaded: Path, samples: Path) -> None:
    whole = loader("dump", cwd=loaded).stdout
    shutil.copy(samples / "icml2021_graph_learning.txt", loaded / "copy.txt")
    loader("ingest", loaded / "copy.txt", cwd=loaded)
    assert loader("dump", cwd=loaded).stdout == whole
    listing = samples / "daily_papers_efficient_models.txt"
    assert loader("forget", listing, cwd=loaded).returncode == 0
    assert loader("dump", cwd=loaded).stdout != whole
    assert loader("forget", listing, cwd=loaded).returncode == 2
    loader("ingest", listing, cwd=loaded)
    assert loader("dump", cwd=loaded).stdout == whole


def test_forget_takes_no_patterns_and_finds_a_path_however_it_is_spelt(loaded: Path, samples: Path) -> None:
    (loaded / "sub").mkdir()
    assert loader("forget", "%%%%%%%%", cwd=loaded).returncode == 2
    shutil.copy(samples / "icml2021_graph_learning.txt", loaded / "page.txt")
    (loaded / "page.txt").write_text((loaded / "page.txt").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    loader("ingest", "page.txt", cwd=loaded)
    assert loader("forget", "sub/../page.txt", cwd=loaded).returncode == 0


def test_the_curator_names_the_edition(tmp_path: Path, samples: Path) -> None:
    page = samples / "workshop_systems_unknown_edition.txt"
    done = loader("ingest", page, cwd=tmp_path)
    assert "--venue" in done.stderr
    named = loader("ingest", page, "--venue", "mlsys", "--year", "2024", cwd=tmp_path)
    assert "1 loaded" in named.stdout
    assert json.loads(loader("query", "sessions_of_edition", "-p", "edition=mlsys-2024", "--json", cwd=tmp_path).stdout)
    contradicting = loader("ingest", page, "--venue", "icml", cwd=tmp_path)
    assert contradicting.returncode == 1
    assert "already loaded with --venue mlsys, not icml" in contradicting.stderr


def test_query_sql_documents_and_formats(loaded: Path, samples: Path) -> None:
    rows = json.loads(loader("query", "code_share", "--json", cwd=loaded).stdout)
    duck = json.loads(loader("query", "code_share", "--engine", "duckdb", "--json", cwd=loaded).stdout)
    assert rows == duck
    sessions = json.loads(loader("sql", "SELECT COUNT(*) AS sessions FROM sessions", "--json", cwd=loaded).stdout)
    assert sessions == [{"sessions": len(rows)}]
    counted = loader("sql", "SELECT COUNT(*) AS slots FROM programme", "--csv", cwd=loaded).stdout
    assert counted.splitlines()[0] == "slots"
    assert len(json.loads(loader("documents", "--json", cwd=loaded).stdout)) == len(list(samples.iterdir()))
    assert loader("formats", cwd=loaded).stdout.count("yields") == len(formats())
    assert "search_papers" in loader("query", cwd=loaded).stdout


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["query", "nosuch"], "no query 'nosuch'"),
        (["query", "search_papers", "-p", "q"], "is not KEY=VALUE"),
        (["sql", "SELECT * FROM nosuch"], "nosuch"),
        (["sql", "DROP TABLE papers"], "only reading"),
        (["forget", "nosuch"], "no such document"),
        (["ingest", "LICENSE", "--format", "nosuch"], "no format is called 'nosuch'"),
        (["documents", "--database", "none.db"], "no such database"),
        (["ingest", ".", "--database", "no/such/folder.db"], "does not exist"),
        (["ingest", ".", "--database", "mysql://x/y"], "a database is a path"),
        (["ingest"], "Missing argument"),
        (["ingest", ".", "--year", "99999"], "--year"),
        (["ingest", ".", "--venue", " "], "is no venue"),
        (["ingest", ".", "--database", ":memory:"], "a database is a file"),
        (["ingest", ".", "--database", "/dev/null"], "is no regular file"),
    ],
)
def test_usage_errors_are_one_clear_line_and_no_traceback(loaded: Path, words: list[str], reason: str) -> None:
    done = loader(*words, cwd=loaded)
    assert done.returncode == 2
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    assert "Traceback" in loader("--debug", "documents", cwd=tmp_path).stderr


def test_an_older_database_is_refused_until_it_is_upgraded(loaded: Path) -> None:
    with sqlite3.connect(loaded / "programme.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0000'")
    done = loader("documents", cwd=loaded)
    assert done.returncode == 2
    assert "run `loader upgrade --database programme.db`" in done.stderr


def test_a_file_that_is_no_database_is_refused(tmp_path: Path, samples: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing to do with SQLite")
    done = loader("ingest", samples, "--database", "notes.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "is not a SQLite database" in done.stderr
    assert (tmp_path / "notes.txt").read_text() == "nothing to do with SQLite"


def test_a_page_too_long_to_be_one_says_so(tmp_path: Path, samples: Path) -> None:
    page = (samples / "icml2021_graph_learning.txt").read_text(encoding="utf-8")
    (tmp_path / "long.txt").write_text(page + "a" * 20_000_000, encoding="utf-8")
    (tmp_path / "huge.txt").write_text(page + "\n" * 50_000_000, encoding="utf-8")
    done = loader("check", "long.txt", "huge.txt", "--format", "virtual-session", cwd=tmp_path)
    line = len(page.splitlines()) + 1
    size = len(page.encode()) + 50_000_000
    advice = "only JSON can be read in chunks, so split it into smaller files"
    assert done.stderr.splitlines() == [
        f"long.txt, line {line}: refused: a line of 20,000,000 characters; at most 1,048,576 are read",
        f"huge.txt: refused: {size:,} bytes are too many for a page; {advice}",
    ]
