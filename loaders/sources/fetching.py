"""Asks public sources, politely: by their robots.txt, one request at a time with a pause between, and never in vain.

What is asked for is kept as files, which are the user's own. A later run asks only for what has changed since, with the
validators that the servers sent, and not at all for days that are settled.
"""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from programme.loaders.documents import DEFAULT_LIMITS, Document, Limits, NotModified, ReadResult, Refused, Validators
from programme.loaders.sources.catalogue import Request

if TYPE_CHECKING:
    from programme.loaders.documents.web import Web

PAUSE_S = 1.0
"""Seconds between two requests to a host; more where its robots.txt asks for it, up to `MAX_PAUSE_S`."""

MAX_PAUSE_S = 60.0
MAX_PAGES = 1000


class Fetcher:
    """Asks the addresses of requests, keeps each answer below a folder, and yields it as a document.

    `known` gives the validators of an address. `mirror` is a URL whose scheme and host are asked instead; documents
    keep the addresses of the source.
    """

    def __init__(
        self,
        folder: str | Path,
        known: Callable[[str], Validators | None] | None = None,
        mirror: str | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self._folder = Path(folder)
        self._known = known or (lambda _: None)
        self._mirror = urlsplit(mirror) if mirror else None
        self._limits = limits
        self._asked: dict[str, float] = {}
        self._kept: dict[str, tuple[str, Path]] = {}

    def fetch(self, requests: Sequence[Request]) -> Iterator[ReadResult]:
        """Yield what each request gives, page by page; one that fails keeps no other from being asked."""
        from programme.loaders.documents.web import Web

        web = Web(self._limits, self._validators)
        try:
            for request in requests:
                yield from self._pages(web, request) if request.source.page_size else self._one(web, request)
        finally:
            web.close()

    def _one(self, web: "Web", request: Request) -> Iterator[ReadResult]:
        file = self._folder / request.file
        # A page of errors may have been sent with status 200; then the day is asked for again.
        is_answer = file.suffix != ".json" or _listed(file, request.source.items) is not None
        if request.settled and file.exists() and is_answer and _day_of(file) >= request.settled:
            return
        for found in self._ask(web, request.url, file):
            if request.is_optional and isinstance(found, Refused) and found.problem.startswith("HTTP 404"):
                continue
            if request.settled and isinstance(found, Document) and _listed(file, request.source.items) == []:
                continue  # a day without papers
            yield found

    def _pages(self, web: "Web", request: Request) -> Iterator[ReadResult]:
        """Ask for pages until one is not full."""
        size = request.source.page_size
        for number in range(MAX_PAGES):
            offset = str(number * size)
            file = self._folder / request.file.replace("{offset}", offset)
            found = list(self._ask(web, request.url.replace("{offset}", offset), file))
            if _count(file, request.source.items) == 0 and number:
                return
            yield from found
            if any(isinstance(one, Refused) for one in found) or _count(file, request.source.items) < size:
                return

    def _ask(self, web: "Web", url: str, file: Path) -> Iterator[ReadResult]:
        """Ask an address, unless robots.txt forbids it, and keep the answer in a file."""
        address = self._address(url)
        self._kept[address] = (url, file)
        if problem := web.robots.problem(address):
            yield Refused(url, problem)
            return
        self._wait(address, web.robots.delay_s(address))
        for found in web.read(address):
            if isinstance(found, Document):
                document = replace(found, uri=found.uri.replace(address, url, 1))
                _keep(document, file)
                yield document
            elif isinstance(found, NotModified):
                yield NotModified(url, found.sha256)
            else:
                yield Refused(url, found.problem)

    def _address(self, url: str) -> str:
        parts = urlsplit(url)
        if self._mirror is None:
            return url
        path = self._mirror.path.rstrip("/") + parts.path
        return urlunsplit((self._mirror.scheme, self._mirror.netloc, path, parts.query, ""))

    def _validators(self, address: str) -> Validators | None:
        """Return what is known of an address; without its file all of it is asked for."""
        url, file = self._kept.get(address, ("", None))
        return self._known(url) if file and file.exists() else None

    def _wait(self, address: str, delay_s: float) -> None:
        """Wait until the host may be asked again."""
        host = urlsplit(address).netloc
        if host in self._asked:
            pause_s = min(max(PAUSE_S, delay_s), MAX_PAUSE_S)
            time.sleep(max(0.0, self._asked[host] + pause_s - time.monotonic()))
        self._asked[host] = time.monotonic()


def _keep(document: Document, file: Path) -> None:
    """Write the bytes of a document to a file, which is there as a whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    try:
        with document.open() as source, partial.open("wb") as target:
            shutil.copyfileobj(source, target)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def _count(file: Path, items: str) -> int:
    """Return how many items the list in a kept answer has."""
    return len(_listed(file, items) or ())


def _listed(file: Path, items: str) -> list[Any] | None:
    """Return the items of the list in a kept answer; None for one that is not there, or is no such list."""
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    listed = found.get(items) if isinstance(found, dict) else found
    return listed if isinstance(listed, list) else None


def _day_of(file: Path) -> date:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).date()
