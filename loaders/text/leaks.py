"""Decodes characters that a page or an export leaked as codes: HTML entities and code points."""

import re
from html import unescape

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_CODE_POINT = re.compile(r"<U\+([0-9A-Fa-f]{4,6})>|\\u([0-9a-fA-F]{4})(?![0-9a-fA-F])")
_BARE_CODE_POINT = re.compile(r"\\?U\+([0-9A-F]{4})")


def decoded(text: str) -> str:
    r"""Return a text with its HTML entities and leaked code points as characters; an escaped entity is decoded twice.

    >>> decoded("R&amp;D of Ren&#233; &amp;lt; 5&nbsp;%"), decoded(r"Ren<U+00E9> and Ren\u00e9")
    ('R&D of René < 5\xa0%', 'René and René')
    >>> decoded("AT&T; R&D &unknown; <U+0041>")
    'AT&T; R&D &unknown; <U+0041>'
    """
    if "&" in text and ";" in text:
        text = _ENTITY.sub(_character_of_entity, _ENTITY.sub(_character_of_entity, text))
    if "<U+" in text or "\\u" in text:
        text = _CODE_POINT.sub(_letter, text)
    return text


def decoded_name(text: str) -> str:
    """Return a name with its entities and code points decoded, also code points that stand without brackets.

    >>> decoded_name("RenU+00E9 Roe")
    'René Roe'
    """
    text = decoded(text)
    return _BARE_CODE_POINT.sub(_letter, text) if "U+" in text else text


def _character_of_entity(found: re.Match[str]) -> str:
    return unescape(found.group())


def _letter(found: re.Match[str]) -> str:
    """Return the letter of a code point, or the code as it stands when it is no letter beyond ASCII."""
    code = int(found.group(found.lastindex or 0), 16)
    return chr(code) if 0x80 <= code <= 0x10FFFF and chr(code).isalpha() else found.group()
