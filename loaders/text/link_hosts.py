"""What the paths of each host mean: which part names a repository, and what other URLs point to."""

from collections.abc import Sequence
from typing import NamedTuple


class Target(NamedTuple):
    """What a URL points to; `path` is canonical for a repository or an account, `rule` names the rule that applied."""

    kind: str
    host: str
    path: str
    rule: str


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_ALIASES = {
    "hf.co": "huggingface.co",
    "huggingface.com": "huggingface.co",
    "huggingface": "huggingface.co",
    "github": "github.com",
    "gitlab": "gitlab.com",
    "4open.science": "anonymous.4open.science",
    "raw.githubusercontent.com": "github.com",
    "raw.github.com": "github.com",
}
_OWNER_AND_NAME = _words(
    "github.com gist.github.com bitbucket.org codeberg.org gitee.com gitea.com notabug.org framagit.org"
)
_OTHER_REPOSITORY_HOSTS = _words("huggingface.co anonymous.4open.science code.google.com sourceforge.net gitlab.com")
_NOT_OWNERS = _words(
    """
    about apps blog collections contact customer-stories enterprise explore features issues join login marketplace new
    notifications orgs pricing pulls search security settings site sponsors stars topics trending users
    """
)
_NOT_HF_OWNERS = _words(
    "blog chat collections docs join learn login models organizations papers posts pricing settings tasks"
)
_GITLAB_PAGES = _words("- tree blob raw issues wikis releases merge_requests commits")
_OFTEN_MISTYPED = ("github.com", "huggingface.co")
_NOT_SELF_HOSTED = ("github.", "githubusercontent.", "gitbook.", "gitter.", "git-scm.", "git.io", "gitlab.io")
_PLACEHOLDERS = _words(
    """
    anonymous anonymized anonymised anonymousauthor anonymousauthors author authors placeholder redacted owner username
    user-name user_name user your-username your_username yourusername your-name your_name yourname tbd todo
    """
)
_KINDS_BY_SUFFIX = {
    "github.io": "project_page",
    "github.com": "project_page",
    "gitlab.io": "project_page",
    "sites.google.com": "project_page",
    "sourceforge.net": "project_page",
    "sourceforge.io": "project_page",
    "netlify.app": "project_page",
    "vercel.app": "project_page",
    "pages.dev": "project_page",
    "web.app": "project_page",
    "notion.site": "project_page",
    "youtu.be": "video",
    "youtube.com": "video",
    "vimeo.com": "video",
    "bilibili.com": "video",
    "slideslive.com": "video",
    "goo.gl": "short_link",
    "bit.ly": "short_link",
    "tinyurl.com": "short_link",
    "git.io": "short_link",
    "t.ly": "short_link",
    "rb.gy": "short_link",
    "aka.ms": "short_link",
    "is.gd": "short_link",
    "t.co": "short_link",
    "goo.gle": "short_link",
    "tiny.cc": "short_link",
    "cutt.ly": "short_link",
    "rebrand.ly": "short_link",
    "shorturl.at": "short_link",
    "zenodo.org": "dataset",
    "figshare.com": "dataset",
    "ieee-dataport.org": "dataset",
    "data.mendeley.com": "dataset",
    "kaggle.com": "dataset",
    "physionet.org": "dataset",
    "osf.io": "dataset",
    "dataverse.org": "dataset",
    "dataverse.harvard.edu": "dataset",
}

_DATA_DOIS = tuple(
    f"10.{prefix}/"
    for prefix in "5281 6084 7910 17632 21227 24432 5061 4121 18419".split()  # noqa: SIM905
)
"""DOI prefixes of Zenodo, Figshare, Dataverse, Mendeley, DataPort, UCI, Dryad, 4TU and DaRUS, in this order."""


def canonical_host(printed: str) -> str:
    """Return a printed host in lower case, without `www.` and port, with aliases and slips of the pen resolved.

    >>> canonical_host("WWW.GitHub.com"), canonical_host("hf.co"), canonical_host("gihtub.com")
    ('github.com', 'huggingface.co', 'github.com')
    """
    host = printed.lower().partition(":")[0].removeprefix("www.")
    if host in _ALIASES or host in _OWNER_AND_NAME or host in _OTHER_REPOSITORY_HOSTS:
        return _ALIASES.get(host, host)
    return next((meant for meant in _OFTEN_MISTYPED if _is_one_slip_from(host, meant)), host)


def _is_one_slip_from(host: str, meant: str) -> bool:
    """Return whether a host differs by one edit: a letter missing, added or changed, or two neighbours swapped.

    >>> [_is_one_slip_from(host, "github.com") for host in ("gihtub.com", "githubcom", "guthub.com", "gitlab.com")]
    [True, True, True, False]
    """
    if abs(len(host) - len(meant)) > 1 or host[0] != meant[0]:
        return False
    at = next((index for index, (one, other) in enumerate(zip(host, meant, strict=False)) if one != other), len(meant))
    rest, wanted = host[at:], meant[at:]
    swapped = wanted[1:2] + wanted[:1] + wanted[2:]
    return rest[1:] == wanted or rest == wanted[1:] or rest[1:] == wanted[1:] or rest == swapped


def is_repository_host(host: str) -> bool:
    """Return whether a canonical host serves repositories, as self-hosted git servers do.

    >>> is_repository_host("gitlab.example.org"), is_repository_host("lab.github.io")
    (True, False)
    >>> is_repository_host("campus-gitlab.example.org"), is_repository_host("lab.gitlab.io")
    (True, False)
    """
    if host in _OWNER_AND_NAME or host in _OTHER_REPOSITORY_HOSTS:
        return True
    if "gitlab." in host and not host.endswith(("gitlab.io", "gitlab.com")):
        return True
    return host.startswith("git") and host.count(".") > 0 and not host.startswith(_NOT_SELF_HOSTED)


def repository_at(host: str, segments: Sequence[str]) -> Target:
    """Return what a path on a repository host points to: a repository, an account or another page.

    >>> repository_at("github.com", ("Lab", "tool.git", "tree", "main")).path
    'Lab/tool'
    >>> repository_at("huggingface.co", ("datasets", "lab", "data")), repository_at("github.com", ("lab",)).kind
    (Target(kind='repository', host='huggingface.co', path='datasets/lab/data', rule='huggingface.co'), 'account')
    """
    named = [segment.removesuffix(".git") for segment in segments]
    repository = _repository_path(host, named)
    if repository is not None and not _is_placeholder(repository):
        return Target("repository", host, repository, _rule(host))
    if len(named) == 1 and host in (_OWNER_AND_NAME | {"huggingface.co", "gitlab.com"}) and _is_owner(named[0]):
        return Target("account", host, named[0], f"{_rule(host)} owner")
    if host == "github.com" and named[0] in ("orgs", "users") and len(named) > 1:
        return Target("account", host, named[1], f"{_rule(host)} owner")
    return Target("other", host, "/".join(segments), _rule(host))


def _repository_path(host: str, named: list[str]) -> str | None:
    """Return the part of the path that names a repository, or None."""
    if host in _OWNER_AND_NAME:  # lab/tool/tree/main, but not features/copilot
        return "/".join(named[:2]) if len(named) > 1 and named[0] not in _NOT_OWNERS else None
    if host == "huggingface.co":  # datasets/lab/data and spaces/lab/demo, or lab/model, but not papers/2401.00001
        if named[0] in ("datasets", "spaces"):
            return "/".join(named[:3]) if len(named) > 2 else None
        return "/".join(named[:2]) if len(named) > 1 and named[0] not in _NOT_HF_OWNERS else None
    if host == "anonymous.4open.science":  # r/tool-1A2B/README.md; three spellings over the years
        return f"r/{named[1]}" if len(named) > 1 and named[0] in ("r", "repository", "anonymize") else None
    if host == "code.google.com":  # p/tool, since its closing archive/p/tool
        named = named[1:] if named[0] == "archive" else named
        return f"p/{named[1]}" if len(named) > 1 and named[0] == "p" else None
    if host == "sourceforge.net":  # projects/tool/files or p/tool
        return f"projects/{named[1]}" if len(named) > 1 and named[0] in ("projects", "p") else None
    # GitLab and self-hosted servers nest groups: group/subgroup/tool, up to a page such as `-` or `tree`.
    end = next((index for index, name in enumerate(named) if name in _GITLAB_PAGES and index > 1), len(named))
    return "/".join(named[:end]) if end > 1 else None


def _is_owner(name: str) -> bool:
    return name not in _NOT_OWNERS and name not in _NOT_HF_OWNERS and not _is_placeholder(name)


def _is_placeholder(path: str) -> bool:
    """Return whether a path is a placeholder that was never filled in, as `xxx/tool` or `your-username/tool`."""
    lowered = path.lower()
    if lowered.partition("/")[0] in _PLACEHOLDERS:
        return True
    return "xx" in lowered and any(set(part) == {"x"} for part in lowered.split("/"))


def _rule(host: str) -> str:
    if host in _OWNER_AND_NAME or host in _OTHER_REPOSITORY_HOSTS:
        return host
    return "git host"


def page_at(host: str, rest: str) -> Target:
    """Return what a URL on any other host points to.

    >>> page_at("lab.github.io", "/tool").kind, page_at("example.org", "/gitlab/group/tool").kind
    ('project_page', 'repository')
    """
    segments = [segment for segment in rest.partition("?")[0].split("/") if segment]
    if len(segments) > 2 and segments[0] in ("gitlab", "git"):
        return Target("repository", host, "/".join(segments).removesuffix(".git"), "git path")
    if host in ("doi.org", "dx.doi.org") and rest.lstrip("/").startswith(_DATA_DOIS):
        return Target("dataset", host, rest.strip("/"), "data DOI")
    for suffix in (host, host.partition(".")[2], host.partition(".")[2].partition(".")[2]):
        if suffix in _KINDS_BY_SUFFIX:
            return Target(_KINDS_BY_SUFFIX[suffix], host, rest.strip("/"), suffix)
    return Target("other", host, rest.strip("/"), "url")
