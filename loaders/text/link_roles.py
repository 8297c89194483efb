"""Decides whether a repository that an abstract states is the paper's own or belongs to others.

Hardly one in two hundred stated repositories belongs to others, so only explicit wording makes it one. The examples are
those of the tests.
"""

import re

from programme.patterns import lazy_pattern

_SENTENCE_START = lazy_pattern(r"[.!?][\"')\]]*\s+(?=[A-Z\[(])|\n\s*\n")
_SENTENCE_END = lazy_pattern(r"[.!?](?=\s+[A-Z]|\s*$)|\n\s*\n")
# `our code is available at`: the sentence offers something.
_OFFERS = lazy_pattern(
    r"\b(?:code|codes|codebase|available|release[sd]?|releasing|open[- ]?sourc\w*|publish\w*|public\w*|implement\w*"
    r"|repositor\w*|github|data|dataset\w*|corpus|corpora|benchmark|leaderboard|checkpoints?|weights|found|access\w*"
    r"|pages?|demo|website|project|scripts?|clone|software|toolkit|toolbox|package|library|framework|platform|simulator|url"
    r"|link|see|visit|here|source|resources?|our|we)\b|:\s*\W*$",
    re.IGNORECASE,
)
# `we release weights of models such as Kiln (…)`: what is named in passing is still the authors' own.
_GIVES = lazy_pattern(
    r"\b(?:releas\w*|availab\w*|open[- ]?sourc\w*|publi\w*|provid\w*|present|introduc\w*|artifacts?)\b", re.IGNORECASE
)
_OPENING = r"\s*(?:[({\[\\]\s*)?(?:\\?(?:url|footnote)\{)*$"
_NAME = r"(?:\s+(?!(?:is|are|was|can|will|we|our|and|which|that|code|available|released?)\b)[\w+.-]+)"
_OTHERS = r"(?:\s+(?:the|an?|original|official|existing|public(?:ly available)?|popular|open[- ]source))*"
# `we build on the implementation of Kiln [1] (…)`, `adapted from`, `forked from`, but not `our fork of`.
_BORROWS = lazy_pattern(
    rf"\b(?:(?:based|built|builds?|building|relies|relying) (?:up)?on(?: top of)?|adapted from|forked from"
    rf"|(?<!our )fork of|modified from|derived from|taken from|borrowed from|adopted from|ported from|comes? from"
    rf"|extends?|extending|baselines?(?: \w+)? from|(?:built|building) (?:with|using)"
    rf"|(?:us(?:e[sd]?|ing)|adopt\w*|employ\w*|reus\w*|train\w*){_OTHERS}\s+(?:code|codebase|implementation|repository)"
    rf"\s+(?:of|from|by)){_OTHERS}(?:\s+(?:code|codebase|implementation|repository)\s+(?:of|from|by))?{_NAME}?"
    rf"(?:\s*\[\d+\])?{_OPENING}",
    re.IGNORECASE,
)
# `it is based on the open library Kiln (…)`, `we compare with Kiln (…)`.
_NAMED = lazy_pattern(
    r"\b(?:(?:based|built|building|builds) (?:up)?on(?: top of)?|adapted from|modified from|derived from"
    rf"|(?:compared?|comparing|comparison) (?:to|with)){_NAME}{{1,6}}\s*(?:[(\[]\s*|\\?footnote\{{\s*)(?:\\?url\{{)?$",
    re.IGNORECASE,
)
_BORROWING_WORDS = (" on", " upon", " from", " of", " by", " with", " using", " to", "extend")
"""What matches one of the two patterns above has one of these words, in any case."""
# `unlike Kiln (…)`, `we fine-tune Kiln (…)`, `Following [1] (…)`, but not `by following the link: …`.
_IN_PASSING = lazy_pattern(
    r"\b(?i:such as|like|unlike|baselines?|(?:compared|comparing) (?:to|with)|outperforms?|surpass(?:es)?|fine-?tunes?)"
    rf"{_OTHERS}{_NAME}{{0,3}}\s*[(\[]\s*$"
    r"|\b(?:extends?|appl(?:y|ied) to|to the popular)(?:\s+[\w+.-]+){1,3}\s*[(\[]\s*$"
    r"|^Following\s+(?!the\s+(?:link|url|repo)|link|url)(?:[\w.&\[\]]+\s+){1,5}[(\[]\s*$",
)
# `the data of Roe et al. (…)`.
_CITED = lazy_pattern(
    r"\bet al\b\.?,?\s*(?:[(\[]?\d{1,4}[)\]]?)?,?\s*[(\[]?\s*(?:\\?(?:url|footnote)\{)*$", re.IGNORECASE
)
# `… is a baseline`, `… of Roe et al.`.
_NOT_OURS_AFTER = lazy_pattern(
    r"[\W_]*(?:(?:is|are|was|were|serves?)\s+)?(?:as\s+)?(?:an?|the|our)\s+(?:\w+\s+)?baselines?\b"
    r"|\W{0,3}\s*(?:(?:proposed|released|provided)\s+)?(?:of|by|from)\s+[A-Z][\w-]+\s+et\s+al\b"
)


def role_of(text: str, start: int, end: int) -> str:
    """Return `other` if the sentence of a link only builds on the repository or names it in passing, else `own`.

    >>> text = "It is built on https://github.com/x/y by others. Our code: https://github.com/a/b."
    >>> role_of(text, 15, 37), role_of(text, 59, 81)
    ('other', 'own')
    """
    before = text[max(0, start - 240) : start]
    # `… based on Kiln, is available at`: the last word decides.
    if before.rstrip(" :\n").endswith((" at", "\nat", " at \\url{", " at \\href{")):
        return "own"
    sentence = _SENTENCE_START.split(before)[-1]
    following = text[end : end + 200]
    if _may_borrow(sentence[-120:]) and (_BORROWS.search(sentence[-90:]) or _NAMED.search(sentence[-120:])):
        return "other"
    if _CITED.search(before[-40:]):
        return "other"
    if ("baseline" in following or "et" in following.split()) and _NOT_OURS_AFTER.match(following):
        return "other"
    if sentence.rstrip().endswith(("(", "[")) and _IN_PASSING.search(sentence[-120:]) and not _GIVES.search(sentence):
        return "other"
    if _OFFERS.search(sentence):
        return "own"
    stop = _SENTENCE_END.search(following)
    rest = following[: stop.start()] if stop else following
    if _OFFERS.search(rest.partition(",")[0]) or not re.match(r"\s*\w", rest):
        return "own"
    return "other"


def _may_borrow(sentence: str) -> bool:
    """Return whether _BORROWS or _NAMED may match; compiling them takes as long as finding the links of ten papers."""
    if not sentence.isascii():  # some letters match others where case is ignored: `baſed`
        return True
    words = f" {' '.join(sentence.lower().split())}"
    return any(word in words for word in _BORROWING_WORDS)
