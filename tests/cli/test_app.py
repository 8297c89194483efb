"""The command `loader` as its users type it, and what it prints."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic import command

from programme import api
from programme.exceptions import QueryError
from programme.loaders.formats import formats
from programme.loaders.store.revisions import head, migration_config, migration_engine
from tests.cli.conftest import Loader, process

pytestmark = pytest.mark.slow


def test_ingest_reports_and_the_second_time_nothing_changed(loader: Loader, tmp_path: Path, samples: Path) -> None:
    first = loader("ingest", samples / "icml2021_graph_learning.txt", cwd=tmp_path)
    assert first.returncode == 0
    page, totals, database = first.stdout.splitlines()
    assert "icml2021_graph_learning.txt: virtual-session, 1 session" in page
    assert totals.startswith("1 loaded: 1 session, 6 slots, ")
    assert database.startswith("programme.db now holds ")
    assert first.stderr == ""
    again = loader("ingest", samples / "icml2021_graph_learning.txt", cwd=tmp_path)
    assert again.stdout.endswith("1 unchanged\n")


def test_ingest_json(loader: Loader, tmp_path: Path, samples: Path) -> None:
    done = loader("ingest", samples / "icml2021_graph_learning.txt", tmp_path / "missing.txt", "--json", cwd=tmp_path)
    report = json.loads(done.stdout)
    page, missing = report["documents"]
    assert set(page) == {"uri", "sha256", "format", "status", "records", "coverage", "problems", "note"}
    assert (page["status"], page["format"], page["coverage"]) == ("loaded", "virtual-session", 1.0)
    assert page["records"]["slots"] == 6
    assert (missing["status"], missing["problems"][0]["problem"]) == ("refused", "no such file")
    assert report["totals"]["loaded"] == report["totals"]["refused"] == 1
    assert done.returncode == 1


def test_a_folder_of_good_and_bad_files(loader: Loader, tmp_path: Path, samples: Path) -> None:
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
        ("note.txt", "not recognised: a text; "),
        ("dangling.txt", "which does not exist"),
    ):
        assert sum(f"{name}: refused: " in line and reason in line for line in said) == 1
    assert done.returncode == 1
    again = loader("ingest", folder, cwd=tmp_path)
    assert "3 unchanged" in again.stdout


def test_standard_input_and_the_database_of_the_environment(loader: Loader, tmp_path: Path, samples: Path) -> None:
    page = (samples / "icml2021_graph_learning.txt").read_bytes()
    done = loader("ingest", "-", cwd=tmp_path, stdin=page, LOADER_DATABASE="other.db")
    assert done.returncode == 0
    assert (tmp_path / "other.db").exists()


def test_check_writes_nothing(loader: Loader, tmp_path: Path, samples: Path) -> None:
    done = loader("check", samples, cwd=tmp_path)
    assert done.returncode == 0
    assert " readable: " in done.stdout
    assert "loaded" not in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_forget_and_dump(loader: Loader, loaded: Path, samples: Path) -> None:
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


def test_forget_takes_no_patterns_and_normalizes_paths(loader: Loader, loaded: Path, samples: Path) -> None:
    (loaded / "sub").mkdir()
    assert loader("forget", "%%%%%%%%", cwd=loaded).returncode == 2
    shutil.copy(samples / "icml2021_graph_learning.txt", loaded / "page.txt")
    (loaded / "page.txt").write_text((loaded / "page.txt").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    loader("ingest", "page.txt", cwd=loaded)
    assert loader("forget", "sub/../page.txt", cwd=loaded).returncode == 0


def test_forget_lists_the_documents_that_match(loader: Loader, tmp_path: Path, samples: Path) -> None:
    for name in ("icml2021_graph_learning.txt", "workshop_systems_unknown_edition.txt"):
        shutil.copy(samples / name, tmp_path / "page.txt")
        loader("ingest", "page.txt", cwd=tmp_path)
    done = loader("forget", "page.txt", cwd=tmp_path)
    assert done.returncode == 2
    head, *listed = done.stderr.splitlines()
    assert head == "error: page.txt: several documents match; name one by the start of its SHA-256:"
    digests = [line.split()[0] for line in listed]
    assert "at least 8 digits" in loader("forget", digests[0][:7], cwd=tmp_path).stderr
    assert loader("forget", digests[0], cwd=tmp_path).returncode == 0
    assert loader("forget", "page.txt", cwd=tmp_path).returncode == 0


def test_a_manifest_says_of_each_document_what_it_leaves_out(loader: Loader, tmp_path: Path, samples: Path) -> None:
    (tmp_path / "pages").mkdir()
    page = (samples / "workshop_systems_unknown_edition.txt").read_text(encoding="utf-8")
    (tmp_path / "pages" / "page.txt").write_text(page, encoding="utf-8")
    (tmp_path / "pages" / "list.csv").write_text("source,venue,year\npage.txt,wsdm,2026\ngone.txt,wsdm,2026\n")
    done = loader("check", "--manifest", "pages/list.csv", "--json", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "pages/list.csv: refused: line 3, column source: pages/gone.txt: no such file\n"
    assert [found["status"] for found in json.loads(done.stdout)["documents"]] == ["loaded", "refused"]
    assert "--venue" not in done.stderr


def test_a_source_is_named_for_one_document_alone(loader: Loader, tmp_path: Path, samples: Path) -> None:
    done = loader("ingest", samples, "--as", "https://host.test/page", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: --as says what one document is a capture of, and there are more")


def test_standard_input_may_be_a_capture_of_a_page(loader: Loader, tmp_path: Path, samples: Path) -> None:
    page = (samples / "icml2021_graph_learning.txt").read_bytes()
    words = ("--as", "https://host.test/page", "--captured", "2021-07-20", "--keep")
    assert loader("ingest", "-", *words, cwd=tmp_path, stdin=page).returncode == 0
    (found,) = json.loads(loader("documents", "--json", cwd=tmp_path).stdout)
    assert (found["uri"], found["captured_on"]) == ("https://host.test/page", "2021-07-20")


def test_a_folder_is_ingested_without_the_database_in_it(loader: Loader, tmp_path: Path, samples: Path) -> None:
    shutil.copy(samples / "icml2021_graph_learning.txt", tmp_path / "page.txt")
    assert loader("ingest", "page.txt", cwd=tmp_path).returncode == 0
    for suffix in ("-wal", "-shm", "-journal"):
        (tmp_path / f"programme.db{suffix}").touch()
    (tmp_path / "other.db").write_bytes(b"SQLite format 3\0")
    for source in (".", "*"):
        done = loader("ingest", source, "--database", "./programme.db", cwd=tmp_path)
        assert done.stderr == "other.db: refused: binary: an SQLite database; give the text of the page instead\n"
    named = loader("ingest", "programme.db", cwd=tmp_path)
    assert "programme.db: refused: binary: an SQLite database" in named.stderr


def test_venue_and_year_name_the_edition(loader: Loader, tmp_path: Path, samples: Path) -> None:
    page = samples / "workshop_systems_unknown_edition.txt"
    done = loader("ingest", page, cwd=tmp_path)
    assert "--venue" in done.stderr
    named = loader("ingest", page, "--venue", "mlsys", "--year", "2024", cwd=tmp_path)
    assert "1 loaded" in named.stdout
    assert json.loads(loader("query", "sessions_of_edition", "-p", "edition=mlsys-2024", "--json", cwd=tmp_path).stdout)
    contradicting = loader("ingest", page, "--venue", "icml", cwd=tmp_path)
    assert "prints Sat 31 Jan, but ICML 2024 was from 21 Jul 2024 to 27 Jul 2024" in contradicting.stderr


def test_query_sql_documents_and_formats(loader: Loader, loaded: Path, samples: Path) -> None:
    rows = json.loads(loader("query", "code_share", "--json", cwd=loaded).stdout)
    duck = json.loads(loader("query", "code_share", "--engine", "duckdb", "--json", cwd=loaded).stdout)
    assert rows == duck
    sessions = json.loads(loader("sql", "SELECT COUNT(*) AS sessions FROM sessions", "--json", cwd=loaded).stdout)
    assert sessions == [{"sessions": len(rows)}]
    counted = loader("sql", "SELECT COUNT(*) AS slots FROM programme", "--csv", cwd=loaded).stdout
    assert counted.splitlines()[0] == "slots"
    assert len(json.loads(loader("documents", "--json", cwd=loaded).stdout)) == len(list(samples.iterdir()))
    head, _, first, *_ = loader("documents", cwd=loaded).stdout.splitlines()
    assert head.split() == ["papers", "problems", "format", "sha256", "document"]
    assert len(first.split()[3]) == 8
    assert loader("formats", cwd=loaded).stdout.count("yields") == len(formats())
    assert "search_papers" in loader("query", cwd=loaded).stdout


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["query", "papers_with_cod"], "no query 'papers_with_cod'; did you mean papers_with_code"),
        (["query", "search_papers", "-p", "q"], "'q' is not KEY=VALUE"),
        (["query", "search_papers", "q=graph"], "unexpected argument 'q=graph'; a parameter is given as -p q=graph"),
        (["query", "code_share", "--csv", "--json"], "choose one of csv and json"),
        (["query", "code_share", "--format", "jsn"], "'jsn'; did you mean json?"),
        (["sql", "SELECT", "1"], "unexpected argument '1'; put the statement in quotes"),
        (["sql", "DROP TABLE papers"], "read-only"),
        (["forget", "nosuch"], "no such document"),
        (["ingest", "LICENSE", "--format", "bibtx"], "no format is called 'bibtx'; did you mean bibtex?"),
        (["documents", "--database", "none.db"], "no such database"),
        (["ingest", ".", "--database", "no/such/folder.db"], "does not exist"),
        (["ingest", ".", "--database", "mysql://x/y"], "a database is a path"),
        (["ingest"], "missing argument 'SOURCE...' or option '--manifest'; see `loader ingest --help`"),
        (["ingest", ".", "--year", "99999"], "--year"),
        (["ingest", ".", "--yeer", "2022"], "no such option: --yeer; did you mean --"),
        (["ingest", ".", "--venue", " "], "is not a venue"),
        (["ingest", ".", "--time-zone", "PDT"], "'PDT' is no IANA time zone"),
        (["ingest", ".", "--captured", "soon"], "'soon' is no ISO date"),
        (["ingest", ".", "--database", ":memory:"], "a database is a file"),
        (["ingest", ".", "--database", "/dev/null"], "is not a regular file"),
        (
            ["export", "csv", "made", "--edition", "icml22"],
            "no edition 'icml22' in this database; did you mean icml-2022?",
        ),
        (["export", "duckdb", "made", "--query", "programme"], "a query is exported as"),
        (["export", "ics", "made", "--site", "talks.example"], "talks.example: is not an http(s) URL"),
        (["export", "parqet", "made"], "'parqet'; did you mean parquet?"),
        (["export", "csv", "missing/made"], "create it first"),
        (["query", "editions_of_venue", "-p", "venue=icmm"], "no venue 'icmm'; did you mean icml?"),
        (["query", "papers_overview", "-p", "titel=a"], "no column 'titel'; did you mean title?"),
        (["export", "csv", "made", "--query", "papers_overview", "-p", "first_yer=2022"], "did you mean first_year"),
        (["query", "papers_overview", "-p", "upvotes=abc"], "papers_overview: upvotes 'abc' is not a whole number"),
        (["query", "paper", "-p", "key=zzz"], "no paper with the key 'zzz'; the query search_papers finds papers by"),
        (["query", "papers_of_author", "-p", "author=delphin arkwrigt"], "did you mean Delphine Arkwright?"),
        (["query", "papers_of_repository", "-p", "repository=lanternworks/crosview"], "mean lanternworks/crossview?"),
        (["query", "papers_by_identifier", "-p", "identifier=1"], "no paper with the identifier '1'; the query"),
        (["query", "papers_of_edition", "-p", "kind=orall", "--json"], "no kind 'orall'; did you mean oral"),
        (["query", "programme_of_day", "-p", "day=2022-13-45"], "day '2022-13-45' is not a day like 2022-07-21"),
        (["query", "programme_of_day", "-p", "with_code=maybe"], "no with_code 'maybe'; it is 0 or 1"),
        (["query", "title_words", "-p", "at_least=few"], "at_least 'few' is not a whole number of up to 9 digits"),
        (["export", "csv", "-", "--query", "papers_overview"], "- prints bibtex, ris, csl-json, ics or atom only"),
        (["query", "upvoted_papers", "-p", "month=2025-8"], "month '2025-8' is not a year, month or day"),
        (["export", "csv", "made", "--query", "papers_by_identifier", "-p", "scheme=arxv"], "did you mean arxiv?"),
        (["sql"], "give one statement"),
        (["copy", "nowhere.db", "made"], "nowhere.db: no such database"),
        (["ingst"], "did you mean 'ingest'?"),
    ],
)
def test_a_usage_error_is_one_line(loader: Loader, loaded: Path, words: list[str], problem: str) -> None:
    done = loader(*words, cwd=loaded)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ")
    assert problem.lower() in line.lower()
    assert len(line) < 300
    assert done.stdout == ""
    assert [path.name for path in loaded.iterdir()] == ["programme.db"]


@pytest.mark.parametrize("edition", ["icml-2022", "ICML 2022", "icml2022", "ICML-2022"])
def test_an_edition_may_be_named_in_several_ways(loader: Loader, loaded: Path, edition: str) -> None:
    done = loader("query", "papers_of_edition", "-p", f"edition={edition}", "--json", cwd=loaded)
    assert len(json.loads(done.stdout)) > 1
    assert loader("export", "bibtex", "made.bib", "--edition", edition, cwd=loaded).returncode == 0
    with api.open(loaded / "programme.db") as db:
        assert len(db.query("papers_of_edition", edition=edition)) == len(json.loads(done.stdout))
        assert len(db.query("programme", edition=edition)) > 1


@pytest.mark.parametrize(
    ("edition", "hint"),
    [("ICML 2020", "did you mean icml-20"), ("xyz", '`loader sql "SELECT slug FROM editions"`')],
)
def test_an_edition_that_the_database_does_not_have_is_an_error(
    loader: Loader, loaded: Path, edition: str, hint: str
) -> None:
    query = ["query", "authors_of_edition", "-p", f"edition={edition}"]
    for words in (query, ["export", "csv", "made", "--edition", edition]):
        done = loader(*words, cwd=loaded)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"error: no edition '{edition}' in this database; {hint}")
    with api.open(loaded / "programme.db") as db, pytest.raises(QueryError, match="no edition"):
        db.query("programme", edition=edition)
    sessions = loader("query", "sessions_of_edition", "-p", "edition=unknown", "--json", cwd=loaded)
    assert len(json.loads(sessions.stdout)) > 0


def test_an_error_in_sql_shows_where(loader: Loader, loaded: Path) -> None:
    done = loader("sql", "SELECT * FROM nosuch", cwd=loaded)
    assert done.returncode == 2
    assert done.stderr.startswith("error: Catalog Error: Table with name nosuch does not exist!")
    assert "LINE 1: SELECT * FROM nosuch" in done.stderr


def test_errors_of_a_real_process(tmp_path: Path) -> None:
    done = process("documents", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: programme.db: no such database; `loader ingest` creates one\n"
    assert "Traceback" in process("--debug", "documents", cwd=tmp_path).stderr


def test_version_and_help(loader: Loader, tmp_path: Path) -> None:
    assert loader("--version", cwd=tmp_path).stdout.startswith("loader ")
    assert loader(cwd=tmp_path).stderr == loader("-h", cwd=tmp_path).stdout
    said = loader("ingest", "-h", cwd=tmp_path).stdout
    assert said.startswith("Usage: loader ingest [OPTIONS] [SOURCE...]\n")
    assert all(text in said for text in ("--format TEXT", "--year INTEGER", "--date DATE", "[default: 8 GB]"))
    assert loader("query", "-h", cwd=tmp_path).stdout.startswith("Usage: loader query [OPTIONS] [NAME]\n")


def test_help_for_a_query_shows_its_parameters_and_columns(loader: Loader, tmp_path: Path) -> None:
    said = loader("query", "search_papers", "--help", cwd=tmp_path).stdout
    assert said.startswith("Usage: loader query search_papers [-p q=VALUE]")
    assert "One row per" in said
    parameters, columns = said.split("Columns:")
    assert "  q " in parameters.split("Parameters:")[1]
    assert "  title " in columns
    assert loader("query", "search_paper", "-h", cwd=tmp_path).returncode == 2


def test_an_older_database_is_refused_until_it_is_upgraded(loader: Loader, loaded: Path) -> None:
    with sqlite3.connect(loaded / "programme.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0000'")
    done = loader("documents", cwd=loaded)
    assert done.returncode == 2
    assert "run `loader upgrade --database programme.db`" in done.stderr


def test_upgrade_says_what_it_did(loader: Loader, loaded: Path, samples: Path) -> None:
    latest = head()
    assert loader("upgrade", cwd=loaded).stdout == f"programme.db: is up to date ({latest})\n"
    config, engine = migration_config(), migration_engine(f"sqlite:///{loaded / 'programme.db'}")
    config.attributes["connection"] = engine
    command.downgrade(config, "0002")
    count = len(list(samples.iterdir()))
    said = f"programme.db: migrated 0002 → {latest}; {count} documents read again\n"
    assert loader("upgrade", cwd=loaded).stdout == said
    with sqlite3.connect(loaded / "programme.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer than this version of Programme" in loader("upgrade", cwd=loaded).stderr


def test_reread(loader: Loader, loaded: Path, samples: Path) -> None:
    assert loader("reread", cwd=loaded).stdout == "programme.db: no document is stale\n"
    before = loader("dump", cwd=loaded).stdout
    count = len(list(samples.iterdir()))
    assert loader("reread", "--all", cwd=loaded).stdout == f"programme.db: {count} documents read again\n"
    assert loader("dump", cwd=loaded).stdout == before
    with sqlite3.connect(loaded / "programme.db") as raw:
        raw.execute("UPDATE documents SET format_version = 0 WHERE format = 'bibtex'")
        raw.execute("UPDATE documents SET given_format = 'nosuch', format_version = 0 WHERE uri LIKE '%arxiv%'")
        (stale,) = raw.execute("SELECT count(*) FROM documents WHERE format_version = 0").fetchone()
    done = loader("reread", "--json", cwd=loaded)
    said = json.loads(done.stdout)
    assert done.returncode == 1
    assert len(said["documents"]) == said["totals"]["documents"] == stale
    assert said["totals"]["refused"] >= 1
    assert "refused: this version cannot read it any more: no format is called 'nosuch'" in done.stderr


def test_no_database_is_created_without_a_document(loader: Loader, tmp_path: Path) -> None:
    done = loader("upgrade", "--database", "nope.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "error: nope.db: no such database; `loader ingest` creates one\n")
    done = loader("ingest", "nosuch", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "1 refused; 1 problem\n")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_a_database_is_refused(loader: Loader, tmp_path: Path, samples: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing to do with SQLite")
    done = loader("ingest", samples, "--database", "notes.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "is not a SQLite database" in done.stderr
    assert (tmp_path / "notes.txt").read_text() == "nothing to do with SQLite"


def test_a_file_too_long_for_a_page_is_refused(loader: Loader, tmp_path: Path, samples: Path) -> None:
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


def test_postgresql_without_its_driver_names_the_extra(
    loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("programme.database_url.find_spec", lambda _: None)
    for words in (["upgrade"], ["query", "code_share"], ["sql", "SELECT 1"], ["ingest", "."]):
        done = loader(*words, "--database", "postgresql://localhost/programme", cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr == "error: PostgreSQL needs the extra: pip install 'programme[postgres]'\n"
