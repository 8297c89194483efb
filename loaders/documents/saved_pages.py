"""The page in a file that a browser saves with its pictures: MHTML (Chrome, Edge) and Safari's web archive.

Pictures, styles and the pages of frames are left out: the document is the page alone, as UTF-8, at its own URL.
"""

import codecs
import re
from datetime import UTC, datetime
from email.message import Message
from typing import Any, NamedTuple

from programme.loaders.documents.archives import UnreadableError
from programme.loaders.documents.instants import whole_seconds
from programme.patterns import lazy_pattern

_WEB = ("http://", "https://")
_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = lazy_pattern(rb"<meta\b[^>]*?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_CHARSET_BYTES = 1024
"""Where HTML lets a page state its character set."""


class SavedPage(NamedTuple):
    """A page as UTF-8, its URL (empty where it has none on the web), and when it was saved."""

    url: str
    content: bytes
    saved_at: datetime | None


def saved_page(kind: str, content: bytes) -> SavedPage:
    """Return the page in a file of the kind `mhtml` or `webarchive`; raises UnreadableError and any parser's error."""
    return _mhtml(content) if kind == "mhtml" else _web_archive(content)


def _mhtml(content: bytes) -> SavedPage:
    """Return the root of a `multipart/related` message (RFC 2557), or the first page in it."""
    from email import message_from_bytes

    message = message_from_bytes(content)
    start = str(message.get_param("start", "") or "")
    parts = [part for part in message.walk() if not part.is_multipart()]
    roots = [part for part in parts if start and part.get("Content-ID") == start]
    root = next((part for part in (*roots, *parts) if part.get_content_type() in _PAGES), None)
    if root is None:
        raise UnreadableError("an MHTML file without a page; save the page again, or as HTML")
    body = root.get_payload(decode=True)
    url = str(root.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
    page = body if isinstance(body, bytes) else b""
    return SavedPage(_web_url(url), _as_utf8(page, root.get_content_charset()), _sent_at(message))


def _sent_at(message: Message) -> datetime | None:
    """Return the instant in the header `Date`, if it is one."""
    from email.utils import parsedate_to_datetime

    try:
        stated = parsedate_to_datetime(str(message.get("Date", "")))
        return whole_seconds(stated.astimezone(UTC)) if stated.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _web_archive(content: bytes) -> SavedPage:
    """Return the main resource of Safari's web archive, a property list."""
    import plistlib

    archive = plistlib.loads(content)
    main: Any = archive.get("WebMainResource") if isinstance(archive, dict) else None
    body = main.get("WebResourceData") if isinstance(main, dict) else None
    if not isinstance(body, bytes):
        raise UnreadableError("a property list that is not a web archive of Safari; save the page again, or as HTML")
    encoding = main.get("WebResourceTextEncodingName")
    return SavedPage(_web_url(str(main.get("WebResourceURL", ""))), _as_utf8(body, encoding), None)


def _web_url(url: str) -> str:
    """Return a URL of the web without white space and fragment; an empty text for any other.

    >>> _web_url("https://icml.cc/virtual/2022/session/1#top"), _web_url("cid:frame-1@mhtml.blink")
    ('https://icml.cc/virtual/2022/session/1', '')
    """
    one = "".join(url.split()).partition("#")[0]
    return one if one.lower().startswith(_WEB) else ""


def _as_utf8(content: bytes, charset: object) -> bytes:
    """Return a page as UTF-8, from the character set that its header or itself states; unknown ones are left."""
    if not isinstance(charset, str):
        stated = _CHARSET.search(content, 0, _CHARSET_BYTES)
        charset = stated[1].decode() if stated else "utf-8"
    try:
        name = codecs.lookup(charset).name
        return content if name in ("utf-8", "ascii") else content.decode(name, "replace").encode()
    except (LookupError, ValueError):
        return content
