"""Finds the links in a text: repositories, also damaged ones, project pages, videos, datasets and others.

A general linkifier is ten times slower and finds no broken links, but abstracts wrap, hyphenate and mistype theirs. The
search goes from slash to slash, since almost every link has one, and looks for a scheme or host before it.
"""

import re
from collections import deque
from itertools import islice
from typing import NamedTuple

from programme.loaders.text.link_hosts import canonical_host, is_repository_host, page_at, repository_at
from programme.loaders.text.link_paths import read_repository_path, read_url_rest
from programme.loaders.text.link_roles import role_of
from programme.patterns import lazy_pattern

_ANCHOR = lazy_pattern(
    r"http|www\.|git ?hub|gitlab|huggingface|hf\.co|4open|bitbucket|codeberg|gitee|code\.google|sourceforge|youtu"
    r"|goo\.gl|bit\.ly|tinyurl|sites\.google|doi\.org|zenodo"
)
_WITHOUT_PATH = lazy_pattern(r"www\.|(?<=\.)github\.io")
_REACH = 60
"""How far before a slash a scheme or a host may begin."""

_SCHEME = lazy_pattern(r"(?:https?\s?:\s?/\s?/+\s{0,2}|https?\s?:/\s?(?=\w))", re.IGNORECASE)
_KNOWN_HOST = lazy_pattern(
    r"(?:www\s?\.\s?|raw\.|gist\.)?(?:git\s?hub(?:usercontent)?|gitlab|bitbucket|hugging\s?face|codeberg|gitee)"
    r"\s?[.,。]?\s?(?:com|org|co)(?![\w-]|\.\w)|(?:www\.)?hf\.co(?![\w-]|\.\w)"
    r"|(?:anonymous\s?\.\s?)?4open\s?\.\s?science(?![\w-])",
    re.IGNORECASE,
)
_LOST_SUFFIX = lazy_pattern(r"(?:github|gitlab|huggingface)(?=/\w)", re.IGNORECASE)
_BROKEN_HOST = lazy_pattern(r"git(?:lab)?\s?\.(?:\s?[\w-]+\s?\.)*\s?[a-z]{2,}(?=/)", re.IGNORECASE)
_MISTYPED = lazy_pattern(r"(?<![\w.-])(?:www\.)?[gh][a-z-]{4,11}[.,。]?c(?:om|on|m|o)(?=/\w)", re.IGNORECASE)
_ANY_HOST = lazy_pattern(r"(?:\s?(?:[\w~-]+\.)+[a-z][a-z0-9-]*)(?::\d+)?", re.IGNORECASE)
_BARE_HOST = lazy_pattern(
    r"(?:www\.[\w-]+(?:\.[\w-]+)+|gitlab(?:\.[a-z0-9-]+)+|(?:anonymous\.)?4open\.science|code\.google\.com"
    r"|sourceforge\.net|youtube\.com|youtu\.be|goo\.gl|bit\.ly|tinyurl\.com|sites\.google\.com|github\.io"
    r"|(?:dx\.)?doi\.org|zenodo\.org)",
    re.IGNORECASE,
)
_ANNOUNCED = lazy_pattern(
    r"(?:\b(?:at|from|on|via|see|visit|page|[Ww]ebsite)\s|:\s?|[(<\"])(?P<host>[\w-]{3,40}\.(?:[\w-]{2,40}\.){0,3}(?:com|org"
    r"|net|io|ai|edu|me|dev|app|co|de|fr|uk|cn|ch|jp|nl|ca|au|eu|info|xyz|site|gov|kr|il|us))(?=/[\w~])",
    re.ASCII,
)
_SCANNED = lazy_pattern(
    r"https?\s?[:;]\s{0,2}[/Il|1!]{1,2}\s?[/Il|1!]{0,2}\s?(?:www\s?\.\s?)?(github|gitlab|huggingface)\s?\.\s?com?"
    r"\s?[/Il|1!]\s?(?=[A-Za-z0-9][\w-]*\s?/\s?\w)"
)
_UNUSUAL = ("\\/", *"\u00ad\u200b\u200c\u200d\u2060\ufeff／⁄∕")
_HIDDEN = lazy_pattern(r"[\u00ad\u200b-\u200d\u2060\ufeff]|\\(?=/)")
_SLASHES = str.maketrans("／⁄∕", "///")
_PAGE_BEFORE = lazy_pattern(
    r"\b(?:project|web|home)[\s-]?(?:page|site|website)\b(?:\s+(?:is|are|available|found|can|be|located|here|at)\b)*"
    r"[\s:(~{\[<\"]*(?:\\?(?:url|href)\{)?$",
    re.IGNORECASE,
)
_LABELS_BEFORE = lazy_pattern(r"(?:[A-Za-z0-9-]+\.)+$")
_HOST_PREFIXES = frozenset({"www.", "raw.", "gist.", "anonymous.", "gitlab."})
_BETWEEN_COPIES = lazy_pattern(r"[\s{}()\[\]<>.,\\\"']*(?:\\url\{)?$")


class Link(NamedTuple):
    """A stated link; `text[start:end] == raw`, `url` is canonical and `rule` names the rule that recognised it.

    Values of `rule` are stored, so their wording must not change: a host or its kind, and `, blanks removed` or
    `, slashes mended` where the text was repaired.

    `kind` is `repository`, `project_page`, `video`, `account`, `short_link`, `dataset` or `other`. `role` is `own` or
    `other` for a repository and None for the rest.
    """

    kind: str
    host: str
    path: str
    url: str
    raw: str
    start: int
    end: int
    rule: str
    role: str | None


def find_links(text: str) -> list[Link]:
    r"""Return the links in a text in their order, with broken and wrapped ones repaired.

    >>> [(link.host, link.path) for link in find_links(r"Code: \href{https: //github.com/a/b.git}{github.com/a/b}.")]
    [('github.com', 'a/b')]
    >>> [(link.kind, link.url) for link in find_links("see www.github.com/ Lab/Tool_x/tree/main, github.com/lab.")]
    [('repository', 'https://github.com/Lab/Tool_x'), ('account', 'https://github.com/lab')]
    >>> find_links("either/or, nothing more")
    []
    """
    if ("\\/" in text or not text.isascii()) and any(mark in text for mark in _UNUSUAL):
        return _links_in_visible(text)
    return _links(text)


def _links_in_visible(text: str) -> list[Link]:
    """Return the links in a text as it is displayed: without invisible characters and escapes, with plain slashes.

    >>> _links_in_visible("https://git\u200bhub.com／a/b.")[0].url
    'https://github.com/a/b'
    """
    visible = text.translate(_SLASHES)
    hidden = {found.start() for found in _HIDDEN.finditer(visible)}
    positions = [position for position in range(len(visible)) if position not in hidden]
    links = _links("".join(visible[position] for position in positions))
    spans = [(positions[link.start], positions[link.end - 1] + 1) for link in links]
    return [
        link._replace(start=start, end=end, raw=text[start:end])
        for link, (start, end) in zip(links, spans, strict=True)
    ]


def _links(text: str) -> list[Link]:
    links: list[Link] = []
    end = 0
    slash = text.find("/")
    if slash < 0 and "www." not in text and ".github.io" not in text:
        return links
    while slash >= 0:
        near = text[max(0, slash - 9) : slash]
        if "." in near or ":" in near or near.endswith("com"):
            link = _link_before(text, slash, end)
            if link is not None:
                end = link.end
                links.append(link)
        slash = text.find("/", max(end, slash + 1))
    if "www." in text or ".github.io" in text:
        links += _links_without_path(text, links)
        links.sort(key=lambda link: link.start)
    if "http" in text and (scanned := _scanned_links(text, links)):
        links += scanned
        links.sort(key=lambda link: link.start)
    return [link for link, before in zip(links, [None, *links], strict=False) if not _is_copy(text, before, link)]


def _link_before(text: str, slash: int, floor: int) -> Link | None:
    """Return the link whose scheme or host is just before a slash, or None; `floor` is the end of the last link."""
    begins = max(floor, slash - _REACH)
    for anchor in _ANCHOR.finditer(_lowered(text[begins:slash])):
        link = _link_at(text, begins + anchor.start(), floor)
        if link is not None and link.end > slash:
            return link
    mistyped = _MISTYPED.search(text, max(begins, slash - 18), slash + 2)
    if mistyped is not None and is_repository_host(canonical_host(mistyped.group())):
        return _read(text, mistyped.start(), mistyped.end(), "")
    # A bare host of no known site counts only after a word that announces it: `see lab.example.org/tool`.
    announced = _ANNOUNCED.search(text, begins, slash + 2)
    if announced is None or announced.end() != slash:
        return None
    return _read(text, announced.start("host"), announced.end(), "")


def _lowered(text: str) -> str:
    """Return the text in lower case; unchanged if that would shift positions, as for `İ`."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def _links_without_path(text: str, links: list[Link]) -> list[Link]:
    """Return the bare hosts outside the links already found, which are in order."""
    bare: list[Link] = []
    after, floor = 0, 0
    for found in _WITHOUT_PATH.finditer(text):
        position = found.start()
        while after < len(links) and links[after].end <= position:
            floor = max(floor, links[after].end)
            after += 1
        ceiling = links[after].start if after < len(links) else len(text)
        if floor <= position < ceiling:
            link = _link_at(text, position, floor)
            if link is not None and link.end <= ceiling:
                bare.append(link)
                floor = link.end
    return bare


def _scanned_links(text: str, links: list[Link]) -> list[Link]:
    """Return the links in which a scan turned slashes into letters, outside the links already found, given in order.

    >>> [link.path for link in _scanned_links("at https: II Igithub. coml lab/Tool.", [])]
    ['lab/Tool']
    """
    found: list[Link] = []
    later = deque(links)
    for printed in _SCANNED.finditer(text):
        start, after = printed.span()
        while later and later[0].end <= start:
            later.popleft()
        if later and later[0].start <= start:  # as nearly every link: it is one already
            continue
        path = read_repository_path("/" + text[after : after + 200], 0)
        end = after + path.end - 1
        host = printed[1] + (".co" if printed[1] == "huggingface" else ".com")
        target = repository_at(host, path.segments)
        is_taken = any(link.start < end and start < link.end for link in (*islice(later, 1), *found[-1:]))
        if target.kind == "repository" and not is_taken and _link_at(text, start, start) is None:
            url, rule = f"https://{host}/{target.path}", f"{target.rule}, slashes mended"
            role = role_of(text, start, end)
            found.append(Link("repository", host, target.path, url, text[start:end], start, end, rule, role))
    return found


def _link_at(text: str, position: int, floor: int) -> Link | None:
    """Return the link that begins at an anchor, or None; `floor` is the end of the link before it."""
    scheme = _SCHEME.match(text, position)
    if scheme is not None:
        for pattern in (_KNOWN_HOST, _ANY_HOST, _LOST_SUFFIX, _BROKEN_HOST):
            if host_match := pattern.match(text, scheme.end()):
                return _read(text, position, host_match.end(), scheme.group())
        return None
    before = _LABELS_BEFORE.search(text, max(floor, position - 80), position)
    prefix = before.group().lower() if before else ""
    if prefix and prefix not in _HOST_PREFIXES and text[position : position + 4].lower() == "www.":
        return None  # inside a host that has been read
    host_match = _KNOWN_HOST.match(text, position) or _BARE_HOST.match(text, position)
    if host_match is None:
        return None
    start = position
    if before is not None:
        name = host_match.group().lower()
        if name == "github.io" or prefix in _HOST_PREFIXES:
            start = before.start()
        elif name not in ("github.com", "huggingface.co", "bitbucket.org", "gitlab.com", "hf.co"):
            return None
    elif host_match.group().lower() == "github.io":
        return None
    return _read(text, start, host_match.end(), "")


def _read(text: str, start: int, after: int, scheme: str) -> Link | None:
    """Return the link whose host ends at `after` and whose path follows; None if it turns out not to be a link."""
    printed = text[start + len(scheme) : after]
    host = canonical_host("".join(printed.split()))
    cleaned = len(text[start:after].split(None, 1)) > 1
    if is_repository_host(host):
        path = read_repository_path(text, after)
        if not path.segments:  # `our GitHub.com page` names the site
            return None
        target, end, cleaned = repository_at(host, path.segments), path.end, cleaned or path.cleaned
        url_path = target.path
    else:
        # A bare host without a path is a link only if it can be nothing else: `lab.github.io`, `www.example.org`.
        rest, end = read_url_rest(text, after)
        if not scheme and not rest and not host.endswith((".github.io", "sites.google.com")) and "www." not in printed:
            return None
        target = page_at(host, rest)
        if target.kind == "short_link" and not target.path:  # `https://goo.gl/` leads nowhere
            return None
        url_path = target.path if target.kind == "repository" else rest.removeprefix("/")
        # `Our project page is at https://example.org/tool.`
        if target.kind == "other" and _PAGE_BEFORE.search(text, max(0, start - 60), start):
            target = target._replace(kind="project_page", rule="called a project page")
    # Repository hosts all redirect to https, so both spellings are one URL; other sites may serve http alone.
    secure = target.kind in ("repository", "account") or not scheme.lower().startswith("http:")
    return Link(
        kind=target.kind,
        host=target.host,
        path=target.path,
        url=f"http{'s' if secure else ''}://{target.host}" + (f"/{url_path}" if url_path else ""),
        raw=text[start:end],
        start=start,
        end=end,
        rule=target.rule + (", blanks removed" if cleaned else ""),
        role=role_of(text, start, end) if target.kind == "repository" else None,
    )


def _is_copy(text: str, first: Link | None, second: Link) -> bool:
    r"""Return whether a link repeats the one before it, like the text of an `\href` or a Markdown link."""
    if first is None or (first.host, first.path.casefold()) != (second.host, second.path.casefold()):
        return False
    return _BETWEEN_COPIES.fullmatch(text, first.end, second.start) is not None


def path_rank(path: str) -> tuple[bool, int, str]:
    """Return a key by which `max` picks the best of several spellings of one repository path, whatever their order.

    Owners choose capitals on purpose and copies lose them: mixed case is preferred, then fewer capitals.

    >>> max(["lab/tool", "LAB/TOOL", "Lab/Tool"], key=path_rank)
    'Lab/Tool'
    """
    capitals = sum(map(str.isupper, path))
    return path != path.lower() and path != path.upper(), -capitals, path
