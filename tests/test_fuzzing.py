"""A few seconds of fuzzing, and all inputs that were not borne once; `python -m tests.fuzzing` searches for longer."""

import secrets
from random import Random

import pytest

from tests.fuzzing.search import failure, kept, search
from tests.fuzzing.targets import targets

SECONDS = 0.2
TARGETS = 20


def test_inputs_that_were_not_borne_once() -> None:
    assert [name for name, content in kept() if failure(targets()[name][0], content)] == []


@pytest.mark.slow
def test_any_input_is_borne() -> None:
    seed = secrets.randbelow(10**6)
    names = ["load", *Random(seed).sample(sorted(targets()), TARGETS)]  # noqa: S311 - it is to be repeated
    found = {name: next(search(name, *targets()[name], SECONDS, seed), None) for name in names}
    assert {name: bad for name, bad in found.items() if bad} == {}
