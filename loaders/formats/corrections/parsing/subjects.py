"""The subjects of corrections: what an entry is about, in one form however it is written.

A subject is a key, an identifier `scheme:value`, or an object such as `{"edition": …, "title": …}`.
"""

import json
from typing import Any

from programme.loaders.formats.corrections.parsing.values import (
    Check,
    Misfit,
    did_you_mean,
    edition,
    identifier,
    line,
    type_name,
    within,
)
from programme.patterns import lazy_pattern

Subject = str | dict[str, Any]

_KEY = lazy_pattern(r"[0-9a-f]{16}")
_KEY_SHAPE = "a key (16 hexadecimal digits)"
_TITLED = "a title goes with its edition, like {title: Deep Gardens, edition: icml-2022}"


def canonical(value: Any) -> str:
    """Return a value as JSON with sorted keys.

    >>> canonical({"title": "Étude", "edition": "icml-2022"})
    '{"edition": "icml-2022", "title": "Étude"}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def subject_text(subject: Subject) -> str:
    """Return a subject as text: a key and an identifier as they are, anything else as JSON."""
    return subject if isinstance(subject, str) else canonical(subject)


def key(value: Any) -> str:
    """Return a key."""
    written = line(value)
    if not _KEY.fullmatch(written):
        raise Misfit(f"{written!r} is not {_KEY_SHAPE}")
    return written


def paper(value: Any) -> Subject:
    """Return a key, an identifier, or exact title and edition."""
    if isinstance(value, dict):
        return _object(value, {"title": line, "edition": edition})
    written = line(value)
    if _KEY.fullmatch(written):
        return written
    if ":" not in written or " " in written:
        raise Misfit(f"{written!r} is neither {_KEY_SHAPE} nor an identifier like arxiv:2103.00020; {_TITLED}")
    return identifier(written)


def session(value: Any) -> Subject:
    """Return a key, or exact title and edition."""
    if isinstance(value, dict):
        return _object(value, {"title": line, "edition": edition})
    written = line(value)
    if not _KEY.fullmatch(written):
        raise Misfit(f"{written!r} is not {_KEY_SHAPE}; {_TITLED}")
    return written


def slot(value: Any) -> Subject:
    """Return the session, and the exact title of the slot or its paper."""
    if isinstance(value, dict) and ("title" in value) == ("paper" in value):
        raise Misfit("expected the title of the slot or its paper, one of them")
    named: dict[str, Check] = {"paper": paper} if isinstance(value, dict) and "paper" in value else {"title": line}
    return _object(value, {"session": session, **named})


def entry(value: Any) -> Subject:
    """Return the listing and the paper."""
    return _object(value, {"listing": key, "paper": paper})


def _object(value: Any, checks: dict[str, Check]) -> dict[str, Any]:
    """Return an object with these fields and no others."""
    if not isinstance(value, dict):
        shown = ", ".join(f"{name}: …" for name in checks)
        raise Misfit(f"expected {{{shown}}}, got {'nothing' if value is None else type_name(value)}")
    for name in value:
        if name not in checks:
            raise Misfit(f"a field this format does not know; {did_you_mean(name, tuple(checks))}", f".{name}")
    for name in checks:
        if name not in value:
            raise Misfit(f"has no {name!r}")
    return {name: within(f".{name}", check, value[name]) for name, check in checks.items()}
