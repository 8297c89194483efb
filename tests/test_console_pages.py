"""README, tutorial and corrections: every command runs, and prints what the page says."""

from pathlib import Path

import pytest

from tools import console_pages

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("page", console_pages.PAGES, ids=lambda page: page.name)
def test_every_command_runs_and_prints_what_the_page_says(page: Path) -> None:
    assert console_pages.fresh(page) == page.read_text(encoding="utf-8"), "run `python -m tools.generate` and read it"
