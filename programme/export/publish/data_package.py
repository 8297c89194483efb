"""`datapackage.json`, as Frictionless Data describes it: every file, and every column of every table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from programme.export.duckdb_schema import tables, type_of
from programme.export.publish.release import DESCRIPTION, File, Release, as_json
from programme.schema.columns import Choice

if TYPE_CHECKING:
    from sqlalchemy import Column, Table

NAME = "datapackage.json"
PARQUET = "application/vnd.apache.parquet"
DATABASES = {
    "programme.db": ("sqlite", "application/vnd.sqlite3", "SQLite file with all tables, curated views and search."),
    "programme.duckdb": ("duckdb", "application/vnd.duckdb", "DuckDB file with all tables, curated views and macros."),
}
"""Name, media type and description of a whole database, by its file."""

_TYPES = {
    "TIMESTAMPTZ": "datetime",
    "BOOLEAN": "boolean",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "DATE": "date",
    "BLOB": "any",  # Frictionless has no type for bytes.
    "VARCHAR": "string",
}


def data_package(release: Release, files: Sequence[File]) -> str:
    """Return the text of the descriptor."""
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "programme",
        "title": release.title,
        "description": DESCRIPTION,
        "version": release.version,
        "created": f"{release.released_on}T00:00:00Z",
    }
    terms = release.terms
    if terms.url:
        package["homepage"] = terms.url
    if terms.license:
        package["licenses"] = [{"path" if "://" in terms.license else "name": terms.license}]
    if terms.creators:
        package["contributors"] = [{"title": name, "roles": ["creator"]} for name in terms.creators]
    package["programme"] = as_json(release)
    package["resources"] = [_database(file) for file in files if file.path in DATABASES]
    for table in tables():
        package["resources"].append(_table(table, [file for file in files if file.table == table.name]))
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _database(file: File) -> dict[str, Any]:
    name, media_type, description = DATABASES[file.path]
    return {"name": name, "path": file.path, "description": description, "mediatype": media_type, **_checks(file)}


def _table(table: Table, files: Sequence[File]) -> dict[str, Any]:
    """Return the resource of a table; large documents are spread over several files."""
    paths = [file.path for file in files]
    resource = {"name": table.name, "path": paths[0] if len(paths) == 1 else paths, "description": table.comment}
    resource |= {"format": "parquet", "mediatype": PARQUET}
    if len(files) == 1:
        resource |= _checks(files[0])
    return resource | {"schema": _schema(table)}


def _checks(file: File) -> dict[str, Any]:
    return {"bytes": file.size_bytes, "hash": f"sha256:{file.sha256}"}


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": [column.name for column in table.primary_key.columns],
    }
    keys = [
        {
            "fields": [key.parent.name],
            "reference": {
                # An empty name is the table itself.
                "resource": "" if key.column.table is table else key.column.table.name,
                "fields": [key.column.name],
            },
        }
        for key in sorted(table.foreign_keys, key=lambda key: str(key.parent.name))
    ]
    return {**schema, "foreignKeys": keys} if keys else schema


def _field(column: Column[Any]) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    if isinstance(column.type, Choice):
        constraints["enum"] = [member.value for member in column.type.vocabulary]
    field = {"name": column.name, "type": _TYPES[type_of(column)], "description": column.comment}
    return {**field, "constraints": constraints} if constraints else field
