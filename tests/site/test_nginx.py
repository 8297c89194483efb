"""The nginx configuration of docs/publish.md in a real nginx, in front of the site as that page starts it."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.site.servers import serving

pytestmark = pytest.mark.slow

GUIDE = Path(__file__).parents[2] / "docs" / "publish.md"
PAGES = (
    "/documents",
    "/search?q=graphs",
    "/programme/papers",
    "/programme",
    "/feed.atom",
    "/programme/papers.json",
    "/editions",
)


@dataclass
class Front:
    """nginx, and the server behind it."""

    client: httpx.Client
    server: "subprocess.Popen[str]"

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.client.get(path, headers={"host": "example.org", **headers})

    def cached(self, path: str) -> str:
        response = self.get(path)
        assert response.status_code == 200
        return response.headers["x-cache"]


@pytest.fixture(scope="module")
def nginx() -> str:
    """The program; where it is missing, skip, or fail in CI, which installs it."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not found:
        reason = "no nginx on this machine; `apt-get install --no-install-recommends nginx` brings one"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return str(found)


@pytest.fixture(scope="module")
def front(nginx: str, database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    tmp_path = tmp_path_factory.mktemp("nginx")
    options = ("--url", "http://example.org/", "--immutable", "--robots", "--cors")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with serving(database, *options) as (address, server):
        configuration = tmp_path / "nginx.conf"
        configuration.write_text(configured(tmp_path, port, address), encoding="utf-8")
        command = [nginx, "-p", str(tmp_path), "-c", str(configuration), "-e", str(tmp_path / "error.log")]
        subprocess.run([*command, "-t"], capture_output=True, check=True)
        with subprocess.Popen(command) as process, httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            try:
                wait_for(port)
                yield Front(client, server)
            finally:
                process.terminate()


def configured(folder: Path, port: int, address: str) -> str:
    """Return the documented configuration with folders and ports of a test, inside what Debian puts around it."""
    (documented,) = re.findall(r"```nginx\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)
    places = {
        "/var/cache/nginx/programme": f"{folder}/cache",
        "listen 80": f"listen 127.0.0.1:{port}",
        "http://127.0.0.1:8001": address,
    }
    for documented_place, place in places.items():
        assert documented_place in documented
        documented = documented.replace(documented_place, place)
    kinds = ["client_body", "fastcgi", "scgi", "uwsgi", "proxy"]
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    return (
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; {'user root;' if os.getuid() == 0 else ''}\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n{documented}\n}}\n"
    )


def wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx does not listen")


def test_pages_come_from_the_server_once_and_then_from_the_cache(front: Front) -> None:
    assert {path: (front.cached(path), front.cached(path)) for path in PAGES} == dict.fromkeys(PAGES, ("MISS", "HIT"))


def test_pages_are_compressed_and_keep_their_headers(front: Front) -> None:
    response = front.get("/", **{"accept-encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert 'href="http://example.org/' in front.get("/feed.atom").text


def test_other_names_get_no_answer_and_leave_nothing_in_the_cache(front: Front) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        front.get("/", host="evil.example")
    assert "evil.example" not in front.get("/").text


def test_language_models_post_through_it(front: Front) -> None:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    headers = {"host": "example.org", "accept": "application/json, text/event-stream"}
    response = front.client.post("/-/mcp", json=call, headers=headers)
    assert response.status_code == 200
    assert '"search"' in response.text


def test_errors_are_not_kept_and_pages_survive_the_server(front: Front) -> None:
    assert front.get("/no-such-page").status_code == 404
    front.cached("/")
    front.server.terminate()
    front.server.wait(timeout=10)
    assert front.cached("/") == "HIT"
    assert front.get("/listings").status_code == 502
