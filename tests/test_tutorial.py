"""The tutorial: every command runs, and prints what the page says."""

from tools import tutorial_page


def test_every_command_runs_and_prints_what_the_page_says() -> None:
    text = tutorial_page.PAGE.read_text(encoding="utf-8")
    assert tutorial_page.page() == text, "docs/tutorial.md is stale; run `python -m tools.generate`"
