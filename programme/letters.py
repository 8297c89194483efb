"""Names as they are looked for: in lower case, without accents and punctuation, in Python and in SQL alike."""

import unicodedata
from collections.abc import Iterator
from functools import cache

_ASCII = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)).ljust(256)
_UNACCENTED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ȷ": "j", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t"}
    | {"ŋ": "n", "ə": "e", "ʻ": " ", "ʼ": " ", "ʹ": " ", "ˈ": " "}
)
_IN_SQL = (*b"\t\n\r", *range(0x20, 0x7F), *range(0xA0, 0x2100), *range(0x3000, 0x3100), *range(0xFF00, 0xFF5F))
"""The characters that SQL folds: letters and signs of alphabets, and what Chinese and Japanese texts put between."""

_OF_SEVERAL = "æœþßำ"
"""Those that it replaces by several; each takes time, so rare ones are left as they are."""


def plain_name(name: str) -> str:
    """Return a name as it is looked for: in lower case, without accents on Latin letters, and of words alone.

    >>> plain_name("Ann-Marie O’NEIL"), plain_name("Łucja Sørensen"), plain_name("J. Doe"), plain_name("王芳")
    ('ann marie o neil', 'lucja sorensen', 'j doe', '王芳')
    """
    if name.isascii():
        return " ".join(name.encode().translate(_ASCII).decode().split())
    # Only Latin accents fall away: combining marks of other scripts are letters of their own (`が`, `か`).
    folded = unicodedata.normalize("NFKD", name).casefold().translate(_UNACCENTED)
    kept = (
        character if character.isalnum() or unicodedata.category(character)[0] == "M" else " "
        for character in unicodedata.normalize("NFKD", folded)
        if not "\u0300" <= character <= "\u036f"
    )
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def plain_names(name: str) -> list[str]:
    """Return what a name may be among plain names; after a comma stands what comes first.

    >>> plain_names("Éva MOSS"), plain_names("Moss, Éva"), plain_names("?")
    (['eva moss'], ['moss eva', 'eva moss'], [])
    """
    last, _, first = name.partition(",")
    return list(dict.fromkeys(filter(None, (plain_name(name), plain_name(f"{first} {last}")))))


@cache
def plain_name_sql(normalized: str) -> str:
    """Return SQL for `plain_name(words)`; `normalized` is what gives the words in normal form C.

    PostgreSQL and DuckDB both delete a character for which `translate` is given no other.
    """
    single = dict(sorted(_letters(), key=lambda pair: -len(pair[1])))
    # Drivers take a percent sign for a parameter.
    del single["%"]
    wanted, given = ("".join(texts).replace("'", "''") for texts in (single, single.values()))
    expression = f"translate(replace({normalized}, chr(37), ' '), '{wanted}', '{given}')"
    for letter in _OF_SEVERAL:
        expression = f"replace({expression}, '{letter}', '{plain_name(letter)}')"
    return f"trim(regexp_replace({expression}, ' +', ' ', 'g'))"


def _letters() -> Iterator[tuple[str, str]]:
    """Yield characters that are not plain, and the one that is, or that stands for several; or nothing."""
    several = {plain_name(letter): letter for letter in _OF_SEVERAL}
    for character in map(chr, _IN_SQL):
        plain = plain_name(f"x{character}x")[1:-1]
        plain = several.get(plain, plain)
        if plain != character and len(plain) < 2 and unicodedata.normalize("NFC", character) == character:
            yield character, plain
