"""From a search to a paper, its sources and its authors, in a browser; every such page is accessible."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.test_browser import address, executable
from tests.site.test_edition_walk import browser, in_both_schemes, reader

pytestmark = pytest.mark.slow

__all__ = ["address", "browser", "executable", "reader"]

CROSSED = "Contrastive Learning with Crossed Views"


def test_from_a_search_to_the_lines(reader: Page) -> None:
    reader.get_by_role("searchbox").first.fill("contrastive")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("status")).to_contain_text("6 papers.")
    reader.get_by_label("Filters").get_by_role("link", name="oral 1").click()
    expect(reader.get_by_role("status")).to_contain_text("1 paper.")
    expect(reader.locator("mark").first).to_have_text("Contrastive")
    reader.get_by_role("link", name=CROSSED).click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text(CROSSED)
    expect(reader.get_by_text("Thursday 21 July 2022, 15:30–15:50 EDT")).to_be_visible()
    expect(reader.get_by_text("Thu 21:30 CEST your time").first).to_be_visible()
    source = reader.locator("#source-5")
    source.get_by_text("Source lines").click()
    expect(source.locator(".lines")).to_contain_text(CROSSED)
    source.get_by_role("link", name="lines ").click()
    expect(reader.get_by_role("heading", name="Lines")).to_be_in_viewport()
    reader.locator(".lines").get_by_role("link", name=f"paper: {CROSSED}").click()
    reader.get_by_role("link", name="Satoru Minowa").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Satoru Minowa")
    expect(reader.get_by_role("link", name=CROSSED)).to_be_visible()


def test_bibtex_is_copied_and_downloaded(reader: Page, address: str) -> None:
    reader.goto(f'{address}/search?q="crossed views"')
    reader.get_by_role("link", name=CROSSED).click()
    reader.get_by_role("button", name="Copy BibTeX").click()
    expect(reader.get_by_role("button", name="Copied")).to_be_visible()
    copied = reader.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("@inproceedings{arkwright2022contrastive-")
    with reader.expect_download() as begun:
        reader.get_by_role("link", name="Download .bib").click()
    assert begun.value.path().read_text(encoding="utf-8") == f"{copied}\n"


def test_a_query_is_run_by_keyboard_alone(reader: Page, address: str) -> None:
    reader.goto(f"{address}/queries")
    reader.get_by_role("link", name="Papers of an author").focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Papers of an author")
    reader.get_by_label("Author", exact=True).focus()
    reader.keyboard.type("Minowa")
    reader.keyboard.press("Enter")
    expect(reader.get_by_label("Author", exact=True)).to_have_value("Minowa")
    reader.get_by_role("cell", name=CROSSED).get_by_role("link").focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_contain_text(CROSSED)


def paths(address: str, page: Page) -> list[str]:
    """One path of every kind of page, found by going there."""
    found = ["/search?q=contrastive", "/search?q=nothing+such", "/documents", "/queries", "/paper/none"]
    found += ["/demo/programme_of_day", "/demo?sql=select+title+from+papers", "/demo/papers"]
    page.goto(f'{address}/search?q="crossed views"')
    page.get_by_role("link", name=CROSSED).click()
    links = [page.get_by_role("link", name=name).first for name in ("Satoru Minowa", "Papers that link to it")]
    links.append(page.locator("#source-1 h3 a"))
    found += [str(link.get_attribute("href")) for link in links]
    return [*found, page.url.removeprefix(address)]


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_is_accessible(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in paths(address, page):
        page.goto(address + path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{path} scrolls sideways by {over} pixels"
        for violations in in_both_schemes(page):
            serious = [found["id"] for found in violations if found["impact"] in ("serious", "critical")]
            assert serious == [], path
    context.close()
