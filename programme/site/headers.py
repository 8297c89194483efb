"""What every response of the site carries for browsers, and which name of the server it answers to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from datasette.utils.asgi import Response

from programme.site.inline import Inline, allowing

App = Callable[[Any, Any, Any], Awaitable[None]]

FIXED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
_POLICY = (
    "default-src 'self'; script-src 'self'{scripts}; style-src 'self'{styles}; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)


def guard(app: App, public_url: str, is_ours: Callable[[], bool]) -> App:
    """Return an app that adds the headers to responses of ours, and refuses other names of a server that has a URL."""
    host = host_of(public_url)

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        with allowing() as allowed:

            async def send_guarded(message: Any) -> None:
                if message["type"] == "http.response.start" and is_ours():
                    message = {**message, "headers": _with_headers(message["headers"], allowed)}
                await send(message)

            if host and _asked_host(scope) != host:
                text = f"This server answers for {host} alone.\n"
                await Response.text(text, status=400).asgi_send(send_guarded)
            else:
                await app(scope, receive, send_guarded)

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


def _with_headers(headers: Any, allowed: Inline) -> list[tuple[bytes, bytes]]:
    scripts, styles = ("".join(f" {one}" for one in sorted(some)) for some in allowed)
    ours = {"content-security-policy": _POLICY.format(scripts=scripts, styles=styles), **FIXED}
    kept = [(name, value) for name, value in headers if name.lower().decode("latin1") not in ours]
    return [*kept, *((name.encode(), value.encode()) for name, value in ours.items())]
