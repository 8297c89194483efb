"""Text that people read on a terminal or in a log: without control characters and the passwords of URLs."""

import re

from programme.patterns import lazy_pattern

_UNSAFE = lazy_pattern(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls of a terminal (C0, C1), overrides of the direction of writing, separators of lines, and lone surrogates.

A document could otherwise set the title of a window, move the cursor, or show a file under another name.
"""

# Not compiled before a URL is shown: most commands show none, and start sooner.
_OF_URLS = r"(?i)(postgres\w*(?:\+\w+)?://[^\s/:@]*):\S*@|(?<=://)([^\s/:@]*):[^\s/?#@]*@"
"""An unescaped `@` or `/` ends the password of a web page; of a database, people forget to escape them."""

_OF_OPTIONS = r"(?i)([?&](?:ssl)?password=)[^&\s'\"]*?(?=:?(?:[&\s'\"]|$))"


def printable(text: str) -> str:
    r"""Return a text with its control characters written out; a tab or newline stays.

    >>> print(printable("Nets\x1b]0;owned\x07 \u202efdp.exe"))
    Nets\x1b]0;owned\x07 \u202efdp.exe
    """
    return text if text.isprintable() else _UNSAFE.sub(lambda found: ascii(found[0])[1:-1], text)


def printable_json(text: str) -> str:
    r"""Return JSON with its control characters as escapes of JSON, which mean the same.

    >>> print(printable_json('"\x9b31m \u202e"'))
    "\u009b31m \u202e"
    """
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def message(text: str) -> str:
    """Return a message that may quote a document or a URL, as it may be shown."""
    return printable(without_passwords(text))


def without_passwords(text: str) -> str:
    """Return a text without the passwords of the URLs in it.

    >>> without_passwords("postgresql://ada:se/cret@localhost/p?host=/run&password=secret: cannot be opened")
    'postgresql://ada@localhost/p?host=/run&password=…: cannot be opened'
    >>> without_passwords("http://ada:secret@example.org/@bo and http://localhost:8001/@bo")
    'http://ada@example.org/@bo and http://localhost:8001/@bo'
    """
    if "://" not in text:
        return text
    text = re.sub(_OF_URLS, lambda found: f"{found[1] or found[2] or ''}@", text)
    return re.sub(_OF_OPTIONS, r"\1…", text)


def counted(number: int, noun: str) -> str:
    """Return a number of things, in words that fit one of them too.

    >>> counted(1, "paper"), counted(1_234, "row")
    ('1 paper', '1,234 rows')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
