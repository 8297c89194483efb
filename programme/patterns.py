"""Regular expressions that are compiled when they are first used.

A run uses few of the hundreds that its modules name: compiling all of them takes a quarter of the time in which one new
page is ingested, and Python keeps no compiled pattern on disk.
"""

import re
from typing import Any, AnyStr, cast

_METHODS = ("finditer", "findall", "fullmatch", "groupindex", "groups", "match", "search", "split", "sub", "subn")


class _LazyPattern:
    """Stands for a pattern; after its first use, its attributes are the methods of the compiled one."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return self.__dict__[name]


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    r"""Return what can be used as the compiled pattern; a mistake in it shows at its first use.

    >>> word = lazy_pattern(r"b\w*", re.IGNORECASE)
    >>> word.findall("Bo bakes"), word.pattern
    (['Bo', 'bakes'], 'b\\w*')
    """
    return cast("re.Pattern[AnyStr]", _LazyPattern(pattern, flags))
