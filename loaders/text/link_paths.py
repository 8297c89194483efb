"""Reads the path of a printed URL, which may be wrapped, hyphenated, escaped or followed by punctuation."""

import re
from typing import NamedTuple

from programme.patterns import lazy_pattern

_PIECE = lazy_pattern(
    r"(?:[A-Za-z0-9._-]|[–‐‑−](?=[A-Za-z0-9])|\\[_\-#]|\{\\_\}|\$\\?_\$|\\textunderscore(?:\{\}|[ ](?=[a-z0-9])|\b))+",
    re.IGNORECASE,
)
_PLAIN = lazy_pattern(
    r"/([A-Za-z0-9][A-Za-z0-9-]*)/([A-Za-z0-9_-]*[A-Za-z0-9])(?![\w\-/\\{$?#:–‐‑−])(?!\.[\w\\-])(?!\s[/_])", re.ASCII
)
_GAP = lazy_pattern(r"\s{1,3}")
_FIRST_SLASH = lazy_pattern(r"(?:\s?|[.:])/+(?=\s{0,3}[A-Za-z0-9._\\{-])")
_SLASH = lazy_pattern(r"/+")
_SPACED_SLASH = lazy_pattern(r"\s/\s?(?=[\w.])", re.ASCII)
_REST_OF_OWNER = lazy_pattern(r"\s{1,3}[A-Za-z0-9-]{1,40}/(?=[A-Za-z0-9._-])")
_SUBPAGE = lazy_pattern(r"/(?:tree|blob|releases?|issues|wiki|raw|archive|src|-)\b|/+(?!\w)")
_SHELL = lazy_pattern(r":(?=[A-Za-z0-9][\w-]*/[\w.-])", re.ASCII)
_TAIL = lazy_pattern(r"(?:\?[\w=&%.+-]*)?(?:\\?#[\w.:%/-]*)?")
_ESCAPE = lazy_pattern(r"\{?\\([_\-#&%~])\}?")
_UNDERSCORE = lazy_pattern(r"\$\\?_\$|\\textunderscore(?:\{\}|[ ])?")
_NEXT_SENTENCE = lazy_pattern(r"(?<=[A-Za-z0-9])\.(?:[A-Z][a-z]+|A|I)$")
_SURE_SENTENCE = lazy_pattern(r"(?<=[A-Za-z0-9])\.(?:We|Our|The|This|These|In|It|To|Code|Keywords|Index|CCS)$")
_NEXT_LINK = lazy_pattern(r"(?<=.)https?$")
_COINED = lazy_pattern(r"[-_\d]|[a-z][A-Z]|[A-Z]{2}")
_COMMON = (
    "a and are as at by for from in is of on or our the to under upon we which with where soon publicly repository"
)
_COMMON_WORDS = frozenset(_COMMON.split())
_PLAIN_URL = lazy_pattern(r"(?:[^\s<>\"{}|\\^`\[\]…”’«»]|\\[_#%&~]|\{\\_\})*")


class RepositoryPath(NamedTuple):
    """The segments of a repository's path, where it ends in the text, and whether spaces inside were removed."""

    segments: tuple[str, ...]
    end: int
    cleaned: bool


def read_repository_path(text: str, position: int) -> RepositoryPath:
    r"""Return the path that begins at a position, just after the host.

    >>> read_repository_path("/lab/my\\_tool.git).", 0)
    RepositoryPath(segments=('lab', 'my_tool.git'), end=17, cleaned=False)
    >>> read_repository_path("/ lab/Long- Name. We show", 0)
    RepositoryPath(segments=('lab', 'Long-Name'), end=16, cleaned=True)
    >>> read_repository_path("/ LANTERN- LAB/slowmaps.", 0).segments
    ('LANTERN-LAB', 'slowmaps')
    """
    plain = _PLAIN.match(text, position)  # the common case: an undamaged owner/name
    if plain is not None:
        return RepositoryPath(plain.groups(), plain.end(), False)
    segments: list[str] = []
    end = position
    cleaned = False
    slash = _FIRST_SLASH.match(text, position) or _SHELL.match(text, position)
    while slash is not None:
        begins = slash.end()
        gap = _GAP.match(text, begins)
        if gap is not None:
            begins = gap.end()
            # `datasets/` and `spaces/` come before the owner, so a repository there has one segment more.
            if not _continues(text, begins, len(segments) - (segments[:1] in (["datasets"], ["spaces"]))):
                break
        piece, stop, joined = _piece(text, begins)
        cleaned = cleaned or gap is not None or joined
        if not piece:
            break
        segments.append(piece)
        end = stop
        slash = _SLASH.match(text, stop)
        if slash is None and len(segments) == 1 and (slash := _SPACED_SLASH.match(text, stop)):
            if not _continues(text, slash.end(), 1):
                break
            cleaned = True
    tail = _TAIL.match(text, end)
    if segments and tail is not None:
        end += len(tail.group().rstrip(".,:?#/\\"))
    return RepositoryPath(tuple(segments), end, cleaned)


def _continues(text: str, begins: int, depth: int) -> bool:
    """Return whether a path interrupted by a space continues: only if its name is missing and one follows."""
    piece = _PIECE.match(text, begins)
    if piece is None or depth > 1:
        return False
    if depth <= 0:
        if piece.group().endswith("-") and _REST_OF_OWNER.match(text, piece.end()):
            return True
        return text.startswith("/", piece.end()) or _SPACED_SLASH.match(text, piece.end()) is not None
    return _is_name(text, piece, is_after_slash=True)


def _is_name(text: str, piece: re.Match[str], *, is_after_slash: bool = False, is_new_line: bool = False) -> bool:
    """Return whether the piece after a space is the rest of a name (`my_ tool-x`) rather than the next word."""
    word = piece.group().rstrip(".")
    if not word or word.lower() in _COMMON_WORDS:
        return False
    following = text[piece.end() : piece.end() + 1]
    if following == "/":
        return not is_after_slash or _SUBPAGE.match(text, piece.end()) is not None
    if _COINED.search(word) or piece.group().endswith(".") or not following or following in ")]}>\"',;:?#":
        return True
    return is_new_line or text[piece.end() : piece.end() + 2] in (" .", " ,", " ;", " _")


def _piece(text: str, begins: int) -> tuple[str, int, bool]:
    """Read one segment; return its clean text, its end, and whether it was joined across a break."""
    match = _PIECE.match(text, begins)
    if match is None:
        return "", begins, False
    parts, end, joined = [match.group()], match.end(), False
    while text[end - 1] in "-_–" or text.startswith((" _", "\n_"), end):
        gap = _GAP.match(text, end)
        more = _PIECE.match(text, gap.end()) if gap else None
        if gap is None or more is None or not _is_name(text, more, is_new_line="\n" in gap.group()):
            break
        parts.append(more.group())
        end, joined = more.end(), True
    printed = "".join(parts)
    # `tool.In this work`: the next sentence, without the space before it. `toolhttps://…`: the next link.
    kept = _SURE_SENTENCE.sub("", printed.rstrip(".")).rstrip("-.")
    if text[end : end + 1].isspace() and text[end + 1 : end + 2].islower():
        kept = _NEXT_SENTENCE.sub("", kept)
    if text.startswith(":", end):
        kept = _NEXT_LINK.sub("", kept)
    end -= len(printed) - len(kept)
    return re.sub("[–‐‑−]", "-", _ESCAPE.sub(r"\1", _UNDERSCORE.sub("_", kept))), end, joined


def read_url_rest(text: str, position: int) -> tuple[str, int]:
    r"""Return the rest of any other URL after its host, unescaped, and where it ends in the text.

    >>> read_url_rest("/a\\_b/c(d)).", 0)
    ('/a_b/c(d)', 10)
    """
    if not text.startswith(("/", "?", "#", ":"), position):
        return "", position
    match = _PLAIN_URL.match(text, position)
    printed = match.group() if match else ""
    unmatched, end = printed.count(")") - printed.count("("), len(printed)
    while end and (printed[end - 1] in ".,;:!?'*" or (printed[end - 1] == ")" and unmatched > 0)):
        end -= 1
        unmatched -= printed[end] == ")"
    return _ESCAPE.sub(r"\1", printed[:end]), position + end
