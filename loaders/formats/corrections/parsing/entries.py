"""The entries of a document of corrections, each as one correction per field, and what does not fit in them."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.corrections.parsing import subjects, values
from programme.loaders.formats.corrections.parsing.identity import Identity
from programme.loaders.formats.corrections.parsing.subjects import Subject, canonical, subject_text
from programme.loaders.formats.corrections.parsing.values import Check, Misfit, did_you_mean, list_of
from programme.loaders.readers import EXCERPT_CHARS, YamlTree
from programme.loaders.records import Boilerplate, CorrectionRecord, Problem, Record

TOP = "corrections"
REASON = "because"
MAX_SUBJECTS = 100
"""Subjects of one statement that they are the same or different: a person writes a few, and each pair is compared."""


class Shape(NamedTuple):
    """What an entry about a subject may say: the type of the subject, its check, and the checks of the fields."""

    subject_type: str
    subject: Check
    fields: dict[str, Check]


_TIMES: dict[str, Check] = {"starts_at": values.instant, "ends_at": values.instant}
_PLACE: dict[str, Check] = {"title": values.line, "room": values.line, **_TIMES, "kind": values.kind}

SHAPES = {
    "paper": Shape(
        "paper",
        subjects.paper,
        {
            "title": values.line,
            "abstract": values.text,
            "authors": list_of(values.line),
            "edition": values.edition,
            "add_identifiers": list_of(values.identifier),
            "deny_identifiers": list_of(values.identifier),
            "add_repositories": list_of(values.repository),
            "deny_repositories": list_of(values.repository),
            "repository_roles": values.roles,
        },
    ),
    "session": Shape(
        "session",
        subjects.session,
        {
            **_PLACE,
            "abstract": values.text,
            "track": values.line,
            "edition": values.edition,
            "cancelled": values.flag,
        },
    ),
    "slot": Shape(
        "slot",
        subjects.slot,
        {**_PLACE, "award": values.line, "poster_number": values.line, "cancelled": values.flag},
    ),
    "entry": Shape("entry", subjects.entry, {"upvotes": values.count}),
    "author": Shape("author", subjects.key, {"name": values.line}),
    "different_authors": Shape("author", subjects.key, {"papers": list_of(list_of(subjects.paper))}),
}
"""What an entry may say, by the key that names its subject."""

GROUPS = {
    "same_paper": Shape("paper", list_of(subjects.paper), {}),
    "different_papers": Shape("paper", list_of(subjects.paper), {}),
    "same_author": Shape("author", list_of(subjects.key), {}),
}
"""Entries that name several subjects and nothing else."""

_DENIALS = {"deny_identifiers": "add_identifiers", "deny_repositories": "add_repositories"}


def records(document: Document) -> Iterator[Record]:
    """Yield the corrections of a document, and a problem for whatever does not fit.

    Raises MalformedDocument where there is no list of corrections.
    """
    tree = YamlTree(document)
    entries, problems = _entries(document, tree)
    yield from problems
    if not entries and not problems:
        # A curator may have taken all corrections back: that is understood.
        yield Boilerplate(1, len(document.lines))
    identity = Identity()
    for (index, line), value in zip(tree.places(entries), entries, strict=True):
        yield from _Entry(tree, value, f"{TOP}[{index}]", line, identity).records()


def _entries(document: Document, tree: YamlTree) -> tuple[list[Any], list[Problem]]:
    """Return the entries, and a problem for each other key beside it."""
    top = tree.value
    if not isinstance(top, dict) or TOP not in top:
        raise MalformedDocument(document.uri, 1, f"expected the key {TOP!r} at the top, and a list under it")
    lines = tree.places(top)
    places = [line for name, line in lines if name == TOP]
    if len(places) > 1:
        raise MalformedDocument(document.uri, places[1], f"a second key {TOP!r}; put all corrections under the first")
    entries = [] if top[TOP] is None else top[TOP]
    if not isinstance(entries, list):
        raise MalformedDocument(document.uri, places[0], f"expected a list under {TOP!r}; begin each entry with '- '")
    known = f"a key this format does not know; only {TOP!r} stands at the top, and what is under this is not loaded"
    problems = [Problem(at, name, f"{name}: {known}", name, is_lost=True) for name, at in lines if name != TOP]
    return entries, problems


class _Entry:
    """One entry at its path, and what the entries above it state of who is who."""

    def __init__(self, tree: YamlTree, value: Any, path: str, line: int, identity: Identity) -> None:
        self._tree = tree
        self._value = value
        self._path = path
        self._line = line
        self._identity = identity
        self._reason = ""
        self._lines: dict[str, list[int]] = {}
        if isinstance(value, dict):
            for name, at in tree.places(value):
                self._lines.setdefault(name, []).append(at)

    def records(self) -> Iterator[CorrectionRecord | Problem]:
        """Yield a correction for each field; where subject or reason do not fit, one problem for all."""
        field = None
        try:
            name, shape = self._shape()
            field = REASON
            self._reason = self._read(REASON, values.text)
            field = name
            subject = self._read(name, shape.subject)
        except Misfit as misfit:
            yield self._problem(misfit, field)
            return
        if name in GROUPS:
            yield self._group(name, shape.subject_type, subject)
        else:
            yield from self._fields(name, shape, subject_text(subject))

    def _shape(self) -> tuple[str, Shape]:
        """Return the key that names the subject, and what may be said of it."""
        every = SHAPES | GROUPS
        if not isinstance(self._value, dict):
            raise Misfit("expected a mapping, like {paper: arxiv:2103.00020, title: …, because: …}")
        names = [name for name in self._value if name in every]
        if len(names) > 1:
            raise Misfit(f"names {len(names)} subjects ({', '.join(names)}); make an entry of each")
        if not names:
            unknown = next((name for name in self._value if name != REASON), "")
            raise Misfit(f"names no subject; {did_you_mean(unknown, tuple(every))}")
        if REASON not in self._value:
            raise Misfit(f"has no {REASON!r}; say why it is right")
        return names[0], every[names[0]]

    def _fields(self, name: str, shape: Shape, subject: str) -> Iterator[CorrectionRecord | Problem]:
        fields = self._other_fields(name)
        if not fields:
            yield self._problem(Misfit(f"corrects nothing; {did_you_mean('', tuple(shape.fields))}"))
        stated: dict[str, Any] = {}
        for field in fields:
            try:
                if field not in shape.fields:
                    raise Misfit(f"a field that {name!r} does not have; {did_you_mean(field, tuple(shape.fields))}")
                stated[field] = self._read(field, shape.fields[field])
                _check_against(field, stated)
            except Misfit as misfit:
                yield self._problem(misfit, field)
                continue
            # The one statement of identity that has its papers in a field of their own.
            named = name if name == "different_authors" else field
            yield self._record(shape.subject_type, subject, named, stated[field], field)

    def _group(self, name: str, subject_type: str, named: list[Subject]) -> CorrectionRecord | Problem:
        field = next(iter(self._other_fields(name)), name)
        try:
            if field != name:
                raise Misfit(f"a field that {name!r} does not have; make an entry of its own of it")
            if len(named) < 2:
                raise Misfit("names one subject; expected two or more")
            if len(named) > MAX_SUBJECTS:
                raise Misfit(f"names {len(named):,} subjects; at most {MAX_SUBJECTS} are read")
            self._state(name, [subject_text(subject) for subject in named])
        except Misfit as misfit:
            return self._problem(misfit, field)
        return self._record(subject_type, subject_text(named[0]), name, named[1:], name)

    def _state(self, name: str, named: list[str]) -> None:
        """Raise Misfit where the entries above state the contrary."""
        if name == "different_papers":
            if not self._identity.state_different(named, self._path):
                raise Misfit("entries above say that two of these are the same; remove one of the two")
        elif name == "same_paper" and (contrary := self._identity.state_same(named)):
            raise Misfit(f"{contrary} says that two of these are different; remove one of the two")

    def _other_fields(self, name: str) -> list[str]:
        return [field for field in self._value if field not in (name, REASON)]

    def _read(self, field: str, check: Check) -> Any:
        """Return what a check makes of a field; raises Misfit for one that is repeated, or holds a repeated key."""
        lines = self._lines[field]
        if len(lines) > 1:
            raise Misfit(f"is there twice, in lines {lines[0]} and {lines[1]}; keep one")
        for repeated in _repeated_keys(self._tree, self._value[field]):
            raise Misfit(f"has the key {repeated!r} twice; keep one")
        return check(self._value[field])

    def _record(self, subject_type: str, subject: str, name: str, value: Any, field: str) -> CorrectionRecord:
        start, end = self._tree.lines(self._value)
        path = f"{self._path}.{field}"
        return CorrectionRecord(subject_type, subject, name, canonical(value), self._reason, start, end, path)

    def _problem(self, misfit: Misfit, field: str | None = None) -> Problem:
        """Return a problem of the entry, or of one of its fields, which then has the line."""
        if field is None:
            path, line, excerpt = self._path, self._line, self._value
        else:
            path, line, excerpt = f"{self._path}.{field}{misfit.at}", self._lines[field][-1], self._value[field]
        shown = "" if excerpt is None else str(excerpt)[:EXCERPT_CHARS]
        return Problem(line, shown, f"{path}: {misfit.problem}", path, is_lost=True)


def _check_against(field: str, stated: dict[str, Any]) -> None:
    """Raise Misfit where a field contradicts those before it in its entry."""
    for denial, addition in _DENIALS.items():
        if field in (denial, addition) and (both := set(stated.get(denial, ())) & set(stated.get(addition, ()))):
            raise Misfit(f"{min(both)} is added and denied; keep one of the two")
    if field in ("starts_at", "ends_at") and stated.get("ends_at", "~") < stated.get("starts_at", ""):
        raise Misfit("ends before it starts")
    if field == "papers":
        _check_groups(stated[field])


def _check_groups(groups: list[list[Any]]) -> None:
    """Raise Misfit where the papers of one person are not told from those of another."""
    if len(groups) < 2:
        raise Misfit("expected two lists or more, the papers of one person each")
    seen: dict[str, int] = {}
    for number, group in enumerate(groups):
        for paper in map(subject_text, group):
            if seen.setdefault(paper, number) != number:
                raise Misfit(f"{paper} is in the list of another person too; keep it in one", f"[{number}]")


def _repeated_keys(tree: YamlTree, value: Any) -> Iterator[str]:
    """Yield the keys that a mapping anywhere in a value has twice."""
    inner = value if isinstance(value, list) else []
    if isinstance(value, dict):
        inner = list(value.values())
        names = Counter(name for name, _ in tree.places(value))
        yield from (name for name, times in names.items() if times > 1)
    for part in inner:
        if isinstance(part, list | dict):
            yield from _repeated_keys(tree, part)
