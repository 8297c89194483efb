"""`loader correct`: what it appends to the file, what it refuses, and what it says."""

import re
import sqlite3
from pathlib import Path

import pytest

from programme.cli.corrected import differences, state
from programme.cli.corrections_file import appended
from programme.loaders.store.database import open_database
from tests.cli.conftest import Loader

pytestmark = pytest.mark.slow

CROSSED, NEGATIVES = "b06679b4f83cfb52", "e1fb2963789780cb"
VISION, BREAK = "f1d5f16f3a3ca053", "Coffee Break"


def words(line: str) -> list[str]:
    """Split a command line at spaces; `_` stands for a space within a word."""
    return [word.replace("_", " ") for word in line.split()]


@pytest.mark.parametrize(
    ("command", "entry"),
    [
        (
            f"paper {CROSSED} --title Views:_A_Study --abstract true --author Bo --author A._Quill --edition icml-2022",
            f'paper: {CROSSED}\n  title: "Views: A Study"\n  abstract: true\n  authors: [Bo, "A. Quill"]\n'
            "  edition: icml-2022",
        ),
        (
            f"session {VISION} --room Hall_G --starts-at 2022-07-21T14:10-04:00 --kind oral --not-cancelled",
            f'session: {VISION}\n  room: "Hall G"\n  starts_at: 2022-07-21T14:10-04:00\n  kind: oral\n'
            "  cancelled: false",
        ),
        (
            f"slot {VISION} Coffee_Break --cancelled",
            f'slot: {{session: {VISION}, title: "Coffee Break"}}\n  cancelled: true',
        ),
        (
            f"slot {VISION} arxiv:2206.04417 --poster-number #7",
            f'slot: {{session: {VISION}, paper: arxiv:2206.04417}}\n  poster_number: "#7"',
        ),
        (f"author {CROSSED} --name Ada_Quill", f'author: {CROSSED}\n  name: "Ada Quill"'),
        (f"author {CROSSED} --same-as {NEGATIVES}", f"same_author: [{CROSSED}, {NEGATIVES}]"),
        (
            f"link https://github.com/a/b --paper {CROSSED} --deny",
            f"paper: {CROSSED}\n  deny_repositories: [https://github.com/a/b]",
        ),
        (
            f"link github.com/a/b --paper {CROSSED} --add --role other",
            f"paper: {CROSSED}\n  add_repositories: [github.com/a/b]\n  repository_roles: {{github.com/a/b: other}}",
        ),
        (
            f"identifier doi:10.1000/182 --paper {CROSSED} --add",
            f"paper: {CROSSED}\n  add_identifiers: [doi:10.1000/182]",
        ),
        (f"papers {CROSSED} {NEGATIVES} --different", f"different_papers: [{CROSSED}, {NEGATIVES}]"),
    ],
)
def test_each_command_appends_an_entry(loader: Loader, loaded: Path, command: str, entry: str) -> None:
    done = loader("correct", *words(command), "--because", "Said so", cwd=loaded)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("corrections.yaml: corrections, ")
    text = (loaded / "corrections.yaml").read_text(encoding="utf-8")
    assert text == f'corrections:\n- {entry}\n  because: "Said so"\n'


def test_the_file_keeps_what_stands_in_it_and_the_newer_one_replaces_the_older(loader: Loader, loaded: Path) -> None:
    (loaded / "ours").mkdir()
    ours = loaded / "ours" / "known.yaml"
    ours.write_text(
        "# Ours\r\ncorrections:\r\n  - paper: arxiv:2206.04417  # crossed\r\n    title: A\r\n    because: x"
    )
    before = ours.read_bytes()
    for room in ("Hall G", "Hall H"):
        done = loader("correct", "session", VISION, "--room", room, "--because", "x", "--file", ours, cwd=loaded)
        assert done.returncode == 0, done.stderr
    added = "\r\n".join(
        ["", "", f"  - session: {VISION}", '    room: "Hall G"', "    because: x"]
        + ["", f"  - session: {VISION}", '    room: "Hall H"', "    because: x", ""]
    )
    assert ours.read_bytes() == before + added.encode()
    summary, effect = done.stdout.splitlines()
    assert re.fullmatch(r"ours/known.yaml: replaces the capture of [-0-9: ]+: 1 correction added", summary)
    assert effect == f"session {VISION}: room: Hall G → Hall H"
    assert [path.name for path in ours.parent.iterdir()] == ["known.yaml"]


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("paper 00zz --title A", "paper: '00zz' is neither a key"),
        (f"paper {CROSSED}", "corrects nothing; choose title"),
        (f"session {VISION} --kind postr", "kind: 'postr' is not a kind; did you mean poster?"),
        (f"link https://example.org --paper {CROSSED} --deny", "deny_repositories[0]: 'https://example.org' is no URL"),
        (f"link https://github.com/a/b --paper {CROSSED}", "give --add, --role or both, or --deny"),
        (f"identifier arxiv:2103.00020 --paper {CROSSED} --add --deny", "give one of --add and --deny"),
        (f"papers {CROSSED} {NEGATIVES}", "give one of --same and --different"),
        (f"papers {CROSSED} {CROSSED} --same", "same_paper[1]: is there twice"),
    ],
)
def test_what_the_format_would_not_read_is_refused(loader: Loader, loaded: Path, command: str, problem: str) -> None:
    done = loader("correct", *words(command), "--because", "x", cwd=loaded)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert problem in done.stderr
    assert not (loaded / "corrections.yaml").exists()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("papers: []\n---\n", "a second YAML document begins here"),
        ("corrections: {}\n", "expected a list under 'corrections'"),
        ("corrections: [{author: 6b8dff9d48624658, name: A, because: x}]\n", "not YAML"),
    ],
)
def test_a_file_that_cannot_be_appended_to_stays_as_it_is(
    loader: Loader, loaded: Path, text: str, problem: str
) -> None:
    (loaded / "corrections.yaml").write_text(text)
    done = loader("correct", "session", VISION, "--room", "A", "--because", "x", cwd=loaded)
    assert done.returncode == 2
    assert problem in done.stderr
    assert (loaded / "corrections.yaml").read_text() == text


def test_an_unknown_subject_is_said_to_wait(loader: Loader, loaded: Path) -> None:
    done = loader("correct", "paper", "arxiv:2101.99999", "--title", "A", "--because", "x", cwd=loaded)
    assert done.returncode == 0
    said = "paper arxiv:2101.99999: not in programme.db yet; the correction waits for it\n"
    assert done.stderr == said


def test_without_a_database_nothing_is_written(loader: Loader, tmp_path: Path) -> None:
    done = loader("correct", "paper", CROSSED, "--title", "A", "--because", "x", cwd=tmp_path)
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_an_empty_list_in_brackets_is_opened() -> None:
    text = appended("corrections: []  # none yet\n", [{"author": CROSSED, "because": "null"}])
    assert text == f'corrections:  # none yet\n- author: {CROSSED}\n  because: "null"\n'


def test_the_effect_is_what_differs_in_the_database(loaded: Path) -> None:
    connection = open_database(loaded / "programme.db")
    paper = state(connection, "paper", "arxiv:2206.04417")
    assert paper == state(connection, "paper", CROSSED)
    assert (paper["key"], paper["title"]) == (CROSSED, "Contrastive Learning with Crossed Views")
    assert paper["authors"] == "Delphine Arkwright, Satoru Minowa, Henrike Vossberg, Tadeo Llorca"
    assert (paper["editions"], paper["identifiers"]) == (
        "icml-2022",
        "arxiv:2206.04417, openreview:Cr0ssV1ews, pmlr:v162/arkwright22a",
    )
    assert "https://github.com/lanternworks/crossview (own)" in paper["repositories"]
    assert state(connection, "session", VISION)["room"] == "Room 307"
    assert state(connection, "author", "5920ac237aff57bf") == {"key": "5920ac237aff57bf", "name": "Ada Quill"}
    slot = state(connection, "slot", {"session": VISION, "title": "coffee break"})
    assert (slot["kind"], slot["starts_at"]) == ("break", "2022-07-21T18:10:00Z")
    counting = state(connection, "slot", {"session": VISION, "paper": "1a522cd9824e7bf9"})
    assert counting["title"] == "Counting Objects by Asking Twice"
    assert state(connection, "slot", {"session": VISION, "paper": CROSSED}) == {}
    connection.close()
    with sqlite3.connect(loaded / "programme.db") as raw:
        raw.execute("UPDATE papers SET title = 'Views', abstract = NULL WHERE key = ?", (CROSSED,))
        raw.execute("INSERT INTO redirects (kind, key, target) VALUES ('author', 'old', '5920ac237aff57bf')")
    raw.close()
    connection = open_database(loaded / "programme.db")
    title, abstract = differences(paper, state(connection, "paper", CROSSED))
    assert title == "title: Contrastive Learning with Crossed Views → Views"
    assert abstract.endswith(" → –")
    assert state(connection, "author", "old")["name"] == "Ada Quill"
    connection.close()
