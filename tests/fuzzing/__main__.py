"""Fuzzes by hand: `python -m tests.fuzzing [SECONDS] [NAME…]`, so many seconds for each target, by default 20.

With atheris (`uv run --group dev --with atheris python -m tests.fuzzing`) coverage guides it; without it, inputs
are changed at random. What a target does not bear is made short and kept in `tests/fuzzing/found`. Exits with 1 when
there is anything.
"""

import importlib.util
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.fuzzing.search import failure, keep, search, shortened
from tests.fuzzing.targets import MAX_BYTES, SECONDS, Target, targets


def guided(name: str, target: Target, seeds: list[bytes], seconds: float) -> Iterator[tuple[bytes, str]]:
    """Let libFuzzer search, and yield what it finds; it stops at the first."""
    with tempfile.TemporaryDirectory(prefix="fuzz") as folder:
        corpus, crashes = Path(folder) / "corpus", Path(folder) / "crashes"
        corpus.mkdir()
        crashes.mkdir()
        for number, seed in enumerate(seeds):
            (corpus / str(number)).write_bytes(seed)
        options = [f"-max_total_time={seconds:.0f}", f"-max_len={MAX_BYTES}", f"-timeout={SECONDS}"]
        command = [
            sys.executable,
            "-m",
            "tests.fuzzing.guided",
            name,
            *options,
            f"-artifact_prefix={crashes}/",
            str(corpus),
        ]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        runs = [line for line in done.stderr.splitlines() if line.startswith("Done ")]
        print(f"{name}: {runs[-1] if runs else done.stderr[-300:]}", flush=True)
        for path in sorted(crashes.iterdir()):
            yield path.read_bytes(), failure(target, path.read_bytes()) or path.name.partition("-")[0]


def main(arguments: list[str]) -> int:
    """Fuzz every target whose name contains one of the given ones; return 1 when there is anything to mend."""
    seconds, names = float(arguments[0]) if arguments else 20.0, arguments[1:]
    has_guide = importlib.util.find_spec("atheris") is not None
    seed, problems = secrets.randbelow(10**6), 0
    for name, (target, seeds) in targets().items():
        if names and not any(one in name for one in names):
            continue
        found = guided(name, target, seeds, seconds) if has_guide else search(name, target, seeds, seconds, seed)
        shown = set()
        for content, problem in found:
            if problem not in shown:
                shown.add(problem)
                print(f"{name}: {problem}\n  kept as {keep(name, shortened(target, content)).name}", flush=True)
        problems += len(shown)
    print(f"{problems} problems, {'guided by coverage' if has_guide else f'at random, seed {seed}'}")
    return int(problems > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
