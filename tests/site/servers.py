"""`loader serve` as a process."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOADER = (sys.executable, "-m", "programme")


@contextmanager
def serving(database: Path, *options: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Run `loader serve` on a free port; yield its URL without a slash at the end, and the process."""
    command = [*LOADER, "serve", "--database", str(database), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", line)
        try:
            assert address, line + (process.communicate()[1] if process.poll() is not None else "")
            yield address[0], process
        finally:
            process.terminate()
