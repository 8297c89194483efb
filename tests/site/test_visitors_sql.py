"""SQL of visitors takes neither the memory nor the time of others, and can be switched off."""

import asyncio
import json
import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from programme.site import Publishing, build_site
from programme.site.turnstile import MAX_RUNNING_OF_CLIENT, MAX_WAITING_OF_CLIENT

COUNTING = "with recursive t(i) as (select 1 union all select i + 1 from t) select count(*) from t"
"""Never ends by itself."""


def get(site: Any, path: str) -> Any:
    return asyncio.run(site.client.get(path))


def run(site: Any, sql: str, suffix: str = ".json") -> Any:
    return get(site, f"/programme{suffix}?sql={quote(sql)}")


@pytest.mark.parametrize("suffix", ["", ".json"])
@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("select zeroblob(1000000000)", "too big|more than 10 MB"),
        ("select randomblob(100000000) from papers", "more than 10 MB"),
        ("select length(replace(hex(zeroblob(4000000)), '0', 'aaaaaaaaaa'))", "more than 10 MB"),
        ("select group_concat(hex(zeroblob(1000000)), '') from papers, slots, authors", "more than 10 MB"),
        ("select zeroblob(9000000) from papers", "more than 16 MB"),
        ("select hex(zeroblob(4000000)) from papers", "more than 16 MB"),
        (f"select {', '.join('1' * 201)}", "too many columns"),
        ("select file from pragma_database_list", "not authorized"),
        ("select * from 'PRAGMA_database_list'", "not authorized"),
        (COUNTING, "took too long"),
        ("with recursive t(i) as (select 1 union all select i + 1 from t) "
         "select sum(length(replace(hex(randomblob(4000000)), '0', 'a'))) from t", "took too long"),
    ],
)  # fmt: skip
def test_large_and_long_answers_end_with_a_reason(site: Any, sql: str, problem: str, suffix: str) -> None:
    started = time.monotonic()
    answer = run(site, sql, suffix)
    assert answer.status_code == 400
    assert re.search(problem, answer.text)
    assert time.monotonic() - started < 6
    assert len(answer.content) < 20_000


def test_what_a_document_may_hold_can_be_read(site: Any) -> None:
    rows = run(site, "select zeroblob(9000000) as bytes, content, sha256 from documents limit 1").json()["rows"]
    assert rows[0][0] == {"bytes": 9_000_000}
    assert set(rows[0][1]) == {"bytes"}


@pytest.mark.parametrize("shape", ["arrays", "objects", "array", "arrayfirst", "object"])
def test_binary_values_in_json_are_lengths(site: Any, shape: str) -> None:
    answer = get(site, f"/programme/documents.json?_shape={shape}")
    assert answer.status_code == 200
    assert shape == "arrayfirst" or '{"bytes": ' in answer.text
    (row,) = get(site, "/programme/documents/1.json?_shape=objects").json()["rows"]
    assert set(row["content"]) == {"bytes"}


async def times(site: Any, paths: list[str], client: str = "192.0.2.1") -> list[tuple[int, float, Any]]:
    """Ask for all paths at once, and return status, seconds and headers of each."""
    import httpx

    transport = httpx.ASGITransport(app=site.app(), client=(client, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser:

        async def one(path: str) -> tuple[int, float, Any]:
            started = time.monotonic()
            answer = await browser.get(path)
            return answer.status_code, time.monotonic() - started, answer.headers

        return await asyncio.gather(*map(one, paths))


def test_one_client_gets_two_places_and_a_queue_and_pages_do_not_wait(site: Any) -> None:
    slow = f"/programme.json?sql={quote(COUNTING)}"
    asked = [slow] * 30

    async def run_all() -> Any:
        flood = asyncio.create_task(times(site, asked))
        await asyncio.sleep(0.5)
        mine = await times(site, ["/search?q=graphs", "/", "/programme/papers"])
        other = await times(site, ["/programme.json?sql=select+1"], client="198.51.100.1")
        return await flood, mine, other

    flood, mine, other = asyncio.run(run_all())
    refused = [headers for status, _, headers in flood if status == 429]
    assert len(refused) == 30 - MAX_RUNNING_OF_CLIENT - MAX_WAITING_OF_CLIENT
    assert refused[0]["retry-after"] == "5"
    assert {status for status, _, _ in flood} == {400, 429}
    assert [status for status, _, _ in mine + other] == [200] * 4
    assert max(seconds for _, seconds, _ in mine + other) < 2


@pytest.mark.parametrize(
    "words",
    ["a* b* c* d* e*", "a* a* a* a* a*", "the " * 100],
)
def test_a_search_for_too_much_says_to_ask_for_less(site: Any, words: str) -> None:
    answer = get(site, f"/search?q={quote(words)}")
    assert answer.status_code == 400
    assert "A search takes at most" in answer.text
    assert get(site, f"/search.json?q={quote(words)}").json()["error"].startswith("A search takes at most")


def test_a_page_that_takes_too_long_says_so_without_sql(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("programme.site.pages.home._COUNTS", COUNTING)
    answer = get(site, "/")
    assert answer.status_code == 400
    assert "Ask for less." in answer.text
    assert "recursive" not in answer.text


def test_counts_that_take_too_long_are_left_out(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("programme.site.parts.search_results._FACETS", COUNTING)
    answer = get(site, "/search?q=graphs")
    assert answer.status_code == 200
    assert "Counting these papers takes too long" in answer.text


def test_without_sql_of_visitors(database: Path) -> None:
    site = build_site(database, Publishing(sql=False))
    for suffix in ("", ".json", ".csv"):
        assert run(site, "select 1", suffix).status_code == 403
    assert get(site, "/programme/papers?_where=1").status_code == 403
    assert get(site, "/-/dashboards/code").status_code == 403
    for page in ("/", "/queries", "/programme", "/programme/programme", "/programme/search_papers?q=graphs"):
        text = get(site, page)
        assert text.status_code == 200
        assert "sql-editor" not in text.text
        assert "dashboards" not in text.text.replace("datasette_dashboards", "")
        assert "?sql=" not in text.text
    assert "?sql=" not in get(site, "/llms.txt").text


def test_where_the_database_is_on_the_machine_is_not_shown(site: Any, database: Path) -> None:
    shown = get(site, "/-/databases.json")
    assert [one["path"] for one in shown.json()] == ["programme.db"]
    threads = get(site, "/-/threads.json").json()
    assert list(threads) == ["num_threads"]
    for path in ("/", "/programme", "/-/databases", "/-/threads", "/-/metadata.json", "/-/plugins.json?all=1"):
        assert str(database.parent) not in get(site, path).text, path
    assert json.loads(run(site, "select 1").text)["rows"] == [[1]]
