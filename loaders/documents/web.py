"""Pages of the web: fetched one after another, politely, and not again when they have not changed."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING

from programme.loaders.documents.document import Metadata, NotModified, ReadResult, Refused, Validators
from programme.loaders.documents.limits import Limits, OverLimitError, limit_size, too_large
from programme.loaders.documents.streams import Spool
from programme.loaders.documents.unpacking import Item, unpack
from programme.loaders.documents.web_archives import bare_media_type

if TYPE_CHECKING:
    import httpx

ATTEMPTS = 4
"""How often a page is asked for before it is given up."""

FIRST_WAIT_S = 1.0
MAX_WAIT_S = 60.0
"""Waiting doubles from the first to the longest, half of it by chance; a server may ask for as much as the longest."""

TIMEOUT_S = 30.0
"""How long a connection, or the next bytes, may take."""

SLOWEST_BYTES_PER_S = 1000
"""A page that comes more slowly than this, once `TIMEOUT_S` are over, is given up."""

MAX_REDIRECTS = 10

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip"})


@dataclass(frozen=True, slots=True)
class _Answer:
    """A page that came: its bytes as sent, and what is known of it."""

    spool: Spool
    metadata: Metadata


class _TransientError(Exception):
    """Something that may be over the next time; `wait_s` is what the server asks to wait, in seconds."""

    def __init__(self, problem: str, wait_s: float | None = None) -> None:
        super().__init__(problem)
        self.wait_s = wait_s


class _PermanentError(Exception):
    """Something that will be the same the next time."""


class Web:
    """Reads pages over one set of connections, one request at a time; `known` tells the validators of a page."""

    def __init__(self, limits: Limits, known: Callable[[str], Validators | None] | None) -> None:
        import httpx

        headers = {"User-Agent": user_agent(), "Accept-Encoding": "gzip"}
        self._client = httpx.Client(headers=headers, timeout=TIMEOUT_S, follow_redirects=False)
        self._limits = limits
        self._known = known or (lambda _: None)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def read(self, address: str) -> Iterator[ReadResult]:
        """Read the page at an address; its URI is the address without fragment and password."""
        import httpx

        try:
            url = httpx.URL(address).copy_with(fragment=None)
        except (httpx.InvalidURL, ValueError):
            url = httpx.URL()
        if not url.host:
            yield Refused(address, "not an address of the web")
            return
        uri = str(url.copy_with(userinfo=b""))
        known = self._known(uri)
        try:
            answer = self._fetch_with_retries(url, known)
        except (_PermanentError, OverLimitError) as error:
            yield Refused(uri, str(error))
            return
        if isinstance(answer, _Answer):
            item = Item(uri, answer.spool.open, answer.metadata, is_seekable=True)
            yield from unpack(item, self._limits, answer.spool.size)
        elif known is not None:
            yield NotModified(uri, known.sha256)

    def _fetch_with_retries(self, url: "httpx.URL", known: Validators | None) -> _Answer | None:
        """Ask until there is an answer, waiting longer each time; None when the page is unchanged."""
        attempt = 1
        while True:
            try:
                return self._fetch_once(url, known)
            except _TransientError as error:
                wait_s = error.wait_s or 0.0
                if wait_s > MAX_WAIT_S:
                    raise _PermanentError(f"{error}, and asks to wait {wait_s:,.0f} s; try again then") from None
                if attempt == ATTEMPTS:
                    raise _PermanentError(f"{error}; asked {ATTEMPTS} times, try again later") from None
            longest = min(MAX_WAIT_S, FIRST_WAIT_S * 2 ** (attempt - 1))
            time.sleep(max(wait_s, longest * random.uniform(0.5, 1.0)))  # noqa: S311 - no secret
            attempt += 1

    def _fetch_once(self, url: "httpx.URL", known: Validators | None) -> _Answer | None:
        """Ask once, and follow redirects."""
        import httpx

        headers = _conditions(known)
        for _ in range(MAX_REDIRECTS + 1):
            try:
                with self._client.stream("GET", url, headers=headers) as response:
                    if response.status_code not in _REDIRECTS:
                        return self._answer(response, known)
                    url = _next(url, response)
            except httpx.TransportError as error:
                told = str(error) or type(error).__name__
                raise _TransientError(f"{url.host} cannot be reached: {told}") from None
        raise _PermanentError(f"redirected more than {MAX_REDIRECTS} times")

    def _answer(self, response: "httpx.Response", known: Validators | None) -> _Answer | None:
        """Take the page in, as it is sent: what is compressed is unpacked later, within the limits."""
        status = response.status_code
        told = f"HTTP {status} {response.reason_phrase}".strip()
        if status == 304 and known is not None:
            return None
        if status in _TRANSIENT:
            raise _TransientError(told, _wait_s(response.headers.get("Retry-After", "")))
        if status != 200:
            raise _PermanentError(told)
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in _ENCODINGS:
            raise _PermanentError(f"sent with the encoding {encoding!r}, which was not asked for and is not read")
        length = response.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > self._limits.document_size:
            raise _PermanentError(too_large(self._limits))
        spool = Spool(_in_time(limit_size(response.iter_raw(), self._limits)), self._limits.held)
        header = response.headers.get
        has_any = "ETag" in response.headers or "Last-Modified" in response.headers
        validators = Validators(header("ETag"), header("Last-Modified"), "") if has_any else None
        metadata = Metadata(bare_media_type(header("Content-Type")), datetime.now(UTC).date(), validators)
        return _Answer(spool, metadata)


@cache
def user_agent() -> str:
    """Who asks, from the metadata of the package: its name and version, and the project's page if it names one."""
    from importlib.metadata import metadata

    about = metadata("programme")
    addresses = [address.partition(",")[2].strip() for address in about.get_all("Project-URL") or []]
    return f"programme/{about['Version']}" + (f" (+{addresses[0]})" if addresses else "")


def _conditions(known: Validators | None) -> dict[str, str]:
    """The headers that ask for a page only if it has changed."""
    if known is None:
        return {}
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in named.items() if value}


def _next(url: "httpx.URL", response: "httpx.Response") -> "httpx.URL":
    """Where a redirect leads; raises _PermanentError where it may not."""
    import httpx

    place = response.headers.get("Location", "")
    try:
        following = url.join(place)
    except (httpx.InvalidURL, ValueError):
        following = httpx.URL()
    if not place or following.scheme not in ("http", "https") or not following.host:
        raise _PermanentError(f"redirected to {place!r}, which is no page of the web")
    return following


def _in_time(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Pass on blocks as long as they do not come too slowly."""
    started, size = time.monotonic(), 0
    for block in blocks:
        size += len(block)
        seconds = time.monotonic() - started
        if seconds > TIMEOUT_S and size < seconds * SLOWEST_BYTES_PER_S:
            raise _PermanentError(f"{size:,} bytes in {seconds:,.0f} s: too slow; try again later")
        yield block


def _wait_s(text: str) -> float | None:
    """Read `Retry-After`: seconds, or the date of an end, as seconds from now; None when it is neither."""
    if text.strip().isdecimal():
        return float(text)
    try:
        end = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (end.replace(tzinfo=end.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
