"""Checking values against a declared shape: where a value stands, why it does not fit, and fields nobody declared."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from programme.loaders.records import Problem
from programme.patterns import lazy_pattern

T = TypeVar("T")

EXCERPT_CHARS = 80
"""Characters of a damaged or misfitting text that a problem shows."""

MAX_UNKNOWN_FIELDS = 100
"""At most this many unknown fields are reported by name."""

_TYPES = {"str": "text", "int": "a number", "float": "a number", "bool": "true or false", "array": "a list"}
_TYPES |= {"object": "an object", "null": "nothing"}
_UNSTORABLE = lazy_pattern("[\0\ud800-\udfff]")
_MISFIT = lazy_pattern(r"Expected `([^`]+)`, got `([^`]+)`(?: - at `\$?(.*)`)?")
_MISSING = lazy_pattern(r"Object missing required field `([^`]+)`(?: - at `\$?(.*)`)?")


class Located(NamedTuple, Generic[T]):
    """A value and where it stands: its path in the document, like `results[17]`, and its first and last line from 1."""

    value: T
    path: str
    line_start: int
    line_end: int


def format_error(error: Exception, path: str) -> str:
    """Return what does not fit and where, in plain words.

    >>> format_error(ValueError("Expected `str`, got `int` - at `$.authors[0].fullname`"), "results[17]")
    'results[17].authors[0].fullname: expected text, got a number'
    >>> format_error(ValueError("Object missing required field `title`"), "results[17]")
    "results[17]: has no 'title'"
    """
    text = str(error)
    if misfit := _MISFIT.match(text):
        wanted = " or ".join(_TYPES.get(name.strip(), name.strip()) for name in misfit[1].split("|"))
        return f"{path}{misfit[3] or ''}: expected {wanted}, got {_TYPES.get(misfit[2], misfit[2])}"
    if missing := _MISSING.match(text):
        return f"{path}{missing[2] or ''}: has no {missing[1]!r}"
    return f"{path}: {text or type(error).__name__}"


def check_depth(value: Any, max_depth: int) -> None:
    """Raise ValueError when lists and objects are nested deeper than `max_depth`."""
    # Level by level rather than by recursion, which a deep value would exhaust.
    level = [value]
    for _ in range(max_depth):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer if type(outer) is list else ())
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return
    raise ValueError(f"nested deeper than {max_depth} levels; see --max-json-depth")


class UnknownFields:
    """Fields that neither the shape nor the format knows: each reported once, with the number of records that have it.

    `known` are the fields of the shape; `ignored` those that the format knows and ignores, or a function that
    returns whether it ignores one.
    """

    def __init__(self, known: set[str], ignored: Collection[str] | Callable[[str], bool]) -> None:
        self._is_ignored = ignored if callable(ignored) else ignored.__contains__
        self._expected = known if callable(ignored) else known.union(ignored)
        self._seen: dict[str, list[Any]] = {}
        self._is_more = False

    def note(self, value: Mapping[str, Any], path: str, line: int) -> None:
        """Count the unknown fields of one record, which stands at `path` and `line`."""
        if value.keys() <= self._expected:
            return
        for name in value:
            if name in self._expected:
                continue
            seen = self._seen.get(name)
            if seen:
                seen[0] += 1
            elif self._is_ignored(name):
                continue
            elif len(self._seen) < MAX_UNKNOWN_FIELDS:
                self._seen[name] = [1, path, line]
            else:
                self._is_more = True

    def __bool__(self) -> bool:
        return bool(self._seen)

    def problems(self) -> Iterator[Problem]:
        """Yield a Problem for each unknown field, at the first record that has it."""
        for name, (count, path, line) in self._seen.items():
            where = f"in {count:,} records" if count > 1 else "in 1 record"
            problem = f"{path}.{name}: a field this format does not know, {where}; it is not loaded"
            yield Problem(line, name, problem, path)
        if self._is_more:
            problem = f"more than {MAX_UNKNOWN_FIELDS} fields this format does not know; the others are not named"
            yield Problem(1, "", problem, "")


def may_be_unstorable(text: str, start: int, end: int) -> bool:
    """Return whether an escape in the text may stand for a character that databases refuse."""
    if text.find("\\u", start, end) < 0:
        return False
    return any(text.find(escape, start, end) >= 0 for escape in ("\\ud", "\\uD", "\\u0000"))


def replace_unstorable(value: Any) -> Any:
    r"""Return a value with the characters that databases refuse (NUL, half a surrogate pair) replaced.

    >>> replace_unstorable({"a": ["x\0"]})
    {'a': ['x\ufffd']}
    """
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [replace_unstorable(inner) for inner in value]
    if isinstance(value, dict):
        return {replace_unstorable(key): replace_unstorable(inner) for key, inner in value.items()}
    return value
