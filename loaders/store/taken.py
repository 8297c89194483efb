"""What a first load has taken so far, for beginning anew where one of its documents breaks the transaction."""

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import replace
from tempfile import TemporaryFile
from typing import Self

from zstandard import decompress

from programme.loaders.documents import Document, ReadResult
from programme.loaders.store.load import Item
from programme.loaders.store.writer import compress


class Taken:
    """The documents that a load has taken so far, in a temporary file, with the bytes that it stores of each."""

    def __init__(self) -> None:
        self.last: list[Item] = []
        """The batch that is being written; not in the file yet."""
        self.is_whole = True
        """Whether all documents are here: a full disk must not end a load that needs none of them again."""
        self._count = 0
        self._large: list[Document] = []

    def __enter__(self) -> Self:
        self._file = TemporaryFile(prefix="loader-")
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def keep(self, contents: Mapping[str, bytes]) -> None:
        """Move the last batch to the file; `contents` are bytes as stored, by digest."""
        packed = [self._packed(item.document, contents) for item in self.last]
        self.last = []
        try:
            pickle.dump(packed, self._file)
        except OSError:
            self.is_whole = False
        self._count += 1

    def _packed(self, document: ReadResult, contents: Mapping[str, bytes]) -> tuple[ReadResult | int, bytes]:
        if not isinstance(document, Document):
            return document, b""
        if document.opener:  # it cannot be pickled, and can be read again
            self._large.append(document)
            return len(self._large) - 1, b""
        return replace(document, content=b""), contents.get(document.sha256) or compress(document.content)

    def batches(self) -> Iterator[list[Item]]:
        """Yield the batches anew, and the one that was being written."""
        self._file.seek(0)
        for _ in range(self._count):
            yield [self._item(*packed) for packed in pickle.load(self._file)]  # noqa: S301 - written above
        if self.last:
            yield self.last

    def _item(self, document: ReadResult | int, content: bytes) -> Item:
        if isinstance(document, int):
            return Item(self._large[document])
        return Item(replace(document, content=decompress(content)) if isinstance(document, Document) else document)
