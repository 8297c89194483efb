r"""Joins words that were broken at the end of a line, with or without their hyphen.

`repre-\nsentation` is one word, `state-of-the-\nart` keeps its hyphen. The first rule that applies decides:

1. The text itself: its first 4000 characters contain the joined word or the compound.
2. The second part does not begin with a lower-case letter, or the first is one letter, has a digit or is in capitals
   (`GPT-like`): the hyphen stays.
3. The second part is an ending (`ing`, `ment`), or the first is a prefix written without a hyphen (`un`): joined.
4. Either part is common in compounds (`self-`, `low-`, `-based`, `-specific`): the hyphen stays.
5. Both parts are words of the text, or the second is and the first is a name: the hyphen stays. Otherwise joined.

Before `and`, `or`, `to` and the like a hyphen stands for an omitted word (`low- and high-rank`), and nothing changes.
A URL keeps its hyphens.
"""

import re

from programme.patterns import lazy_pattern

_EVIDENCE = 4000
"""How many characters of the text are searched for each broken word: an abstract has fewer, a hostile text more."""

_BROKEN = lazy_pattern(r"(?<![^\W_])([^\W_]++)-[ \t]*+\n[ \t]*+([^\W_]+)")
_SPLIT = lazy_pattern(r"(?<![^\W_])([^\W_]++)- ([^\W_]+)")
_SPLIT_SMALL = lazy_pattern(r"(?<![^\W_])([^\W_]++)- (?=[a-zß-ÿ])([^\W_]+)")
_SUSPENDING_WORDS = """
    and or to nor but versus vs as und et in on with for is are was of the a an we it that
"""
_CHAIN = frozenset({"the", "of", "to", "in", "and"})
_CHAINED = frozenset({("state", "of"), ("of", "the")})
_ENDING = lazy_pattern(
    r"(?:s|es|ed|er|ers|est|ings?|ly|u?al|u?ally|ically?|ments?|it(?:y|ies)|i[sz](?:e[sd]?|ing|ations?)|istic(?:ally)?|ism"
    r"|ry|ness|ages?|ful|ables?|ably|ous|ives?|ively|[ts]ions?|ations?|[ae]nces?|[ae]nts?|eling|ible|ence|ently|antly)$"
)
_PREFIX_WORDS = """
    un in im re de dis ex en em con com per pro inter intro under over out up down sub super trans counter any some
    every other like there where how more further what when pre ob ab ad ac ap as at be bench hy
"""
_FIRST_WORDS = """
    self non semi multi cross meta quasi low high long short large small well ill fine coarse real end zero few one
    two three four single first second third state full mid wide high open closed near far left right top data task
    domain model text image video graph time problem user human machine black white off on all hand plug day deep
    general special weakly strongly fully highly
"""
_SECOND_WORDS = """
    based aware unaware free level levels wise like driven specific invariant equivariant independent dependent
    dependant agnostic grained tuning tuned training trained supervised shot dimensional quality scale time term end art
    world efficient inefficient effective centric centered oriented guided conditional conditioned conditioning
    theoretic loop step steps hop turn way modal view views layer layers label class agent play head order field
    algorithm learning learned learner level means complexity optimal consistent consuming intensive rich poor ready
    ranging known studied established performing designed defined informed augmented enhanced related induced
    generated annotated labeled labelled collected crafted engineered sized source sourced art to of the
"""
_SUSPENDING = frozenset(_SUSPENDING_WORDS.split())
_PREFIXES = frozenset(_PREFIX_WORDS.split())
_FIRST = frozenset(_FIRST_WORDS.split())
_SECOND = frozenset(_SECOND_WORDS.split())
_ONE_WORD = lazy_pattern(
    r"multi(?:pl|tud|nomi|media|lingual|variate)|high(?:light|way)|data(?:set|base)|time(?:stamp|line)|short(?:com|cut)"
    r"|long(?:itud|ev)|top(?:ic|olog)|left(?:over)|wide(?:spread)|end(?:ow|eavo)|near(?:by)|text(?:ure|book)|graph(?:ene)"
    r"|on(?:line|to$|going)|off(?:line|set|spring)|all(?:ow|oc|ev)|hand(?:le|ling|craft)|general(?:i)|special(?:i)"
    r"|human(?:oid)|half|some|state(?:less)|model(?:ed|ing)|time(?:ly)"
)


def join_broken_words(text: str) -> str:
    r"""Return a text with words that were broken at line ends joined, whether the line end is there or now a space.

    >>> join_broken_words("repre-\nsentation, state-of-the-\nart, task-\nspecific, Pretty-\nNet")
    'representation, state-of-the-art, task-specific, Pretty-Net'
    >>> join_broken_words("low- and high-rank com- pression")
    'low- and high-rank compression'
    >>> join_broken_words("see https://example.org/our-\nrepository")
    'see https://example.org/our-repository'
    """
    if "-\n" in text or "- \n" in text or "-\t" in text:
        text = _BROKEN.sub(_whole, text)
    return _SPLIT.sub(_whole, text) if "- " in text else text


def join_split_words(title: str) -> str:
    """Return a title with words broken by a hyphen and a space joined; a capital after the space begins a new word.

    >>> join_split_words("Re- visiting Nets- A Study")
    'Revisiting Nets- A Study'
    """
    return _SPLIT_SMALL.sub(_whole, title)


def _whole(found: re.Match[str]) -> str:
    """Return the two parts joined, or with their hyphen, or unchanged."""
    before, after = found.groups()
    # `https://example.org/our-\nrepository`: the word has a slash before its hyphen, so it is a URL.
    if "/" in found.string[max(0, found.start() - 100) : found.start()].rpartition(" ")[2].rpartition("\n")[2]:
        return f"{before}-{after}" if "\n" in found.group() else found.group()
    # `low- and high-rank` stays as it is, but `state- of-the-art` is one compound.
    if after in _SUSPENDING and (before, after) not in _CHAINED and found.string[found.end() : found.end() + 1] != "-":
        return f"{before}- {after}"
    # `nets- A Study` has lost a space before its dash and stays; `Pretty- Net` is one name.
    if not after[0].islower() and not before[-1].isupper() and "\n" not in found.group():
        return found.group() if before.islower() else f"{before}-{after}"
    return f"{before}-{after}" if _keeps_hyphen(before, after, found.string[:_EVIDENCE]) else before + after


def _keeps_hyphen(before: str, after: str, text: str) -> bool:
    """Return whether a broken word is a compound; the rules are those at the head of the module, in their order."""
    if before + after in text:  # rule 1: `repre-sentation` where `representation` occurs elsewhere
        return False
    if (
        after in _SUSPENDING
        or f"{before}-{after}" in text
        or not after[0].islower()
        or len(before) == 1
        or not before.isalpha()
    ):
        return True  # rules 1 and 2, and the chain `state-of-the`: `x-axis`, `4-bit`, `Pretty-Net`
    if len(before) > 1 and before.isupper():  # rule 2: `GPT-like`
        return True
    first = before.casefold()
    # Rule 3 comes before rule 4, since `high-ly`, `multi-ple` and `data-set` begin like compounds.
    if _ENDING.match(after) or first in _PREFIXES or _ONE_WORD.match(first + after):
        return False
    if first in _CHAIN or first in _FIRST or after in _SECOND:
        return True
    # Rule 5; short parts are words by chance (`for-est`).
    known = len(before) > 3 and len(after) > 3 and _is_word(after, text)
    return known and (_is_word(before, text) or (before.istitle() and _inside_sentence(before, text)))


def _inside_sentence(before: str, text: str) -> bool:
    """Return whether the broken word is not the first of its sentence, so that its capital makes it a name."""
    return re.search(rf"[^\W\d_][,)]?\s{re.escape(before)}-\s", text) is not None


def _is_word(part: str, text: str) -> bool:
    """Return whether the part also occurs in the text as a word of its own."""
    return re.search(rf"(?<![\w-])(?<!-\s){re.escape(part)}(?![\w-])(?!\s*-)", text) is not None
