"""Inline scripts and styles: the policy of a response allows those of its templates, by their digests, and no others.

Datasette's own templates have a few. What is written in a template counts, never what a value brings into a page.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from jinja2 import Environment
from jinja2.ext import Extension

from programme.patterns import lazy_pattern

_IN_TEMPLATE = lazy_pattern(
    r"(?P<open><(?P<tag>script|style)(?: type=\"text/css\")?>)(?P<text>.*?)(?P<close></(?P=tag)>)"
    r"|(?P<start>\sstyle=\")(?P<value>(?:\{\{.*?\}\}|\{%.*?%\}|[^\"])*)(?P<end>\")",
    re.DOTALL,
)


class Inline(NamedTuple):
    """How a policy names the inline scripts and styles of a response."""

    scripts: set[str]
    styles: set[str]


_allowed: ContextVar[Inline | None] = ContextVar("allowed", default=None)


@contextmanager
def allowing() -> Iterator[Inline]:
    """Collect what templates allow while a request is answered."""
    allowed = Inline(set(), set())
    token = _allowed.set(allowed)
    try:
        yield allowed
    finally:
        _allowed.reset(token)


def allow_script(text: str) -> str:
    """Let an inline script run in the current response, and return it."""
    if allowed := _allowed.get():
        allowed.scripts.add(digest(text))
    return text


def allow_style(text: str) -> str:
    """Let a style sheet in the page apply in the current response, and return it."""
    if allowed := _allowed.get():
        allowed.styles.add(digest(text))
    return text


def allow_style_attribute(text: str) -> str:
    """Let the style of an element apply in the current response, and return it."""
    if allowed := _allowed.get():
        allowed.styles.update(("'unsafe-hashes'", digest(html.unescape(text))))
    return text


def digest(text: str) -> str:
    """Return how a policy names an inline script or style.

    >>> digest("alert(1)")
    "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


class AllowInline(Extension):
    """Has every template allow the inline scripts and styles that are written in it."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        for function in (allow_script, allow_style, allow_style_attribute):
            environment.filters[function.__name__] = function

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Put a filter around each inline script and style of a template."""
        return _IN_TEMPLATE.sub(_filtered, source)


def _filtered(found: re.Match[str]) -> str:
    if found["tag"]:
        return f"{found['open']}{{% filter allow_{found['tag']} %}}{found['text']}{{% endfilter %}}{found['close']}"
    return f"{found['start']}{{% filter allow_style_attribute %}}{found['value']}{{% endfilter %}}{found['end']}"
