"""Many documents: Ctrl-C, progress, limits as options."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from programme.cli.ingesting import GracefulInterrupt
from programme.cli.options import LIMITS
from programme.loaders.documents import DEFAULT_LIMITS, Limits
from programme.loaders.documents.limits import parse_size
from tests.cli.conftest import Loader
from tests.documents.sites import Handler, Site, running_site

pytestmark = pytest.mark.slow

LOADER = [sys.executable, "-m", "programme"]
DIRECT = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


def stopped(words: list[str], site: Site, folder: Path) -> tuple[int, str, str]:
    """Return status, output and errors of `loader` after Ctrl-C while it waits for the page `/waits`."""
    has_asked, is_over = threading.Event(), threading.Event()

    def wait(_: Handler) -> None:
        has_asked.set()
        is_over.wait(60)

    site.pages["/waits"] = wait
    pipe = subprocess.PIPE
    running = subprocess.Popen([*LOADER, *words], cwd=folder, stdout=pipe, stderr=pipe, text=True, env=DIRECT)
    assert has_asked.wait(60)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    is_over.set()
    return running.returncode, out, err


def pages(folder: Path, sample: Path, count: int) -> Path:
    """Make a folder of `count` different pages."""
    (folder / "pages").mkdir()
    text = sample.read_text(encoding="utf-8")
    for number in range(count):
        (folder / "pages" / f"{number:03}.txt").write_text(text + "\n" * number, encoding="utf-8")
    return folder / "pages"


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 document is loaded"), (3, "3 documents are loaded"), (40, "40 documents are loaded")],
)
def test_ctrl_c_keeps_what_was_loaded_and_the_same_command_continues(
    loader: Loader, tmp_path: Path, samples: Path, site: Site, count: int, said: str
) -> None:
    folder = pages(tmp_path, samples / "icml2021_graph_learning.txt", count)
    words = ["ingest", str(folder), f"{site.address}/waits", str(folder / "000.txt")]
    status, out, err = stopped(words, site, tmp_path)
    assert status == 130
    assert f"interrupted: {said}" in err
    assert "run the same command again to continue" in err
    assert "Traceback" not in err
    assert f"{count} loaded" in out
    site.page("/waits", (samples / "icml2021_optimization_theory.txt").read_bytes())
    again = loader(*words, cwd=tmp_path)
    assert again.returncode == 0
    assert f"1 loaded, {count + 1} unchanged" in again.stdout


def test_ctrl_c_with_json_still_prints_the_report(tmp_path: Path, samples: Path, site: Site) -> None:
    words = ["check", str(samples / "icml2021_graph_learning.txt"), f"{site.address}/waits", "--json"]
    status, out, _ = stopped(words, site, tmp_path)
    assert status == 130
    assert [found["status"] for found in json.loads(out)["documents"]] == ["loaded"]


def test_the_second_ctrl_c_stops_at_once() -> None:
    before = signal.getsignal(signal.SIGINT)
    with GracefulInterrupt() as interrupt:
        passed = interrupt.pass_on(iter([1, 2]))
        assert next(passed) == 1
        signal.raise_signal(signal.SIGINT)
        assert interrupt.happened
        assert list(passed) == []
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) == before


def test_ctrl_c_interrupts_the_reading_of_the_next_document() -> None:
    def reading() -> Iterator[int]:
        yield 1
        signal.raise_signal(signal.SIGINT)
        yield 2

    with GracefulInterrupt() as interrupt:
        assert list(interrupt.pass_on(reading())) == [1]
        assert interrupt.happened


def on_a_terminal(words: list[str], folder: Path) -> str:
    """Return what `loader` writes to a terminal as its standard error."""
    master, slave = pty.openpty()
    done = subprocess.Popen([*LOADER, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=slave, env=DIRECT)
    os.close(slave)
    written = b""
    try:
        while block := os.read(master, 65536):
            written += block
    except OSError:
        pass  # reading from a terminal fails once its other end is closed
    os.close(master)
    done.wait()
    return written.decode()


def test_slow_work_shows_a_bar_on_a_terminal(loader: Loader, tmp_path: Path, samples: Path, site: Site) -> None:
    page = (samples / "icml2021_graph_learning.txt").read_bytes()

    def slow(request: Handler) -> None:
        threading.Event().wait(0.6)
        request.answer(page, 200, {})

    site.pages["/slow"] = slow
    words = ["check", f"{site.address}/slow", str(tmp_path / "missing.txt"), f"{site.address}/slow"]
    written = on_a_terminal(words, tmp_path)
    assert re.search(r"[123] of 3 documents, [1-9]\d* papers, \d+\.\d MB.*\d/s", written)
    assert "missing.txt: refused: no such file" in written
    in_a_pipe = loader(*words, cwd=tmp_path)
    assert in_a_pipe.stderr == "missing.txt: refused: no such file\n"


def test_no_bar_for_a_single_document(tmp_path: Path, samples: Path) -> None:
    assert on_a_terminal(["check", str(samples / "icml2021_graph_learning.txt")], tmp_path) == ""


def test_every_limit_has_an_option_that_shows_its_default() -> None:
    assert {*Limits._fields} - {"held"} == set(LIMITS)
    for name, annotation in LIMITS.items():
        (option,) = annotation.__metadata__
        stated = re.search(r"\[default: (.*)\]$", option.help)
        value = getattr(DEFAULT_LIMITS, name)
        assert stated
        assert (parse_size(stated[1]) if stated[1] != "no" else False) == value, name


def test_limits_are_options_of_ingest_and_check(loader: Loader, tmp_path: Path, samples: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        for path in sorted(samples.glob("icml2021*.txt")):
            archive.write(path, path.name)
    for command in ("check", "ingest"):
        for option, value, said in (
            ("--max-document-size", "10", "larger than 10 bytes; to allow more, use --max-document-size"),
            ("--max-unpacked-size", "1kB", "unpacks to more than 1 kB; to allow more, use --max-unpacked-size"),
            ("--max-members", "1", "holds more than 1 members; to allow more, use --max-members"),
        ):
            done = loader(command, "pages.zip", option, value, cwd=tmp_path)
            assert done.returncode == 1
            assert said in done.stderr
    whole = loader("check", "pages.zip", "--max-depth", "0", cwd=tmp_path)
    assert "pages.zip!/icml2021_graph_learning.txt: virtual-session" in whole.stdout
    for option, value in (("--max-ratio", "0"), ("--max-document-size", "many"), ("--max-depth", "-1")):
        done = loader("check", "pages.zip", option, value, cwd=tmp_path)
        assert done.returncode == 2
        assert option in done.stderr
