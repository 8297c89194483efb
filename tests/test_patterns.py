"""Patterns that are compiled at their first use: a mistake in one of them shows here."""

import importlib
import pkgutil
import re

import pytest

import programme
from programme.patterns import lazy_pattern

LAZY = type(lazy_pattern(""))


def test_every_pattern_compiles() -> None:
    names = [
        one.name for one in pkgutil.walk_packages(programme.__path__, "programme.") if ".migrations" not in one.name
    ]
    values = {id(value): value for name in names for value in vars(importlib.import_module(name)).values()}
    patterns = [value for value in values.values() if isinstance(value, LAZY)]
    assert len(patterns) > 400
    for pattern in patterns:
        assert pattern.groups >= 0


def test_a_mistake_shows_at_the_first_use() -> None:
    pattern = lazy_pattern("(a", re.IGNORECASE)
    assert pattern.pattern == "(a"
    with pytest.raises(re.error):
        pattern.search("a")
    with pytest.raises(AttributeError):
        lazy_pattern("a").serch("a")  # type: ignore[attr-defined]
