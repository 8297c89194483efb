"""Every response protects browsers, and a published site answers to its own name alone."""

import asyncio
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette

from programme.exceptions import StoreError
from programme.site import Publishing, build_site
from programme.site.inline import digest

PATHS = (
    "/",
    "/search?q=graphs",
    "/nowhere",
    "/feed.atom",
    "/robots.txt",
    "/programme",
    "/programme/papers",
    "/programme/papers.json",
    "/programme/papers.csv",
    "/programme.json?sql=select+1",
    "/programme.json?sql=select+from",
    "/-/metadata",
    "/-/dashboards/code",
    "/-/static/app.css",
    "/-/static-plugins/programme/site.css",
)


def ask(site: Any, path: str, host: str = "localhost") -> httpx.Response:
    async def answer() -> httpx.Response:
        await site.invoke_startup()
        transport = httpx.ASGITransport(app=site.app())
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
            return await client.get(path)

    return asyncio.run(answer())


@pytest.mark.parametrize("path", PATHS)
def test_every_response_has_the_headers(site: Any, path: str) -> None:
    headers = ask(site, path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert "unsafe" not in policy["script-src"]
    assert "unsafe-inline" not in policy["style-src"]
    assert policy["frame-ancestors"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers.get_list("referrer-policy") == ["same-origin"]


def test_the_styles_and_scripts_of_templates_are_named_and_no_others(site: Any) -> None:
    answer = ask(site, "/programme/papers")
    policy = answer.headers["content-security-policy"]
    (labels,) = re.findall("<style>(.*?)</style>", answer.text, re.DOTALL)
    (colour, *_) = re.findall(' style="(border-color: #[0-9a-f]{6})"', answer.text)
    assert all(digest(text) in policy for text in (labels, colour, "DATASETTE_ALLOW_FACET = true;"))
    assert "sha256" not in ask(site, "/feed.atom").headers["content-security-policy"]


def test_other_databases_on_a_datasette_keep_their_headers(tmp_path: Path, database: Path) -> None:
    import sqlite3
    from contextlib import closing

    other = tmp_path / "shop.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE customers (name TEXT)")
    both = Datasette(files=[str(database), str(other)])
    assert "content-security-policy" in ask(both, "/programme/papers").headers
    assert "content-security-policy" not in ask(both, "/shop/customers").headers


@pytest.fixture(scope="module")
def published(database: Path) -> Any:
    return build_site(database, Publishing(url="https://programme.example/"))


@pytest.mark.parametrize(
    "host", ["evil.example", "programme.example.evil.example", "127.0.0.1:8001", "programme.example:8001"]
)
def test_other_hosts_are_refused(published: Any, host: str) -> None:
    for path in ("/feed.atom", "/llms.txt", "/programme/papers", "/-/static/app.css"):
        answer = ask(published, path, host)
        assert answer.status_code == 400
        assert answer.text == "This server answers for programme.example alone.\n"


@pytest.mark.parametrize(
    "path", ["/feed.atom", "/llms.txt", "/queries", "/programme/papers", "/programme/papers.json?_size=1"]
)
def test_urls_are_those_of_the_published_site(published: Any, path: str) -> None:
    for host in ("programme.example", "PROGRAMME.example:443"):
        answer = ask(published, path, host)
        assert answer.status_code == 200
        assert "https://programme.example/" in answer.text
        assert "http://programme.example" not in answer.text


def test_a_site_below_a_path(database: Path) -> None:
    site = build_site(database, Publishing(url="https://example.org/ml/"))
    page = ask(site, "/ml/search?q=graphs", "example.org").text
    assert 'href="/ml/editions"' in page
    assert "https://example.org/ml/paper/" in ask(site, "/ml/feed.atom", "example.org").text


@pytest.mark.parametrize("url", ["programme.example", "ftp://a/", "https://a/?b", "https://u:p@a/", "https:///x"])
def test_what_is_no_url_of_a_site(database: Path, url: str) -> None:
    with pytest.raises(StoreError, match=r"is not the URL of a site; write it like https://example\.org/"):
        build_site(database, Publishing(url=url))
