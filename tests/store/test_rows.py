"""The generated row types are those of the schema, and the dump leaves no column out unnoticed."""

import re

from programme.loaders.store.dump import FACTS
from programme.loaders.store.rows import COLUMNS
from programme.schema import metadata
from tools.row_types import PATH, row_types

NOT_IN_THE_DUMP = {
    "documents": {"uri", "media_type", "ingested_at", "content", "rules_version", "format_version"},
    "changes": {"captured_at"},
    "authors": {"plain_name"},
}
"""What follows from a name; where a document lies, what a server said of it, when it was ingested, and its bytes."""

NEVER_IN_THE_DUMP = {"document_parts", "sources", "captures"}


def test_the_row_types_are_up_to_date() -> None:
    assert PATH.read_text(encoding="utf-8") == row_types(), "run python -m tools.generate"


def test_tables_stand_after_those_they_refer_to() -> None:
    order = list(COLUMNS)
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            assert key.column.table is table or order.index(key.column.table.name) < order.index(table.name)


def test_every_column_is_dumped_or_left_out_on_purpose() -> None:
    for table, sql in FACTS.items():
        dumped = set(re.findall(r"\w+", sql.partition(" FROM ")[0]))
        facts = {column for column in COLUMNS[table] if column != "id" and not column.endswith("_id")}
        assert facts - dumped == NOT_IN_THE_DUMP.get(table, set()), table
    assert COLUMNS.keys() - FACTS.keys() == NEVER_IN_THE_DUMP
