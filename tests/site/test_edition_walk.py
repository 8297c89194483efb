"""From the home page to contrastive papers with code at ICML 2022, for a reader in another time zone, in a browser."""

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import icalendar
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.site.test_browser import ARGUMENTS, address, executable

pytestmark = pytest.mark.slow

__all__ = ["address", "executable"]

PATHS = ("/", "/editions", "/edition/icml-2022", "/edition/acl-2025", "/listings", "/listing/cffc84cd0979ef8a")
SESSION = "Contrastive and Self-Supervised Learning"


@pytest.fixture(scope="module")
def browser(executable: str) -> Iterator[Browser]:
    """A browser of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def reader(browser: Browser, address: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Page]:
    """The home page for a reader in Berlin; leaves a screenshot in the folder PROGRAMME_SCREENSHOTS."""
    context = browser.new_context(
        timezone_id="Europe/Berlin", permissions=["clipboard-read", "clipboard-write"], accept_downloads=True
    )
    page = context.new_page()
    page.goto(f"{address}/")
    yield page
    folder = Path(os.environ.get("PROGRAMME_SCREENSHOTS") or tmp_path)
    page.screenshot(path=folder / f"{request.node.name}.png")
    context.close()


def test_three_clicks_to_the_slots(reader: Page) -> None:
    reader.get_by_role("link", name="ICML 2022").click()
    reader.get_by_label("Words in titles and abstracts").fill("contrastive")
    reader.get_by_label("with code").click()
    reader.get_by_role("button", name="Filter").click()
    expect(reader.get_by_role("heading", level=2).first).to_have_text("Thursday 21 July 2022")
    session = reader.get_by_role("article", name=SESSION)
    expect(session).to_contain_text("15:30 – 17:00 EDT")
    expect(session).to_contain_text("Thu 21:30 CEST your time")
    slot = session.get_by_role("listitem").filter(has_text="Temperature-Free Contrastive Learning")
    expect(slot).to_contain_text("15:55 – 16:00")
    expect(slot).to_contain_text("21:55 your time")
    expect(slot.get_by_role("link", name="code: yevmarchuk/tempfree")).to_be_visible()


def test_the_same_by_keyboard_alone(reader: Page) -> None:
    reader.keyboard.press("Tab")
    expect(reader.get_by_role("link", name="Skip to main content")).to_be_focused()
    card = reader.get_by_role("link", name="ICML 2022")
    for _ in range(40):
        reader.keyboard.press("Tab")
        if card.evaluate("link => link === document.activeElement"):
            break
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text("ICML 2022")
    words = reader.get_by_label("Words in titles and abstracts")
    for _ in range(40):
        reader.keyboard.press("Tab")
        if words.evaluate("field => field === document.activeElement"):
            break
    reader.keyboard.type("contrastive")
    for _ in range(3):
        reader.keyboard.press("Tab")
    reader.keyboard.press("Space")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("article", name=SESSION)).to_be_visible()
    expect(reader.get_by_label("with code")).to_be_checked()


def test_results_are_downloaded_as_a_calendar(reader: Page, address: str, tmp_path: Path) -> None:
    reader.goto(f"{address}/edition/icml-2022?q=contrastive&code=1")
    with reader.expect_download() as begun:
        reader.get_by_role("link", name="Add these to calendar").click()
    assert begun.value.suggested_filename == "icml-2022-contrastive-with-code.ics"
    begun.value.save_as(tmp_path / "found.ics")
    calendar = icalendar.Calendar.from_ical((tmp_path / "found.ics").read_bytes())
    assert len(calendar.walk("VEVENT")) >= 8


def test_a_reader_at_the_venue_sees_each_time_once(browser: Browser, address: str) -> None:
    page = browser.new_context(timezone_id="America/New_York").new_page()
    page.goto(f"{address}/edition/icml-2022?q=temperature-free")
    session = page.get_by_role("article", name=SESSION)
    expect(session).to_contain_text("15:55 – 16:00")
    expect(session).not_to_contain_text("your time", use_inner_text=True)
    page.context.close()


def in_both_schemes(page: Page) -> Iterator[list[Any]]:
    """Yield the violations of accessibility on a page in light mode, and then in dark mode.

    In dark mode only the rules about colours run: all else is the same in both, and takes most of the time.
    """
    page.emulate_media(color_scheme="light")
    yield Axe().run(page).response["violations"]
    page.emulate_media(color_scheme="dark")
    colours = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
    yield Axe().run(page, options=colours).response["violations"]


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_accessible(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/edition/icml-2022?q=contrastive")
    session = (
        page.get_by_role("article", name=SESSION).get_by_role("link", name=SESSION, exact=True).get_attribute("href")
    )
    for path in (*PATHS, "/edition/icml-2022/papers", "/edition/icml-2022?q=contrastive&code=1", session):
        page.goto(f"{address}{path}")
        assert [found["id"] for violations in in_both_schemes(page) for found in violations] == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (path, wide)
        levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map(h => Number(h.tagName[1]))")
        assert levels[0] == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), (path, levels)
    context.close()
