"""Promises of code at the end of an abstract, such as `Our code will be released`.

In a sample of real abstracts, code near one of `_SIGNS` found nineteen promises of twenty; a list of phrases found
half.
"""

from programme.patterns import lazy_pattern

_MAX_ENDING = 330
"""Characters: some three sentences. A promise comes at the end; code further up is a subject of the paper."""

_BEFORE_WORDS = lazy_pattern(r"[\n(/-]")
_NO_CODE = lazy_pattern(r" (?:codebook|codec|code generation|code switch)")
_CODE = lazy_pattern(
    r" code|implementation is (?:publicly )?available|implementation will be|(?:open source|release) our implementation"
)
_SIGNS = (
    (lazy_pattern("availab|accessib"), "available"),
    (lazy_pattern("releas"), "released"),
    (lazy_pattern("open sourc"), "open source"),
    (lazy_pattern("public"), "public"),
    (lazy_pattern("can be found"), "found"),
    (lazy_pattern("provided|supplement"), "provided"),
)
"""What makes it a promise, and the word for it; the first that applies decides."""


def promise_of_code(abstract: str | None) -> str | None:
    """Return the word by which the end of an abstract promises code; None where it promises none.

    An implementation counts as code only in some phrases.

    >>> promise_of_code("We bake pots. Our code will be released."), promise_of_code("We release a codebook.")
    ('released', None)
    """
    if abstract is None:
        return None
    ending = abstract[-_MAX_ENDING:].lower()
    if "code" not in ending and "implementation" not in ending:
        return None
    ending = _NO_CODE.sub("", " " + _BEFORE_WORDS.sub(" ", ending))
    if not _CODE.search(ending):
        return None
    return next((word for sign, word in _SIGNS if sign.search(ending)), None)
