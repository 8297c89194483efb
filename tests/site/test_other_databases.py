"""Datasette over unrelated databases, alone and next to one of ours, where Programme is installed."""

import asyncio
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette

from tests.site.pages import get, get_json

pytestmark = pytest.mark.slow

OURS = ("site.css", "site.js", 'class="brand"', "Every fact", "feed.atom")
"""Text that only pages in our style contain."""


def shop_at(path: Path) -> Path:
    """Create an unrelated database, some of whose columns have the names of ours."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, title TEXT, paper_key TEXT, edition TEXT);"
            "INSERT INTO orders VALUES (1, 'Pencils', 'a4', 'shop-2024');"
        )
    return path


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """An unrelated database called `shop`."""
    return shop_at(tmp_path / "shop.db")


def answer(site: Any, path: str) -> httpx.Response:
    response: httpx.Response = asyncio.run(site.client.get(path))
    return response


def is_plain(text: str) -> bool:
    return not any(part in text for part in OURS)


def test_an_unrelated_database_looks_like_plain_datasette(shop: Path) -> None:
    site = Datasette(files=[str(shop)])
    home = get(site, "/")
    assert '<a href="/shop">shop</a>' in home
    assert is_plain(home)
    for path in ("/shop", "/shop/orders", "/shop/orders/1", "/shop?sql=select+1", "/-/plugins", "/-/databases"):
        assert is_plain(get(site, path)), path
    assert '<td class="col-title type-str">Pencils</td>' in get(site, "/shop/orders")
    (row,) = get_json(site, "/shop/orders.json?_shape=array")
    assert row == {"id": 1, "title": "Pencils", "paper_key": "a4", "edition": "shop-2024"}


@pytest.mark.parametrize(
    "path",
    [
        "/search",
        "/editions",
        "/queries.json",
        "/questions",
        "/llms.txt",
        "/robots.txt",
        "/feed.atom",
        "/paper/a4",
        "/-/programme/search",
    ],
)
def test_an_unrelated_database_has_none_of_our_pages(shop: Path, path: str, capfd: pytest.CaptureFixture[str]) -> None:
    site = Datasette(files=[str(shop)])
    assert answer(site, path).status_code == 404
    assert is_plain(get(site, path, status=404))
    assert "Traceback" not in "".join(capfd.readouterr())


def test_a_database_with_the_name_of_a_page_comes_first(database: Path, tmp_path: Path) -> None:
    other = shop_at(tmp_path / "search.db")
    for files in ([str(other)], [str(database), str(other)]):
        site = Datasette(files=files)
        assert is_plain(get(site, "/search"))
        assert get_json(site, "/search/orders.json?_shape=array")[0]["title"] == "Pencils"


@pytest.mark.parametrize("is_first", [True, False])
def test_two_databases_each_keep_their_style(database: Path, shop: Path, *, is_first: bool) -> None:
    site = Datasette(files=[str(database), str(shop)] if is_first else [str(shop), str(database)])
    for path in (
        "/search?q=walking",
        "/edition/icml-2021",
        "/programme",
        "/programme/papers",
        "/queries",
        "/documents",
    ):
        assert not is_plain(get(site, path)), path
    assert not is_plain(get(site, "/paper/none", status=404))
    for path in ("/shop", "/shop/orders", "/shop/orders/1", "/shop?sql=select+1+as+paper_key", "/-/plugins"):
        assert is_plain(get(site, path)), path
    assert '<td class="col-title type-str">Pencils</td>' in get(site, "/shop/orders")
    assert is_plain(get(site, "/shop/none", status=404))
    assert get_json(site, "/shop/orders.json?_shape=array")[0]["edition"] == "shop-2024"
    assert answer(site, "/robots.txt").status_code == 404


def test_the_home_page_links_to_other_databases(database: Path, shop: Path, site: Any) -> None:
    both = Datasette(files=[str(database), str(shop)])
    assert re.search(r'Other databases on this server.*<a href="/shop">shop</a>', get(both, "/"), re.S)
    assert "Other databases" not in get(site, "/")


def test_below_a_base_url(database: Path, shop: Path) -> None:
    site = Datasette(files=[str(database), str(shop)], settings={"base_url": "/data/"})
    assert 'href="/data/paper/' in get(site, "/search?q=walking")
    assert 'href="/data/edition/icml-2021"' in get(site, "/")
    assert is_plain(get(site, "/shop/orders"))
    assert answer(site, "/questions").headers["location"] == "/data/queries"


def test_old_urls_redirect(site: Any) -> None:
    for old, new in (("/questions", "/queries"), ("/questions.json", "/queries.json"), ("/search/", "/search")):
        response = answer(site, old)
        assert (response.status_code // 100, response.headers["location"]) == (3, new)


def test_the_plugin_may_be_imported_first() -> None:
    code = "from programme.site import plugin; from datasette.plugins import pm; print(len(pm.get_hookcallers(plugin)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) >= 7


def test_as_a_process(shop: Path) -> None:
    command = [sys.executable, "-m", "datasette", "serve", str(shop), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        seen = ""
        until = time.monotonic() + 30
        while not (found := re.search(r"http://127\.0\.0\.1:\d+", seen)) and time.monotonic() < until:
            seen += process.stderr.readline()
        assert found, seen
        with httpx.Client(base_url=found[0]) as client:
            home = client.get("/")
            statuses = [client.get(path).status_code for path in ("/search", "/editions", "/llms.txt")]
        process.send_signal(signal.SIGINT)
        out, log = process.communicate(timeout=20)
    assert home.status_code == 200
    assert is_plain(home.text)
    assert statuses == [404, 404, 404]
    assert "Traceback" not in out + log
