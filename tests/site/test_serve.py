"""The command `loader serve` as a process: start, Ctrl-C, and a port that is in use."""

import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.site.servers import LOADER, serving

pytestmark = pytest.mark.slow


def page_of(address: str) -> str:
    with urllib.request.urlopen(f"{address}/programme/slots", timeout=10) as response:  # noqa: S310  our own server
        text: str = response.read().decode()
    return text


def test_it_prints_its_url_answers_there_and_stops_on_ctrl_c(database: Path) -> None:
    with serving(database) as (address, process):
        assert "Walking on Graphs" in page_of(address)
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=10)
    assert (out, error, process.returncode) == ("", "", 0)


def test_it_serves_the_style_sheet(database: Path) -> None:
    with serving(database) as (address, _):
        style = "/-/static-plugins/programme/site.css"
        assert f'href="{style}"' in page_of(address)
        with urllib.request.urlopen(f"{address}{style}", timeout=10) as response:  # noqa: S310
            assert b"dl.column-descriptions" in response.read()


def test_a_port_in_use_is_a_one_line_error(database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [*LOADER, "serve", "--database", str(database), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"error: cannot listen on 127.0.0.1, port {port} (Address already in use); choose another with --port"
    ]


def test_ingested_documents_appear_while_it_is_served(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "programme.db"
    copy.write_bytes(database.read_bytes())
    page = tmp_path / "more.txt"
    page.write_text(
        "Daily Papers\n\nJul 22\n\nRunning on Rings\n\nWe run in circles until the loss does too, and report it.\n",
        encoding="utf-8",
    )
    with serving(copy) as (address, _):
        assert "Running on Rings" not in papers_of(address)
        command = [*LOADER, "ingest", str(page), "--database", str(copy)]
        subprocess.run(command, capture_output=True, timeout=60, check=True)
        assert "Running on Rings" in papers_of(address)


def papers_of(address: str) -> str:
    url = f"{address}/programme/papers?_={time.monotonic_ns()}"
    with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310  our own server
        text: str = response.read().decode()
    return text
