"""A local web site for tests."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from programme.loaders.documents import documents_from
from tests.documents.helpers import summarize

NOWHERE = Path("nowhere")


class Site:
    """A server whose pages are functions of the request; `requests` are the paths and headers received."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, Callable[[Handler], None]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []

    def page(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        """Add a page, and return its URL."""
        self.pages[path] = lambda request: request.answer(body, status, headers)
        return self.address + path

    def read(self, *paths: str, **given: Any) -> list[str]:
        """Read pages and summarize the results, with URLs relative to the site."""
        found = documents_from([self.address + path for path in paths], **given)
        return [line.removeprefix(self.address) for line in summarize(found, NOWHERE)]


class Handler(BaseHTTPRequestHandler):
    """Responds with the pages of the site."""

    site: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.site.requests.append((self.path, dict(self.headers)))
        page = self.site.pages.get(self.path)
        if page is None:
            self.answer(b"", 404, {})
        else:
            page(self)

    def answer(self, body: bytes, status: int, headers: dict[str, str], date: str | None = None) -> None:
        self.send_response_only(status)
        self.send_header("Date", date or self.date_time_string())
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def running_site() -> Iterator[Site]:
    """Run a site on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Handler.site = Site(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield Handler.site
    server.shutdown()
    server.server_close()
