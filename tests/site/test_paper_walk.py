"""From a search to a paper, its sources and its people, in a browser; and every such page for every reader."""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests.site.test_browser import address, executable
from tests.site.test_edition_walk import browser, reader

__all__ = ["address", "browser", "executable", "reader"]

CROSSED = "Contrastive Learning with Crossed Views"


def test_from_a_search_to_the_lines(reader: Page) -> None:
    reader.get_by_role("searchbox").first.fill("contrastive")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("status")).to_contain_text("6 papers.")
    reader.get_by_label("Narrow it down").get_by_role("link", name="oral 1").click()
    expect(reader.get_by_role("status")).to_contain_text("1 paper.")
    expect(reader.locator("mark").first).to_have_text("Contrastive")
    reader.get_by_role("link", name=CROSSED).click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text(CROSSED)
    expect(reader.get_by_text("Thursday 21 July 2022, 15:30–15:50 EDT")).to_be_visible()
    expect(reader.get_by_text("Thu 21:30 CEST for you").first).to_be_visible()
    source = reader.locator("#source-5")
    source.get_by_text("The very lines").click()
    expect(source.locator(".lines")).to_contain_text(CROSSED)
    source.get_by_role("link", name="lines ").click()
    expect(reader.get_by_role("heading", name="Its lines")).to_be_in_viewport()
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


def test_a_question_is_asked_with_the_keyboard_alone(reader: Page, address: str) -> None:
    reader.goto(f"{address}/questions")
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
    """One address of every kind of page, found by going there."""
    found = ["/search?q=contrastive", "/search?q=nothing+such", "/documents", "/questions", "/paper/none"]
    found += ["/demo/programme_of_day", "/demo?sql=select+title+from+papers", "/demo/papers"]
    page.goto(f'{address}/search?q="crossed views"')
    page.get_by_role("link", name=CROSSED).click()
    links = [page.get_by_role("link", name=name).first for name in ("Satoru Minowa", "Papers that state it")]
    links.append(page.locator("#source-1 h3 a"))
    found += [str(link.get_attribute("href")) for link in links]
    return [*found, page.url.removeprefix(address)]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_every_page_is_for_every_reader(browser: Browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for path in paths(address, page):
        page.goto(address + path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{path} scrolls sideways by {over} pixels"
        violations = Axe().run(page).response["violations"]
        serious = [found["id"] for found in violations if found["impact"] in ("serious", "critical")]
        assert serious == [], path
    context.close()
