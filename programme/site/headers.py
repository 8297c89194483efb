"""What every response of the site carries for browsers, and which name of the server it answers to."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import datasette
from datasette.utils.asgi import Response

App = Callable[[Any, Any, Any], Awaitable[None]]

FIXED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
_POLICY = (
    "default-src 'self'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
"""Styles may be inline: Datasette sets the width of columns so, and charts their size. No script of a document runs."""

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_TEMPLATES = ("_close_open_menus.html", "table.html")
"""Datasette's templates with inline scripts on pages of the site."""

_VARIABLE = "{{ datasette_allow_facet }}"

_allowed: ContextVar[set[str] | None] = ContextVar("allowed", default=None)


def allow_inline(script: str) -> str:
    """Let an inline script of a template run in the current response, and return it."""
    allowed = _allowed.get()
    if allowed is not None:
        allowed.add(digest(script))
    return script


def digest(script: str) -> str:
    """Return how a policy names an inline script.

    >>> digest("alert(1)")
    "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@cache
def _template_scripts() -> frozenset[str]:
    """Return the digests of the inline scripts in Datasette's own templates."""
    folder = Path(datasette.__file__).parent / "templates"
    sources = [(folder / name).read_text(encoding="utf-8") for name in _TEMPLATES]
    scripts = {script for source in sources for script in _SCRIPT.findall(source)}
    # The one that is not the same on every page says whether facets are allowed.
    return frozenset(digest(one.replace(_VARIABLE, value)) for one in scripts for value in ("true", "false"))


def guard(app: App, public_url: str, is_ours: Callable[[], bool]) -> App:
    """Return an app that adds the headers to responses of ours, and refuses other names of a server that has a URL."""
    host = host_of(public_url)

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        allowed: set[str] = set()
        token = _allowed.set(allowed)

        async def send_guarded(message: Any) -> None:
            if message["type"] == "http.response.start" and is_ours():
                message = {**message, "headers": _with_headers(message["headers"], allowed)}
            await send(message)

        try:
            if host and _asked_host(scope) != host:
                text = f"This server answers for {host} alone.\n"
                await Response.text(text, status=400).asgi_send(send_guarded)
            else:
                await app(scope, receive, send_guarded)
        finally:
            _allowed.reset(token)

    return answer


def host_of(url: str) -> str:
    """Return the host of a URL as browsers send it, without the port where it is the usual one.

    >>> host_of("https://Example.org:443/programme/"), host_of("http://[::1]:8001/"), host_of("")
    ('example.org', '[::1]:8001', '')
    """
    parts = urlsplit(url)
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return parts.netloc.lower().removesuffix(usual) if usual else parts.netloc.lower()


def _asked_host(scope: Any) -> str:
    named = dict(scope["headers"]).get(b"host", b"").decode("latin1").lower()
    return str(named).removesuffix(":443").removesuffix(":80")


def _with_headers(headers: Any, scripts: set[str]) -> list[tuple[bytes, bytes]]:
    policy = _POLICY.format(scripts="".join(f" {one}" for one in sorted(scripts | _template_scripts())))
    ours = {"content-security-policy": policy, **FIXED}
    kept = [(name, value) for name, value in headers if name.lower().decode("latin1") not in ours]
    return [*kept, *((name.encode(), value.encode()) for name, value in ours.items())]
