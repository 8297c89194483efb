"""Web pages, from a local server: redirects, retries, limits and unchanged pages."""

import gzip
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from pathlib import Path

import pytest

from programme.loaders.documents import Document, Limits, NotModified, Validators, documents_from, hosts, web
from tests.documents.helpers import summarize, zipped
from tests.documents.sites import NOWHERE, Handler, Site, running_site


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with running_site() as running:
        yield running


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Record the seconds of each wait, without waiting."""
    slept: list[float] = []
    monkeypatch.setattr("programme.loaders.documents.web.time.sleep", slept.append)
    return slept


def test_a_page(site: Site) -> None:
    address = site.page(
        "/page?x=1", b"page", Content_Type="text/HTML; charset=utf-8", ETag='"1"', Last_Modified="yesterday"
    )
    (found,) = documents_from([f"{address}#part"])
    assert isinstance(found, Document)
    assert (found.uri, found.content, found.media_type) == (address, b"page", "text/html")
    assert (found.captured_on, found.basis) == (datetime.now(UTC).date(), "server")
    assert found.validators == Validators('"1"', "yesterday", found.sha256)
    ((path, headers),) = site.requests
    assert path == "/page?x=1"
    assert headers["User-Agent"].startswith("programme/")
    assert headers["User-Agent"] == web.user_agent()
    assert headers["Accept-Encoding"] == "gzip"


def test_the_date_header_says_when_a_page_was_captured(site: Site) -> None:
    site.pages["/page"] = lambda request: request.answer(b"page", 200, {}, date="Mon, 18 Jul 2022 09:30:00 GMT")
    (found,) = documents_from([f"{site.address}/page"])
    assert isinstance(found, Document)
    assert found.captured_at == datetime(2022, 7, 18, 9, 30, tzinfo=UTC)


def test_a_password_is_used_and_not_kept(site: Site) -> None:
    address = site.page("/page", b"page")
    (found,) = documents_from([address.replace("http://", "http://curator:secret@")])
    assert found.uri == address
    assert site.requests[0][1]["Authorization"] == "Basic Y3VyYXRvcjpzZWNyZXQ="


def test_an_unchanged_page_is_not_sent_again(site: Site) -> None:
    site.page("/page", b"", 304)
    known = Validators('"1"', "Mon, 18 Jul 2022 09:00:00 GMT", "digest")
    address = f"{site.address}/page"
    assert list(documents_from([address], validators={address: known}.get)) == [NotModified(address, "digest")]
    headers = site.requests[0][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == (known.etag, known.last_modified)
    assert site.read("/page") == ["/page: HTTP 304 Not Modified"]
    site.page("/page", b"new")
    assert site.read("/page", validators=lambda _: known) == ["/page = new"]


def test_redirects_lead_to_the_page_which_keeps_its_first_url(site: Site) -> None:
    for status in (301, 302, 303, 307, 308):
        site.page(f"/{status}", b"", status, Location="/page")
    site.page("/page", b"page")
    assert site.read("/301", "/302", "/303", "/307", "/308") == [
        "/301 = page",
        "/302 = page",
        "/303 = page",
        "/307 = page",
        "/308 = page",
    ]


def test_redirects_that_are_refused(site: Site) -> None:
    site.page("/loop", b"", 302, Location="/loop")
    site.page("/file", b"", 302, Location="file:///etc/passwd")
    site.page("/none", b"", 302)
    assert site.read("/loop", "/file", "/none") == [
        "/loop: redirected more than 10 times",
        "/file: redirected to 'file:///etc/passwd', which is not a URL of a web page",
        "/none: redirected to '', which is not a URL of a web page",
    ]
    assert len(site.requests) == 13


def test_server_errors_are_reported_and_reading_goes_on(site: Site) -> None:
    site.page("/good", b"good")
    site.page("/gone", b"", 410)
    assert site.read("/missing", "/gone", "/good") == [
        "/missing: HTTP 404 Not Found",
        "/gone: HTTP 410 Gone",
        "/good = good",
    ]


def test_transient_errors_are_retried_after_growing_waits(site: Site, waits: list[float]) -> None:
    for status in (429, 500, 503):
        tries = count()
        site.pages["/busy"] = lambda request, tries=tries, status=status: request.answer(  # type: ignore[misc]
            b"page", status if next(tries) < 3 else 200, {}
        )
        assert site.read("/busy") == ["/busy = page"]
    assert len(waits) == 9
    for first, second, third in (waits[:3], waits[3:6], waits[6:]):
        assert 0.5 <= first <= 1 <= second <= 2 <= third <= 4
    site.page("/busy", b"", 503)
    assert site.read("/busy") == ["/busy: HTTP 503 Service Unavailable; requested 4 times, try again later"]


def test_retry_after_is_obeyed(site: Site, waits: list[float]) -> None:
    def busy(request: Handler) -> None:
        request.answer(b"page", *next(answers))

    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    answers = iter([(429, {"Retry-After": "17"}), (503, {"Retry-After": later}), (200, {})])
    site.pages["/busy"] = busy
    assert site.read("/busy") == ["/busy = page"]
    assert waits[0] == 17
    assert 25 < waits[1] <= 30
    site.page("/busy", b"", 429, Retry_After="3600")
    assert site.read("/busy") == ["/busy: HTTP 429 Too Many Requests, and asks to wait 3,600 s; try again then"]
    assert len(waits) == 2


def test_a_broken_connection_is_retried(site: Site, waits: list[float]) -> None:
    def cut(request: Handler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        request.wfile.write(b"only the beginning")
        request.close_connection = True

    site.pages["/cut"] = cut
    (said,) = site.read("/cut")
    assert said.startswith("/cut: 127.0.0.1 cannot be reached: ")
    assert said.endswith("; requested 4 times, try again later")
    assert len(site.requests) == 4
    (said,) = summarize(documents_from(["http://127.0.0.1:1/"]), NOWHERE)
    assert said.startswith("http://127.0.0.1:1/: 127.0.0.1 cannot be reached: ")
    assert len(waits) == 6


def test_a_page_that_comes_too_slowly(site: Site, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> None:
    stop = threading.Event()

    def drip(request: Handler) -> None:
        request.send_response(200)
        request.end_headers()
        while not stop.wait(0.02):
            request.wfile.write(b"x")
            request.wfile.flush()

    site.pages["/slow"] = drip
    monkeypatch.setattr(web, "TIMEOUT_S", 0.2)
    (said,) = site.read("/slow")
    stop.set()
    assert said.endswith("too slow; try again later")

    stopped = threading.Event()
    site.pages["/silent"] = lambda _: (stopped.wait(5), None)[1]
    (said,) = site.read("/silent")
    stopped.set()
    assert said.startswith("/silent: 127.0.0.1 cannot be reached: ")
    assert len(waits) == 3


def test_a_page_that_is_too_large(site: Site) -> None:
    def endless(request: Handler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(1000):
            request.wfile.write(b"x" * 1000)

    site.pages["/endless"] = endless
    site.page("/said", b"x" * 2000)
    limits = Limits(document_size=1000, held=500)
    too_large = "larger than 1000 bytes; to allow more, use --max-document-size"
    assert site.read("/endless", "/said", limits=limits) == [f"/endless: {too_large}", f"/said: {too_large}"]


def test_compressed_responses_count_unpacked(site: Site) -> None:
    site.page("/page", gzip.compress(b"page"), Content_Encoding="gzip", Content_Type="application/json")
    (found,) = documents_from([f"{site.address}/page"])
    assert isinstance(found, Document)
    assert (found.content, found.media_type) == (b"page", "application/json")
    bomb = gzip.compress(bytes(50_000_000))
    site.page("/bomb", bomb, Content_Encoding="gzip")
    site.page("/large", gzip.compress(b"x" * 2000), Content_Encoding="gzip")
    site.page("/br", b"?", Content_Encoding="br")
    said = site.read("/bomb", "/large", "/br", limits=Limits(document_size=1_000_000))
    assert said[0].startswith("/bomb: larger than 976.6 kB")
    assert "if you trust it, use --max-ratio" in site.read("/bomb")[0]
    assert said[1] == f"/large = {'x' * 2000}"
    assert said[2] == "/br: sent with the encoding 'br', which was not requested and cannot be read"


def test_archives_are_unpacked_like_files(site: Site) -> None:
    site.page("/a.zip", zipped(("one.txt", b"one"), ("in.zip", zipped(("two.txt", b"two")))))
    site.page("/b.json.gz", gzip.compress(b"[]"), Content_Type="application/gzip")
    site.page("/empty", b"")
    assert site.read("/a.zip", "/empty") == ["/a.zip!/one.txt = one", "/a.zip!/in.zip!/two.txt = two", "/empty: empty"]
    (found,) = documents_from([f"{site.address}/b.json.gz"])
    assert isinstance(found, Document)
    assert (found.text, found.media_type) == ("[]", "text/plain")
    assert found.validators is None


def test_a_large_page_is_spooled_and_read_in_chunks(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    site.page("/large", b"page " * 100_000)
    (found,) = documents_from([f"{site.address}/large"], limits=Limits(held=1000))
    assert isinstance(found, Document)
    assert "".join(found.chunks()) == "page " * 100_000
    assert list(tmp_path.iterdir()) == []


def test_invalid_urls() -> None:
    assert summarize(documents_from(["ftp://host/x", "file:///x", "http://", "http:///page"]), NOWHERE) == [
        "ftp://host/x: ftp: URLs cannot be read; only http, https, s3 and gs can",
        "/x: a file: URI; give the path instead",
        "http://: not a URL of a web page",
        "http:///page: not a URL of a web page",
    ]


HOSTS = {"127.0.0.1": ["93.184.216.34"], "localhost": ["127.0.0.1"], "both.example": ["93.184.216.34", "10.0.0.1"]}


def test_a_public_page_does_not_redirect_inside(
    site: Site, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    monkeypatch.setattr(hosts.leads_inside, "__defaults__", (lambda host: HOSTS.get(host, [host.strip("[]")]),))
    targets = ("localhost", "169.254.169.254", "192.168.0.1", "[::1]", "[::ffff:10.0.0.1]", "both.example")
    for number, host in enumerate(targets):
        site.page(f"/{number}", b"", 302, Location=f"http://{host}:{site.address.rpartition(':')[2]}/page")
    site.page("/page", b"page")
    for number, host in enumerate(targets):
        assert site.read(f"/{number}") == [
            f"/{number}: redirected to {host.strip('[]')}, which only this machine or its network can reach; "
            "if you trust the page, use --allow-private"
        ]
    assert site.read("/0", limits=Limits(allow_private=True)) == ["/0 = page"]
    site.page("/here", b"", 302, Location="/page")
    assert site.read("/here") == ["/here = page"]
    assert waits == []


def test_a_page_inside_redirects_inside(site: Site) -> None:
    site.page("/a", b"", 302, Location=f"{site.address.replace('127.0.0.1', 'localhost')}/b")
    site.page("/b", b"page")
    assert site.read("/a") == ["/a = page"]


@pytest.mark.parametrize(
    "url", ["http://a..b/", "http://xn--a/", f"http://{'a' * 300}/", "http://[::1/", "http://a:99999999/", "http:///x"]
)
def test_what_cannot_be_a_host_is_refused_alone(site: Site, url: str, waits: list[float]) -> None:
    site.page("/to", b"", 302, Location=url)
    good = site.page("/good", b"good")
    found = summarize(documents_from([url, f"{site.address}/to", good]), NOWHERE)
    assert len(found) == 3
    assert "not a URL of a web page" in found[0] or "cannot be re" in found[0]
    assert found[1].startswith(f"{site.address}/to: ")
    assert found[2].endswith(" = good")
    assert waits == []


def test_permanent_errors_are_not_retried(site: Site, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> None:
    def wrong(request: Handler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "many")
        request.end_headers()
        request.close_connection = True

    site.pages["/wrong"] = wrong
    (said,) = site.read("/wrong")
    assert said.startswith("/wrong: 127.0.0.1 cannot be reached: ")

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", unknown)
        (said,) = summarize(documents_from(["http://nowhere.invalid/"]), NOWHERE)
    assert said.startswith("http://nowhere.invalid/: nowhere.invalid cannot be reached: ")
    assert waits == []
    assert len(site.requests) == 1
