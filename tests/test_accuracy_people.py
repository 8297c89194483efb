import json

from benchmarks.accuracy import people
from benchmarks.accuracy.measures import Result, Score, Share
from benchmarks.accuracy.people import IdentifiedName, identified_names, judge_links, judge_people
from benchmarks.accuracy.sources import Source
from programme.loaders.documents import Document
from programme.loaders.formats import read
from programme.loaders.records import NO_HINTS
from programme.loaders.store.facts import document_facts

LISTED = [
    {
        "title": "Kilns",
        "status": "Oral",
        "site": "https://openreview.net/forum?id=k1",
        "author": "Ada Quill;Bo Renn",
        "authorids": "~Ada_Quill1;bo@kiln.example",
        "orcid": "0000-1;",
    }
]
NOTES = [
    {
        "id": "k1lnK1ln",
        "forum": "k1lnK1ln",
        "content": {
            "title": {"value": "Kilns"},
            "authors": {"value": [{"fullname": "Ada Quill", "username": "~Ada1"}]},
        },
    }
]
DAILY = [
    {
        "paper": {
            "id": "2201.00001",
            "title": "Kilns",
            "authors": [
                {"name": "Ada Quill", "user": {"_id": "a", "user": "ada"}, "status": "claimed_verified"},
                {"name": "Bo Renn", "user": {"_id": "b", "user": "bo"}, "status": people.UNSURE},
                {"name": "Cy Roe"},
            ],
        }
    }
]
VOLUME = """<collection id="2022.kiln"><volume id="long"><meta><booktitle>Kilns</booktitle><year>2022</year></meta>
<paper id="1"><title>Kilns</title><author id="ada-quill-kiln"><first>Ada</first><last>Quill</last></author>
<author><first>Bo</first><last>Renn</last></author></paper></volume></collection>"""


def stated(content: object, format_name: str) -> list[tuple[str, str, str]]:
    text = content if isinstance(content, str) else json.dumps(content)
    document = Document.of("kilns", text.encode())
    source = Source("kilns", document, document_facts(read(document, format_name), NO_HINTS))
    return [(place.judge, place.person, place.name) for place in identified_names(source)]


def test_ids_are_read_where_they_stand_and_addresses_of_mail_are_none() -> None:
    assert stated(LISTED, "papercopilot") == [
        ("OpenReview", "~Ada_Quill1", "Ada Quill"),
        ("ORCID", "0000-1", "Ada Quill"),
    ]
    assert stated(NOTES, "openreview-notes") == [("OpenReview", "~Ada1", "Ada Quill")]
    assert stated(DAILY, "daily-papers-api") == [("Hugging Face", "a", "Ada Quill")]
    assert stated([repr(DAILY[0])], "daily-papers-api") == [("Hugging Face", "a", "Ada Quill")]
    assert stated(VOLUME, "acl-anthology") == [("ACL Anthology", "ada-quill-kiln", "Ada Quill")]


def place(judge: str, person: str, name: str, paper: str, *others: str) -> IdentifiedName:
    return IdentifiedName(judge, person, name, paper, frozenset(others))


def test_pairs_of_different_papers_are_judged() -> None:
    result = Result("authors")
    judge_people(
        result,
        [
            place("ORCID", "1", "Ada Quill", "Kilns", "bo renn"),
            place("ORCID", "1", "ADA QUILL", "Ovens", "bo renn"),
            place("ORCID", "1", "A. Quill", "Rakes"),
            place("ORCID", "2", "Ada Quill", "Lawns"),
            place(people.SELECTIVE, "3", "Ada Quill", "Kilns"),
            place(people.SELECTIVE, "4", "Ada Quill", "Lawns"),
        ],
    )
    assert result.scores[people.TOTAL] == Score(found=1, extra=2, missed=2)
    assert result.scores[f"{people.TOTAL} of {people.SELECTIVE}"] == Score(extra=1)
    assert list(result.shares.values()) == [Share(1, 1), Share(0, 2)]
    assert sorted(error.kind for error in result.errors) == ["one form, two ids"] * 3 + ["one id, two forms"] * 2


def test_papers_of_one_name_are_counted_by_the_kind_of_name() -> None:
    result = Result("authors")
    bylines = {
        "kilns": frozenset({"ada quill", "bo renn"}),
        "lawns": frozenset({"ad aquill", "lu wei"}),
        "ovens": frozenset({"ada quill", "bo renn", "lu wei"}),
        "rakes": frozenset({"ada b quill", "bo renn"}),
    }
    judge_links(result, bylines, {form: form.title() for forms in bylines.values() for form in forms})
    assert {name.rpartition("author, ")[2]: share for name, share in result.shares.items()} == {
        "one form, other names": Share(1, 1),
        "one form, short name": Share(1, 2),
        "spacing alone apart": Share(0, 1),
        "a middle initial apart": Share(1, 1),
    }
