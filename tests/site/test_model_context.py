"""The Model Context Protocol over loopback, asked with a real client: what answers weigh, and what is refused."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette
from mcp.client.client import Client

from programme.queries import catalogue
from programme.site import Publishing, build_site
from programme.site.metadata import described_tables
from programme.site.turnstile import MAX_RUNNING_OF_CLIENT, MAX_WAITING_OF_CLIENT
from tests.site.servers import serving
from tests.site.test_visitors_sql import COUNTING

pytestmark = pytest.mark.slow

PAPER = "b06679b4f83cfb52"
LIMIT_OF_ROWS = 41_000


@pytest.fixture(scope="module")
def server(demo_database: Path) -> Iterator[str]:
    """The URL of `loader serve` over `samples/`; at the end nothing may have been logged."""
    with serving(demo_database) as (address, process):
        yield address
        process.terminate()
        assert process.communicate(timeout=20)[1] == ""


def call(server: str, tool: str, mode: str = "auto", **arguments: Any) -> Any:
    """Return the result of a tool."""

    async def ask() -> Any:
        async with Client(f"{server}/-/mcp", mode=mode) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(ask())


def text(server: str, tool: str, **arguments: Any) -> str:
    """Return the answer of a tool, which is sent once: as text, and not as structured content too."""
    result = call(server, tool, **arguments)
    (content,) = result.content
    assert not result.is_error, content.text
    assert result.structured_content is None
    answer: str = content.text
    return answer


def refusal(server: str, tool: str, **arguments: Any) -> str:
    result = call(server, tool, **arguments)
    assert result.is_error
    message: str = result.content[0].text
    return message


def size(answer: str) -> int:
    return len(answer.encode())


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_tools_are_read_only_and_described_in_short(server: str, mode: str) -> None:
    async def ask() -> Any:
        async with Client(f"{server}/-/mcp", mode=mode) as client:
            return await client.list_tools()

    listed = asyncio.run(ask())
    assert [tool.name for tool in listed.tools] == [
        *("search", "paper", "edition", "changes", "queries", "query", "schema", "sql")
    ]
    assert all(tool.annotations.read_only_hint for tool in listed.tools)
    assert size(listed.model_dump_json(exclude_none=True)) < 6_000
    assert "papers_of_edition" in call(server, "queries", mode=mode).content[0].text


def test_the_schema_takes_under_8_kb_and_columns_come_on_request(server: str) -> None:
    schema = text(server, "schema")
    assert size(schema) < 8_000
    assert all(f"\n{table}: " in schema for table in described_tables())
    assert "papers: One contribution: a paper, poster or talk." in schema
    columns = text(server, "schema", tables=["slots", "paper_sources", "source_conflicts", "programme"])
    assert size(columns) < 10_000
    assert "\nsession_id INTEGER → sessions.id: The session.\n" in columns
    assert "did you mean papers?" in refusal(server, "schema", tables=["paper"])


def test_the_list_of_queries_takes_under_6_kb_and_details_come_on_request(server: str) -> None:
    queries = text(server, "queries")
    assert size(queries) < 6_000
    assert all((f"\n{query.name}(" in queries) != query.is_view for query in catalogue().values())
    assert "- kind: Kind of presentation: " in text(server, "queries", names=["papers_of_edition"])
    assert "did you mean" in refusal(server, "queries", names=["papers_of_editon"])


def test_100_rows_come_once_each_with_its_permalink(server: str) -> None:
    answer = text(server, "sql", statement="SELECT key, name FROM authors ORDER BY key")
    assert size(answer) < 12_000
    found = json.loads(answer)
    assert found["columns"] == ["key", "name", "permalink"]
    assert (len(found["rows"]), found["is_cut"]) == (100, True)
    assert all(link == f"{server}/author/{key}" for key, _, link in found["rows"])
    more = json.loads(text(server, "sql", statement="SELECT key, name FROM authors ORDER BY key", limit=150))
    assert len(more["rows"]) == 150
    assert more["rows"][:100] == found["rows"]
    assert httpx.get(found["rows"][0][2]).status_code == 200


def test_wide_rows_and_long_texts_are_cut_and_say_so(server: str) -> None:
    pairs = "SELECT slots.*, papers.title AS paper, papers.abstract FROM slots, papers ORDER BY papers.id, slots.id"
    answer = text(server, "sql", statement=pairs, limit=1_000)
    assert size(answer) < LIMIT_OF_ROWS
    assert json.loads(answer)["is_cut"] is True
    long = "SELECT replace(hex(zeroblob(500)), '00', 'é') || 'end' AS text"
    (row,) = json.loads(text(server, "sql", statement=long))["rows"]
    assert row == ["é" * 300 + "… (503 characters)"]
    (row,) = json.loads(text(server, "sql", statement=long, whole_texts=True))["rows"]
    assert row == ["é" * 500 + "end"]
    (row,) = json.loads(text(server, "sql", statement="SELECT zeroblob(9000000) AS content"))["rows"]
    assert row == [{"bytes": 9_000_000}]


def test_a_query_goes_on_where_an_answer_ended(server: str) -> None:
    asked = {"name": "papers_of_edition", "parameters": {"edition": "icml-2022", "with_code": 1}}
    whole = json.loads(text(server, "query", **asked))
    assert whole["is_cut"] is False
    first = json.loads(text(server, "query", **asked, limit=5))
    assert (first["is_cut"], first["more"]) == (True, "offset=5")
    rest = json.loads(text(server, "query", **asked, offset=5))
    assert first["rows"] + rest["rows"] == whole["rows"]
    assert first["permalink"] == f"{server}/programme/papers_of_edition?edition=icml-2022&with_code=1"
    assert httpx.get(first["permalink"]).status_code == 200
    filters = {"edition": "icml-2022", "has_code": False}
    without = json.loads(text(server, "query", name="papers_overview", parameters=filters))
    every = json.loads(text(server, "query", name="papers_overview"))
    assert 0 < len(without["rows"]) < len(every["rows"])
    shown = httpx.get(without["permalink"].replace("papers_overview?", "papers_overview.json?_shape=array&"))
    assert len(shown.json()) == len(without["rows"])
    view = json.loads(text(server, "query", name="papers_overview", limit=1))
    assert view["rows"][0][-1].startswith(f"{server}/paper/")


@pytest.mark.parametrize("key", [PAPER, "2206.04417", "https://arxiv.org/abs/2206.04417v2", "arxiv:2206.04417"])
def test_a_paper_is_found_by_key_or_identifier(server: str, key: str) -> None:
    answer = text(server, "paper", key=key)
    assert size(answer) < 8_000
    paper = json.loads(answer)
    assert paper["permalink"] == f"{server}/paper/{PAPER}"
    assert paper["title"] == "Contrastive Learning with Crossed Views"
    assert paper["authors"] == "Delphine Arkwright, Satoru Minowa, Henrike Vossberg, Tadeo Llorca"
    assert {"url": "https://github.com/lanternworks/crossview", "role": "own"} in paper["repositories"]
    assert paper["presented"][0]["local_day"] == "2022-07-21"


def test_search_edition_and_changes(server: str) -> None:
    found = json.loads(text(server, "search", words="contrastive views", venue="icml", year=2022))
    assert f"{server}/paper/{PAPER}" in [paper["permalink"] for paper in found["papers"]]
    for words in ("Arkwright", "delphine arkwrigth"):
        assert json.loads(text(server, "search", words=words))["people"][0]["name"] == "Delphine Arkwright"
    assert size(text(server, "search")) < 15_000
    edition = json.loads(text(server, "edition", slug="icml-2022"))
    assert (edition["city"], edition["slots_by_day"]["2022-07-21"]) == ("Baltimore", 32)
    assert "icml-2022" in text(server, "edition")
    assert "did you mean icml-20" in refusal(server, "edition", slug="icml-2220")
    assert json.loads(text(server, "changes", paper=PAPER))["groups"] == []


@pytest.mark.parametrize(
    ("tool", "arguments", "problem"),
    [
        ("sql", {"statement": "DELETE FROM papers"}, "Statement must be a SELECT"),
        ("sql", {"statement": "SELECT wings FROM papers"}, "no such column: wings"),
        ("sql", {"statement": "SELECT zeroblob(1000000000)"}, "more than 10 MB"),
        ("sql", {"statement": "SELECT zeroblob(9000000) FROM papers"}, "more than 16 MB"),
        ("sql", {"statement": "SELECT file FROM pragma_database_list"}, "not authorized"),
        ("sql", {"statement": COUNTING}, "takes more than two seconds"),
        ("sql", {"statement": "SELECT 1", "limit": 1_001}, "less than or equal to 1000"),
        ("query", {"name": "xyz"}, "no query 'xyz'; `queries` lists them"),
        ("query", {"name": "papers_of_editon"}, "did you mean papers_of_edition"),
        ("query", {"name": "papers_of_edition", "parameters": {"venue": "icml"}}, "no parameter 'venue'"),
        ("paper", {"key": " "}, "key is empty; `search` finds papers"),
        ("paper", {"key": "nothing"}, "no paper has the key or identifier 'nothing'"),
        ("search", {"words": "the " * 100}, "at most 32 words"),
        ("search", {"words": "rakes", "venue": "icmm"}, "no venue 'icmm'; did you mean icml?"),
        ("search", {"query": "rakes"}, "query\n  Extra inputs are not permitted"),
        ("edition", {"edition": "icml-2022"}, "edition\n  Extra inputs are not permitted"),
        ("changes", {"edition": "icml-2222"}, "no edition 'icml-2222'; did you mean icml-20"),
        ("query", {"name": "papers_of_edition", "parameters": {"kind": "orall"}}, "did you mean oral"),
        ("query", {"name": "editions_of_venue", "parameters": {"venue": "icmm"}}, "did you mean icml?"),
        ("query", {"name": "papers_overview", "parameters": {"titel": "a"}}, "no column 'titel'; did you mean title?"),
        ("query", {"name": "papers_of_author", "parameters": {"author": "Arkwrigt"}}, "did you mean Arkwright?"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_reason(
    server: str, tool: str, arguments: dict[str, Any], problem: str
) -> None:
    assert problem in refusal(server, tool, **arguments)


def test_no_session_is_opened_and_nothing_is_streamed(server: str) -> None:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    request = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
    accept = {"accept": "application/json, text/event-stream"}
    answer = httpx.post(f"{server}/-/mcp", json=request, headers=accept)
    assert answer.json()["result"]["serverInfo"]["name"] == "programme"
    assert answer.headers["content-type"] == "application/json"
    assert "mcp-session-id" not in answer.headers
    for method in ("GET", "DELETE"):
        refused = httpx.request(method, f"{server}/-/mcp", headers=accept)
        assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


def test_calls_wait_for_their_turn(site: Any) -> None:
    arguments = {"name": "sql", "arguments": {"statement": COUNTING}}
    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": arguments}
    accept = {"accept": "application/json, text/event-stream"}

    async def flood() -> list[int]:
        transport = httpx.ASGITransport(app=site.app(), client=("192.0.2.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=60) as client:
            posts = [client.post("/-/mcp", json=request, headers=accept) for _ in range(20)]
            return [answer.status_code for answer in await asyncio.gather(*posts)]

    statuses = asyncio.run(flood())
    served = MAX_RUNNING_OF_CLIENT + MAX_WAITING_OF_CLIENT
    assert (statuses.count(200), statuses.count(429)) == (served, 20 - served)


def post(site: Any, method: str) -> httpx.Response:
    request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {}}
    accept = {"accept": "application/json, text/event-stream"}

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=site.app())
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.post("/-/mcp", json=request, headers=accept)

    return asyncio.run(ask())


def test_without_sql_of_visitors_there_is_no_tool_for_it(database: Path) -> None:
    answer = post(build_site(database, Publishing(sql=False)), "tools/list").json()
    assert [tool["name"] for tool in answer["result"]["tools"]][-2:] == ["query", "schema"]


def test_it_is_as_private_as_the_database_and_only_over_ours(database: Path, tmp_path: Path) -> None:
    private = Datasette(files=[str(database)], metadata={"databases": {"programme": {"allow": False}}})
    assert post(private, "tools/list").status_code == 403
    (tmp_path / "other.db").touch()
    assert post(Datasette(files=[str(tmp_path / "other.db")]), "tools/list").status_code == 404
    both = Datasette(files=[str(database), str(tmp_path / "other.db")])
    assert post(both, "tools/list").status_code == 404
