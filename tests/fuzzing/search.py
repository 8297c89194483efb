"""Searches for inputs that a target does not bear, by random changes; and makes those that it finds short."""

import hashlib
import random
import time
from collections.abc import Iterator
from pathlib import Path

from tests.formats.damage import damages
from tests.fuzzing.targets import MAX_BYTES, Target, run

FOUND = Path(__file__).parent / "found"
"""Inputs that were not borne once: tests try them again."""

MAX_TRIES = 300
"""Attempts at making an input shorter."""


def failure(target: Target, content: bytes) -> str | None:
    """Return how a target ends that does not bear an input."""
    try:
        run(target, content)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return f"{type(error).__name__}: {str(error)[:300]}"
    return None


def search(name: str, target: Target, seeds: list[bytes], seconds: float, seed: int) -> Iterator[tuple[bytes, str]]:
    """Change inputs at random for so many seconds, and yield those that the target does not bear, with the reason."""
    chance = random.Random(seed)  # noqa: S311 - it is to be repeated
    ends = time.monotonic() + seconds
    ways = damages(name)
    while time.monotonic() < ends:
        content = chance.choice(seeds)
        if chance.random() < 0.3:
            other = chance.choice(seeds)
            content = content[: chance.randrange(len(content) + 1)] + other[chance.randrange(len(other) + 1) :]
        for _ in range(chance.randint(1, 4)):
            content = chance.choice(ways)(content, chance)[:MAX_BYTES] if content else content
        if problem := failure(target, content):
            yield content, problem


def shortened(target: Target, content: bytes) -> bytes:
    """Return an input that fails in the same way and is shorter, where one is found soon."""
    kind = (failure(target, content) or "").partition(":")[0]
    size, tries = len(content) // 2, 0
    while size and tries < MAX_TRIES:
        start = 0
        while start < len(content) and tries < MAX_TRIES:
            shorter, tries = content[:start] + content[start + size :], tries + 1
            if (failure(target, shorter) or "").partition(":")[0] == kind:
                content = shorter
            else:
                start += size
        size //= 2
    return content


def keep(name: str, content: bytes) -> Path:
    """Write an input to a file that tests read."""
    path = FOUND / f"{name.replace(' ', '--')}--{hashlib.sha256(content).hexdigest()[:8]}"
    path.write_bytes(content)
    return path


def kept() -> Iterator[tuple[str, bytes]]:
    """Yield the name of the target and the input of each file that was kept."""
    for path in sorted(FOUND.glob("*--*")):
        yield path.name.rpartition("--")[0].replace("--", " "), path.read_bytes()
