"""Names of people: splitting bylines, mending, and the form that decides whether two names are one person's."""

import re
import unicodedata

from loaders.text.mending import mend_tex

_DOTS = re.compile(r"\s+[·⋅•∙](?:\s+|$)|^[·⋅•∙]\s+|[·⋅•∙]\s+")
_SUFFIX = r"(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D)\b"
_LISTED = re.compile(rf"\s*,(?!\s*{_SUFFIX})\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+")
_WHOLE_SUFFIX = re.compile(_SUFFIX + r"\.?", re.IGNORECASE)
_FAMILY_FIRST = re.compile(r"(?:[a-z]{1,5}\s+)*[^\s,]+\s*,\s+(?!" + _SUFFIX + r")[^\s,][^,]*")
_FOOTNOTE = re.compile(r"(?<=[^\W\d_])[\d*†‡§¶‖#✉⁰¹²³⁴⁵⁶⁷⁸⁹₀-₉,]+$|[*†‡§¶‖✉⁰¹²³⁴-⁹,;]+$|^[*†‡§¶‖✉,;]+")
_PLAIN_NAME = re.compile(r"[A-Za-z]+\.?(?:[ -][A-Za-z]+\.?)*(?<!\.)")
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
    >>> split_byline("Lee, Ann and van Roe, Cy")
    ('Lee, Ann', 'van Roe, Cy')
    """
    if "\n" in text or "\r" in text:
        text = " ".join(text.split())
    dots = text.count("·") + text.count("⋅")
    if dots or "•" in text or "∙" in text:
        names = text.split(" ⋅ " if "⋅" in text else " · ")
        if len(names) != dots + 1:
            names = _DOTS.split(text)
        if len(names) > 1:
            return tuple([stripped for name in names if (stripped := name.strip())])
    for separator in ";|":
        if separator in text:
            return tuple(stripped for name in text.split(separator) if (stripped := name.strip()))
    if "," in text and " and " in text:
        names = [name.strip() for name in text.split(" and ")]
        if all(_FAMILY_FIRST.fullmatch(name) for name in names):
            return tuple(names)
    if "," in text or " and " in text or " & " in text:
        return tuple(stripped for name in _LISTED.split(text) if (stripped := name.strip().rstrip(",")))
    stripped = text.strip()
    return (stripped,) if stripped else ()


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
        return _looks_like_name(names[0])
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
    >>> mend_name("van Roe, Cy"), mend_name("Wu, Jr., Bo"), mend_name("Bo Wu, Jr.")
    ('Cy van Roe', 'Bo Wu, Jr.', 'Bo Wu, Jr.')
    """
    if _PLAIN_NAME.fullmatch(raw):
        return raw
    name = mend_tex(raw)
    if not (name.isascii() and name[-1:].isalpha() and name[0].isalpha()):
        name = _FOOTNOTE.sub("", name).strip() or name
    return _natural_order(name) if "," in name else name


def _natural_order(name: str) -> str:
    """Put the given name of `Family, Given` first; what stands behind the comma of `Name, Organisation` stays there.

    >>> _natural_order("Lee, Ann Q."), _natural_order("Roe, Cy, III"), _natural_order("Ann Lee, MIT")
    ('Ann Q. Lee', 'Cy Roe, III', 'Ann Lee, MIT')
    """
    parts = [stripped for part in name.split(",") if (stripped := part.strip())]
    suffixes = [part for part in parts[1:] if _WHOLE_SUFFIX.fullmatch(part)]
    parts = [part for part in parts if part not in suffixes]
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
        return name.lower()
    if "," in name:
        name = mend_name(name)
    if name.isascii() and "\\" not in name and "$" not in name:
        form = name.encode().translate(_ASCII_FORM).decode()
    else:
        folded = unicodedata.normalize("NFKD", mend_name(name)).casefold().translate(_UNACCENTED)
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
    shouted = any(len(word) > 2 and word.isupper() and "." not in word for word in words)
    capitalised = bool(words) and not words[0][0].islower() and not words[-1][0].islower()
    accents = 0 if name.isascii() else sum(letter > "\x7f" and letter.isalpha() for letter in name)
    return not shouted, capitalised, accents, len(name), len(_INNER_CAPITAL.findall(name)), name
