"""`loader publish`: a folder that is complete, described, citable and checkable, without paths of this machine."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import duckdb
import pytest
import yaml

from programme.duckdb_setup import extension_file
from programme.exceptions import StoreError
from programme.export.duckdb_schema import tables
from programme.export.publish.publishing import publish
from programme.export.publish.release import Terms
from programme.loaders.documents import documents_from
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from tests.export.conftest import facts
from tests.pages import Talk, session_page

pytestmark = pytest.mark.slow

TERMS = Terms("Talks", "https://example.org/data/", "CC-BY-4.0", ("Ada Quill", "Zed Newcomer"))


def add(database: Path, folder: Path, title: str, *papers: str) -> None:
    """Ingest a page that lies in a folder, at a made-up instant."""
    page = folder / f"{title}.txt"
    folder.mkdir(exist_ok=True)
    page.write_bytes(session_page(title, [Talk(paper, "Ada Quill") for paper in papers]))
    with closing(open_database(database, create=True)) as connection:
        list(ingest(connection, documents_from([page], captured=datetime(2024, 5, 1, tzinfo=UTC))))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of one page."""
    add(tmp_path / "own.db", tmp_path / "secret-folder", "Deep Nets", "A First Paper")
    return tmp_path / "own.db"


@pytest.fixture(scope="module")
def published(samples_sqlite: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, published; only read."""
    folder = tmp_path_factory.mktemp("site") / "data"
    publish(samples_sqlite, folder, TERMS)
    return folder


def test_every_file_has_its_checksum_and_the_facts_their_hash(published: Path, sampled_facts: list[str]) -> None:
    lines = (published / "SHA256SUMS").read_text("utf-8").splitlines()
    named = {line.split("  ")[1]: line.split("  ")[0] for line in lines}
    found = {path.relative_to(published).as_posix(): path for path in published.rglob("*") if path.is_file()}
    assert named.keys() == found.keys() - {"SHA256SUMS"}
    assert named == {name: hashlib.sha256(found[name].read_bytes()).hexdigest() for name in named}
    assert facts(published / "programme.db") == sampled_facts
    digest = hashlib.sha256("".join(f"{line}\n" for line in sampled_facts).encode()).hexdigest()
    assert json.loads((published / "datapackage.json").read_text("utf-8"))["programme"]["facts_sha256"] == digest


def test_every_column_is_described_as_its_file_has_it(published: Path) -> None:
    package = json.loads((published / "datapackage.json").read_text("utf-8"))
    described = {one["name"]: one for one in package["resources"]}
    assert described.keys() == {table.name for table in tables()} | {"sqlite", "duckdb"}
    for table in tables():
        resource = described[table.name]
        names = duckdb.sql(f"SELECT * FROM '{published}/{resource['path']}'").columns
        assert [one["name"] for one in resource["schema"]["fields"]] == names
        assert all(one["description"] for one in (resource, *resource["schema"]["fields"]))
    kind = next(one for one in described["slots"]["schema"]["fields"] if one["name"] == "kind")
    assert kind["type"] == "string"
    assert kind["constraints"]["required"]
    assert "oral" in kind["constraints"]["enum"]
    assert described["slots"]["schema"]["foreignKeys"][-1] == {
        "fields": ["session_id"],
        "reference": {"resource": "sessions", "fields": ["id"]},
    }


def test_croissant_and_citation_say_who_made_what_and_where_it_is(published: Path) -> None:
    croissant = json.loads((published / "croissant.json").read_text("utf-8"))
    assert (croissant["name"], croissant["version"], croissant["license"]) == ("Talks", "1.0.0", "CC-BY-4.0")
    cited = f"Ada Quill, Zed Newcomer: Talks, version 1.0.0, {croissant['datePublished']}. https://example.org/data/"
    assert croissant["citeAs"] == cited
    papers = next(one for one in croissant["distribution"] if one["@id"] == "parquet/papers.parquet")
    assert papers["contentUrl"] == "https://example.org/data/parquet/papers.parquet"
    assert papers["sha256"] == hashlib.sha256((published / "parquet/papers.parquet").read_bytes()).hexdigest()
    fields = {one["@id"]: one for records in croissant["recordSet"] for one in records["field"]}
    assert fields["slots/session_id"]["references"] == {"field": {"@id": "sessions/id"}}
    assert "documents/content" not in fields
    citation = yaml.safe_load((published / "CITATION.cff").read_text("utf-8"))
    assert citation["authors"] == [{"name": "Ada Quill"}, {"name": "Zed Newcomer"}]
    assert (citation["type"], citation["version"], citation["license"]) == ("dataset", "1.0.0", "CC-BY-4.0")


class Ranges(SimpleHTTPRequestHandler):
    """A web server that answers requests for a range of bytes, as all but Python's do."""

    def do_GET(self) -> None:
        content = Path(self.translate_path(self.path)).read_bytes()
        first, _, last = self.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")
        part = content[int(first) : int(last or len(content)) + 1]
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{int(first) + len(part) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def url(published: Path) -> Iterator[str]:
    """Where a web server on this machine has the published samples."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Ranges, directory=str(published))) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_duckdb_reads_it_over_http(url: str, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    connection.execute(f"LOAD '{extension_file('httpfs')}'")
    slots = connection.sql(f"SELECT kind, count(*) FROM '{url}/parquet/slots.parquet' GROUP BY kind ORDER BY kind")
    with closing(sqlite3.connect(published / "programme.db")) as own:
        assert (
            slots.fetchall() == own.execute("SELECT kind, count(*) FROM slots GROUP BY kind ORDER BY kind").fetchall()
        )
        connection.execute(f"ATTACH '{url}/programme.duckdb' AS programme (READ_ONLY)")
        connection.execute("USE programme")
        papers = connection.sql("SELECT paper_key, title FROM papers_overview ORDER BY paper_key").fetchall()
        assert papers == own.execute("SELECT paper_key, title FROM papers_overview ORDER BY paper_key").fetchall()


def test_no_path_of_this_machine_is_in_any_file(database: Path, tmp_path: Path) -> None:
    add(database, tmp_path / "another-secret", "Deep Nets", "A Second Paper")
    publish(str(database), tmp_path / "out", Terms())
    with closing(sqlite3.connect(tmp_path / "out" / "programme.db")) as own:
        found = own.execute(
            "SELECT d.uri, s.uri FROM documents d JOIN captures c ON c.document_id = d.id "
            "JOIN sources s ON s.id = c.source_id ORDER BY 1"
        ).fetchall()
        text = "".join(own.iterdump())
    assert found == [("Deep%20Nets.txt",) * 2, ("Deep%20Nets.txt#2",) * 2]
    contents = [path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()]
    for private in (str(tmp_path), "secret", "file://"):
        assert private not in text
        assert not [one for one in contents if private.encode() in one]


def test_the_next_release_says_what_changed(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert publish(str(database), out, TERMS).startswith(f"{out}: version 1.0.0, facts sha256:")
    before = {path: path.read_bytes() for path in out.rglob("*.*")}
    assert publish(str(database), out, Terms()) == f"{out}: version 1.0.0 is up to date"
    assert {path: path.read_bytes() for path in out.rglob("*.*")} == before
    add(database, tmp_path / "more", "Wide Nets", "A *Second* Paper")
    publish(str(database), out, Terms(title="Talks of two days"))
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    assert (package["version"], package["title"]) == ("1.1.0", "Talks of two days")
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    log = (out / "CHANGELOG.md").read_text("utf-8")
    assert log.index("## 1.1.0 (") < log.index("## 1.0.0 (")
    assert "| papers | 1 | 0 | 0 |\n" in log
    assert "### Documents added\n\n- Wide%20Nets.txt\n" in log
    assert "### Papers added\n\n- A \\*Second\\* Paper\n" in log


def test_a_folder_with_other_files_and_a_wrong_version_are_refused(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(str(database), out, Terms(), "2.3.4")
    (out / "thesis.txt").touch()
    add(database, tmp_path / "more", "Wide Nets", "A Second Paper")
    with pytest.raises(StoreError, match="holds other files"):
        publish(str(database), out, Terms())
    assert (out / "thesis.txt").exists()
    (out / "thesis.txt").unlink()
    with pytest.raises(StoreError, match=r"write it as 1\.0\.0"):
        publish(str(database), out, Terms(), "next")
    with pytest.raises(StoreError, match=r"version 0\.9\.0 comes before"):
        publish(str(database), out, Terms(), "0.9.0")
    with pytest.raises(StoreError, match="published already"):
        publish(str(database), out, Terms(), "2.3.4")
    with pytest.raises(StoreError, match="is the database itself or holds it"):
        publish(str(out / "programme.db"), out, Terms())
    with pytest.raises(StoreError, match="not an http"):
        Terms(url="example.org")
    shutil.rmtree(out)
    publish(str(database), out, Terms())
    assert 'version: "1.0.0"' in (out / "CITATION.cff").read_text("utf-8")
