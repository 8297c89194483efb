"""Cleans abstracts for display: whole words and paragraphs, no markup, URLs left as they are."""

from itertools import pairwise

from programme.loaders.text.cleaning import clean_characters, decode_escapes, remove_invisible
from programme.patterns import lazy_pattern

_PLAIN = bytes(range(32, 127)).translate(None, b"\\$`{~&<*")
"""The characters of a one-line text that no rule below concerns, or only next to another one."""

_MARKUP = ("\\", "$", "{", "**", "``", "~")
_BREAKS = {"\r\n": "\n", "\r": "\n", "\x0b": "\n", "\x0c": "\n\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"}
_PARAGRAPHS = lazy_pattern(r"\n[ \t\xa0]*\n\s*")
_ITEM = lazy_pattern(r"[-*•–] |\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])[.)] ")
_DOUBLED = lazy_pattern('""+')
_SET_OFF = lazy_pattern(r"\n(?:[ \t]|[-*•–(\d]|[ivxa-h][.)])")
_SENTENCE_END = lazy_pattern(r"[.!?:;][)\"'”’*]*$")
_MAX_WRAPPED_LENGTH = 120
"""A longer line was not wrapped by an editor, so its end is the end of a paragraph."""


def clean_abstract(raw: str) -> str:
    r"""Return an abstract for display; a blank line separates its paragraphs.

    >>> clean_abstract("We study R\\'enyi ﬁelds of Leal-TaixĂ©,\r\nwith $60\\%$ less repre-\nsentation.")
    'We study Rényi fields of Leal-Taixé, with 60% less representation.'
    >>> clean_abstract("One &amp; two.\n\nThree: https://example.org/a_b~c%20d.")
    'One & two.\n\nThree: https://example.org/a_b~c%20d.'
    """
    # The common case, and the reason why the rules below are imported only where they are needed.
    if not (raw.encode(errors="replace").translate(None, _PLAIN) or _is_odd(raw)):
        return raw
    text = _unquoted(raw.strip())
    if "&" in text or "<U+" in text or "\\u" in text:
        text = decode_escapes(text)
    if not text.isascii():
        text = clean_characters(text)
    text = _laid_out(text)
    if "- " in text or "-\n" in text:
        from programme.loaders.text.hyphens import join_broken_words

        text = join_broken_words(text)
    if _is_marked(text):
        from programme.loaders.text.markup import strip_markup

        text = "\n\n".join(filter(None, map(strip_markup, text.split("\n\n"))))
    return text


def _is_marked(text: str) -> bool:
    """Return whether the text may hold LaTeX, Markdown or HTML markup."""
    return any(mark in text for mark in _MARKUP) or ("<" in text and ("</" in text or "/>" in text or "<br" in text))


def _is_odd(text: str) -> bool:
    """Return whether blanks, hyphens or quotes of a plain one-line text may have to be cleaned."""
    return "  " in text or "- " in text or text[:1] in ' "' or text[-1:] == " "


def _unquoted(text: str) -> str:
    """Return a text without the pair of quotes that a CSV export left around it; quotes doubled inside become one."""
    if len(text) > 1 and text[0] == text[-1] == '"' and '"' not in text[1:-1].replace('""', ""):
        return _DOUBLED.sub('"', text[1:-1]).strip()
    return text


def _laid_out(text: str) -> str:
    r"""Return a text with wrapped lines joined, a blank line between paragraphs, and single spaces.

    A paragraph begins after a blank line; after a line that ends a sentence and is too long to have been wrapped; and
    at an indented line or a list item that follows the end of a sentence.

    >>> _laid_out("One\n two.\n\nThree  four:\n- five")
    'One two.\n\nThree four:\n\n- five'
    """
    if text.isprintable():
        return _one_line(text) if "  " in text else text
    for line_break, plain in _BREAKS.items():
        if line_break in text:
            text = text.replace(line_break, plain)
    paragraphs = [part for block in _PARAGRAPHS.split(text) for part in _split_paragraphs(block)]
    return "\n\n".join(cleaned for paragraph in paragraphs if (cleaned := _one_line(paragraph)))


def _one_line(paragraph: str) -> str:
    """Return a paragraph in one line, with single spaces and no invisible characters."""
    paragraph = " ".join(paragraph.split())
    return paragraph if paragraph.isprintable() else " ".join(remove_invisible(paragraph).split())


def _split_paragraphs(block: str) -> list[str]:
    """Return the paragraphs in lines that have no blank line between them."""
    lines = block.split("\n")
    if "-\n" in block or "- \n" in block:
        from programme.loaders.text.hyphens import join_broken_words

        lines = join_broken_words(block).split("\n")
    if max(map(len, lines)) <= _MAX_WRAPPED_LENGTH and not _SET_OFF.search(block):
        return [" ".join(lines)]
    paragraphs = [lines[0].strip()]
    for before, line in pairwise(lines):
        bare = line.strip()
        is_item = _ITEM.match(bare) is not None
        ends = _SENTENCE_END.search(before.rstrip()) is not None or (is_item and _ITEM.match(paragraphs[-1]))
        if ends and (is_item or (bare[:1].isupper() and (len(before) > _MAX_WRAPPED_LENGTH or line[:1] in " \t"))):
            paragraphs.append(bare)
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {bare}"
    return paragraphs
