"""From an edition to what changed and to both texts, in a browser; every such page is accessible."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.site.servers import serving
from tests.site.test_browser import executable
from tests.site.test_change_pages import CAPTURES, DAILY, SOURCE, site_over
from tests.site.test_edition_walk import browser, in_both_schemes

pytestmark = pytest.mark.slow

__all__ = ["browser", "executable"]


@pytest.fixture(scope="module")
def address(executable: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the site over several captures of two pages."""
    assert executable
    folder: Path = tmp_path_factory.mktemp("changes")
    site_over(folder, CAPTURES)
    with serving(folder / "programme.db") as (address, _):
        yield address


def test_from_an_edition_to_both_texts(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/edition/icml-2021")
    page.get_by_role("link", name=re.compile(r"^\d+ changes$")).click()
    page.get_by_role("link", name="both texts").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two captures of page.txt")
    row = page.get_by_role("row").filter(has_text="Hall A")
    expect(row.locator("del")).to_have_text("Hall A")
    expect(row.locator("ins")).to_have_text("Hall B")
    page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="page.txt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Captures of page.txt")
    page.get_by_role("link", name=re.compile("^Document ")).nth(1).click()
    expect(page.get_by_text("History: a later capture replaced this document")).to_be_visible()
    page.get_by_role("link", name="The document that replaced it").click()
    expect(page.get_by_text("History:")).to_have_count(0)
    page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_accessible(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(address + SOURCE)
    alone = page.get_by_role("link", name="This comparison alone").first.get_attribute("href")
    former = page.get_by_role("link", name=re.compile("^document ")).first.get_attribute("href")
    daily = f"/source?uri={DAILY}"
    for path in ("/edition/icml-2021", "/changes", "/documents?history=1", SOURCE, daily, alone, former):
        page.goto(f"{address}{path}")
        assert [found["id"] for violations in in_both_schemes(page) for found in violations] == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (path, wide)
        levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map(h => Number(h.tagName[1]))")
        assert levels[0] == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), (path, levels)
    context.close()
