"""Inputs that once went wrong, and sites in many files: what must come out of them, read by a person."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from programme.loaders.documents import documents_from
from programme.loaders.records import NO_HINTS
from programme.loaders.site_folders import with_site_editions
from programme.loaders.store.connection import Connection, Row
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.forget import forget
from programme.loaders.store.ingest import Outcome, ingest

Ingest = Callable[..., list[Outcome]]
PEOPLE = """
SELECT p.title, a.name, s.affiliation FROM authorships s JOIN papers p ON p.id = s.paper_id
JOIN authors a ON a.id = s.author_id ORDER BY p.title DESC, s.position
"""
REPOSITORIES = "SELECT r.path, l.role FROM repo_links l JOIN repositories r ON r.id = l.repository_id ORDER BY r.path"
SESSIONS = """
SELECT s.title, s.kind, s.starts_at, s.ends_at, e.slug FROM sessions s LEFT JOIN editions e ON e.id = s.edition_id
ORDER BY s.starts_at, s.title
"""
SLOTS = """
SELECT l.title, l.kind, l.starts_at, l.ends_at, p.title FROM slots l LEFT JOIN papers p ON p.id = l.paper_id
ORDER BY l.starts_at, l.title
"""
LISTINGS = "SELECT title, listed_on FROM listings ORDER BY listed_on, title"
TITLES = "SELECT title FROM papers ORDER BY title"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Connection]:
    """An empty database."""
    with closing(open_database(tmp_path / "cases.db", create=True)) as connection:
        yield connection


@pytest.fixture
def load(store: Connection, shared: Path) -> Ingest:
    """Ingest cases by the names of their files."""
    return lambda *names: list(ingest(store, documents_from([shared / "cases" / name for name in names])))


def test_bylines_printed_twice_are_read_once(load: Ingest, store: Connection) -> None:
    load("01-byline-twice.json")
    assert store.query(PEOPLE) == [
        ("Lantern Maps for Slow Robots", "Ilse Vantongeren", "Moss Institute"),
        ("Lantern Maps for Slow Robots", "Bako Adeyinka", "Fen College"),
        ("Lantern Maps for Slow Robots", "Oriel Quist", "Fen College"),
        ("Counting Pebbles with Tired Arms", "Bako Adeyinka", "Fen College"),
        ("Counting Pebbles with Tired Arms", "Wen Tallow", "Moss Institute"),
    ]


def test_a_star_shifts_no_affiliation(load: Ingest, store: Connection) -> None:
    load("02-cmt-star.csv")
    people = {(name, place) for _, name, place in store.query(PEOPLE)}
    assert {
        ("Bako Adeyinka", "Fen College"),
        ("Oriel Quist", "Dune University"),
        ("Wen Tallow", "Dune University"),
    } <= people


@pytest.mark.parametrize(
    ("name", "titles", "repositories"),
    [
        (
            "03-awesome-list.md",
            ["Slow Arms, Steady Hands", "Waiting Well with Small Robots"],
            [("calmlab/slowarms", "own"), ("calmlab/waitwell", "own")],
        ),
        ("15-pwc-official-as-text.json", ["Lantern Maps for Slow Robots"], [("lanternlab/slowmaps", "own")]),
        ("16-read-nothing.json", ["Counting Pebbles with Tired Arms", "Lantern Maps for Slow Robots"], []),
        ("20-power-of-a-decimal.csv", ["An O(m/eps^3.5)-Cost Method for Slow Robots"], []),
        ("23-link-with-spaces.json", ["Lantern Maps for Slow Robots"], [("LANTERN-LAB/slowmaps", "own")]),
        (
            "24-daily-papers.md",
            ["Counting Pebbles with Tired Arms", "Lantern Maps for Slow Robots"],
            [("lanternlab/slowmaps", "own")],
        ),
        (
            "25-trending.md",
            ["Counting Pebbles with Tired Arms", "Lantern Maps for Slow Robots"],
            [("lanternlab/slowmaps", "own"), ("pebblelab/counting", "own")],
        ),
        ("26-papercopilot-short.json", ["Lantern Maps for Slow Robots"], []),
        ("28-table-without-uid.csv", ["Counting Pebbles with Tired Arms", "Lantern Maps for Slow Robots"], []),
        ("hf-papers-ls.json", ["Quiet Orchards: Pruning Attention by Season"], [("ottowray/quiet-orchards", "own")]),
    ],
)
def test_papers_and_their_code(
    load: Ingest, store: Connection, name: str, titles: list[str], repositories: list[Row]
) -> None:
    (outcome,) = load(name)
    assert (outcome.status, outcome.problems) == ("loaded", ())
    assert [title for (title,) in store.query(TITLES)] == titles
    assert store.query(REPOSITORIES) == repositories


@pytest.mark.parametrize(
    ("name", "listings"),
    [
        ("24-daily-papers.md", [("Daily Papers", None)]),
        ("25-trending.md", [("Trending Papers", None)]),
        ("hf-papers-ls.json", [("Daily Papers", "2026-03-02")]),
        ("hf-daily-week.json", [("Daily Papers", "2025-04-14"), ("Daily Papers", "2025-04-15")]),
    ],
)
def test_listings_have_the_day_that_their_entries_state(
    load: Ingest, store: Connection, name: str, listings: list[Row]
) -> None:
    load(name)
    assert store.query(LISTINGS) == listings


def test_parts_of_a_session_have_names_of_their_own(load: Ingest, store: Connection) -> None:
    load("04-slot-names.yml")
    assert {row[:2] for row in store.query(SLOTS)} == {
        ("Invited talk: Wen Tallow", "keynote"),
        ("Coffee break", "break"),
        ("Q&A 1", "qa"),
        ("Waiting Well with Small Robots", "other"),
    }


@pytest.mark.parametrize(
    ("name", "times", "edition"),
    [
        (
            "05-session-times.yml",
            [("2020-11-16T16:00:00Z", "2020-11-16T17:00:00Z"), ("2020-11-16T18:00:00Z", "2020-11-16T20:00:00Z")],
            None,
        ),
        ("06-times-underscore.yml", [("2020-07-06T14:00:00Z", "2020-07-06T14:15:00Z")], "acl-2020"),
        (
            "08-times-http-date.json",
            [("2024-03-19T12:00:00Z", "2024-03-19T12:45:00Z"), ("2024-03-19T13:00:00Z", "2024-03-19T14:00:00Z")],
            "eacl-2024",
        ),
        (
            "09-edition-year-printed.json",
            [
                ("2020-07-05T13:00:00Z", "2020-07-05T16:30:00Z"),
                ("2020-07-06T14:00:00Z", "2020-07-06T15:00:00Z"),
                ("2020-07-10T16:00:00Z", "2020-07-10T23:30:00Z"),
            ],
            "acl-2020",
        ),
        ("13-row-lost-for-a-picture.yml", [("2021-02-05T15:00:00Z", "2021-02-05T16:00:00Z")], "aaai-2021"),
        ("34-acl-miniconf.json", [("2023-12-08T03:00:00Z", "2023-12-08T04:30:00Z")], "emnlp-2023"),
    ],
)
def test_times_of_sessions(
    load: Ingest, store: Connection, name: str, times: list[tuple[str, str]], edition: str | None
) -> None:
    (outcome,) = load(name)
    assert [row[2:4] for row in store.query(SESSIONS)] == times
    assert {row[4] for row in store.query(SESSIONS)} == {edition}
    assert not any("no day is printed" in problem.problem for problem in outcome.problems)


def test_a_weekday_and_a_clock_time_are_shown(load: Ingest, store: Connection) -> None:
    (outcome,) = load("31-weekday-and-clock.yml")
    assert "Monday 14:00-14:30 GMT" in {problem.text for problem in outcome.problems}
    assert {row[2] for row in store.query(SLOTS)} == {None}


def test_a_schedule_alone_is_recognised(load: Ingest) -> None:
    (outcome,) = load("27-poster-schedule.yml")
    assert (outcome.format, outcome.records["sessions"]) == ("miniconf-calendar", 1)


@pytest.mark.parametrize("names", itertools.permutations(["main_papers.csv", "paper_sessions.yml"]), ids=" ".join)
def test_files_of_a_site_are_joined_by_number(load: Ingest, store: Connection, names: tuple[str, ...]) -> None:
    for name in names:
        load(f"10-join-by-uid/{name}")
    assert [(title, starts_at) for _, _, starts_at, _, title in store.query(SLOTS)] == [
        ("Counting Pebbles with Tired Arms", "2020-11-16T16:00:00Z"),
        ("Lantern Maps for Slow Robots", "2020-11-16T16:00:00Z"),
        ("Lantern Maps for Slow Robots", "2020-11-16T18:00:00Z"),
    ]


@pytest.mark.parametrize("names", itertools.permutations(("papers.csv", "sessions.yml")))
def test_short_settings_name_the_edition_of_their_folder(
    tmp_path: Path, store: Connection, names: tuple[str, ...]
) -> None:
    (tmp_path / "config.yml").write_text("name: COLT 2021\ntagline: Calm\n", encoding="utf-8")
    (tmp_path / "papers.csv").write_text("UID,title,authors,abstract\np1,Lantern Maps,Oriel Quist,We draw.\n")
    (tmp_path / "sessions.yml").write_text(
        "S1:\n  name: Morning\n  start_time: 2021-08-16T09:00:00-04:00\n  end_time: 2021-08-16T10:00:00-04:00\n"
        "  papers: [p1]\n"
    )
    for name in names:
        list(ingest(store, with_site_editions(documents_from([str(tmp_path / name)]), NO_HINTS)))
    assert store.query(SLOTS)[0][::2] == ("Lantern Maps", "2021-08-16T13:00:00Z", "Lantern Maps")
    assert [edition for *_, edition in store.query(SESSIONS)] == ["colt-2021"]


def test_a_role_is_no_part_of_a_name_and_a_meeting_no_paper(load: Ingest, store: Connection) -> None:
    load("12-role-prefix.yml")
    names = {name for (name,) in store.query("SELECT name FROM authors")}
    assert {"Ilse Vantongeren", "Oriel Quist"} <= names
    assert not any(":" in name for name in names)
    assert store.query(TITLES) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("18-jekyll-config.yml", "YAML with the keys analytics, author, baseurl"),
        ("19-mail-thread.md", "Markdown"),
        ("32-lfs-pointer.json", "a Git LFS pointer, not the file itself; run `git lfs pull`"),
        ("frameset.html", "a web page"),
    ],
)
def test_what_is_no_programme_is_refused_by_its_kind(load: Ingest, name: str, said: str) -> None:
    refused, loaded = load(name, "28-table-without-uid.csv")
    assert (refused.status, loaded.status) == ("refused", "loaded")
    assert said in refused.problems[0].problem


def test_an_instant_at_the_edge_of_the_calendar_ends_nothing(load: Ingest) -> None:
    assert [one.status for one in load("instant-at-the-edge.json", "28-table-without-uid.csv")] == ["loaded", "loaded"]


def test_an_edition_is_found_in_the_findings(load: Ingest, store: Connection) -> None:
    load("bibtex-escapes-mixed.bib")
    assert [name for _, name, _ in store.query(PEOPLE)] == ["Alba Rossellini", "Nela Vuković", "Mads Pettersen"]
    assert store.query("SELECT e.slug FROM paper_editions p JOIN editions e ON e.id = p.edition_id") == [("acl-2021",)]


def test_papers_of_one_title_in_a_bibliography(load: Ingest, store: Connection) -> None:
    (outcome,) = load("bibtex-same-titles.bib")
    assert outcome.records["papers"] == 9  # two of them are one paper, with first and last names swapped
    assert [title for (title,) in store.query(TITLES)] == [
        "Desingularising Metrics. I",
        "Désingularising metrics. II",
        "Inverted Names in Gardens",
        "Map Reduce for Gardens",
        "One Title Twice",
        *["Preface"] * 3,
    ]
    editions = "SELECT count(*) FROM paper_editions e JOIN papers p ON p.id = e.paper_id WHERE p.title = ?"
    assert store.query(editions, ("One Title Twice",)) == [(2,)]
    assert len([one for one in store.query(PEOPLE) if one[0] == "Inverted Names in Gardens"]) == 2
    assert "Berta Schölkopf" not in {name for _, name, _ in store.query(PEOPLE)}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_abstracts_in_a_second_file_join_their_papers(load: Ingest, store: Connection, order: tuple[int, ...]) -> None:
    names = ("icml-2026-orals-posters.json", "icml-2026-abstracts.json")
    for at in order:
        load(names[at])
    assert [has for (has,) in store.query("SELECT abstract IS NOT NULL FROM papers")] == [1, 1]
    assert len(store.query(REPOSITORIES)) == 2


@pytest.mark.parametrize("order", list(itertools.permutations("abc")), ids="".join)
def test_forgetting_a_link_between_papers_splits_them(
    load: Ingest, store: Connection, tmp_path: Path, shared: Path, order: tuple[str, ...]
) -> None:
    load(*(f"forget_split/{name}.bib" for name in order))
    forget(store, (shared / "cases" / "forget_split" / "c.bib").resolve().as_uri())
    with closing(open_database(tmp_path / "never.db", create=True)) as never:
        files = [shared / "cases" / "forget_split" / name for name in ("a.bib", "b.bib")]
        list(ingest(never, documents_from(files)))
        assert list(dump(store)) == list(dump(never))


def test_papers_of_acl_2020_have_the_times_of_their_sessions(store: Connection, shared: Path) -> None:
    list(ingest(store, documents_from([shared / "wild" / "site_acl2020"])))
    presented = """
        SELECT s.title, l.starts_at, e.slug FROM slots l JOIN papers p ON p.id = l.paper_id
        JOIN sessions s ON s.id = l.session_id JOIN editions e ON e.id = s.edition_id WHERE p.title = ? ORDER BY 2
    """
    assert store.query(presented, ("Learning to Understand Child-directed and Adult-directed Speech",)) == [
        ("1A", "2020-07-06T05:00:00Z", "acl-2020"),
        ("5B", "2020-07-06T21:00:00Z", "acl-2020"),
    ]
    main = "SELECT count(*) FROM paper_identifiers WHERE scheme = 'site' AND value LIKE 'acl-2020/main.%'"
    assert store.query(main) == [(778,)]
