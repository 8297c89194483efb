"""Builds archives for tests, and summarizes the results of reading in comparable lines."""

import io
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from programme.loaders.documents import Document, ReadResult, display_uri, documents_from

PAGE = b"Session\n\nOral Session 1\n" * 20


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


def tarred(*members: tuple[str, bytes], mode: str = "w", form: int = tarfile.PAX_FORMAT) -> bytes:
    """Return a tar archive; with `mode` `w:gz` a compressed one."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode, format=form) as archive:  # type: ignore[call-overload]
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


def summarize(found: Iterable[ReadResult], folder: Path) -> list[str]:
    """Return a line per result: path and content of a document, or path and problem."""
    lines = []
    for each in found:
        path = display_uri(each.uri).removeprefix(f"{folder}/")
        if isinstance(each, Document):
            lines.append(f"{path} = {each.content.decode()}")
        else:
            lines.append(f"{path}: {getattr(each, 'problem', 'unchanged')}")
    return lines


def read(folder: Path, content: bytes, name: str = "a", **given: Any) -> list[str]:
    """Return the lines for a file of these bytes."""
    (folder / name).write_bytes(content)
    return summarize(documents_from([folder / name], **given), folder)
