"""Accuracy of authors across papers: which names are one person, judged by the ids that documents state beside names.

The ids are those of OpenReview profiles, ORCID, DBLP, Google Scholar, Hugging Face accounts and the ACL Anthology. Only
this module reads them; the loader does not use them. Without ids, papers that share another author are the evidence.
"""

import ast
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, NamedTuple

from benchmarks.accuracy.measures import Error, Goal, Result, Score, Share
from benchmarks.accuracy.sources import Source
from programme.loaders.text.names import name_form

TOTAL = "one person, by ids"
PROFILES = {
    "authorids": "OpenReview",
    "or_profile": "OpenReview",
    "orcid": "ORCID",
    "dblp": "DBLP",
    "google_scholar": "Scholar",
}
"""Columns with an id for each author, in the order of the byline → who issues the ids."""

UNSURE = "extracted_pending"
"""The status of a Hugging Face account that was guessed by a program and not confirmed."""

SELECTIVE = "ACL Anthology"
"""It gives ids only to names that several people have, so its pairs are not representative and count separately."""

MAX_SHORT_NAME_LENGTH = 7
"""As in the view `author_index`."""


class IdentifiedName(NamedTuple):
    """A name with an id: who issues the id, the id, the name, the paper, and all name forms on its byline."""

    judge: str
    person: str
    name: str
    paper: str
    byline: frozenset[str]


def identified_names(source: Source) -> Iterator[IdentifiedName]:
    """Yield the names in a document that have an id."""
    if source.facts.parsed.format == "acl-anthology":
        yield from _of_anthology(source.document.content)
    elif source.document.content[:64].lstrip()[:1] in (b"[", b"{"):
        for record in _objects(_json(source.document.content)):
            yield from _of_record(record)


def judge_people(result: Result, stated: Iterable[IdentifiedName]) -> None:
    """Score pairs of names on different papers: same form and id (found), only form (extra), only id (missed).

    Ids have errors too: a person may have two accounts, which is likely if both papers share another author.
    """
    by_person: dict[tuple[str, str], dict[str, IdentifiedName]] = {}
    by_form: dict[tuple[str, str], dict[str, IdentifiedName]] = {}
    for place in stated:
        by_person.setdefault((place.judge, place.person), {})[place.paper] = place
        by_form.setdefault((place.judge, name_form(place.name)), {})[place.paper] = place
    total = result.score(TOTAL)
    known = {True: Share(0, 0), False: Share(0, 0)}
    for judge, one, other in _pairs(by_person):
        found = name_form(one.name) == name_form(other.name)
        _count(result, judge, Score(found=1) if found else Score(missed=1))
        if not found:
            result.errors.append(_error("one id, two forms", one, other))
    for judge, one, other in _pairs(by_form):
        is_right, is_linked = one.person == other.person, _are_linked(one.byline, other.byline, {name_form(one.name)})
        if judge != SELECTIVE:
            right, of = known[is_linked]
            known[is_linked] = Share(right + is_right, of + 1)
        if not is_right:
            _count(result, judge, Score(extra=1))
            kind = "one form, two ids" + (", and another author shared" if is_linked else "")
            result.errors.append(_error(kind, one, other))
    for is_linked, share in known.items():
        shared = "another author is shared" if is_linked else "no other author is shared"
        result.shares[f"pairs of one form and one id, where {shared}"] = share
    if total != Score():
        result.goals.append(Goal("F1 of one person, by ids", total.f1, 0.97))


def _count(result: Result, judge: str, score: Score) -> None:
    result.score(f"{TOTAL} of {judge}").add(score)
    if judge != SELECTIVE:
        result.score(TOTAL).add(score)


def judge_links(result: Result, bylines: Mapping[str, frozenset[str]], names: Mapping[str, str]) -> None:
    """Count pairs of papers that share another author, one pair per name, by kind of name.

    `bylines` maps papers to the name forms of their authors, `names` maps forms to a name. Papers of one person share
    coauthors far more often than others, so a kind of name with half the share of the rest joins half of them wrongly.
    """
    papers: dict[str, list[str]] = {}
    for paper in sorted(bylines):
        for form in bylines[paper]:
            papers.setdefault(form, []).append(paper)
    kinds: dict[str, list[bool]] = {}
    for form, listed in papers.items():
        if len(listed) > 1:
            kind = _kind(names[form])
            kinds.setdefault(kind, []).append(_are_linked(bylines[listed[0]], bylines[listed[1]], {form}))
    for kind, key in (("spacing alone apart", _without_blanks), ("a middle initial apart", _without_middle)):
        for one, other in _alike(papers, key):
            pair = next(((a, b) for a in papers[one] for b in papers[other] if a != b), None)
            if pair and papers[one] != papers[other]:
                kinds.setdefault(kind, []).append(_are_linked(bylines[pair[0]], bylines[pair[1]], {one, other}))
    for kind, linked in sorted(kinds.items()):
        result.shares[f"papers that share another author, {kind}"] = Share(sum(linked), len(linked))


def _kind(name: str) -> str:
    if " " not in name:
        return "one form, single word"
    if name[1] in " .":
        return "one form, initial"
    return "one form, short name" if len(name) <= MAX_SHORT_NAME_LENGTH else "one form, other names"


def _without_blanks(form: str) -> str:
    return form.replace(" ", "")


def _without_middle(form: str) -> str:
    words = form.split()
    return f"{words[0]} {words[-1]}" if all(len(word) == 1 for word in words[1:-1]) else form


def _alike(forms: Iterable[str], key: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of forms with the same key, or of which one is the key of the other."""
    groups: dict[str, list[str]] = {}
    for form in sorted(forms):
        groups.setdefault(key(form), []).append(form)
    for name, group in groups.items():
        if key is _without_middle:
            yield from ((name, form) for form in group if name in group and form != name)
        else:
            yield from combinations(group, 2)


def _are_linked(one: frozenset[str], other: frozenset[str], besides: set[str]) -> bool:
    return bool((one & other) - besides)


def _pairs(
    groups: Mapping[tuple[str, str], Mapping[str, IdentifiedName]],
) -> Iterator[tuple[str, IdentifiedName, IdentifiedName]]:
    for (judge, _), group in groups.items():
        for one, other in combinations(group.values(), 2):
            yield judge, one, other


def _error(kind: str, one: IdentifiedName, other: IdentifiedName) -> Error:
    shown = (f"{place.name} ({place.person}) in {' '.join(place.paper.split())!r}" for place in (one, other))
    return Error(kind, one.judge, " / ".join(shown))


def _json(content: bytes) -> Any:
    """Parse a document as JSON, or each of its lines."""
    try:
        return json.loads(content)
    except ValueError:
        return [json.loads(line) for line in content.splitlines() if line.strip()]


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects in a value, including those written as a Python `repr`.

    >>> list(_objects([{"a": 1}, "{'b': 2}"]))
    [{'a': 1}, {'b': 2}]
    """
    if isinstance(value, str) and value.startswith("{'"):
        value = ast.literal_eval(value)
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _objects(inner)


def _of_record(record: Mapping[str, Any]) -> Iterator[IdentifiedName]:
    """Yield the names with ids in one object that may list the authors of a paper."""
    title, listed = _plain(record.get("title")), _plain(record.get("authors") or record.get("author"))
    if not isinstance(title, str) or not listed:
        return
    authors = listed.split(";") if isinstance(listed, str) else listed
    names = [author if isinstance(author, str) else _name(author) for author in authors]
    byline = frozenset(map(name_form, filter(None, names)))
    for judge, ids in _ids(record, authors):
        for name, person in zip(names, ids, strict=True):
            if person and name:
                yield IdentifiedName(judge, person, name.strip(), title, byline)


def _ids(record: Mapping[str, Any], authors: list[Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield each issuer of ids and the id of each author, empty where there is none; e-mail addresses do not count."""
    yield "Hugging Face", [_account(author) for author in authors]
    yield "OpenReview", [_profile(author.get("username") if isinstance(author, dict) else "") for author in authors]
    for column, judge in PROFILES.items():
        ids = _plain(record.get(column)) or ""
        stated = [str(id_).strip() for id_ in (ids.split(";") if isinstance(ids, str) else ids)]
        if len(stated) == len(authors):
            yield judge, [_profile(id_) if judge == "OpenReview" else id_ for id_ in stated]


def _plain(value: Any) -> Any:
    return value.get("value") if isinstance(value, dict) else value


def _name(author: Any) -> str:
    return str(author.get("name") or author.get("fullname") or "") if isinstance(author, dict) else ""


def _profile(text: Any) -> str:
    return text if isinstance(text, str) and text.startswith("~") else ""


def _account(author: Any) -> str:
    if not isinstance(author, dict) or author.get("status") == UNSURE:
        return ""
    user = author.get("user")
    return str(user.get("_id") or user.get("user") or "") if isinstance(user, dict) else ""


def _of_anthology(content: bytes) -> Iterator[IdentifiedName]:
    """Yield the authors with an id in the ACL Anthology, which distinguishes them from others of the same name."""
    from lxml import etree  # type: ignore[import-untyped]

    for paper in etree.fromstring(content).iter("paper"):
        authors = [(_full_name(author), author.get("id") or "") for author in paper.findall("author")]
        title = "".join(paper.find("title").itertext()) if paper.find("title") is not None else ""
        byline = frozenset(name_form(name) for name, _ in authors if name)
        yield from (IdentifiedName("ACL Anthology", id_, name, title, byline) for name, id_ in authors if id_ and name)


def _full_name(author: Any) -> str:
    return f"{author.findtext('first') or ''} {author.findtext('last') or ''}".strip()
