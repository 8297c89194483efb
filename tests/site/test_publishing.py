"""A published site: robots.txt, CORS, llms.txt, and immutable files."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from programme.exceptions import StoreError
from programme.queries import catalogue
from programme.site import Publishing, build_site
from tests.site.pages import get

pytestmark = pytest.mark.slow


def answer(site: Any, path: str) -> Any:
    return asyncio.run(site.client.get(path))


def test_robots_are_kept_out_unless_let_in(database: Path) -> None:
    assert "Disallow: /" in get(build_site(database), "/robots.txt")
    assert get(build_site(database, Publishing(robots=True)), "/robots.txt") == "User-agent: *\nAllow: /\n"


def test_other_sites_can_read_only_with_cors(database: Path) -> None:
    header = "access-control-allow-origin"
    open_site = build_site(database, Publishing(cors=True))
    for path in ("/programme/papers.json", "/search.json", "/feed.atom"):
        assert header not in answer(build_site(database), path).headers
        assert answer(open_site, path).headers[header] == "*"


def test_pages_are_as_private_as_their_database(database: Path) -> None:
    private = Datasette(files=[str(database)], metadata={"databases": {"programme": {"allow": False}}})
    for path in ("/", "/search", "/documents"):
        assert answer(private, path).status_code == 403


def test_a_database_with_the_name_of_a_page_is_an_error(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "search.db"
    shutil.copy(database, copy)
    with pytest.raises(StoreError, match=r"search\.db: the site has a page with this name"):
        build_site(copy)


def test_an_immutable_file_is_served_as_such(database: Path) -> None:
    site = build_site(database, Publishing(immutable=True))
    (served,) = answer(site, "/-/databases.json").json()
    assert served["is_mutable"] is False
    get(site, "/")


def test_llms_txt_describes_every_view_and_query_with_its_parameters(site: Any) -> None:
    guide = get(site, "/llms.txt")
    for query in catalogue().values():
        assert f"/programme/{query.name}.json" in guide
        assert query.description in guide
        assert all(f"{param.name}: " in guide for param in query.params)
