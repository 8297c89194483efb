"""Archives made for tests, and what comes out of documents, in a form to compare."""

import io
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from programme.loaders.documents import Document, ReadResult, display_uri, documents_from

PAGE = b"Session\n\nOral Session 1\n" * 20


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


def tarred(*members: tuple[str, bytes], mode: str = "w", form: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar archive; `mode` `w:gz` compresses it."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode, format=form) as archive:  # type: ignore[call-overload]
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


def summarize(found: Iterable[ReadResult], folder: Path) -> list[str]:
    """What came out, a line each: place and content of a document, place and reason of a refusal."""
    lines = []
    for each in found:
        place = display_uri(each.uri).removeprefix(f"{folder}/")
        if isinstance(each, Document):
            lines.append(f"{place} = {each.content.decode()}")
        else:
            lines.append(f"{place}: {getattr(each, 'problem', 'unchanged')}")
    return lines


def read(folder: Path, content: bytes, name: str = "a", **given: Any) -> list[str]:
    """What comes out of a file of these bytes."""
    (folder / name).write_bytes(content)
    return summarize(documents_from([folder / name], **given), folder)
