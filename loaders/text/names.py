"""Names of people: splitting bylines, mending, and the form that decides whether two names are one person's."""

import re
import unicodedata
from collections.abc import Sequence

from loaders.text.mending import mend_tex

_DOTS = re.compile(r"\s+[·⋅•∙](?:\s+|$)|^[·⋅•∙]\s+|[·⋅•∙]\s+")
_SUFFIX = r"(?:Jr|Sr|II|III|IV|Ph\.?\s?D|M\.?D|M\.?Sc|MBA)\b"
_LISTED = re.compile(rf"\s*,(?!\s*{_SUFFIX})\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+")
_LISTED_OUTSIDE = re.compile(rf"(?:{_LISTED.pattern})(?![^(]*\))")
_MARKS = re.compile(r"\s*(?:\[[\d\s,;*†‡§¶]*\]|\([\d\s,;*†‡§¶]+\))")
_OTHERS = re.compile(r"(?:,?\s+and)?[\s,;]+(?:et\s+al\b\.?|others)[\s.,;·⋅]*$", re.IGNORECASE)
_WIDE = str.maketrans({"，": ", ", "、": ", ", "；": "; "})
_SEPARATORS = " \t·⋅•∙,;|"
_GIVEN = r"[^\W\d_][^\s,.]*\.?(?:\s*[^\W\d_](?:\.|(?=\s|$))){0,3}"
_ONE_INVERTED = re.compile(rf"(?:[a-z]{{1,5}}\s+){{0,3}}[^\W\d_][^\s,]+\s*,\s+(?!{_SUFFIX}){_GIVEN}")
_NOTED = re.compile(r"[\d*†‡]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?){1,4}")
_WHOLE_SUFFIX = re.compile(_SUFFIX + r"\.?", re.IGNORECASE)
_FAMILY_FIRST = re.compile(r"(?:[a-z]{1,5}\s+)*[^\s,]+\s*,\s+(?!" + _SUFFIX + r")[^\s,][^,]*")
_FOOTNOTE = re.compile(r"(?<=[^\W\d_])[\d*†‡§¶‖#✉⁰¹²³⁴⁵⁶⁷⁸⁹₀-₉,]+$|[*†‡§¶‖✉⁰¹²³⁴-⁹,;]+$|^[*†‡§¶‖✉,;]+")
_FORMER = "Dr|Prof|Professor|Assoc|Asst|Assistant|Associate|Mr|Mrs|Ms"
_TITLE_STARTS = frozenset({"Dr", "Pr", "As", "Mr", "Ms"})
_DEGREE_ENDS = frozenset({"PhD", "MSc", "MBA"})
_PLAIN_NAME = re.compile(rf"(?!(?:{_FORMER})\b)[A-Za-z]+\.?(?:[ -][A-Za-z]+\.?)*(?<!\.)(?<!\bPhD)(?<!\bMSc)(?<!\bMBA)")
_TITLE = re.compile(
    r"(?:(?:Assoc|Asst|Assistant|Associate)\.?\s*)?(?:(?:(?:Dr|Prof|Mrs?|Ms)\.|Dr\.-Ing\.)\s*|(?:Dr|Prof|Professor)\s+)+"
    r"(?=[^\W\d_])"
)
_DEGREES = re.compile(
    r"(?:\s*,\s*|\s+)(?:Ph\.?\s?D|M\.\s?D|M\.?Sc|B\.?Sc|MBA|D\.?\s?Phil)\.?(?=$|\s*,)|\s*,\s*MD\.?(?=$|\s*,)"
)
_LOOSE_NUMBERS = re.compile(r"(?<=\w )([^\W\d_]\S*)\s+\d{1,2}(?:\s?,\s?\d{1,2})*$")
_LOOSE_HYPHEN = re.compile(r"(?<=\w)(?:\s+-(?=\w)|-\s+(?=[^\W\d_]))")
_ASCII_FORM = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)).ljust(256)
_UNACCENTED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ȷ": "j", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t"}
    | {"ŋ": "n", "ə": "e", "ʻ": " ", "ʼ": " ", "ʹ": " ", "ˈ": " "}
)
_INNER_CAPITAL = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]")
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
_ORGANISATION = """
    university universität université universidad institute institut inc llc ltd gmbh corp company lab labs laboratory
    laboratories research college school department team group center centre academy hospital foundation consortium
    collaboration google deepmind microsoft meta nvidia amazon apple ibm openai huawei tencent alibaba baidu
"""
_ORGANISATION_WORDS = frozenset(_ORGANISATION.split())
_PARTICLE_WORDS = frozenset(_PARTICLES.split())
_FUNCTION_WORDS = frozenset(_FUNCTION.split())
_CONTENT_WORDS = frozenset(_CONTENT.split())
_CONTENT_ENDING = re.compile(r"\w{3}(?:tions?|ization|izing|ized|ional|arial|istic|ical|encoders?|gradients?)$")
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘`ʼ.\-‐‑\u0300-\u036f])*\.?$")


def split_byline(text: str) -> tuple[str, ...]:
    r"""Return the names of a byline, each as printed; a text without any separator is one name.

    >>> split_byline("Ann Lee · Bo Wu ·"), split_byline("Ann Lee ⋅\nJordi Gal·la")
    (('Ann Lee', 'Bo Wu'), ('Ann Lee', 'Jordi Gal·la'))
    >>> split_byline("Ann Lee, Bo Wu, Jr., and Cy Roe"), split_byline("Lee, Ann; Wu, Bo")
    (('Ann Lee', 'Bo Wu, Jr.', 'Cy Roe'), ('Lee, Ann', 'Wu, Bo'))
    >>> split_byline("Lee, Ann and van Roe, Cy"), split_byline("Lee, Ann Q."), split_byline("Lee, A., Wu, B.")
    (('Lee, Ann', 'van Roe, Cy'), ('Lee, Ann Q.',), ('Lee, A.', 'Wu, B.'))
    >>> split_byline("Ann Lee1,2, Bo Wu[2] et al."), split_byline("Ann Lee · Bo Wu Ann Lee · Bo Wu")
    (('Ann Lee1', 'Bo Wu'), ('Ann Lee', 'Bo Wu'))
    """
    if "\n" in text or "\r" in text:
        text = " ".join(text.split())
    if "[" in text or "(" in text or "&" in text or "et al" in text or " others" in text:
        text = _plain_byline(text)
    if not text.isascii() and ("，" in text or "、" in text or "；" in text):
        text = text.translate(_WIDE)
    half = len(text) // 2
    if text[:4] in text[half - 2 : half + 7]:
        text = _printed_once(text)
    return tuple([name for part in _parts(text) if (name := part.strip().rstrip(", "))])


def _plain_byline(text: str) -> str:
    """Return a byline with its entities decoded, and without numbers in brackets or an `et al.` at the end."""
    if "&" in text and ";" in text:
        from loaders.text.leaks import decoded

        text = decoded(text)
    if "[" in text or "(" in text:
        text = _MARKS.sub("", text)
    return _OTHERS.sub("", text)


def _printed_once(text: str) -> str:
    """Return a byline of at least two words once where it is printed twice, with or without a separator between.

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
    """Return what stands between the separators of a byline; of several kinds of separator the strongest counts."""
    dots = text.count("·") + text.count("⋅")
    if dots or "•" in text or "∙" in text:
        names = text.split(" ⋅ " if "⋅" in text else " · ")
        if len(names) != dots + 1:
            names = _DOTS.split(text)
        if len(names) > 1:
            return names
    for separator in ";|":
        if separator in text:
            names = text.split(separator)
            return [name.strip().removeprefix("and ") for name in names] if "and " in text else names
    if "," not in text:
        return _LISTED.split(text) if " and " in text or " & " in text else (text,)
    if " and " in text:
        names = [name.strip() for name in text.split(" and ")]
        if all(_FAMILY_FIRST.fullmatch(name) for name in names):
            return names
    return _listed(text)


def _listed(text: str) -> Sequence[str]:
    """Return the names between commas; a comma may also stand inside a name, as in `Lee, Ann` or `Lee, A., Wu, B.`."""
    if text.count(",") == 1 and _ONE_INVERTED.fullmatch(text.strip()):
        return (text,)
    names = (_LISTED_OUTSIDE if "(" in text else _LISTED).split(text)
    if len(names) > 2 and names[-1] and len(names) % 2 == 0 and all(map(_INITIALS.fullmatch, names[1::2])):
        return [f"{family}, {given}" for family, given in zip(names[::2], names[1::2], strict=True)]
    if _NOTED.search(text):
        return [name for name in names if any(character.isalpha() for character in name)]
    return names


def looks_like_byline(text: str) -> bool:
    """Return whether a paragraph reads like a list of names, or one name, and not like a title or an abstract.

    >>> looks_like_byline("Ann Lee · bo wu"), looks_like_byline("Mononym"), looks_like_byline("Ana Roe y Paz")
    (True, True, True)
    >>> looks_like_byline("We study graphs, and show much."), looks_like_byline("Learning to Rank")
    (False, False)
    """
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
    """Return whether the text, standing alone, reads like one person's name."""
    words = name.split()
    if not words or len(words) > 7 or len(name) > 60:
        return False
    capitals = 0
    for word in words:
        bare = word.strip('(),"“”*')
        if bare in _FUNCTION_WORDS or bare.casefold() in _CONTENT_WORDS or not _NAME_WORD.match(bare):
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


def mend_name(raw: str) -> str:
    r"""Return a printed name as people should see it, in natural order, without LaTeX and footnote marks.

    >>> mend_name(r"Alfr\'ed  R\'enyi$^{1}$"), mend_name("Ann Lee2,3*"), mend_name("Wei Wu 0001")
    ('Alfréd Rényi', 'Ann Lee', 'Wei Wu 0001')
    >>> mend_name("Dr. Ann Lee, Ph.D."), mend_name("ANN_MARIE Lee -Roe"), mend_name("Mausam .")
    ('Ann Lee', 'ANN MARIE Lee-Roe', 'Mausam')
    >>> mend_name("van Roe, Cy"), mend_name("Wu, Jr., Bo"), mend_name("Bo Wu, Jr.")
    ('Cy van Roe', 'Bo Wu, Jr.', 'Bo Wu, Jr.')
    """
    if _PLAIN_NAME.fullmatch(raw):
        return raw
    if "&" in raw or "U+" in raw or "\\u" in raw:
        from loaders.text.leaks import decoded_name

        raw = decoded_name(raw)
    name = mend_tex(raw.replace("_", " ") if "_" in raw and "$" not in raw else raw)
    if name[:1] in "DPAM":
        name = _TITLE.sub("", name, count=1) if _TITLE.match(name) else name
    if name[-1:] in "D.cAl":
        name = _DEGREES.sub("", name)
    if not (name.isascii() and name[-1:].isalpha() and name[:1].isalpha()):
        name = _FOOTNOTE.sub("", _LOOSE_NUMBERS.sub(r"\1", _MARKS.sub("", name))).strip() or name
        name = name[:-2] if name.endswith(" .") and len(name) > 2 else name
    if "- " in name or " -" in name:
        name = _LOOSE_HYPHEN.sub("-", name)
    return _natural_order(name) if "," in name else name


def _natural_order(name: str) -> str:
    """Put the given name of `Family, Given` first; what stands behind the comma of `Name, Organisation` stays there.

    >>> _natural_order("Lee, Ann Q."), _natural_order("Roe, Cy, III"), _natural_order("Ann Lee, MIT")
    ('Ann Q. Lee', 'Cy Roe, III', 'Ann Lee, MIT')
    """
    parts = [stripped for part in name.split(",") if (stripped := part.strip())]
    suffixes = [part for part in parts[1:] if _WHOLE_SUFFIX.fullmatch(part)]
    parts = [part for part in parts if part not in suffixes]
    if len(parts) == 2 and parts[0] == "Team":
        return f"{parts[1]} Team"
    if len(parts) != 2 or len(suffixes) > 1 or not all(_is_part_of_name(part) for part in parts):
        return name
    if len(parts[1]) > 2 and parts[1].isupper() and "." not in parts[1] and not parts[0].isupper():
        return name
    return ", ".join([f"{parts[1]} {parts[0]}", *suffixes])


def _is_part_of_name(text: str) -> bool:
    """Return whether a text may be somebody's given or family names, and names no organisation."""
    words = text.split()
    return len(words) <= 5 and all(
        _NAME_WORD.match(word.strip('()"“”')) and word.casefold() not in _ORGANISATION_WORDS for word in words
    )


def name_form(name: str) -> str:
    """Return what two spellings of a person's name share: mended, without accents, case and punctuation.

    >>> name_form("Ann-Marie O’NEIL"), name_form("Łucja Sørensen"), name_form("J. Doe"), name_form("王芳")
    ('ann marie o neil', 'lucja sorensen', 'j doe', '王芳')
    >>> name_form("Roe, Cy") == name_form("Cy Roe")
    True
    """
    if name.isascii() and name.replace(" ", "").isalpha() and "  " not in name:
        return (name if name[:2] not in _TITLE_STARTS and name[-3:] not in _DEGREE_ENDS else mend_name(name)).lower()
    mended = mend_name(name)
    if mended.isascii():
        form = mended.encode().translate(_ASCII_FORM).decode()
    else:
        folded = unicodedata.normalize("NFKD", mended).casefold().translate(_UNACCENTED)
        kept = (
            character if character.isalnum() or unicodedata.category(character)[0] == "M" else " "
            for character in unicodedata.normalize("NFKD", folded)
            if not "\u0300" <= character <= "\u036f"
        )
        form = unicodedata.normalize("NFC", "".join(kept))
    return " ".join(form.split()) or name.casefold()


def name_rank(name: str) -> tuple[bool, bool, int, int, int, str]:
    """Return a key by which `max` picks the best of several mended spellings of one name, whatever their order.

    >>> max(["Ann YU-LEE", "ann yu-lee", "Ann Yu-Lee", "Ann Yü-Lee"], key=name_rank)
    'Ann Yü-Lee'
    """
    words = name.replace("-", " ").split()
    shouted = any(len(word) > 2 and word.isupper() and "." not in word and word != "III" for word in words)
    shouted = shouted or words[-1:] == ["Iii"]
    capitalised = bool(words) and not words[0][0].islower() and not words[-1][0].islower()
    accents = 0 if name.isascii() else sum(letter > "\x7f" and letter.isalpha() for letter in name)
    return not shouted, capitalised, accents, len(name), len(_INNER_CAPITAL.findall(name)), name
