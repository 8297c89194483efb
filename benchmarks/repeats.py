"""The time of text functions and formats on adversarial repeats of growing size.

Run as `python -m benchmarks.repeats [SECONDS] [NAME…]`: so many seconds for each function and sample, by default 20.

What takes longer than MAX_SECONDS_PER_CHAR is measured again at growing sizes: up to 64,000 characters, and where its
time seems to grow faster than they do, up to a million. It is reported with its exponent: 1 is linear, 2 quadratic.
Exits with 1 when one exceeds MAX_EXPONENT.
"""

import importlib
import inspect
import itertools
import math
import pkgutil
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import programme.loaders.readers
import programme.loaders.text
from benchmarks.adversaries import Text, patterns_in, texts_of_pattern, texts_of_signs, variants
from programme.loaders.documents import Document
from programme.loaders.records import NO_HINTS
from programme.loaders.store.readings import job_of, read_job

SAMPLES = Path(__file__).parents[1] / "samples"
MAX_EXPONENT = 1.2
SCREEN_CHARS = 8_000
MAX_SECONDS_PER_CHAR = 3e-6
FIRST_SIZES = (8_000, 16_000, 32_000, 64_000)
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
MAX_SECONDS = 20.0
"""A call is stopped after so long, and larger sizes are not tried."""

NOTABLE_SECONDS = 0.05
"""Shorter times say nothing about growth: the clock and the caches weigh more."""

Call = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Growth:
    """The CPU time of a call by the size of its text."""

    name: str
    text: str
    seconds: dict[int, float]

    @property
    def exponent(self) -> float:
        """The slope of log(time) over log(size): the median of the slopes between any two sizes that tell something.

        >>> Growth("f", "", {10: 0.1, 20: 0.4, 40: 1.6}).exponent
        2.0
        """
        points = [(size, second) for size, second in self.seconds.items() if second >= NOTABLE_SECONDS]
        pairs = itertools.combinations(points, 2)
        slopes = sorted(math.log(after / before) / math.log(larger / size) for (size, before), (larger, after) in pairs)
        return round(slopes[len(slopes) // 2], 2) if slopes else 0.0

    def __str__(self) -> str:
        times = ", ".join(f"{size:,}: {second:.2f} s" for size, second in self.seconds.items())
        return f"{self.name}: exponent {self.exponent} ({times}) on {self.text}"


class _TooLongError(BaseException):
    """Ends a call, past every `except Exception` in it."""


def cpu_seconds(call: Callable[[], object], limit: float = MAX_SECONDS) -> float:
    """Return the CPU time of a call, at most the limit; its exceptions do not count."""

    def stop(*_: object) -> None:
        raise _TooLongError

    signal.signal(signal.SIGPROF, stop)
    begun = time.process_time()
    with suppress(_TooLongError):
        # Again and again, because an exception that is raised in a destructor is lost.
        signal.setitimer(signal.ITIMER_PROF, limit, limit)
        with suppress(Exception):
            call()
    signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - begun


def growth(name: str, call: Call, of: Callable[[int], str], sizes: tuple[int, ...] = SIZES) -> Growth:
    """Measure a call at growing sizes; twice where that is quick, for the better time."""
    seconds: dict[int, float] = {}
    for size in sizes:
        text = of(size)
        measured = cpu_seconds(lambda text=text: call(text))  # type: ignore[misc]
        again = cpu_seconds(lambda text=text: call(text)) if measured < 1 else measured  # type: ignore[misc]
        seconds[size] = min(measured, again)
        if seconds[size] >= MAX_SECONDS:
            break
    shown = getattr(of, "__self__", None)
    return Growth(name, repr(tuple(shown)) if isinstance(shown, Text) else "", seconds)


def is_suspect(call: Call, of: Callable[[int], str], usual: float = 0.0) -> bool:
    """Return whether a call is slow on a small text, beyond its usual time."""
    text = of(SCREEN_CHARS)
    return cpu_seconds(lambda: call(text), 2.0) > usual + MAX_SECONDS_PER_CHAR * SCREEN_CHARS


def functions() -> Iterator[tuple[str, Call, list[Text]]]:
    """Yield the public functions that take a text, as calls with that text alone, and texts that may be slow."""
    for package in (programme.loaders.text, programme.loaders.readers):
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            texts = [text for source in _sources(module) for text in texts_of_pattern(source)] + texts_of_signs()
            random.Random(0).shuffle(texts)
            for name, function in list(vars(module).items()):
                if not name.startswith("_") and (call := _call(module, function)):
                    yield f"{found.name}.{name}", call, texts


def _sources(module: ModuleType) -> Iterator[str]:
    """Yield the regular expressions of a module and of those whose functions it uses."""
    used = {getattr(value, "__module__", None) or "" for value in vars(module).values()}
    for name in sorted({module.__name__, *(one for one in used if one.startswith("programme.loaders"))}):
        yield from patterns_in(vars(importlib.import_module(name)))


_TEXT = {"<class 'str'>", "str | None", "typing.Any"}
_MAKE: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(_TEXT, lambda text: text),
    "list[tuple[int, str]]": lambda text: list(enumerate(text.split("\n"), 1)),
    "list[str]": lambda text: text.split("\n"),
    "collections.abc.Iterable[str]": lambda text: text.split(" "),
    "collections.abc.Sequence[str]": lambda text: text.split(" "),
    "<class 'int'>": lambda _: 0,
}
"""Annotations of parameters → how to make the argument of a text."""


def _call(module: ModuleType, value: object) -> Call | None:
    """Return a call of a function of a module with one text; None where it takes something else."""
    if not callable(value) or inspect.isclass(value):
        return None
    function = inspect.unwrap(value)  # a cache would make the second call free
    if getattr(function, "__module__", None) != module.__name__:
        return None
    needed = [one for one in inspect.signature(function).parameters.values() if one.default is one.empty]
    make = [_MAKE[str(one.annotation)] for one in needed if str(one.annotation) in _MAKE]
    if not needed or len(make) < len(needed):
        return None
    return lambda text: function(*(one(text) for one in make))


def documents() -> Iterator[tuple[str, Call, str]]:
    """Yield for each sample a call that reads a document with its format, and the sample."""
    for path in sorted(SAMPLES.iterdir()):
        sample = Document.of(path.as_uri(), path.read_bytes())
        name = read_job(job_of(sample, None, NO_HINTS)).outcome.format

        def call(text: str, sample: Document = sample, name: str | None = name) -> object:
            document = Document.of(sample.uri, text.encode("utf-8", "replace"))
            return read_job(job_of(document, name, NO_HINTS))

        yield path.name, call, sample.text


def slow_calls(seconds: float, names: list[str]) -> Iterator[Growth]:
    """Try every function and format for so many seconds each; yield the growth of what is slow."""
    for name, call, texts in functions():
        if not names or any(one in name for one in names):
            yield from _searched(name, call, (text.of for text in texts), seconds)
    for name, call, sample in documents():
        if not names or any(one in name for one in names):
            usual = cpu_seconds(lambda call=call, sample=sample: call(sample))  # type: ignore[misc]
            yield from _searched(name, call, variants(sample, seed=0), seconds, usual)


def _searched(
    name: str, call: Call, texts: Iterator[Callable[[int], str]], seconds: float, usual: float = 0.0
) -> Iterator[Growth]:
    ends = time.monotonic() + seconds
    for of in texts:
        if time.monotonic() > ends:
            return
        if is_suspect(call, of, usual):
            found = growth(name, call, of, FIRST_SIZES)
            yield growth(name, call, of) if found.exponent > MAX_EXPONENT else found


def main(arguments: list[str]) -> int:
    """Print what grows faster than its input; return 1 when there is anything."""
    seconds = float(arguments[0]) if arguments else 20.0
    tried, bad = 0, 0
    for found in slow_calls(seconds, arguments[1:]):
        tried += 1
        if found.exponent > MAX_EXPONENT:
            bad += 1
            print(found, flush=True)
    print(f"{tried:,} slow texts were measured, {bad} have an exponent above {MAX_EXPONENT}")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
