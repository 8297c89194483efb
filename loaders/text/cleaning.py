"""Cleans text: wrong decoding, entities, loose accents, ligatures and invisible characters."""

import re
import sys
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib import import_module
from types import ModuleType

from programme.patterns import lazy_pattern

_INVISIBLE = lazy_pattern(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_WORD = lazy_pattern(r"\S+")
_MISREAD_AS = ("cp1252", "cp1250")
"""With the control characters that cp1252 has no letters for, it covers Latin-1."""
_LIGATURES = tuple(map(chr, range(0xFB00, 0xFB07)))
_LIGATURE = lazy_pattern("[\ufb00-\ufb06]")
_ACCENT_MARKS = {
    "´": "\u0301", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "˝": "\u030b", "ˇ": "\u030c", "˘": "\u0306",
    "\u0301": "\u0301", "\u0308": "\u0308",
}  # fmt: skip
_LOOSE_MARKS = "´¨ˆ˜˝ˇ˘ı"
_LOOSE_ACCENT = lazy_pattern("´(?=[aeiouyıAEIOUYÎ])[^\\W\\d_]|[¨ˆ˜˝ˇ˘][^\\W\\d_]|[aeiou]´(?!\\w)|ı[\u0301\u0308]")
_LOST_I = lazy_pattern("(?<=[a-zß-ÿ])Ã(?=[a-z])")
_ENTITY = lazy_pattern(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_CODE_POINT = lazy_pattern(r"<U\+([0-9A-Fa-f]{4,6})>|\\u([0-9a-fA-F]{4})")
_BARE_CODE_POINT = lazy_pattern(r"\\?U\+([0-9A-F]{4})")


def clean(text: str) -> str:
    r"""Return the text with its characters repaired, no invisible ones, and single spaces.

    >>> clean("Leal-TaixĂ©"), clean("DaumÃ©")
    ('Leal-Taixé', 'Daumé')
    >>> clean("  two\n lines,\u200b one soft\u00adhyphen ")
    'two lines, one softhyphen'
    >>> clean("“Curly” quotes stay – as do Łukasz and Bjørn")
    '“Curly” quotes stay – as do Łukasz and Bjørn'
    """
    if not text.isascii():
        text = clean_characters(text)
    if text.isprintable() and "  " not in text:
        return text.strip()
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(_INVISIBLE.sub("", text).split())


def clean_characters(text: str) -> str:
    r"""Repair misread UTF-8, accents beside their letters, and ligatures; compose characters (NFC).

    >>> clean_characters("DaumÃ©, Fr´echet, na¨ıve, ﬁne")
    'Daumé, Fréchet, naïve, fine'
    """
    if not text.isascii():
        if _may_be_misread(text):
            if _misread().search(text):
                text = _restored(text)
            if "Ã" in text:
                text = _LOST_I.sub("í", text)
        if any(mark in text for mark in _LOOSE_MARKS):
            text = _LOOSE_ACCENT.sub(_composed, text)
        if any(ligature in text for ligature in _LIGATURES):
            text = _LIGATURE.sub(lambda ligature: unicodedata.normalize("NFKC", ligature.group()), text)
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
    return text


def remove_invisible(text: str) -> str:
    r"""Return the text without invisible characters, such as soft hyphens and zero-width spaces.

    >>> remove_invisible("soft\u00adhyphen")
    'softhyphen'
    """
    return _INVISIBLE.sub("", text)


def decode_escapes(text: str) -> str:
    r"""Decode HTML entities, also doubly escaped ones, and code points that an export left as `<U+00E9>` or `\\u00e9`.

    >>> decode_escapes("R&amp;D of Ren&#233; &amp;lt; 5&nbsp;%"), decode_escapes(r"Ren<U+00E9> and Ren\u00e9")
    ('R&D of René < 5\xa0%', 'René and René')
    >>> decode_escapes("AT&T; R&D &unknown; <U+0041>")
    'AT&T; R&D &unknown; <U+0041>'
    """
    if "&" in text and ";" in text:
        text = _ENTITY.sub(_character_of_entity, _ENTITY.sub(_character_of_entity, text))
    if "<U+" in text or "\\u" in text:
        text = _CODE_POINT.sub(_letter, text)
    return text


def decode_name_escapes(text: str) -> str:
    """Decode a name as `decode_escapes` does, and code points without brackets, as one export of names leaves them.

    >>> decode_name_escapes("RenU+00E9 Roe")
    'René Roe'
    """
    text = decode_escapes(text)
    return _BARE_CODE_POINT.sub(_letter, text) if "U+" in text else text


def clean_tex(text: str) -> str:
    r"""Return a text cleaned, with its LaTeX as Unicode; the LaTeX rules are imported only for text that has some.

    >>> clean_tex(r"R\'enyi  nets")
    'Rényi nets'
    """
    if "\\" in text or "{" in text or "$" in text:
        from programme.loaders.text.latex import unlatex

        text = unlatex(text)
    return clean(text)


def _may_be_misread(text: str) -> bool:
    """Return whether the text has two adjacent non-ASCII characters or a lone `Ã` or `Â`, as misread UTF-8 has."""
    return b"??" in text.encode("ascii", "replace") or "Ã" in text or "Â " in text


@cache
def _misread() -> re.Pattern[str]:
    """Return a pattern that finds UTF-8 decoded as one of the usual one-byte encodings.

    Every repairable text holds such a pair or triple, so text without one need not go through ftfy (6 MB/s).
    """
    forms = []
    for encoding in _MISREAD_AS:
        lead_of_two, lead_of_three, lead_of_four, following = (
            "[" + re.escape(bytes(codes).decode(encoding, "ignore")) + extra + "]"
            for codes, extra in (
                (range(0xC2, 0xE0), ""),
                (range(0xE0, 0xF0), ""),
                (range(0xF0, 0xF5), ""),
                (range(0x80, 0xC0), r"\x80-\x9f"),
            )
        )
        forms += [lead_of_two + following, lead_of_three + following * 2, lead_of_four + following * 3]
    return re.compile("|".join([*forms, "[ÃÂ] "]))


def _composed(found: re.Match[str]) -> str:
    """Compose a letter with the accent beside it; leave both when Unicode has no such letter."""
    mark, letter = sorted(found.group(), key=lambda character: character not in _ACCENT_MARKS)
    letter = "i" if letter == "ı" else letter
    composed = unicodedata.normalize("NFC", letter + _ACCENT_MARKS[mark])
    return composed if len(composed) == 1 else found.group()


@cache
def _ftfy() -> Callable[[str], str]:
    """Return `ftfy.fix_encoding`.

    ftfy imports wcwidth, with which it aligns text in terminals. That takes longer than the rest of it, a tenth of the
    time to load one page, so wcwidth is imported when it is called, which nothing here does.
    """
    later = ModuleType("wcwidth")
    for name in ("wcswidth", "wcwidth"):
        setattr(later, name, lambda *given, name=name: getattr(import_module("wcwidth"), name)(*given))
    replaced = sys.modules.setdefault("wcwidth", later)
    try:
        from ftfy import fix_encoding
    finally:
        if replaced is later:
            del sys.modules["wcwidth"]
    return fix_encoding


def _restored(text: str) -> str:
    """Repair misread text as a whole; where its parts were misread differently or not at all, word by word."""
    fix_encoding = _ftfy()
    restored = fix_encoding(text)
    if _misread().search(restored):
        restored = _WORD.sub(lambda word: _central_european(fix_encoding(word.group())), restored)
        restored = _misread_surely().sub(_decoded, restored)
    return restored


def _decoded(found: re.Match[str]) -> str:
    """Return the character whose UTF-8 bytes the match shows as Windows-1252 or -1250; the match if it is no UTF-8."""
    for encoding in _MISREAD_AS:
        try:
            return found.group().encode(encoding).decode()
        except UnicodeError:
            continue
    return found.group()


@cache
def _misread_surely() -> re.Pattern[str]:
    """Return a pattern for misread text that ftfy may leave and no word contains.

    That is a capital and a sign, letters of two alphabets, or a sign whose three UTF-8 bytes (E2 …) were decoded as
    Windows-1252. A dash or a quotation mark after a capital may be correct, so they are left out.
    """
    following = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")
    both = {*following, *bytes(range(0x80, 0xC0)).decode("cp1250", "ignore")}
    signs = "".join(sorted(c for c in both if not c.isalpha() and c not in "–—‘’“”„‚…\xa0\xad"))
    three = f"(?:â[{re.escape(following)}]|á[º»](?=.\\w))[{re.escape(following)}]"
    return re.compile(
        f"{three}|[ÂÃÄÅÎÏĂĹĎ][{re.escape(signs)}]|Î[łąľĽŁ]|[ÎÏĎ]„|[ÄÅ][ŠŒŽšœžŸ]|[ÅĹ]\xa0(?=[a-z])|(?<=\\d)Ă—"
    )


def _central_european(word: str) -> str:
    """Repair letters decoded as Windows-1250 that ftfy takes for letters of a name, as in `MĂĽller`."""
    if word.isupper():  # in capitals such a pair may be two letters of the name
        return word
    return _misread_letter().sub(lambda pair: pair.group().encode("cp1250").decode(), word)


@cache
def _misread_letter() -> re.Pattern[str]:
    """Return a pattern for an accented Latin letter (UTF-8 bytes C3 to C5 and one more) decoded as Windows-1250."""
    return re.compile("[ĂÄĹ][" + re.escape(bytes(range(0x80, 0xC0)).decode("cp1250", "ignore")) + "]")


def _character_of_entity(found: re.Match[str]) -> str:
    from html import unescape  # slow to import, with its table of entities, for few texts

    return unescape(found.group())


def _letter(found: re.Match[str]) -> str:
    """Return the letter of a code point; one that is no letter beyond ASCII stays, as it may be meant literally."""
    code = int(found.group(found.lastindex or 0), 16)
    return chr(code) if 0x80 <= code <= 0x10FFFF and chr(code).isalpha() else found.group()
