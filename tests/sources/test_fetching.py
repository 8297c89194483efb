"""`loader fetch` against a server that plays the sources: paging, errors, redirects, 304, robots.txt, changed files."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from programme.cli.app import app
from programme.loaders.documents import Document, NotModified, ReadResult, Refused
from programme.loaders.sources import fetching
from programme.loaders.sources.catalogue import Request, requests_for_days, requests_for_edition
from programme.loaders.sources.fetching import Fetcher
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest, known_validators
from tests.documents.sites import Handler, Site, running_site

ICML = "/static/virtual/data/icml-2024"
NOTES = "/notes?content.venueid=ICML.cc/2024/Conference&limit=1000&offset="


def event(number: int, name: str) -> dict[str, object]:
    url = f"/virtual/2024/poster/{number}"
    people = [{"fullname": "Ada Quill", "url": "http://icml.cc/api/miniconf/users/1?format=json"}]
    return {"id": number, "name": name, "eventtype": "Poster", "virtualsite_url": url, "authors": people}


def events(*found: dict[str, object]) -> bytes:
    return json.dumps({"count": len(found), "results": found}).encode()


def note(number: int) -> dict[str, object]:
    content = {"title": {"value": f"Walks of Kind {number}"}, "authors": {"value": ["Ada Quill"]}}
    return {"id": f"Walk{number:06}", "forum": f"Walk{number:06}", "content": content}


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PAUSE_S", 0.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


def fetched(site: Site, folder: Path, requests: list[Request]) -> list[ReadResult]:
    return list(Fetcher(folder, mirror=site.address).fetch(requests))


def asked(site: Site) -> list[str]:
    paths = [path for path, _ in site.requests if path != "/robots.txt"]
    site.requests.clear()
    return paths


def test_files_are_kept_and_documents_have_the_address_of_the_source(site: Site, tmp_path: Path) -> None:
    site.page(f"{ICML}-orals-posters.json", events(event(1, "Moss")))
    (found,) = fetched(site, tmp_path, requests_for_edition("icml-2024", "virtual-site"))
    assert isinstance(found, Document)
    assert found.uri == f"https://icml.cc{ICML}-orals-posters.json"
    assert (tmp_path / "virtual-site/icml-2024/icml-2024-orals-posters.json").read_bytes() == found.content
    assert asked(site) == [f"{ICML}-orals-posters.json", f"{ICML}-abstracts.json"]  # the second one is optional


def test_pages_are_asked_for_until_one_is_not_full(site: Site, tmp_path: Path) -> None:
    for offset, count in ((0, 1000), (1000, 2)):
        site.page(f"{NOTES}{offset}", json.dumps({"notes": [note(offset + n) for n in range(count)]}).encode())
    found = fetched(site, tmp_path, requests_for_edition("icml-2024", "openreview"))
    assert [one.uri[-5:] for one in found if isinstance(one, Document)] == ["set=0", "=1000"]
    assert sorted(path.name for path in tmp_path.rglob("*.json")) == ["icml-2024.0.json", "icml-2024.1000.json"]


def test_robots_txt_is_obeyed_and_asked_for_once(site: Site, tmp_path: Path) -> None:
    site.page("/robots.txt", b"User-agent: *\nDisallow: /static/\n")
    found = fetched(site, tmp_path, requests_for_edition("icml-2024", "virtual-site"))
    assert [type(one) for one in found] == [Refused, Refused]
    assert all("robots.txt" in one.problem for one in found if isinstance(one, Refused))
    assert [path for path, _ in site.requests] == ["/robots.txt"]


def test_an_error_keeps_no_other_answer_from_being_fetched(site: Site, tmp_path: Path) -> None:
    site.page("/api/daily_papers?date=2025-03-02", b"[{}]")
    site.page("/api/daily_papers?date=2025-03-01", b"gone", status=410)
    site.page("/elsewhere", b"[{}]")
    site.page("/api/daily_papers?date=2025-03-03", status=302, Location="/elsewhere")
    first, second, third = fetched(
        site, tmp_path, requests_for_days("daily-papers", date(2025, 3, 1), date(2025, 3, 3))
    )
    assert isinstance(first, Refused)
    assert first.problem == "HTTP 410 Gone"
    assert all(isinstance(one, Document) for one in (second, third))
    assert not list(tmp_path.rglob("*.partial"))


def test_a_day_that_is_settled_is_not_asked_for_again(site: Site, tmp_path: Path) -> None:
    requests = requests_for_days("daily-papers", date(2025, 3, 1), date(2025, 3, 1))
    site.page("/api/daily_papers?date=2025-03-01", b"<html>busy</html>")
    assert len(fetched(site, tmp_path, requests)) == 1
    site.page("/api/daily_papers?date=2025-03-01", b"[{}]")
    assert len(fetched(site, tmp_path, requests)) == 1
    asked(site)
    assert fetched(site, tmp_path, requests) == []
    assert asked(site) == []
    then = datetime(2025, 3, 2, tzinfo=UTC).timestamp()
    os.utime(tmp_path / "daily-papers" / "2025-03-01.json", (then, then))
    assert len(fetched(site, tmp_path, requests)) == 1


def test_a_day_without_papers_is_nothing_to_ingest(site: Site, tmp_path: Path) -> None:
    site.page("/api/daily_papers?date=2025-03-01", b"[]")
    requests = requests_for_days("daily-papers", date(2025, 3, 1), date(2025, 3, 1))
    assert fetched(site, tmp_path, requests) == []


def test_a_second_run_asks_only_for_what_has_changed(site: Site, tmp_path: Path, sqlite_url: str) -> None:
    path = f"{ICML}-orals-posters.json"
    bodies = {"a": events(event(1, "Moss")), "b": events(event(1, "Moss"), event(2, "Fen"))}
    tag = "a"

    def answer(request: Handler) -> None:
        is_known = request.headers.get("If-None-Match") == f'"{tag}"'
        body = b"" if is_known else bodies[tag]
        request.answer(body, 304 if is_known else 200, {"ETag": f'"{tag}"'})

    site.pages[path] = answer
    connection = open_database(sqlite_url, create=True)

    def run() -> list[str]:
        fetcher = Fetcher(tmp_path, known_validators(connection), site.address)
        found = fetcher.fetch(requests_for_edition("icml-2024", "virtual-site")[:1])
        return [outcome.status for one in found for outcome in ingest(connection, [one])]

    assert [run(), run()] == [["loaded"], ["unchanged"]]
    tag = "b"
    assert [run(), run()] == [["replaced"], ["unchanged"]]
    assert connection.query("SELECT count(*) FROM papers") == [(2,)]
    (tmp_path / "virtual-site/icml-2024/icml-2024-orals-posters.json").unlink()
    fetcher = Fetcher(tmp_path, known_validators(connection), site.address)
    (found,) = fetcher.fetch(requests_for_edition("icml-2024", "virtual-site")[:1])
    assert not isinstance(found, NotModified)  # its file is gone, so all of it is asked for


def test_the_command_says_how_complete_the_edition_is(site: Site, tmp_path: Path) -> None:
    site.page(f"{ICML}-orals-posters.json", events(event(1, "Moss"), event(2, "Fen")))
    paper = {"title": "Moss", "author": "Ada Quill", "aff": "", "status": "Poster", "track": "main", "id": "1"}
    paper["site"] = "https://icml.cc/virtual/2024/poster/1"
    site.page("/papercopilot/paperlists/main/icml/icml2024.json", json.dumps([paper]).encode())
    options = ["--database", str(tmp_path / "a.db"), "--into", str(tmp_path / "kept"), "--mirror", site.address]
    done = CliRunner().invoke(app, ["fetch", "icml-2024", *options])
    assert done.exit_code == 1, done.output  # OpenReview and PMLR answer with errors here
    assert "icml-2024: 2 of 2 papers from virtual-export; 0 with a time" in done.output
    assert "icml-2024: 1 of 2 papers from papercopilot, 1 missing" in done.output
    assert "HTTP 404" in done.output
    done = CliRunner().invoke(app, ["fetch", "icml-2024", "--from", "virtual-site", *options])
    assert (done.exit_code, "1 unchanged" in done.output) == (0, True), done.output


def test_the_list_of_sources() -> None:
    done = CliRunner().invoke(app, ["sources"])
    assert (
        "daily-papers\n  Daily Papers of Hugging Face, https://huggingface.co/papers\n  gives the papers" in done.output
    )


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["daily-papers", "2025-13-01"], "'2025-13-01' are no days; write 2025-03-01, or 2025-03-01..2025-03-31"),
        (["icml-2024", "--from", "pmrl"], "no source is called 'pmrl'; did you mean pmlr?"),
    ],
)
def test_a_wrong_request_is_one_line(words: list[str], problem: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["fetch", *words, "--database", str(tmp_path / "a.db")])
    assert done.exit_code == 1
    assert str(done.exception) == problem
    assert not (tmp_path / "a.db").exists()
