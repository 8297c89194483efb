"""Strips LaTeX, Markdown and HTML markup from running text; URLs stay as they are."""

import re

from programme.loaders.text.latex import unlatex
from programme.patterns import lazy_pattern

_URL = lazy_pattern(r"(?:https?://|www\.)(?:[^\s{}<>$\"\\`|]|\\[_%#&~$])+(?<![.,;:!?])")
_ESCAPED = lazy_pattern(r"\\([_%#&~$])")
_NESTED = r"((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)"
_HREF = lazy_pattern(r"\\href\s*\{([^{}]*)\}\s*\{" + _NESTED + r"\}|(\ue010\d+\ue011)\{" + _NESTED + r"\}")
_URL_COMMAND = lazy_pattern(r"\\?\burl\s*\{\s*+([^{}]*)\}")
_FOOTNOTE = lazy_pattern(r"(?<![\s~])[\s~]*+\\(?:footnote|thanks|footnotetext)\s*(?:\[\d+\])?\{\s*+" + _NESTED + r"\}")
_CITATION = lazy_pattern(r"\\(?:cite[a-z]*|[cC]ref|eqref|ref|autoref)\*?\s*(?:\[[^\]]{0,200}\]\s*)*+\{([^{}]*)\}")
_ENVIRONMENT = lazy_pattern(
    r"\\(?:begin|end)\s*\{(?:itemize|enumerate|abstract|center|quote|description)\*?\}(?:\[[^\]]{0,200}\])?"
)
_DROPPED = lazy_pattern(
    r"\\(?:label|vspace|hspace|color)\*?\s*\{[^{}]*\}|\\(?:noindent|par|newline|centering|footnotemark)\b\s?"
)
_SWITCH = lazy_pattern(r"\\(?:em|it|bf|tt|sc|sl|rm|sf)(?![A-Za-z])\s*")
_TIE = lazy_pattern(
    r"\$[^$]*\$|(?<=[\w.,;:)\]}])(?<!\bO)~(?=[^\W\d](?!\()|[\\(\[$])|(?<=[^\W\d]|\.)~(?=\d+(?:[^\w~%]|$))"
    r"|(?<=\s)~(?=[\s\\\ue010])|(?<=[a-z])~(?=\ue010)"
)
_QUOTED = lazy_pattern(r"``((?:(?!``|'').){1,300}?)(?:''|(?<=\S)\"(?!\w))")
_BOLD_CAPITALS = lazy_pattern(r"(?<=[a-z])\*\*([A-Z]+)\*\*")
_BOLD = lazy_pattern(r"(?<![A-Za-z0-9)*])(\*{2,3})(?=[^\s*])((?:(?!\*\*).)+?)(?<=[^\s*])\1(?!\*)")
_ANCHOR = lazy_pattern(
    r"<a\b(?=[^<>]*>)(?>[^<>]*?\bhref\s*+=\s*+[\"']?([^\"'<>\s]++)[\"']?[^<>]*+>)((?:(?!<a\b).)*?)</a\s*+>",
    re.IGNORECASE,
)
_BREAK = lazy_pattern(r"<(?:br|p|/p|li|/li|ul|/ul|div|/div)\s*/?>", re.IGNORECASE)
_TAG = lazy_pattern(r"</?(?:b|i|u|em|strong|sub|sup|span|tt|code|small|font|jats:\w+)(?:\s[^<>]*)?>", re.IGNORECASE)
_URL_IN_BRACKETS = lazy_pattern(r"(?<=\S) \((?=https?://(\S{1,2000}))")
_BRACKET = lazy_pattern(r"\)")
_KEPT, _END = "\ue010", "\ue011"
_BACK = lazy_pattern(_KEPT + r"(\d+)" + _END)


def strip_markup(text: str) -> str:
    r"""Return a paragraph without markup; the URL of a linked word follows it in parentheses.

    >>> strip_markup(r"{\em Fast} \textsc{Net}~(FN) with ``ties''\footnote{See \url{https://x.org/a\_b}.}")
    'Fast Net (FN) with “ties” (See https://x.org/a_b.)'
    >>> strip_markup(r"\href{https://x.org/~a}{Code} and **data**, 5~10 or ~50\% \cite{roe2020}")
    'Code (https://x.org/~a) and data, 5~10 or ~50% [roe2020]'
    """
    # URLs wait in a dictionary, a number between private-use characters in their place, out of reach of the rules.
    kept: dict[str, int] = {}

    def replace_url(found: re.Match[str]) -> str:
        url = _ESCAPED.sub(r"\1", found.group())
        return f"{_KEPT}{kept.setdefault(url, len(kept))}{_END}"

    text = text.replace(_KEPT, "").replace(_END, "")
    if "<" in text:
        text = _ANCHOR.sub(r"\2 (\1)", text)
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if "://" in text or "www." in text:
        text = _URL.sub(replace_url, text)
    text = _without_latex(text)
    if "**" in text:
        text = _BOLD.sub(r"\2", _BOLD_CAPITALS.sub(r"\1", text))
    text = " ".join(text.split())
    urls = list(kept)
    text = _BACK.sub(lambda found: urls[int(found.group(1))], text) if kept else text
    return _shown_once(text) if kept else text


def _shown_once(text: str) -> str:
    """Return a text without the words that are repeated as a URL in brackets.

    >>> _shown_once("see x.org/a (https://www.x.org/a/)")
    'see https://www.x.org/a/'
    """
    parts: list[str] = []
    done = 0
    for found in _URL_IN_BRACKETS.finditer(text):
        repeats = [
            (start, found.start(1) + end)
            for end in (bracket.start() for bracket in _BRACKET.finditer(found[1]))
            if (start := _repeated(text, done, found.start(), found[1][:end])) is not None
        ]
        if repeats:
            start, end = min(repeats)
            parts += [text[done:start], text[found.start() + 2 : end]]
            done = end + 1
    return "".join(parts) + text[done:]


def _repeated(text: str, start: int, end: int, url: str) -> int | None:
    """Return where the words begin that end a part of a text and are a URL, but for `www.` and a slash at the end."""
    ends = (end, end - 1) if text[end - 1] == "/" else (end,)
    shown = {url, url.removesuffix("/"), url.removeprefix("www."), url.removeprefix("www.").removesuffix("/")}
    return min(
        (stop - len(one) for one in shown for stop in ends if len(one) >= 6 and text.endswith(one, start, stop)),
        default=None,
    )


def _without_latex(text: str) -> str:
    """Strip the LaTeX that only abstracts have (footnotes, citations, environments), then all other."""
    if "~" in text:
        text = _TIE.sub(lambda found: found.group() if found.group()[0] == "$" else " ", text)
    if "{" in text:
        if "url{" in text or "url " in text:
            text = _URL_COMMAND.sub(lambda found: found[1].rstrip(), text)
        if "\\href" in text or _END + "{" in text:
            text = _HREF.sub(_linked, text)
    if "\\" in text:
        if "\\foot" in text or "\\thanks" in text:
            text = _FOOTNOTE.sub(r" (\1)", text)
        if "\\cite" in text or "ref" in text:
            text = _CITATION.sub(r"[\1]", text)
        text = _DROPPED.sub("", _ENVIRONMENT.sub(" ", text))
    text = unlatex(text)
    if "\\" in text:
        text = _SWITCH.sub("", text)
    if "``" in text:
        text = _QUOTED.sub(r"“\1”", text)
    return text


def _linked(found: re.Match[str]) -> str:
    """Return a linked text with its URL, or the URL alone if the text is the same or empty."""
    url, text = (found.group(1) or found.group(3)).strip(), (found.group(2) or found.group(4) or "").strip()
    if text.rstrip(".") == url:
        return text
    return f"{text} ({url})" if text else url
