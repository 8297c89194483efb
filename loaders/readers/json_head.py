"""What a JSON document begins with, to recognise it by."""

from functools import lru_cache
from typing import Any

from programme.loaders.documents import Document, MalformedDocument


@lru_cache(maxsize=4)
def _first(document: Document) -> tuple[Any, dict[str, Any]]:
    from programme.loaders.readers.json_stream import Values

    values = Values(document)
    try:
        return next((raw.value for raw in values if raw.problem is None), None), values.beside
    except MalformedDocument:
        return None, {}


def first_record(document: Document) -> dict[str, Any]:
    """The first record of a document as it stands, to recognise it by; empty when it is not JSON of records."""
    found = _first(document)[0] if _is_json(document) else None
    return found if isinstance(found, dict) else {}


def first_value(document: Document) -> Any:
    """The first value of a document's list, whatever it is; None when it is not JSON."""
    return _first(document)[0] if _is_json(document) else None


def beside_records(document: Document) -> dict[str, Any]:
    """What stands before the list of records in the object that holds it: `{"date": "2025-01-10"}`."""
    return _first(document)[1] if _is_json(document) else {}


def _is_json(document: Document) -> bool:
    return document.head.lstrip("\ufeff \t\r\n")[:1] in ("[", "{")
