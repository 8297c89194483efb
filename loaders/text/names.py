"""Names of people: the cleaned name, and the form that two spellings of one name share."""

import re
from typing import NamedTuple

from programme.letters import plain_name
from programme.loaders.text.bylines import NAME_WORD, NOTES, SUFFIX
from programme.loaders.text.cleaning import clean_tex, decode_name_escapes
from programme.patterns import lazy_pattern

_IN_BRACES = lazy_pattern(r"\{(?!\\)(?:[^{}]|\{[^{}]*\})*\}")
_WHOLE_SUFFIX = lazy_pattern(SUFFIX + r"\.?", re.IGNORECASE)
_SIGNS = "*†‡§¶‖#✉∗⋆★♯♠♣♥♦△▲"
_FOOTNOTE = lazy_pattern(
    rf"(?<=[^\W\d_])(?<![{_SIGNS}⁰¹²³⁴-⁹₀-₉])[\d{_SIGNS}⁰¹²³⁴-⁹₀-₉,]++$"
    rf"|(?:\s|(?<![{_SIGNS}⁰¹²³⁴-⁹,;]))[{_SIGNS}⁰¹²³⁴-⁹,;]++$|^\.?[{_SIGNS},;]+"
)
_LONE_STOP = lazy_pattern(r"(?<=[^ .])(?: \.)+$")
_FORMER = "Dr|Prof|Professor|Assoc|Asst|Assistant|Associate|Mr|Mrs|Ms"
_NO_NAME_STARTS = frozenset({"Dr", "Pr", "As", "Mr", "Ms", "an"})
_DEGREE_ENDS = frozenset({"PhD", "MSc", "MBA"})
_PLAIN_NAME = lazy_pattern(
    rf"(?!(?:{_FORMER}|and)\b)[A-Za-z]+\.?(?:[ -][A-Za-z]+\.?)*(?<!\.)(?<!\bPhD)(?<!\bMSc)(?<!\bMBA)"
)
_TITLE = lazy_pattern(
    r"(?:(?:Assoc|Asst|Assistant|Associate)\.?\s*)?(?:(?:(?:Dr|Prof|Mrs?|Ms)\.|Dr\.-Ing\.)\s*|(?:Dr|Prof|Professor)\s+)+"
    r"(?=[^\W\d_])"
)
_DEGREES = lazy_pattern(
    r"(?:(?:(?<!\s)\s++)?,\s*|(?<!\s)\s++)(?:Ph\.?\s?D|M\.\s?D|M\.?Sc|B\.?Sc|MBA|D\.?\s?Phil)\.?(?=$|\s*,)|(?:(?<!\s)\s++)?,\s*MD\.?(?=$|\s*,)"
)
_LOOSE_NUMBERS = lazy_pattern(r"(?<=\w )([^\W\d_]\S*)\s+\d{1,2}(?:\s?,\s?\d{1,2})*$")
_LOOSE_HYPHEN = lazy_pattern(r"(?<=[\w.])(?:\s+-(?=\w)|-\s+(?=[^\W\d_]))")
_OTHER_HYPHEN = lazy_pattern(r"(?<=[\w.])[‐‑‒–−](?=\w)")
_TIGHT_BRACKET = lazy_pattern(r"(?<=[^\W\d_])\((?=[^\W\d_]{2})|(?<=[^\W\d_])\)(?=[^\W\d_])")
_LONG_WORD = lazy_pattern(r"\w{5,}")
_SPELLED_OUT = lazy_pattern(
    r"(?:(?<=[bcdfghkmprstvwz]u)|(?<=ju)(?=erg)|(?<![aeiou][ao])(?<=[ao]))e(?=[b-df-hj-np-tv-xz])(?!l\b)"
)
_CONSONANTS = "[b-df-hj-np-tv-xz]"
_SEPARATE_INITIALS = lazy_pattern(rf"\b{_CONSONANTS}(?: {_CONSONANTS}\b)+")
_INNER_CAPITAL = lazy_pattern(r"[a-zß-ÿ][A-ZÀ-Þ]")
_ORGANISATION = """
    university universität université universidad institute institut inc llc ltd gmbh corp company lab labs laboratory
    laboratories research college school department team group center centre academy hospital foundation consortium
    collaboration google deepmind microsoft meta nvidia amazon apple ibm openai huawei tencent alibaba baidu
    mit cmu nyu eth epfl iit ucla kaist inria
"""
_ORGANISATION_WORDS = frozenset(_ORGANISATION.split())


class NameParts(NamedTuple):
    """The parts of a personal name; particles belong to the family name."""

    family: str
    given: str
    suffix: str | None


def clean_name(raw: str) -> str:
    r"""Return a printed name for display: given name first, without LaTeX, titles, degrees and footnote marks.

    >>> clean_name(r"Alfr\'ed  R\'enyi$^{1}$"), clean_name("Ann Lee2,3*"), clean_name("Wei Wu 0001")
    ('Alfréd Rényi', 'Ann Lee', 'Wei Wu 0001')
    >>> clean_name("Dr. Ann Lee, Ph.D."), clean_name("ANN_MARIE Lee -Roe"), clean_name("Mononym .")
    ('Ann Lee', 'ANN MARIE Lee-Roe', 'Mononym')
    >>> clean_name("van Roe, Cy"), clean_name("Wu, Jr., Bo"), clean_name("Bo Wu, Jr."), clean_name("{Moss, Inc.}")
    ('Cy van Roe', 'Bo Wu, Jr.', 'Bo Wu, Jr.', 'Moss, Inc.')
    """
    if _PLAIN_NAME.fullmatch(raw):  # most names need none of the rules
        return raw
    if "&" in raw or "U+" in raw or "\\u" in raw:
        raw = decode_name_escapes(raw)
    if is_in_braces(raw):
        raw = raw[1:-1]
    # `ANN_MARIE LEE`, but `$L_0$ Team` is TeX.
    name = clean_tex(raw.replace("_", " ") if "_" in raw and "$" not in raw else raw)
    # `and Ann Lee`, from a byline that was split at commas; `Prof. Dr.Ann Lee`.
    name = _without_titles(name[4:] if name.startswith("and ") else name)
    if name[-1:] in "D.cAl":  # last letters of `PhD`, `M.D.`, `MSc`, `MBA`, `DPhil`: `Ann Lee, M.D., Ph.D.`
        name = _DEGREES.sub("", name)
    if name.endswith(" ."):  # `Mononym .`, which a form that asks for two names leaves
        name = _LONE_STOP.sub("", name)
    is_lettered = name.replace(" ", "").replace("-", "").replace(".", "").isalpha()
    if not (is_lettered or (name.isascii() and name[-1:].isalpha() and name[:1].isalpha())):
        # `Ann Lee1,2*`, `Ann Lee[2]`, `*Ann Lee†,`, and `Ann Lee 1,2`, but not `Wei Wu 0001`, by which DBLP separates
        # people of one name.
        name = _FOOTNOTE.sub("", _LOOSE_NUMBERS.sub(r"\1", NOTES.sub("", name))).strip() or name
    if "," in name:  # `von Neumann, John`; `Roe, Dr.Ann`
        name = _without_titles(_natural_order(name))
    if "(" in name:  # `Hao(Jackson)Roe`
        name = _TIGHT_BRACKET.sub(lambda found: f" {found.group()}" if found.group() == "(" else ") ", name)
    if not (is_lettered or name.isascii()):  # `Ann–Marie Lee`
        name = _OTHER_HYPHEN.sub("-", name)
    # `Ann Lee -Roe`, `A. -B. Lee`
    return _LOOSE_HYPHEN.sub("-", name) if "- " in name or " -" in name else name


def _without_titles(name: str) -> str:
    return _TITLE.sub("", name, count=1) if name[:1] in "DPAM" and _TITLE.match(name) else name


def _natural_order(name: str) -> str:
    """Return `Family, Given` with the given name first; `Name, Organisation` is left as it is.

    >>> _natural_order("Lee, Ann Q."), _natural_order("Roe, Cy, III"), _natural_order("Ann Lee, MIT")
    ('Ann Q. Lee', 'Cy Roe, III', 'Ann Lee, MIT')
    """
    parts = _inverted(name)
    if parts is None:
        return (
            f"{name.removeprefix('Team,').strip()} Team" if name.startswith("Team,") and name.count(",") == 1 else name
        )
    return ", ".join(part for part in (f"{parts.given} {parts.family}", parts.suffix) if part)


def name_parts(raw: str) -> NameParts | None:
    """Return the parts of a printed name that says them, `Family, Given`; None for any other.

    >>> name_parts("van Roe, Cy"), name_parts("Wu, Jr., Bo")
    (NameParts(family='van Roe', given='Cy', suffix=None), NameParts(family='Wu', given='Bo', suffix='Jr.'))
    >>> name_parts("Ann Lee"), name_parts("Bo Wu, Jr."), name_parts("{Moss, Inc.}")
    (None, None, None)
    """
    if "," not in raw:
        return None
    text = clean_tex(decode_name_escapes(raw) if "&" in raw or "\\u" in raw or "U+" in raw else raw)
    return _inverted(_FOOTNOTE.sub("", NOTES.sub("", text)).strip())


def says_parts(raw: str) -> bool:
    """Return whether a printed name says which word is the family name, or by braces that it is nobody's.

    >>> says_parts("Lee, Ann"), says_parts("{Moss Group}"), says_parts("Ann Lee")
    (True, True, False)
    """
    return ("," in raw and name_parts(raw) is not None) or is_in_braces(raw)


def is_in_braces(raw: str) -> bool:
    """Return whether a printed name is in braces as a whole, as BibTeX marks one that is not a person's."""
    return raw[:1] == "{" and raw[-1:] == "}" and _IN_BRACES.fullmatch(raw) is not None


def _inverted(name: str) -> NameParts | None:
    """Return the parts of `Family, Given` or `Family, Suffix, Given`; None for anything else."""
    parts = [stripped for part in name.split(",") if (stripped := part.strip())]
    suffixes = [part for part in parts[1:] if _WHOLE_SUFFIX.fullmatch(part)]
    said = set(suffixes)
    parts = [part for part in parts if part not in said]
    if len(parts) != 2 or len(suffixes) > 1 or not all(map(_is_part_of_name, parts)):
        return None
    family, given = parts
    if family.upper() == family.lower() or _may_be_organisation(given, family):
        return None
    return NameParts(family, given, suffixes[0] if suffixes else None)


def _may_be_organisation(text: str, name: str) -> bool:
    """Return whether capitals after the comma may abbreviate an organisation, and a full name stands before it.

    >>> _may_be_organisation("KTX", "Ann Lee"), _may_be_organisation("ANN", "van Lee")
    (True, False)
    """
    is_short = text.isupper() and "." not in text and not name.isupper()
    return is_short and max(map(len, text.split())) > 1 and sum(not word.islower() for word in name.split()) > 1


def _is_part_of_name(text: str) -> bool:
    """Return whether a text may be the given or family names of a person, rather than an organisation."""
    words = text.replace("(", " ").lstrip("-").split()
    return len(words) <= 5 and all(
        NAME_WORD.match(word.strip(')"“”')) and word.casefold().rstrip(".") not in _ORGANISATION_WORDS for word in words
    )


def name_form(name: str) -> str:
    """Return the form that spellings of one person's name share: cleaned, without accents, case and punctuation.

    Umlauts may be spelled out (`ue`), except where `ue`, `ae` or `oe` belongs to the name in another language. A hyphen
    counts as a space, but `Tie-Yan` and `Tieyan` differ: joining them merged too many different people.

    >>> name_form("Ann-Marie O’NEIL"), name_form("Łucja Sørensen"), name_form("J. Doe"), name_form("王芳")
    ('ann marie o neil', 'lucja sorensen', 'j doe', '王芳')
    >>> name_form("Roe, Cy") == name_form("Cy Roe"), name_form("J. P. Doe"), name_form("JP Doe")
    (True, 'jp doe', 'jp doe')
    >>> name_form("Jürgen Müller") == name_form("Juergen Mueller"), name_form("Yue Wang") == name_form("Yu Wang")
    (True, False)
    """
    if name.isascii() and name.replace(" ", "").isalpha() and "  " not in name:
        is_plain = name[:2] not in _NO_NAME_STARTS and name[-3:] not in _DEGREE_ENDS
        form = (name if is_plain else clean_name(name)).lower()
    else:
        form = plain_name(clean_name(name))
    if "ae" in form or "oe" in form or "ue" in form:
        form = _LONG_WORD.sub(lambda word: _SPELLED_OUT.sub("", word.group()), form)
    if form.count(" ") > 1:  # `J. P. Doe` and `JP Doe`, but not `Jo Doe` and `J. O. Doe`: consonants alone
        form = _SEPARATE_INITIALS.sub(lambda run: run.group().replace(" ", ""), form)
    return form or name.casefold()


def name_rank(name: str) -> tuple[bool, bool, int, int, int, str]:
    """Return a key by which `max` picks the best of several cleaned spellings of one name, whatever their order.

    Preferred are, in this order: no word in capitals, capital initials, more accents, length, capitals inside (McRoe).

    >>> max(["Ann YU-LEE", "ann yu-lee", "Ann Yu-Lee", "Ann Yü-Lee"], key=name_rank)
    'Ann Yü-Lee'
    """
    words = name.replace("-", " ").split()
    shouted = any(len(word) > 2 and word.isupper() and "." not in word and word != "III" for word in words)
    shouted = shouted or words[-1:] == ["Iii"]
    capitalised = bool(words) and not words[0][0].islower() and not words[-1][0].islower()
    accents = 0 if name.isascii() else sum(letter > "\x7f" and letter.isalpha() for letter in name)
    return not shouted, capitalised, accents, len(name), len(_INNER_CAPITAL.findall(name)), name
