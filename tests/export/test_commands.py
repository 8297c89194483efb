"""`loader export`, `loader copy` and `loader sql` as users type them."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from programme.cli.app import app
from programme.cli.exporting import ExportFormat
from tests.export.conftest import facts

pytestmark = pytest.mark.slow


def typed(*words: object) -> tuple[str, str]:
    done = CliRunner().invoke(app, list(map(str, words)), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr


@pytest.mark.parametrize("format", list(ExportFormat))
def test_every_format_is_written_and_reported(format: ExportFormat, samples_sqlite: str, tmp_path: Path) -> None:
    options = ("--database", samples_sqlite, "--edition", "icml-2022")
    query = ("--query", "papers_of_edition") if format.value == "xlsx" else ()
    out, said = typed("export", format, tmp_path / "made", *options, *query)
    assert out == ""
    assert said.startswith(f"{tmp_path / 'made'}: ")
    assert [path.name for path in tmp_path.iterdir()] == ["made"]
    assert (tmp_path / "made").is_dir() == (format.value in ("parquet", "csv", "jsonl", "ducklake"))


def test_a_query_of_an_edition_replaces_a_file(samples_sqlite: str, tmp_path: Path) -> None:
    options = ("--database", samples_sqlite, "--query", "papers_with_code_of_edition")
    typed("export", "jsonl", tmp_path / "made", *options, "--edition", "icml-2022")
    typed("export", "jsonl", tmp_path / "made", *options, "-p", "edition=neurips-2023", "--replace")
    rows = [json.loads(line) for line in (tmp_path / "made").read_text(encoding="utf-8").splitlines()]
    assert {row["edition"] for row in rows} == {"neurips-2023"}


def test_text_formats_are_printed(samples_sqlite: str) -> None:
    assert typed("export", "bibtex", "-", "--database", samples_sqlite)[0].startswith("@")
    assert typed("export", "ics", "-", "--database", samples_sqlite)[0].startswith("BEGIN:VCALENDAR")
    assert typed("export", "atom", "-", "--database", samples_sqlite)[0].startswith("<?xml")


def test_a_killed_export_leaves_no_destination(samples_sqlite: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "programme", "export", "csv", "made", "--database", samples_sqlite]
    with subprocess.Popen(command, cwd=tmp_path) as exporting:
        while exporting.poll() is None and not list(tmp_path.rglob("*.csv")):
            time.sleep(0.001)
        exporting.kill()
    assert exporting.returncode == -signal.SIGKILL
    assert not (tmp_path / "made").exists()


def test_commands_copy_to_postgresql_and_back(samples_sqlite: str, postgres_url: str, tmp_path: Path) -> None:
    typed("copy", samples_sqlite, postgres_url)
    typed("export", "parquet", tmp_path / "lake", "--database", postgres_url)
    typed("copy", tmp_path / "lake", tmp_path / "down.db")
    assert typed("dump", "--database", tmp_path / "down.db") == typed("dump", "--database", samples_sqlite)


def test_sql_writes_the_chosen_format(samples_sqlite: str, tmp_path: Path) -> None:
    (tmp_path / "q.sql").write_text("SELECT count(*) AS papers FROM papers", encoding="utf-8")
    count = sum(line.startswith("papers\t") for line in facts(samples_sqlite))
    of = ("--database", samples_sqlite)
    assert typed("sql", "-f", tmp_path / "q.sql", "--format", "markdown", *of)[0].splitlines()[2] == f"| {count} |"
    assert typed("sql", "--file", tmp_path / "q.sql", "--csv", *of)[0] == f"papers\n{count}\n"
    typed("sql", "SELECT 1 AS one", "-o", tmp_path / "one.parquet", *of)
    assert (tmp_path / "one.parquet").read_bytes().startswith(b"PAR1")
