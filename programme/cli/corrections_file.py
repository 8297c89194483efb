"""A file of corrections that entries are appended to: what a person wrote in it, comments too, stays as it is."""

import json
import os
import re
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from programme.exceptions import ProgrammeError, StoreError
from programme.export.files import atomic_path
from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Parsed, read
from programme.patterns import lazy_pattern

Entry = dict[str, Any]

_PLAIN = lazy_pattern(r"[A-Za-z0-9][\w./:+-]*(?<!:)", re.ASCII)
_NULLS = frozenset({"null", "Null", "NULL"})
_TOP = lazy_pattern(r"^[\"']?corrections[\"']?\s*:", re.MULTILINE)
_EMPTY = lazy_pattern(r"^([\"']?corrections[\"']?\s*:)[ \t]*\[[ \t]*\]", re.MULTILINE)
_ITEM = lazy_pattern(r"^( *)-(?: |$)", re.MULTILINE)
_PLACE = lazy_pattern(r"corrections\[\d+\][.:] ?")


class EntryError(ProgrammeError):
    """An entry that the format would not read."""


def append(path: Path, entries: Sequence[Entry]) -> None:
    """Append entries to a file, which is replaced as a whole, or created.

    Raises EntryError for an entry that does not fit, and StoreError for a file that cannot be appended to.
    """
    try:
        before = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: cannot be read: {error}") from error
    after = appended(before, entries)
    _check(path, before, after)
    with atomic_path(path, replace=True) as partial:
        with partial.open("w", encoding="utf-8", newline="") as out:
            out.write(after)
        if path.exists():
            shutil.copymode(path, partial)
            # The time of modification says which capture is newer, in whole seconds.
            modified = max(int(time.time()), int(path.stat().st_mtime) + 1)
            os.utime(partial, (modified, modified))


def appended(text: str, entries: Sequence[Entry]) -> str:
    r"""Return a text of corrections with more entries at its end.

    >>> print(appended("# Ours\n", [{"paper": "arxiv:2103.00020", "authors": ["A. Quill", "Bo"], "because": "x"}]))
    # Ours
    corrections:
    - paper: arxiv:2103.00020
      authors: ["A. Quill", Bo]
      because: x
    <BLANKLINE>
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    text = _EMPTY.sub(r"\1", text)
    if text and not text.endswith("\n"):
        text += newline
    top = _TOP.search(text)
    if top is None:
        text += f"corrections:{newline}"
    item = _ITEM.search(text, top.end()) if top else None
    indent = item[1] if item else ""
    blocks = []
    for entry in entries:
        lines = [f"{name}: {_yaml(value)}" for name, value in entry.items()]
        blocks.append(f"{indent}- " + f"{newline}{indent}  ".join(lines) + newline)
    return text + (newline if item else "") + newline.join(blocks)


def _check(path: Path, before: str, after: str) -> None:
    """Raise an error unless the new text states what the old one did, and one thing or more besides."""
    old = _parsed(path, before) if _TOP.search(before) else None
    new = _parsed(path, after)
    known = old.problems if old else ()
    if misfits := [problem for problem in new.problems if problem not in known]:
        raise EntryError("; ".join(_PLACE.sub("", misfit.problem, count=1) for misfit in misfits))
    stated = old.corrections if old else ()
    if new.corrections[: len(stated)] != stated or len(new.corrections) == len(stated):
        raise StoreError(f"{path}: cannot be appended to; write each correction below the others, beginning with '- '")


def _parsed(path: Path, text: str) -> Parsed:
    try:
        return read(Document.of(path.absolute().as_uri(), text.encode()), "corrections")
    except MalformedDocument as error:
        raise StoreError(f"{error}; correct this in the file first") from None


def _yaml(value: Any) -> str:
    """Return a value in YAML on one line.

    >>> _yaml({"https://github.com/a/b": "own"}), _yaml([True, "a: b", "null"])
    ('{https://github.com/a/b: own}', '[true, "a: b", "null"]')
    """
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_yaml(name)}: {_yaml(inner)}' for name, inner in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_yaml, value))}]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value not in _NULLS:
        return value
    return json.dumps(value, ensure_ascii=False)
