"""The site in a browser: the site over a database of `samples/`, served by `loader serve`.

Screenshots go to the folder that PROGRAMME_SCREENSHOTS names.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from programme.resources import shipped
from tests.site.servers import LOADER, serving

pytestmark = pytest.mark.slow

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DRAFT = "Draft Then Verify: Speculative Decoding with Shared Caches"


@pytest.fixture(scope="module")
def executable() -> str:
    """The installed Chromium."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        reason = f"no {', '.join(BROWSERS)} on this machine; `apt-get install chromium` brings one"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module")
def address(executable: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the site over the samples."""
    assert executable
    database = tmp_path_factory.mktemp("browser") / "demo.db"
    command = [*LOADER, "ingest", str(shipped("samples")), "--database", str(database)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    with serving(database) as (address, _):
        yield address


@pytest.fixture(scope="module")
def browser_page(executable: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page in a browser with an empty profile, without requests of its own."""
    profile = tmp_path_factory.mktemp("profile")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=executable, args=ARGUMENTS, viewport={"width": 1280, "height": 900}
        )
        yield context.new_page()
        context.close()


@pytest.fixture
def page(browser_page: Page, address: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Page]:
    """The home page. The test fails when a script fails or a page loads anything from another host."""
    strange: list[str] = []
    browser_page.on("console", lambda said: strange.append(said.text) if "Content Security" in said.text else None)
    browser_page.on("pageerror", lambda error: strange.append(str(error)))
    browser_page.on("request", lambda asked: None if asked.url.startswith(address) else strange.append(asked.url))
    browser_page.goto(f"{address}/")
    yield browser_page
    folder = Path(os.environ.get("PROGRAMME_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    browser_page.screenshot(path=folder / f"{request.node.name}.png")
    assert strange == []


def cells(page: Page, column: str) -> list[str]:
    found = page.locator(f"td.col-{column}")
    expect(found).not_to_have_count(0)
    return found.all_inner_texts()


def test_home_page(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("The programme of machine-learning conferences")
    expect(page.get_by_role("heading", name="ICML 2022", exact=True)).to_be_visible()
    page.get_by_role("link", name="Papers with code", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Papers")
    expect(page.get_by_role("link", name="tidepool-ml/draftverify")).to_be_visible()


def test_database_page_lists_queries_tables_and_views(page: Page, address: str) -> None:
    page.goto(f"{address}/demo")
    for heading in ("Queries", "Tables", "Views"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Search papers").last).to_be_visible()
    expect(page.get_by_text("alembic_version")).to_have_count(0)


def test_a_facet_filters_a_table(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/slots")
    facet = page.locator(".facet-info", has_text="local_day")
    expect(facet).to_be_visible()
    expect(page.locator("table.rows-and-columns")).to_be_in_viewport()
    facet.get_by_role("link", name="2022-07-21").click()
    expect(page.get_by_role("heading", level=3).first).to_contain_text('32 rows where local_day = "2022-07-21"')
    assert set(cells(page, "local_day")) == {"2022-07-21"}
    assert all(re.search(r"[A-Za-z]{4}", session) for session in cells(page, "session_id")), "sessions show as titles"


def test_a_facet_filters_a_view(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/programme")
    page.locator(".facet-info", has_text="edition").get_by_role("link", name="icml-2022").click()
    expect(page.get_by_role("heading", level=3).first).to_contain_text('42 rows where edition = "icml-2022"')
    assert set(cells(page, "edition")) == {"icml-2022"}


def test_search_box(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/papers")
    page.get_by_label("Search:").fill("speculative decoding")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("heading", level=3).first).to_contain_text('search matches "speculative decoding"')
    assert DRAFT in cells(page, "title")


def test_the_row_of_a_paper_links_to_its_authors(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/papers?title={DRAFT.replace(' ', '+')}")
    page.locator("td.type-pk a").first.click()
    expect(page.get_by_text(DRAFT)).to_be_visible()
    expect(page.get_by_role("heading", name="Links from other tables")).to_be_visible()
    page.get_by_role("listitem").filter(has_text="in authorships").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Authorships")
    assert cells(page, "author_id")[0].startswith("Caoimhe Uí Laoire-Brandt")
    assert all(text.startswith(DRAFT) for text in cells(page, "paper_id"))


def test_a_canned_query_takes_parameters(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/search_papers")
    expect(page.get_by_text("Words, names of authors")).to_be_visible()
    page.get_by_label("Words", exact=True).fill('"speculative decoding"')
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_label("Words", exact=True)).to_have_value('"speculative decoding"')
    assert DRAFT in cells(page, "title")
    expect(page.get_by_role("link", name="https://github.com/tidepool-ml/draftverify")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "charts"),
    [
        ("code", ("editions", "sessions", "repositories")),
        ("programme", ("hours", "authors")),
        ("code/editions", ("code",)),
    ],
)
def test_charts_are_drawn(page: Page, address: str, path: str, charts: tuple[str, ...]) -> None:
    page.goto(f"{address}/-/dashboards/{path}")
    for chart in charts:
        drawn = page.locator(f"#chart-{chart} canvas, #chart-{chart} svg")
        expect(drawn.first).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        *("documents", "queries", "changes", "editions", "listings", "search?q=graph", "my-programme", "nowhere"),
        *("demo", "demo/papers", "demo/papers/1", "demo/document_ledger", "demo?sql=select+1", "demo/search_papers"),
        *(
            "-/metadata",
            "-/plugins",
            "-/allow-debug",
            "-/patterns",
            "-/dashboards",
            "-/dashboards/code/editions?_embed=1",
        ),
    ],
)
def test_other_pages_break_no_policy(page: Page, address: str, path: str) -> None:
    answer = page.goto(f"{address}/{path}")
    assert answer is not None
    assert answer.status == (404 if path == "nowhere" else 200)
    assert "unsafe-inline" not in answer.headers["content-security-policy"]
    page.wait_for_load_state("networkidle")


def test_charts_have_menus_and_tooltips_of_our_style(page: Page, address: str) -> None:
    page.goto(f"{address}/-/dashboards/programme/authors")
    chart = page.locator("#chart-programme")
    menu = chart.locator(".vega-actions")
    expect(menu).to_be_hidden()
    chart.locator("summary").click()
    expect(menu.get_by_text("Save as SVG")).to_be_visible()
    chart.locator("summary").click()
    tooltip = page.locator("#vg-tooltip-element")
    drawn = chart.locator("canvas, svg").first.bounding_box()
    assert drawn is not None
    for across in range(10, 100, 2):  # until it is on a bar
        page.mouse.move(drawn["x"] + drawn["width"] * across / 100, drawn["y"] + drawn["height"] * 0.75)
        if tooltip.count() and tooltip.is_visible():
            break
    expect(tooltip).to_be_visible()
    assert tooltip.evaluate("element => getComputedStyle(element).position") == "fixed"


def test_an_inline_script_does_not_run(browser_page: Page, address: str) -> None:
    browser_page.goto(f"{address}/")
    browser_page.evaluate(
        "() => { const hostile = document.createElement('script'); hostile.text = 'window.owned = 1';"
        " document.body.append(hostile);"
        " document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=owned=1>'); }"
    )
    browser_page.wait_for_timeout(300)
    assert browser_page.evaluate("() => window.owned === undefined")


def test_an_inline_style_does_not_apply(browser_page: Page, address: str) -> None:
    browser_page.goto(f"{address}/demo/papers")
    browser_page.evaluate(
        "() => document.body.insertAdjacentHTML('beforeend',"
        " '<style>h1 { opacity: 0; }</style><p id=styled style=\"opacity: 0\">text</p>')"
    )
    for element in ("h1", "#styled"):
        assert browser_page.locator(element).first.evaluate("element => getComputedStyle(element).opacity") == "1"
