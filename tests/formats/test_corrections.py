"""Corrections: every field, every way to name a subject, and every mistake that a curator can make."""

import pytest

from programme.loaders.documents import MalformedDocument
from programme.loaders.formats import Parsed, read, recognise
from programme.loaders.formats.corrections.parsing.identity import Identity
from programme.loaders.records import CorrectionRecord
from tests.formats.pages import document, sample

KEY, OTHER = "00112233445566aa", "8601273b98871f91"


def parsed(text: str) -> Parsed:
    return read(document(text), "corrections")


def entry(text: str) -> Parsed:
    """Read one entry, whose lines are given without `- ` and `because`."""
    lines = [*text.strip().splitlines(), "because: Said so."]
    return parsed("corrections:\n- " + "\n  ".join(lines) + "\n")


def stated(found: Parsed) -> list[tuple[str, str, str, str]]:
    assert found.records == ()
    return [(one.subject_type, one.subject, one.field, one.value) for one in found.corrections]


def problems(found: Parsed) -> list[tuple[int | None, str]]:
    assert all(problem.problem.startswith(f"{problem.path}: ") and problem.is_lost for problem in found.problems)
    return [(problem.line, problem.problem) for problem in found.problems]


def test_sample() -> None:
    found = read(sample("corrections.yaml"))
    assert (found.format, found.problems, found.coverage) == ("corrections", (), 1.0)
    lottery = '{"edition": "icml-2022", "title": "Lottery Schedules for Training at the Edge"}'
    hedges = '{"edition": "icml-2022", "title": "What Hedges Know"}'
    negatives = '{"edition": "icml-2022", "title": "Where Do Hard Negatives Come From?"}'
    objects = '{"edition": "icml-2022", "title": "Counting Objects by Asking Twice"}'
    vision = "f1d5f16f3a3ca053"
    coffee = f'{{"session": "{vision}", "title": "Coffee Break"}}'
    assert stated(found) == [
        ("paper", "arxiv:2205.01234", "title", '"Sorting by Smell: Retrieval from Traces of Odour"'),
        ("paper", "arxiv:2205.01234", "deny_repositories", '["https://github.com/ilves/sniffer"]'),
        (
            *("paper", lottery, "abstract"),
            '"Devices at the edge train when the sun shines.\\n'
            'We draw lots for who trains next: https://github.com/edge-lots/lots."',
        ),
        ("paper", lottery, "authors", '["Linnea Halvorsen", "Joost van der Meer, Jr."]'),
        ("paper", lottery, "add_identifiers", '["openreview:l0tteryEdge"]'),
        ("paper", "a899e079de6d9453", "edition", '"icml-2022"'),
        ("paper", "a899e079de6d9453", "add_repositories", '["https://github.com/forgiving/kernels"]'),
        ("paper", "a899e079de6d9453", "repository_roles", '{"https://github.com/forgiving/kernels": "own"}'),
        ("session", '{"edition": "icml-2022", "title": "Poster Session 2"}', "room", '"Hall G"'),
        ("session", "e5bc82a7180cb089", "cancelled", "true"),
        ("slot", coffee, "starts_at", '"2022-07-21T18:10:00Z"'),
        ("slot", coffee, "ends_at", '"2022-07-21T18:25:00Z"'),
        ("slot", f'{{"paper": {objects}, "session": "{vision}"}}', "kind", '"oral"'),
        ("slot", f'{{"paper": {objects}, "session": "{vision}"}}', "award", '"Runner-up"'),
        ("entry", '{"listing": "cffc84cd0979ef8a", "paper": "arxiv:2206.04417"}', "upvotes", "23"),
        ("paper", OTHER, "same_paper", f"[{hedges}]"),
        ("paper", negatives, "different_papers", '["e0a4d17b567ddc27"]'),
        ("author", "6b8dff9d48624658", "name", '"Anneke de Bruijne"'),
        ("author", "c74d14e7b76ae06f", "same_author", '["22cd38a58a7e5b3e"]'),
        (
            *("author", "5fce4b0167776a7f", "different_authors"),
            f'[[{hedges}, "{OTHER}"], ["openreview:H3dgeGrow1", "fdad7c22b951e30d"]]',
        ),
    ]
    reason = "The camera-ready version has this title and says that sniffer is an earlier work."
    assert found.corrections[0] == CorrectionRecord(
        subject_type="paper",
        subject="arxiv:2205.01234",
        field="title",
        value='"Sorting by Smell: Retrieval from Traces of Odour"',
        reason=reason,
        line_start=3,
        line_end=6,
        path="corrections[0].title",
    )


@pytest.mark.parametrize(
    ("text", "is_recognised"),
    [
        ("corrections: []\n", True),
        ("# c\n---\n'corrections':\n- paper: x\n", True),
        ("papers:\n  corrections: 1\n", False),
        ("corrections and notes\n", False),
    ],
)
def test_recognition(text: str, is_recognised: bool) -> None:
    if is_recognised:
        assert recognise(document(text)).NAME == "corrections"
    else:
        with pytest.raises(MalformedDocument, match="not recognised"):
            recognise(document(text))


@pytest.mark.parametrize("text", ["corrections: []\n", "# None are left.\ncorrections:\n"])
def test_a_document_without_corrections_is_understood(text: str) -> None:
    found = parsed(text)
    assert (found.corrections, found.problems, found.coverage) == ((), (), 1.0)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("corrections: [\n", 2, "not YAML"),
        ("- paper: x\n", 1, "expected the key 'corrections' at the top"),
        ("corrections:\n  paper: x\n", 1, "expected a list under 'corrections'"),
        ("corrections: []\na: 1\ncorrections: []\n", 3, "a second key 'corrections'"),
    ],
)
def test_what_is_no_document_of_corrections(text: str, line: int, problem: str) -> None:
    with pytest.raises(MalformedDocument) as caught:
        parsed(text)
    assert (caught.value.line, caught.value.problem.startswith(problem)) == (line, True)


@pytest.mark.parametrize(
    ("written", "subject"),
    [
        (KEY, KEY),
        ("arXiv:2103.00020v2", "arxiv:2103.00020"),
        ("https://arxiv.org/abs/2103.00020", "arxiv:2103.00020"),
        ("doi:10.1234/Flat.1999.7", "doi:10.1234/flat.1999.7"),
        ("acl:P19-1001", "acl:p19-1001"),
        ("openreview:Cr0ssV1ews", "openreview:Cr0ssV1ews"),
        ("pmlr:v162/brask22a", "pmlr:v162/brask22a"),
        ("{title: ' Étude  on Moss', edition: NIPS 2017}", '{"edition": "neurips-2017", "title": "Étude on Moss"}'),
    ],
)
def test_a_paper_is_named_in_three_ways(written: str, subject: str) -> None:
    assert stated(entry(f"paper: {written}\ntitle: A")) == [("paper", subject, "title", '"A"')]


KEY_SHAPE = "a key (16 hexadecimal digits)"
TITLED = "a title goes with its edition, like {title: Deep Gardens, edition: icml-2022}"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("papr: x\ntitle: A", ": names no subject; did you mean paper?"),
        (f"paper: {KEY}\nsession: {KEY}\ntitle: A", ": names 2 subjects (paper, session); make an entry of each"),
        (
            "paper: 00zz\ntitle: A",
            f".paper: '00zz' is neither {KEY_SHAPE} nor an identifier like arxiv:2103.00020; {TITLED}",
        ),
        ("paper:\ntitle: A", ".paper: empty; give a value, or leave the field out"),
        (
            "paper: axiv:2103.00020\ntitle: A",
            ".paper: 'axiv:2103.00020' is no identifier, which is written scheme:value; did you mean arxiv?",
        ),
        (
            "paper: arxiv:21\ntitle: A",
            ".paper: 'arxiv:21' is no identifier; write it like arxiv:2103.00020 or doi:10.1000/182",
        ),
        ("paper: {title: A}\ntitle: A", ".paper: has no 'edition'"),
        (
            "paper: {title: A, editon: icml-2022}\ntitle: A",
            ".paper.editon: a field this format does not know; did you mean edition?",
        ),
        (
            "paper: {title: A, edition: imcl-2022}\ntitle: A",
            ".paper.edition: no venue is called 'imcl'; did you mean icml-2022?",
        ),
        ("paper: {title: A, edition: icml}\ntitle: A", ".paper.edition: 'icml' is no edition; write it like icml-2022"),
        ("paper: {title: A, title: B, edition: icml-2022}\ntitle: A", ".paper: has the key 'title' twice; keep one"),
        ("session: arxiv:2103.00020\nroom: A", f".session: 'arxiv:2103.00020' is not {KEY_SHAPE}; {TITLED}"),
        ("slot: x\nroom: A", ".slot: expected {session: …, title: …}, got text"),
        (f"slot: {{session: {KEY}}}\nroom: A", ".slot: expected the title of the slot or its paper, one of them"),
        (
            f"entry: {{listing: {KEY}, paper: x}}\nupvotes: 1",
            f".entry.paper: 'x' is neither {KEY_SHAPE} nor an identifier like arxiv:2103.00020; {TITLED}",
        ),
        ("author: Ada Quill\nname: A", f".author: 'Ada Quill' is not {KEY_SHAPE}"),
        (f"same_paper: [{KEY}]", ".same_paper: names one subject; expected two or more"),
        (f"same_paper: [{KEY}, {KEY}]", ".same_paper[1]: is there twice; name each once"),
        (f"same_paper: {KEY}", ".same_paper: expected a list, got text"),
        (
            f"same_author: [{KEY}, {OTHER}]\nname: A",
            ".name: a field that 'same_author' does not have; make an entry of its own of it",
        ),
        (
            f"different_authors: {KEY}\npapers: [[{KEY}]]",
            ".papers: expected two lists or more, the papers of one person each",
        ),
        (
            f"different_authors: {KEY}\npapers: [[{KEY}], [{OTHER}, {KEY}]]",
            f".papers[1]: {KEY} is in the list of another person too; keep it in one",
        ),
        (f"author: {KEY}", ": corrects nothing; write name"),
    ],
)
def test_an_entry_that_is_lost(text: str, problem: str) -> None:
    found = entry(text)
    assert [said for _, said in problems(found)] == [f"corrections[0]{problem}"]
    assert (found.corrections, found.coverage) == ((), 0.0)


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("titel: A", ".titel: a field that 'paper' does not have; did you mean title?"),
        ("title: [A]", ".title: expected text, got a list"),
        ("title:", ".title: empty; give a value, or leave the field out"),
        ('title: "A\\x7f"', ".title: holds control characters; write plain text"),
        ("authors: Ada Quill", ".authors: expected a list, got text"),
        ("authors: []", ".authors: expected a list, got nothing"),
        ("authors: [A, {b: c}]", ".authors[1]: expected text, got a mapping"),
        (
            "add_identifiers: [arxiv:2103.00020, arxiv:x]",
            ".add_identifiers[1]: 'arxiv:x' is no identifier; write it like arxiv:2103.00020 or doi:10.1000/182",
        ),
        (
            "deny_repositories: [https://example.org/a]",
            ".deny_repositories[0]: 'https://example.org/a' is no URL of a repository; "
            "write it like https://github.com/owner/name",
        ),
        ("repository_roles: own", ".repository_roles: expected a mapping, like {https://github.com/owner/name: other}"),
        (
            "repository_roles: {https://github.com/a/b: mine}",
            ".repository_roles.https://github.com/a/b: 'mine' is not a role; choose own or other",
        ),
        ("abstract: B\n  abstract: C", ".abstract: is there twice, in lines 4 and 5; keep one"),
    ],
)
def test_a_field_of_a_paper_that_does_not_fit_does_not_affect_the_others(field: str, problem: str) -> None:
    found = parsed(f"corrections:\n- paper: {KEY}\n  because: Said so.\n  {field}\n  edition: icml-2022\n")
    line = 5 if "twice" in problem else 4
    assert problems(found) == [(line, f"corrections[0]{problem}")]
    assert stated(found) == [("paper", KEY, "edition", '"icml-2022"')]
    assert found.coverage == 0.5


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("kind: postr", ".kind: 'postr' is not a kind; did you mean poster?"),
        ("cancelled: maybe", ".cancelled: expected true or false"),
        (
            "starts_at: 2022-07-20",
            ".starts_at: expected a time with its offset from UTC, like 2022-07-20T10:30:00-04:00",
        ),
        ("starts_at: 2022-07-20T11:00Z\n  ends_at: 2022-07-20T10:00Z", ".ends_at: ends before it starts"),
    ],
)
def test_a_field_of_a_session_that_does_not_fit(field: str, problem: str) -> None:
    found = parsed(f"corrections:\n- session: {KEY}\n  because: Said so.\n  {field}\n")
    assert [said for _, said in problems(found)] == [f"corrections[0]{problem}"]


def test_what_is_added_and_denied() -> None:
    found = entry(f"paper: {KEY}\nadd_repositories: [github.com/a/b]\ndeny_repositories: [https://github.com/a/b]")
    said = "corrections[0].deny_repositories: https://github.com/a/b is added and denied; keep one of the two"
    assert problems(found) == [(4, said)]
    assert [one.field for one in found.corrections] == ["add_repositories"]


@pytest.mark.parametrize("upvotes", ["-1", "many", "1.5", "9999999999"])
def test_upvotes_are_a_number(upvotes: str) -> None:
    found = entry(f"entry: {{listing: {KEY}, paper: {KEY}}}\nupvotes: {upvotes}")
    assert problems(found) == [(3, "corrections[0].upvotes: expected a number, like 42")]


def test_entries_that_are_none_and_keys_beside_the_list_do_not_affect_the_others() -> None:
    found = parsed(
        f"note: x\ncorrections:\n- text\n- paper: {KEY}\n  title: A\n- author: {KEY}\n  name: B\n  because: C\n"
    )
    known = (
        "a key this format does not know; only 'corrections' stands at the top, and what is under this is not loaded"
    )
    assert problems(found) == [
        (1, f"note: {known}"),
        (3, "corrections[0]: expected a mapping, like {paper: arxiv:2103.00020, title: …, because: …}"),
        (4, "corrections[1]: has no 'because'; say why it is right"),
    ]
    assert stated(found) == [("author", KEY, "name", '"B"')]


def test_cycles_of_same_and_different() -> None:
    a, b, c = "arxiv:2101.00001", "arxiv:2101.00002", "arxiv:2101.00003"
    statements = [f"same_paper: [{a}, {b}]", f"different_papers: [{b}, {c}]", f"same_paper: [{c}, {a}]"]
    statements += [f"different_papers: [{a}, {b}]", f"same_paper: [{c}, arxiv:2101.00004]"]
    found = parsed("corrections:\n" + "".join(f"- {statement}\n  because: x\n" for statement in statements))
    contrary = "corrections[1] says that two of these are different; remove one of the two"
    assert problems(found) == [
        (6, f"corrections[2].same_paper: {contrary}"),
        (8, "corrections[3].different_papers: entries above say that two of these are the same; remove one of the two"),
    ]
    assert [one.path for one in found.corrections] == [
        "corrections[0].same_paper",
        "corrections[1].different_papers",
        "corrections[4].same_paper",
    ]


def test_identity_follows_chains() -> None:
    identity = Identity()
    assert identity.state_different(["a", "z"], "first")
    assert [identity.state_same(pair) for pair in (["a", "b"], ["y", "z"], ["c", "b"], ["x", "y"])] == [None] * 4
    assert identity.state_same(["c", "x"]) == "first"
    assert not identity.state_different(["a", "q", "c"], "second")
