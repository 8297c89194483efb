"""The page about formats is up to date, and says what each format reads."""

import inspect

import pytest

from programme.loaders.formats import Format, formats
from tests.formats.pages import SAMPLES
from tools.format_page import PAGE, page

ONE = pytest.mark.parametrize("found", formats(), ids=lambda found: found.NAME)


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "docs/formats.md is stale; run `python -m tools.generate`"


@ONE
def test_every_format_has_its_section_and_its_example(found: Format) -> None:
    text = page()
    assert f"\n## {found.NAME}\n" in text
    assert f"| [{found.NAME}](#{found.NAME}) | {found.DESCRIPTION} | {found.YIELDS} |" in text
    assert f"](../samples/{found.EXAMPLE})" in text
    assert (SAMPLES / found.EXAMPLE).is_file()


@ONE
def test_every_format_says_what_it_reads(found: Format) -> None:
    summary, _, rest = (inspect.getdoc(found) or "").partition("\n\n")
    assert summary.endswith(".")
    is_structured = not found.EXAMPLE.endswith(".txt")
    assert rest or not is_structured, f"the docstring of {found.NAME} does not name the fields it reads"
