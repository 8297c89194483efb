"""Stars in a browser: by mouse, by keyboard and on a phone; the plan they make, and a plan that was shared."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.site.servers import serving
from tests.site.test_browser import executable
from tests.site.test_edition_walk import browser, in_both_schemes
from tests.site.test_my_programme import planned_database

pytestmark = pytest.mark.slow

__all__ = ["browser", "executable", "planned_database"]


@pytest.fixture(scope="module")
def home(planned_database: Path) -> Iterator[str]:
    with serving(planned_database) as (address, _):
        yield address


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A reader's own browser, without stars."""
    context = browser.new_context(
        viewport={"width": request.param, "height": 800},
        has_touch=request.param < 1000,
        permissions=["clipboard-read", "clipboard-write"],
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, home: str) -> Page:
    page = context.new_page()
    page.goto(f"{home}/edition/icml-2021")
    return page


def star(page: Page, title: str) -> None:
    button = page.get_by_role("button", name=f"In my programme: {title}")
    if page.viewport_size and page.viewport_size["width"] < 1000:
        button.tap()
    else:
        button.click()


def planned_titles(page: Page) -> list[str]:
    return page.locator(".plan .title").all_inner_texts()


def test_starred_slots_make_a_plan_that_can_be_shared(page: Page, home: str, browser: Browser) -> None:
    for title in ("Trees of Ten", "Nets of Nine", "Graphs at Nine"):
        star(page, title)
    expect(page.get_by_role("button", name="In my programme: Nets of Nine")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="My programme 3").click()
    expect(page.locator(".plan .slot")).to_have_count(3)
    assert planned_titles(page) == ["Nets of Nine", "Graphs at Nine", "Trees of Ten"]
    clashing = page.get_by_role("listitem").filter(has_text="at the same time as Graphs at Nine")
    expect(clashing.locator(".title")).to_have_text(["Nets of Nine", "Trees of Ten"])
    expect(page.get_by_text("This plan was shared")).to_be_hidden()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Add to calendar").click()
    assert begun.value.suggested_filename == "my-programme.ics"
    page.get_by_role("button", name="Copy address").click()
    shared = page.evaluate("() => navigator.clipboard.readText()")
    assert shared == page.url

    friend = browser.new_context().new_page()
    friend.goto(shared)
    assert planned_titles(friend) == planned_titles(page)
    friend.get_by_role("button", name="Add all to my programme").click()
    expect(friend.get_by_text("This plan was shared")).to_be_hidden()
    friend.goto(f"{home}/my-programme")
    expect(friend.locator(".plan .slot")).to_have_count(3)
    friend.context.close()


def test_stars_last_and_go_by_keyboard_alone(page: Page, home: str) -> None:
    button = page.get_by_role("button", name="In my programme: Nets of Nine")
    for key in ("Enter", "Space"):
        button.focus()
        page.keyboard.press(key)
    expect(button).to_have_attribute("aria-pressed", "false")
    for title in ("Nets of Nine", "Poster One"):
        page.get_by_role("button", name=f"In my programme: {title}").press("Space")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.goto(f"{home}/my-programme")
    page.get_by_role("button", name="In my programme: Nets of Nine").press("Enter")
    expect(page.locator(".plan .slot")).to_have_count(1)
    expect(page.get_by_role("button", name="In my programme: Poster One")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Star a talk, a poster or a paper")).to_be_visible()


def test_a_shared_plan_leaves_mine_alone(page: Page, home: str) -> None:
    star(page, "Trees of Ten")
    name = page.get_by_role("button", name="In my programme: Graphs at Nine").get_attribute("data-star")
    page.goto(f"{home}/my-programme?s={name}")
    expect(page.get_by_text("This plan was shared")).to_be_visible()
    assert planned_titles(page) == ["Graphs at Nine"]
    page.get_by_role("link", name="Show mine").click()
    expect(page.locator(".plan .title")).to_have_text(["Trees of Ten"])


def test_a_paper_is_starred_on_its_page_and_in_a_search(page: Page, home: str) -> None:
    page.goto(f"{home}/search?q=trees")
    star(page, "Trees of Ten")
    page.get_by_role("link", name="Trees of Ten").click()
    expect(page.get_by_role("button", name="In my programme: Trees of Ten")).to_have_attribute("aria-pressed", "true")


def test_the_plan_is_accessible_and_fits(page: Page) -> None:
    for title in ("Nets of Nine", "Graphs at Nine"):
        star(page, title)
    page.get_by_role("link", name="My programme 2").click()
    expect(page.locator(".plan .slot")).to_have_count(2)
    for violations in in_both_schemes(page):
        assert [violation["id"] for violation in violations] == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    box = page.get_by_role("button", name="In my programme: Nets of Nine").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
