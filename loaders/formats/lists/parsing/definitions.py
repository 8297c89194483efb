"""Links by reference: `[Slow Maps][1]`, with `[1]: https://…` anywhere in the list."""

import re
from collections.abc import Iterable, Mapping

from programme.patterns import lazy_pattern

_DEFINITION = lazy_pattern(
    r" {0,3}\[(?!\^)([^\[\]]{1,300})\]:\s*<?(\S{1,1000}?)>?(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*"
)
_IMAGE = lazy_pattern(r"!\[([^\[\]]{0,300})\](?:\[([^\[\]]{0,300})\])?(?!\()")
_DOUBLE = lazy_pattern(r"\[(\[[^\[\]]{0,500}\])\]\[([^\[\]]{1,300})\]")
_REFERENCE = lazy_pattern(r"\[([^\[\]]{0,500})\](?:[ ]?\[([^\[\]]{0,300})\])?(?![(:])")


def definitions(lines: Iterable[str]) -> dict[str, str]:
    """Return the addresses that lines define, by label; the first of several counts, as in Markdown.

    >>> definitions(["[1]: <https://a.example/b> 'Moss'", "[Slow  Maps]: https://a.example/c", "[^1]: a note"])
    {'1': 'https://a.example/b', 'slow maps': 'https://a.example/c'}
    """
    found: dict[str, str] = {}
    for line in lines:
        if "]:" in line and (one := _DEFINITION.fullmatch(line)):
            found.setdefault(_plain(one[1]), one[2])
    return found


def is_definition(line: str) -> bool:
    """Return whether a line only says where a label leads."""
    return "]:" in line and _DEFINITION.fullmatch(line) is not None


def with_addresses(line: str, defined: Mapping[str, str]) -> str:
    """Return a line with the links by reference in it written out, and without the images.

    >>> with_addresses("- [Slow Maps][1] [[code]] [x] ![star][1]", {"1": "https://a.example/b", "code": "https://c.example"})
    '- [Slow Maps](https://a.example/b) [[code](https://c.example)] [x] '
    """

    def written(found: re.Match[str]) -> str:
        text, label = found[1], found[2]
        if address := defined.get(_plain(label or text)):
            return f"[{text}]({address})"
        # `[Slow Maps] [code]`: two labels, each with an address of its own.
        address = defined.get(_plain(text)) if label else None
        return f"[{text}]({address}){with_addresses(found[0][len(text) + 2 :], defined)}" if address else found[0]

    def image(found: re.Match[str]) -> str:
        return "" if _plain(found[2] or found[1]) in defined else found[0]

    def double(found: re.Match[str]) -> str:
        address = defined.get(_plain(found[2]))
        return f"[{found[1]}]({address})" if address else found[0]

    # `[[code]][1]`, as lists print labels in brackets.
    return _REFERENCE.sub(written, _DOUBLE.sub(double, _IMAGE.sub(image, line)))


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()
