"""Fetches web pages one after another, with retries, and only if they have changed since the last time."""

import random
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING

from programme.loaders.documents.document import (
    Metadata,
    NotModified,
    ReadResult,
    Refused,
    Validators,
    format_error,
)
from programme.loaders.documents.hosts import leads_inside
from programme.loaders.documents.instants import whole_seconds
from programme.loaders.documents.limits import Limits, OverLimitError, limit_size, too_large
from programme.loaders.documents.robots import Robots
from programme.loaders.documents.streams import Spool
from programme.loaders.documents.unpacking import Item, unpack
from programme.loaders.documents.web_archives import bare_media_type

if TYPE_CHECKING:
    import httpx

MAX_ATTEMPTS = 4
"""How often a page is requested before it is given up."""

FIRST_WAIT_S = 1.0
MAX_WAIT_S = 60.0
"""Waits double up to the maximum, with random jitter; a server that asks for a longer wait is given up."""

TIMEOUT_S = 30.0
"""How long a connection, or the next block of bytes, may take."""

MIN_BYTES_PER_S = 1000
"""After `TIMEOUT_S`, a slower page is given up: the timeout alone would allow one byte every 29 seconds."""

MAX_REDIRECTS = 10

_CUT_OFF = ("peer closed", "disconnected", "incomplete")
"""Words of errors of HTTP that are those of a connection which broke."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip"})


@dataclass(frozen=True, slots=True)
class _Response:
    """The body of a page as sent, and the metadata in its headers."""

    spool: Spool
    metadata: Metadata


class _TransientError(Exception):
    """An error that may go away; `wait_s` is the wait in seconds that the server asks for."""

    def __init__(self, problem: str, wait_s: float | None = None) -> None:
        super().__init__(problem)
        self.wait_s = wait_s


class _PermanentError(Exception):
    """An error that another request would meet again."""


class Web:
    """Reads pages over one pool of connections, one request at a time; `known` returns the validators of a URL.

    Whoever asks for pages that nobody named looks into `robots` first.
    """

    def __init__(self, limits: Limits, known: Callable[[str], Validators | None] | None) -> None:
        import httpx

        headers = {"User-Agent": user_agent(), "Accept-Encoding": "gzip"}
        self._client = httpx.Client(headers=headers, timeout=TIMEOUT_S, follow_redirects=False)
        self._limits = limits
        self._known = known or (lambda _: None)
        self.robots = Robots(self)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def read(self, raw_url: str) -> Iterator[ReadResult]:
        """Read the page at a URL; the URI of its document is the URL without fragment, user name and password."""
        url = page_url(raw_url)
        if url is None:
            yield Refused(raw_url, "not a URL of a web page")
            return
        uri = str(url.copy_with(userinfo=b""))
        known = self._known(uri)
        try:
            response = self._fetch_with_retries(url, known)
        except (_PermanentError, OverLimitError) as error:
            yield Refused(uri, str(error))
            return
        if isinstance(response, _Response):
            item = Item(uri, response.spool.open, response.metadata, is_seekable=True)
            yield from unpack(item, self._limits, response.spool.size)
        elif known is not None:
            yield NotModified(uri, known.sha256)

    def _fetch_with_retries(self, url: "httpx.URL", known: Validators | None) -> _Response | None:
        """Request a page until there is a response, waiting longer each time; None when it has not changed.

        Retries of httpx cover connections only, and a retry library needs as many lines to obey `Retry-After` as this.
        """
        attempt = 1
        while True:
            try:
                return self._fetch_once(url, known)
            except _TransientError as error:
                wait_s = error.wait_s or 0.0
                if wait_s > MAX_WAIT_S:
                    raise _PermanentError(f"{error}, and asks to wait {wait_s:,.0f} s; try again then") from None
                if attempt == MAX_ATTEMPTS:
                    raise _PermanentError(f"{error}; requested {MAX_ATTEMPTS} times, try again later") from None
            longest = min(MAX_WAIT_S, FIRST_WAIT_S * 2 ** (attempt - 1))
            time.sleep(max(wait_s, longest * random.uniform(0.5, 1.0)))  # noqa: S311 - no secret
            attempt += 1

    def _fetch_once(self, url: "httpx.URL", known: Validators | None) -> _Response | None:
        """Request a page once and follow redirects; done here so that a message can name the target of a bad one."""
        import httpx

        headers = _conditions(known)
        for _ in range(MAX_REDIRECTS + 1):
            try:
                with self._client.stream("GET", url, headers=headers) as response:
                    if response.status_code not in _REDIRECTS:
                        return self._receive(response, known)
                    url = self._redirected(url, response)
            except httpx.RequestError as error:
                kind = _PermanentError if _is_permanent(error) else _TransientError
                raise kind(f"{url.host} cannot be reached: {format_error(error)}") from None
            except (httpx.InvalidURL, ValueError) as error:
                raise _PermanentError(f"{url} cannot be requested: {format_error(error)}") from None
        raise _PermanentError(f"redirected more than {MAX_REDIRECTS} times")

    def _redirected(self, url: "httpx.URL", response: "httpx.Response") -> "httpx.URL":
        following = _next(url, response)
        if following.host != url.host and not self._limits.allow_private and leads_inside(url.host, following.host):
            raise _PermanentError(
                f"redirected to {following.host}, which only this machine or its network can reach; "
                "if you trust the page, use --allow-private"
            )
        return following

    def _receive(self, response: "httpx.Response", known: Validators | None) -> _Response | None:
        """Spool the body as sent: httpx would decompress it without limits, `unpack` counts every byte."""
        status = response.status_code
        message = f"HTTP {status} {response.reason_phrase}".strip()
        if status == 304 and known is not None:
            return None
        if status in _TRANSIENT:
            raise _TransientError(message, _wait_s(response.headers.get("Retry-After", "")))
        if status != 200:
            raise _PermanentError(message)
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in _ENCODINGS:
            raise _PermanentError(f"sent with the encoding {encoding!r}, which was not requested and cannot be read")
        length = response.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > self._limits.document_size:
            raise _PermanentError(too_large(self._limits))
        spool = Spool(_in_time(limit_size(response.iter_raw(), self._limits)), self._limits.held)
        header = response.headers.get
        has_any = "ETag" in response.headers or "Last-Modified" in response.headers
        validators = Validators(header("ETag"), header("Last-Modified"), "") if has_any else None
        sent_at = whole_seconds(_date(header("Date", "")) or datetime.now(UTC))
        metadata = Metadata(bare_media_type(header("Content-Type")), sent_at, "server", validators)
        return _Response(spool, metadata)


def page_url(text: str) -> "httpx.URL | None":
    """Return the URL of a page without the fragment; None when it is not one, or its host cannot be a host.

    >>> page_url("http://example.org/a#b"), page_url("http://a..b/"), page_url("http://xn--a/")
    (URL('http://example.org/a'), None, None)
    """
    import httpx

    try:
        url = httpx.URL(text).copy_with(fragment=None)
        # As the lookup of a host does later, where it would end more than this page.
        url.raw_host.decode("ascii").encode("idna")
        return url if url.host else None
    except (httpx.InvalidURL, ValueError):
        return None


@cache
def user_agent() -> str:
    """Return the User-Agent header: the name and version of the package."""
    from importlib.metadata import version

    return f"programme/{version('programme')} (loader)"


def _conditions(known: Validators | None) -> dict[str, str]:
    """Return the headers that request a page only if it has changed."""
    if known is None:
        return {}
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in named.items() if value}


def _next(url: "httpx.URL", response: "httpx.Response") -> "httpx.URL":
    """Return the URL that a redirect leads to; raises _PermanentError if it is not one of http or https."""
    import httpx

    location = response.headers.get("Location", "")
    try:
        following = page_url(str(url.join(location)))
    except (httpx.InvalidURL, ValueError):
        following = None
    if not location or following is None or following.scheme not in ("http", "https"):
        raise _PermanentError(f"redirected to {location!r}, which is not a URL of a web page")
    return following


def _is_permanent(error: BaseException | None) -> bool:
    """Return whether a request would fail the same way again: no such host, a bad certificate, or no HTTP."""
    import httpx

    if isinstance(error, httpx.RemoteProtocolError):
        return not any(word in str(error).lower() for word in _CUT_OFF)
    while error is not None:
        if isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError | ssl.SSLCertVerificationError):
            return True
        if isinstance(error, socket.gaierror):
            return error.errno == socket.EAI_NONAME
        error = error.__cause__ or error.__context__
    return False


def _in_time(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Pass on blocks; raises _PermanentError if they come too slowly."""
    started, size = time.monotonic(), 0
    for block in blocks:
        size += len(block)
        seconds = time.monotonic() - started
        if seconds > TIMEOUT_S and size < seconds * MIN_BYTES_PER_S:
            raise _PermanentError(f"{size:,} bytes in {seconds:,.0f} s: too slow; try again later")
        yield block


def _wait_s(text: str) -> float | None:
    """Return the seconds that a `Retry-After` header asks for, as a number or a date; None when it is neither."""
    if text.strip().isdecimal():
        return float(text)
    end = _date(text)
    return None if end is None else max(0.0, (end - datetime.now(UTC)).total_seconds())


def _date(text: str) -> datetime | None:
    """Return the date of a header; None where it is missing or is none.

    >>> _date("Wed, 25 Nov 2026 09:14:00 GMT").isoformat(), _date("yesterday")
    ('2026-11-25T09:14:00+00:00', None)
    """
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date.replace(tzinfo=date.tzinfo or UTC)
