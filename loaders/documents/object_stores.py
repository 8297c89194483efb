"""Reads from object stores, S3 and Google Cloud Storage: one object, or all whose names begin with a folder's.

Keys, regions and addresses of a store are taken from its usual variables of the environment (`AWS_ACCESS_KEY_ID`,
`AWS_ENDPOINT_URL`, `GOOGLE_SERVICE_ACCOUNT`, …), as obstore documents them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from programme.loaders.documents.document import Metadata, ReadResult, Refused, format_error
from programme.loaders.documents.instants import whole_seconds
from programme.loaders.documents.kinds import is_skipped
from programme.loaders.documents.limits import Limits, OverLimitError, limit_size, too_large
from programme.loaders.documents.streams import BLOCK_BYTES, Spool
from programme.loaders.documents.unpacking import Item, unpack

if TYPE_CHECKING:
    from obstore import ObjectMeta
    from obstore.store import ObjectStore, RetryConfig

_RETRY_S = 20
"""How long a store that does not answer is asked again."""
_LISTED = 1_000
"""Names in one answer of a store."""
_METADATA_SERVICE = "169.254.169.254"
"""Where machines of a cloud ask for their credentials, when none are given."""
_CREDENTIALS = {
    "s3": "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_SKIP_SIGNATURE=true for a public bucket",
    "gs": "GOOGLE_SERVICE_ACCOUNT to the path of a key file, or GOOGLE_SKIP_SIGNATURE=true for a public bucket",
}


class _Place(NamedTuple):
    """A store with the URL of its bucket, and the key of an object in it or what the keys of a folder begin with."""

    store: ObjectStore
    bucket: str
    key: str


def read_objects(url: str, limits: Limits) -> Iterator[ReadResult]:
    """Yield the document of an object, or those of all objects in a folder, hidden names left out."""
    try:
        from obstore.exceptions import BaseError
    except ImportError:
        yield Refused(url, "object stores need another package: pip install 'programme[cloud]'")
        return
    found = False
    try:
        place = _place(url)
        for item in _items(place):
            found = True
            uri = f"{place.bucket}/{item['path']}"
            try:
                yield from _read(place, item, uri, limits)
            except (BaseError, OSError) as error:
                yield Refused(uri, _problem(uri, error))
    except (BaseError, OSError) as error:
        yield Refused(url, _problem(url, error))
        return
    if not found:
        yield Refused(url, "no object has this name, nor one that begins with it and a slash")


def objects_in(url: str) -> Iterator[str]:
    """Yield the URLs of the objects that `read_objects` would read, or the URL itself where it would say why not."""
    names = []
    # Whatever it is, who reads the URL will meet it too, and say it.
    with suppress(Exception):
        place = _place(url)
        names = [f"{place.bucket}/{item['path']}" for item in _items(place)]
    yield from names or [url]


def _place(url: str) -> _Place:
    from obstore.store import from_url

    scheme, _, rest = url.partition("://")
    name, _, key = rest.partition("/")
    bucket = f"{scheme.lower()}://{name}"
    retries: RetryConfig = {"max_retries": 3, "retry_timeout": timedelta(seconds=_RETRY_S)}
    return _Place(from_url(bucket, retry_config=retries), bucket, key)


def _items(place: _Place) -> Iterator[ObjectMeta]:
    """Yield the object of this key or, where there is none, all in the folder of this name."""
    import obstore

    if place.key and not place.key.endswith("/"):
        try:
            yield obstore.head(place.store, place.key)
        except FileNotFoundError:
            pass
        else:
            return
    prefix = f"{place.key.rstrip('/')}/" if place.key else ""
    listed = chain.from_iterable(obstore.list(place.store, prefix, chunk_size=_LISTED))
    shown = (item for item in listed if not any(map(is_skipped, item["path"].removeprefix(prefix).split("/"))))
    for item, after in pairwise(chain(shown, (None,))):
        # Consoles make an empty object for a folder, and obstore leaves out the slash at the end of its name.
        is_folder = item and not item["size"] and after and after["path"].startswith(f"{item['path']}/")
        if item and not is_folder:
            yield item


def _read(place: _Place, item: ObjectMeta, uri: str, limits: Limits) -> Iterator[ReadResult]:
    import obstore

    if item["size"] > limits.document_size:
        yield Refused(uri, too_large(limits))
        return
    blocks = obstore.get(place.store, item["path"]).stream(min_chunk_size=BLOCK_BYTES)
    try:
        spool = Spool(limit_size(map(bytes, blocks), limits), limits.held)
    except OverLimitError as error:
        yield Refused(uri, str(error))
        return
    metadata = Metadata(captured_at=whole_seconds(item["last_modified"]), basis="file")
    yield from unpack(Item(uri, spool.open, metadata, is_seekable=True), limits, spool.size)


def _problem(url: str, error: Exception) -> str:
    """Return what a store answered in one line, without its XML and what obstore adds for its developers."""
    line = format_error(error).splitlines()[0].partition(": <")[0]
    if _METADATA_SERVICE in line:
        return f"no credentials were found; set {_CREDENTIALS[url[:2].lower()]}"
    return f"cannot be read: {line}"
