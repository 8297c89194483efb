"""What a curator says of documents as a whole: when they were captured, of which source, and whether all are kept."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice

from programme.exceptions import ProgrammeError
from programme.loaders.documents.document import Document, ReadResult
from programme.loaders.documents.files import path_to_uri
from programme.loaders.documents.instants import whole_seconds
from programme.patterns import lazy_pattern

_SCHEME = lazy_pattern(r"[a-z][a-z0-9+.-]*:", re.I)


def described(
    found: Iterable[ReadResult], *, captured: datetime | None = None, uri: str | None = None, keep: bool = False
) -> Iterator[ReadResult]:
    """Yield documents as the curator describes them; what was not read passes unchanged.

    `captured` says when all of them were captured, without an offset in UTC. `uri` is the URI or path that the only
    document is a capture of; raises ProgrammeError if there are more. With `keep` each is a source of its own.
    """
    rest = iter(found)
    if uri is not None:
        uri = _uri(uri)
        first = list(islice(rest, 2))
        if len(first) > 1:
            raise ProgrammeError(
                "--as says what one document is a capture of, and there are more; ingest them one by one"
            )
        rest = chain(first, rest)
    for each in rest:
        document = each
        if isinstance(document, Document):
            if captured is not None:
                document = replace(document, captured_at=whole_seconds(captured), basis="given")
            if uri is not None:
                document = replace(document, uri=uri)
            if keep:
                document = replace(document, is_kept=True)
        yield document


def _uri(text: str) -> str:
    """Return the URI that a document would have had if it had been read from there; raises ProgrammeError."""
    if text.lower().startswith(("http:", "https:")):
        from programme.loaders.documents.web import page_url

        url = page_url(text)
        if url is None:
            raise ProgrammeError(f"{text!r} is not a URL of a web page")
        return str(url.copy_with(userinfo=b""))
    if not text.strip():
        raise ProgrammeError("--as is empty; give the URI or path that the document is a capture of")
    return text if _SCHEME.match(text) else path_to_uri(os.path.realpath(text))
