"""Write every generated file afresh: `python -m tools.generate`. The tests fail where one is stale."""

from pathlib import Path

from programme.loaders.store.revisions import head_script
from tools import (
    console_pages,
    format_page,
    metadata,
    number_columns,
    python_page,
    query_page,
    row_types,
    rule_versions,
    rules,
    schema_page,
)
from tools.head_script import written_head_script
from tools.sql import files


def main() -> None:
    """Write SQL for each engine, `head.sql`, types of rows and columns, metadata, pages of `docs/`, golden digests."""
    # Queries are read from their files once, so before the databases, pages and metadata that are made with them.
    _write(rule_versions.PATH, rule_versions.query())
    for path, text in files.rendered_files().items():
        _write(path, text)
    for path in files.stale_files():
        path.unlink()
        print(f"deleted {path.name}")
    # The pages below are made from databases that the script creates and the store fills.
    _write(head_script(), written_head_script())
    _write(row_types.PATH, row_types.row_types())
    _write(number_columns.PATH, number_columns.text())
    generated = {
        metadata.PATH: metadata.text(),
        schema_page.PAGE: schema_page.page(),
        format_page.PAGE: format_page.page(),
        query_page.PAGE: query_page.page(),
        python_page.PAGE: python_page.page(),
        **{page: console_pages.fresh(page) for page in console_pages.PAGES},
    }
    for path, text in generated.items():
        _write(path, text)
    # Last, since it refuses a change of the rules that is not versioned.
    _write(rules.PATH, rules.checked_text())


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.name}")


if __name__ == "__main__":
    main()
