"""Answers of the Daily Papers API: listings and their day, bare papers, items as texts, ignored fields."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Parsed, read
from programme.loaders.formats.hugging_face.daily_papers_api import sniff
from programme.loaders.records import NO_HINTS, Hints, ListingRecord, PaperRecord, StatedLink
from tests.formats.pages import document, sample

FOLDER = Path(__file__).parents[3] / "shared" / "corpus" / "hf_daily_papers_api"
FILES = sorted(path.name for path in FOLDER.glob("*.json")) or ["(none)"]
DAWN = {"id": "2503.01234", "title": "Walks at Dawn", "authors": [{"name": "Ada Quill"}], "upvotes": 4}


def answer(value: Any, hints: Hints = NO_HINTS) -> Parsed:
    return read(document(json.dumps(value)), "daily-papers-api", hints)


def listing(value: Any, hints: Hints = NO_HINTS) -> tuple[ListingRecord, list[str]]:
    """Return the listing of an answer and its problems."""
    parsed = answer(value, hints)
    (record,) = parsed.records
    assert isinstance(record, ListingRecord)
    return record, [problem.problem for problem in parsed.problems]


def item(**fields: Any) -> dict[str, Any]:
    return {"paper": {**DAWN, "submittedOnDailyAt": "2025-03-17T00:38:48.278Z", **fields}, "numComments": 1}


def test_the_sample() -> None:
    parsed = read(sample("daily_papers_api.json"))
    (record,) = parsed.records
    assert isinstance(record, ListingRecord)
    assert (parsed.format, parsed.problems, parsed.coverage) == ("daily-papers-api", (), 1.0)
    assert (record.title, record.source) == ("Daily Papers", "huggingface.co/papers")
    assert (record.listed_on, record.month, record.day, record.path) == (date(2025, 8, 11), 8, 11, "")
    assert record.entries == (
        PaperRecord(
            title="Contrastive Learning with Crossed Views",
            line_start=6,
            line_end=70,
            authors=("Delphine Arkwright", "Satoru Minowa", "Henrike Vossberg", "Tadeo Llorca"),
            abstract="Contrastive learning treats two views of an image\nas a positive pair.",
            upvotes=21,
            identifiers=(("arxiv", "2206.04417"),),
            links=(StatedLink("githubRepo", "https://github.com/lanternworks/crossview", "own"),),
            path="data[0]",
        ),
        PaperRecord(
            title="Do Embeddings Dream of Electric Neighbours?",
            line_start=71,
            line_end=85,
            abstract="We study what happens to the neighbourhoods of an embedding.",
            upvotes=0,
            identifiers=(("arxiv", "2508.04222"),),
            path="data[1]",
        ),
        PaperRecord(
            title="Sorting by Smell: A Dog's Guide to $k$-Odour Retrieval",
            line_start=86,
            line_end=86,
            authors=("Síle O'Dair",),
            abstract="Odours are sorted.\nDogs are asked.",
            upvotes=3,
            identifiers=(("arxiv", "2508.04333"),),
            links=(StatedLink("projectPage", "https://odour-traces.example"),),
            path="data[2]",
        ),
    )


def test_the_page_as_text_and_the_answer_are_the_same_listing() -> None:
    (page,) = read(sample("daily_papers_representation_learning.txt"), hints=Hints(year=2025)).records
    (api,) = read(sample("daily_papers_api.json")).records
    assert isinstance(page, ListingRecord)
    assert isinstance(api, ListingRecord)
    assert (page.title, page.source, page.listed_on) == (api.title, api.source, api.listed_on)


@pytest.mark.parametrize(
    ("value", "hints", "listed_on", "problem"),
    [
        ([item()], NO_HINTS, date(2025, 3, 17), ""),
        ([item(submittedOnDailyAt="2025-03-17T23:30:00-02:00")], NO_HINTS, date(2025, 3, 18), ""),
        ([item(submittedOnDailyAt="2026-03-17")], NO_HINTS, date(2026, 3, 17), ""),
        ([item(), item(submittedOnDailyAt=None)], NO_HINTS, date(2025, 3, 17), ""),
        ({"date": "2025-03-18", "data": [item()]}, NO_HINTS, date(2025, 3, 18), ""),
        ({"date": "2025-W12", "data": [item()]}, NO_HINTS, date(2025, 3, 17), ""),
        ([item()], Hints(year=2025), date(2025, 3, 17), ""),
        ([item()], Hints(on=date(2025, 3, 18)), None, "the answer says 2025-03-17 and the curator 2025-03-18"),
        ([item()], Hints(year=2024), None, "the answer says 2025-03-17 and the curator 2024"),
        ([{"paper": DAWN}], Hints(on=date(2024, 12, 2)), date(2024, 12, 2), ""),
        ([{"paper": DAWN}], NO_HINTS, None, "no field says on which day these papers were listed"),
        (
            [item(), item(submittedOnDailyAt="2025-03-18T00:00:00Z")],
            Hints(on=date(2025, 3, 18)),
            date(2025, 3, 18),
            "",
        ),
    ],
)
def test_the_day_of_a_listing(value: Any, hints: Hints, listed_on: date | None, problem: str) -> None:
    record, problems = listing(value, hints)
    assert record.listed_on == listed_on
    assert problems == [] if not problem else problems[0].startswith(problem)


@pytest.mark.parametrize(
    ("submitted", "listed_on", "problem"),
    [
        (("2024-12-01T21:30:00Z", "2024-12-02T21:29:59Z"), date(2024, 12, 2), "no field says the day of this listing;"),
        (("2024-12-01T21:29:59Z", "2024-12-02T11:00:00Z"), None, "no field says on which day"),
        (("2024-11-28T10:00:00Z", "2024-12-02T11:00:00Z"), None, "no field says on which day"),
    ],
)
def test_the_day_the_papers_were_submitted(submitted: tuple[str, str], listed_on: date | None, problem: str) -> None:
    paper = {**DAWN, "publishedAt": "2024-11-28T10:00:00Z"}
    record, problems = listing([{"paper": paper, "publishedAt": time} for time in submitted])
    assert record.listed_on == listed_on
    assert [text[: len(problem)] for text in problems] == [problem]


def test_the_answer_for_a_week_is_a_listing_for_each_day() -> None:
    later = item(submittedOnDailyAt="2025-03-18T00:00:00Z")
    found = read(document(json.dumps([item(), later, later])))
    listings = [record for record in found.records if isinstance(record, ListingRecord)]
    assert [(one.listed_on, len(one.entries)) for one in listings] == [(date(2025, 3, 17), 1), (date(2025, 3, 18), 2)]
    assert found.problems == ()


def test_what_the_command_line_of_hugging_face_prints_is_a_listing() -> None:
    snake = {"id": "2503.00001", "title": "Moss", "upvotes": 3, "discussion_id": "d", "github_repo": "github.com/a/b"}
    (record,) = read(document(json.dumps([snake | {"submitted_at": "2025-03-17T00:00:00+00:00"}]))).records
    assert isinstance(record, ListingRecord)
    assert (record.listed_on, record.entries[0].links[0].text) == (date(2025, 3, 17), "github.com/a/b")


def test_one_item_per_line_is_a_listing() -> None:
    (record,) = read(document(f"{json.dumps(item())}\n{json.dumps(item())}\n")).records
    assert isinstance(record, ListingRecord)
    assert [entry.line_start for entry in record.entries] == [1, 2]


@pytest.mark.parametrize("value", [DAWN, [DAWN], item(), [{**DAWN, "submittedOnDailyAt": "2025-03-17T00:00:00Z"}]])
def test_a_bare_paper_is_in_no_listing(value: Any) -> None:
    parsed = answer(value)
    (record,) = parsed.records
    assert isinstance(record, PaperRecord)
    assert (record.title, record.authors, record.upvotes) == ("Walks at Dawn", ("Ada Quill",), 4)
    assert (parsed.problems, parsed.coverage) == ((), 1.0)


def test_title_and_summary_beside_the_paper_replace_missing_ones() -> None:
    record, _ = listing(
        [{"paper": {"id": "2503.01234", "upvotes": 1}, "title": "Walks\n  at Dawn", "summary": "Slow."}]
    )
    assert [(entry.title, entry.abstract) for entry in record.entries] == [("Walks at Dawn", "Slow.")]


def test_a_bad_item_does_not_affect_others() -> None:
    texts = ["{'paper': ", "{'paper': {[]: 1}}", "[" * 400, "7 * 7", repr(item()) + " " * 1_100_000]
    wrong: list[Any] = [
        item(title=7),
        item(authors=[{"name": 7}]),
        item(upvotes="4"),
        item(title="  "),
        7,
        {"paper": 7},
    ]
    parsed = answer([*texts, *wrong, item()])
    assert [problem.problem for problem in parsed.problems] == [
        "[0]: expected an object, got a text that contains none (SyntaxError)",
        "[1]: expected an object, got a text that contains none (TypeError)",
        "[2]: expected an object, got a text that contains none (SyntaxError)",
        "[3]: expected an object, got a text that contains none (ValueError)",
        f"[4]: expected an object, got a text of {len(texts[4]):,} characters",
        "[5].paper.title: expected text or nothing, got a number",
        "[6].paper.authors[0].name: expected text or nothing, got a number",
        "[7].paper.upvotes: expected a number or nothing, got text",
        "[8].paper.title: expected the title of a paper, got none; this record is left out",
        "[9]: expected an object, got a number",
        "[10].paper: expected an object, got a number",
    ]
    assert all(problem.is_lost for problem in parsed.problems)
    (record,) = parsed.records
    assert isinstance(record, ListingRecord)
    assert [entry.path for entry in record.entries] == ["[11]"]
    assert (parsed.line_count, parsed.claimed_line_count) == (12, 1)


def test_the_path_of_a_bare_paper() -> None:
    assert [problem.problem for problem in answer([{**DAWN, "title": 7}, DAWN]).problems] == [
        "[0].title: expected text or nothing, got a number"
    ]


def test_unstorable_characters_are_replaced_in_texts_too() -> None:
    record, _ = listing([repr(item(title="x")).replace("'x'", r"'Walks\x00 at \ud800 Dawn'")])
    assert [entry.title for entry in record.entries] == ["Walks\ufffd at \ufffd Dawn"]


def test_an_unknown_field_is_reported_once() -> None:
    _, problems = listing([item(weather="mild"), item(weather="wet"), {**item(), "mood": "good"}])
    assert sorted(problem.partition(":")[0] for problem in problems) == ["[0].paper.weather", "[2].mood"]


def test_nothing_private_is_in_the_records() -> None:
    stated = repr(read(sample("daily_papers_api.json")).records)
    assert not any(private in stated for private in ("darkwright", "avatar", "65f0", "claimed"))


def test_other_documents_are_not_recognised() -> None:
    for other in (["walks"], [{"paper": {"title": "A"}}], [{"title": "A", "author": "B"}]):
        assert sniff(document(json.dumps(other))).confidence < 0.5
    with pytest.raises(MalformedDocument, match="the listing is empty"):
        answer([])
    assert sniff(sample("daily_papers_representation_learning.txt")).confidence == 0.0


@pytest.mark.parametrize("name", FILES)
def test_every_item_of_a_real_answer_is_an_entry(shared: Path, name: str) -> None:
    path = shared / "corpus" / "hf_daily_papers_api" / name
    whole = Document.of(path.as_uri(), path.read_bytes())
    items = json.loads(whole.content)
    items = items["data"] if isinstance(items, dict) else items
    parsed = read(whole, "daily-papers-api")
    (record,) = parsed.records
    assert isinstance(record, ListingRecord)
    assert sniff(whole).confidence > 0.5
    assert (len(record.entries), parsed.coverage) == (len(items), 1.0)
    assert all(entry.authors and entry.abstract and entry.identifiers for entry in record.entries)
    day = date.fromisoformat(name.removesuffix(".json"))
    assert record.listed_on in ((day,) if day < date(2025, 3, 11) else (None, day))
    says_why = record.listed_on is None or any("it is" in problem.problem for problem in parsed.problems)
    assert len(parsed.problems) == says_why
