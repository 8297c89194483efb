"""Splits bylines into names, and recognises paragraphs that are bylines."""

import re
from collections.abc import Sequence

from programme.loaders.text.cleaning import decode_escapes
from programme.patterns import lazy_pattern

SUFFIX = r"(?:Jr|Sr|II|III|IV|Ph\.?\s?D|M\.?D|M\.?Sc|MBA)\b"
"""What may follow a comma and still belong to the name before it."""

NOTES = lazy_pattern(
    r"(?:(?<!\s)\s++)?(?:\[[\d\s,;*†‡§¶]*\]|\([\d\s,;*†‡§¶]*\))"
    r"|\s?\$?(?<!\\)\^(?:\{[^{}$]{0,20}\}|[\d*†‡§¶])\$?|(?<=[^\W\d_]{2})\s?[¹²³⁰⁴-⁹]+(?:,[¹²³⁰⁴-⁹]+)*"
)
"""Marks of footnotes and affiliations: digits and signs in brackets, in TeX, or as superscripts."""

NAME_WORD = lazy_pattern(r"[^\W\d_](?:[^\W\d_]|['’‘`ʼ.\-‐‑\u0300-\u036f])*\.?$")

_WIDE_OR_RAISED = "，、；¹²³⁰⁴⁵⁶⁷⁸⁹"
_DOTS = lazy_pattern(r"[·⋅•∙](?=\s|$)|(?<=\s)[·⋅•∙]|^[·⋅•∙]|(?<=[a-zß-ÿ.)])[·⋅•∙](?=[A-ZÀ-Þ])")
_LISTED = lazy_pattern(rf"(?:(?<!\s)\s++)?,(?!\s*{SUFFIX})\s*(?:and\s+|AND\s+|&\s+)?|\s(?:and|AND|&)\s+")
_LISTED_OUTSIDE = lazy_pattern(rf"(?:{_LISTED.pattern})(?![^()]{{0,100}}\))")
_OTHERS = lazy_pattern(
    r"(?:(?:,|(?<![\s,]))\s++and[\s,;]++|(?<![\s,;])[\s,;]++)(?:et\s+al\b\.?|(?:\d+\s+)?others)[\s.,;·⋅]*$",
    re.IGNORECASE,
)
_WIDE = str.maketrans({"，": ", ", "、": ", ", "；": "; "})
_SEPARATORS = " \t·⋅•∙,;|"
_SUFFIXED = lazy_pattern(rf"\s*,\s*{SUFFIX}\.?")
_FAMILY_FIRST = lazy_pattern(r"(?:[a-z]{1,5}\s+)*[^\s,]+\s*,\s*[^\s,][^,]*")
_GIVEN = r"[^\W\d_][^\s,.]*\.?(?:\s*[^\W\d_](?:\.|(?=\s|$))){0,3}(?:\s*\([^()]*\))?"
_ONE_INVERTED = lazy_pattern(rf"(?:[a-z]{{1,5}}\s+){{0,3}}[^\W\d_][^\s,]+(?:\s+(?:II|III|IV))?\s*,\s+{_GIVEN}")
_INITIALS = lazy_pattern(r"(?:[^\W\d_](?:\.[ -]?|[ -]|$)){1,4}")

_ROLE = lazy_pattern(
    r"\b(?:(?:session|workshop)\s+)?(?:hosts?|presenters?|moderators?|(?:co-?)?chairs?|speakers?|(?:co-?)?organi[sz]ers?"
    r"|panel+ists?|instructors?|facilitators?|discussants?|authors?)\s*:\s*",
    re.IGNORECASE,
)
_ADDRESS = lazy_pattern(r"(?:mailto:)?[<(\[{]?(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}[>)\]}]?")
_MARKS_AFTER = lazy_pattern(r"(?<=\))\s?[*†‡§¶#\d]{1,8}(?=\s*(?:[,;|]|$|and\b))")

_PARTICLES = """
    de da do dos das del della di du la le el al ul van von der den dem ter ten te het zu zur y e i bin ibn ben bint
    abu af av 't d' la' los las san st vom vander vande ould
"""
_FUNCTION = "a an the of for on in with via and or to towards toward from by is are we our this that using"
_CONTENT = """
    abstract tba tbd none withdrawn poster oral spotlight break lunch coffee session workshop tutorial keynote invited
    talk discussion closing opening remarks welcome panel award learning deep neural networks models code coming soon
    the towards toward how why what when
"""
_PARTICLE_WORDS = frozenset(_PARTICLES.split())
_FUNCTION_WORDS = frozenset(_FUNCTION.split())
_CONTENT_WORDS = frozenset(_CONTENT.split())
_CONTENT_ENDING = lazy_pattern(r"\w{3}(?:tions?|ization|izing|ized|ional|arial|istic|ical|encoders?|gradients?)$")


def split_byline(text: str) -> tuple[str, ...]:
    r"""Return the names in a byline, each as printed; a text without separators is one name.

    >>> split_byline("Ann Lee · Bo Wu ·"), split_byline("Ann Lee ⋅\nJordi Gal·la")
    (('Ann Lee', 'Bo Wu'), ('Ann Lee', 'Jordi Gal·la'))
    >>> split_byline("Ann Lee, Bo Wu, Jr., and Cy Roe"), split_byline("Lee, Ann; Wu, Bo")
    (('Ann Lee', 'Bo Wu, Jr.', 'Cy Roe'), ('Lee, Ann', 'Wu, Bo'))
    >>> split_byline("Lee, Ann and van Roe, Cy"), split_byline("Lee, Ann Q."), split_byline("Lee, A., Wu, B.")
    (('Lee, Ann', 'van Roe, Cy'), ('Lee, Ann Q.',), ('Lee, A.', 'Wu, B.'))
    >>> split_byline("Ann Lee1,2, Bo Wu[2] et al."), split_byline("Ann Lee · Bo Wu Ann Lee · Bo Wu")
    (('Ann Lee1', 'Bo Wu'), ('Ann Lee', 'Bo Wu'))
    >>> split_byline("Host: Ann Lee, Bo Wu ()"), split_byline("Ann Lee <ann@lee.example>; Bo Wu")
    (('Ann Lee', 'Bo Wu'), ('Ann Lee', 'Bo Wu'))
    """
    text = without_roles_and_marks(text)
    if "\n" in text or "\r" in text or "\t" in text or "  " in text:
        text = " ".join(text.split())
    if "&" in text or "et al" in text or " others" in text:
        text = _plain_byline(text)
    if not text.isascii() and any(mark in text for mark in _WIDE_OR_RAISED):
        text = NOTES.sub(", ", text.translate(_WIDE))
    elif "[" in text or "(" in text or "^" in text:
        text = NOTES.sub(", ", text)
    half = len(text) // 2
    # Some pages print a byline twice; the cheap test is whether its first letters recur near the middle.
    if text[:4] in text[half - 2 : half + 7]:
        text = _printed_once(text)
    return tuple([name for part in _parts(text) if (name := part.strip().strip(", ")) and _has_letter(name)])


def without_roles_and_marks(text: str) -> str:
    """Return a byline without what its roles are, without addresses for mail, and without marks after affiliations.

    >>> without_roles_and_marks("Hosts: Ann Lee (Moss)*; Bo Wu (Fen)"), without_roles_and_marks("Bo Wu, bo@wu.example")
    ('Ann Lee (Moss); Bo Wu (Fen)', 'Bo Wu, ')
    """
    if ":" in text:
        text = _ROLE.sub("", text)
    if "@" in text:
        text = _ADDRESS.sub("", text)
    return _MARKS_AFTER.sub("", text) if ")" in text else text


def _has_letter(name: str) -> bool:
    return name[0].isalpha() or any(map(str.isalpha, name))


def _plain_byline(text: str) -> str:
    """Return a byline with its entities decoded and without a final `et al.` or `and others`."""
    if "&" in text and ";" in text:
        text = decode_escapes(text)
    return _OTHERS.sub("", text)


def _printed_once(text: str) -> str:
    """Return a byline that is printed twice, with or without a separator between, only once.

    It must have two words, or separators: `Jing Jing` is a name.

    >>> _printed_once("Ann Lee, Bo Wu, Ann Lee, Bo Wu"), _printed_once("Bo Wu Bo Wu"), _printed_once("Bo Bo")
    ('Ann Lee, Bo Wu', 'Bo Wu', 'Bo Bo')
    """
    text = text.strip(_SEPARATORS)
    for length in range(len(text) // 2, max(len(text) // 2 - 3, 2), -1):
        first, between = text[:length], text[length:-length]
        if text.endswith(first) and not between.strip(_SEPARATORS):
            once = first.strip(_SEPARATORS)
            separated = bool(between) or first[-1] in _SEPARATORS or first[0] in _SEPARATORS
            return once if separated and " " in once else text
    return text


def _parts(text: str) -> Sequence[str]:
    """Return the parts between the separators of a byline; only the first kind of separator it has counts.

    Dots come first, then semicolons and bars, which stand in no name; then commas and `and`, which do.
    """
    dots = 0 if text.isascii() else sum(map(text.count, "·⋅•∙"))
    if dots:
        names = text.split(" ⋅ " if "⋅" in text else " · ")
        if len(names) != dots + 1:  # `Ann Lee·Bo Wu ·Cy Roe`, where the dot of `Jordi Gal·la` must not split
            names = _DOTS.split(text)
        if len(names) > 1:
            return names
    for separator in ";|":
        if separator in text:
            names = text.split(separator)
            return _split_last(names) if "and " in text else names  # `Ann Lee; Bo Wu and Cy Roe`
    if "," not in text:
        return _LISTED.split(text) if " and " in text or " & " in text or " AND " in text else (text,)
    if " and " in text:
        # BibTeX: `Lee, Ann and van Roe, Cy`. Each name has one comma, apart from that of a `Jr.`.
        names = [name.strip(" ,") for name in text.split(" and ")]
        bare = [_SUFFIXED.sub("", name) for name in names]
        if all(name.count(",") == 1 for name in bare) and any(map(_FAMILY_FIRST.fullmatch, bare)):
            return names
    return _listed(text)


def _split_last(names: Sequence[str]) -> Sequence[str]:
    """Return names with the last one split at an `and`, or stripped of it; `Search and Rescue Team` stays one name.

    >>> _split_last(["Ann Lee", "Bo Wu and Cy Roe"]), _split_last(["Ann Lee", " and Bo Wu"])
    (['Ann Lee', 'Bo Wu', 'Cy Roe'], ['Ann Lee', 'Bo Wu'])
    """
    stripped = [name.strip().removeprefix("and ") for name in names]
    one, _, other = stripped[-1].partition(" and ")
    both = [one.strip(" ,"), other.strip()]
    are_names = all(" " in name and _looks_like_name(name.replace(",", "")) for name in both)
    return [*stripped[:-1], *both] if are_names else stripped


def _listed(text: str) -> Sequence[str]:
    """Return the names between commas; a comma may also stand inside a name, as in `Lee, Ann` or `Lee, A., Wu, B.`."""
    # One inverted name, `Lee, Ann Q.`; not `王芳, 李安`, which has no case and is two names.
    bare = _SUFFIXED.sub("", text.strip(" ,"))
    if bare.count(",") == 1 and _ONE_INVERTED.fullmatch(bare) and bare.upper() != bare.lower():
        return (text,)
    names = [name for name in (_LISTED_OUTSIDE if "(" in text else _LISTED).split(text) if name]
    # `Lee, A., Wu, B. Q.`: every second part is initials.
    if len(names) > 2 and len(names) % 2 == 0 and all(map(_INITIALS.fullmatch, names[1::2])):
        return [f"{family}, {given}" for family, given in zip(names[::2], names[1::2], strict=True)]
    return names


def looks_like_byline(text: str) -> bool:
    """Return whether a paragraph is a list of names, or one name, rather than a title or an abstract.

    >>> looks_like_byline("Ann Lee · bo wu"), looks_like_byline("Mononym"), looks_like_byline("Ana Roe y Paz")
    (True, True, True)
    >>> looks_like_byline("We study graphs, and show much."), looks_like_byline("Learning to Rank")
    (False, False)
    """
    # With dots between, four names of five suffice: a byline may have a name like no other, and no title has dots.
    dotted = " · " in text or " ⋅ " in text or text.rstrip().endswith((" ·", " ⋅"))
    if not dotted and len(text) > 400:
        return False
    names = split_byline(text)
    if dotted:
        return sum(len(name) <= 60 and name.count(" ") <= 6 for name in names) * 5 >= len(names) * 4
    if not names:
        return False
    if len(names) == 1:
        return "," not in names[0] and _looks_like_name(names[0])
    return sum(" " in name and _looks_like_name(name) for name in names) * 5 >= len(names) * 4


def _looks_like_name(name: str) -> bool:
    """Return whether the text by itself is one person's name, judged by its words: a guess, tuned on real pages."""
    words = name.split()
    if not words or len(words) > 7 or len(name) > 60:
        return False
    capitals = 0
    for word in words:
        bare = word.strip('(),"“”*')
        if bare in _FUNCTION_WORDS or bare.casefold() in _CONTENT_WORDS or not NAME_WORD.match(bare):
            return False
        if _CONTENT_ENDING.search(bare):
            return False
        if bare.islower() and bare not in _PARTICLE_WORDS:
            if len(words) > 3:
                return False
        else:
            capitals += not bare.islower()
    if words[-1].endswith(".") and len(words[-1]) > 4:
        return False
    return capitals > 0 if len(words) == 1 else capitals > 0 or len(words) <= 3
