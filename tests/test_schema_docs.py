"""The data dictionary is up to date and complete."""

from programme.queries import catalogue
from programme.schema import TABLES, metadata
from tools.schema_page import PAGE, page


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "docs/schema.md is stale; run `python -m tools.generate`"


def test_every_table_and_view_has_its_section() -> None:
    sections = {line.removeprefix("### ") for line in page().splitlines() if line.startswith("### ")}
    views = {query.name for query in catalogue().values() if query.is_view}
    assert sections == {str(table.__tablename__) for table in TABLES} | views


def test_the_diagram_shows_every_reference() -> None:
    keys = [key for table in metadata.tables.values() for key in table.foreign_keys]
    assert page().count("--o{ ") == len(keys)
