"""`croissant.json`, the metadata format of MLCommons that machine-learning tools and Google Dataset Search read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from programme.export.duckdb_schema import tables, type_of
from programme.export.publish.data_package import DATABASES
from programme.export.publish.release import DESCRIPTION, File, Release

if TYPE_CHECKING:
    from sqlalchemy import Column, Table

NAME = "croissant.json"

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the specification prescribes."""

_TYPES = {
    "TIMESTAMPTZ": "sc:DateTime",
    "BOOLEAN": "sc:Boolean",
    "BIGINT": "sc:Integer",
    "INTEGER": "sc:Integer",
    "DATE": "sc:Date",
    "VARCHAR": "sc:Text",
}
"""Croissant has no type for bytes: those columns are left out."""


def croissant(release: Release, files: Sequence[File]) -> str:
    """Return the text of the metadata; tables whose rows are spread over several files are left out."""
    terms = release.terms
    creators = [{"@type": "Organization", "name": name} for name in terms.creators or ()]
    dataset: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": release.title,
        "description": DESCRIPTION,
        "version": release.version,
        "datePublished": release.released_on,
        "citeAs": _citation(release),
        **({"url": terms.url} if terms.url else {}),
        **({"license": terms.license} if terms.license else {}),
        **({"creator": creators} if creators else {}),
        "distribution": [_file_object(file, terms.url) for file in files],
    }
    single = {file.table: file for file in files}
    split = {file.table for file in files if file is not single[file.table]}
    dataset["recordSet"] = [
        _record_set(table, single[table.name]) for table in tables() if table.name in single.keys() - split
    ]
    return json.dumps(dataset, ensure_ascii=False, indent=2) + "\n"


def _citation(release: Release) -> str:
    terms = release.terms
    names = f"{', '.join(terms.creators)}: " if terms.creators else ""
    where = f" {terms.url}" if terms.url else ""
    return f"{names}{release.title}, version {release.version}, {release.released_on}.{where}"


def _file_object(file: File, url: str | None) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": f"{url.rstrip('/')}/{file.path}" if url else file.path,
        "encodingFormat": DATABASES[file.path][1] if file.path in DATABASES else "application/x-parquet",
        "contentSize": f"{file.size_bytes} B",
        "sha256": file.sha256,
    }


def _record_set(table: Table, file: File) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.comment,
        "key": [{"@id": f"{table.name}/{column.name}"} for column in table.primary_key.columns],
        "field": [_field(column, file) for column in table.columns if type_of(column) in _TYPES],
    }


def _field(column: Column[Any], file: File) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{column.table.name}/{column.name}",
        "name": f"{column.table.name}/{column.name}",
        "description": column.comment,
        "dataType": _TYPES[type_of(column)],
        "source": {"fileObject": {"@id": file.path}, "extract": {"column": column.name}},
    }
    for key in column.foreign_keys:
        field["references"] = {"field": {"@id": f"{key.column.table.name}/{key.column.name}"}}
    return field
