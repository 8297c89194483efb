"""The queries about editions, sessions, papers and listings return the rows written out here by hand."""

from pathlib import Path

import pytest

from tests.queries.database import Rows, query_rows
from tests.queries.test_answers import Answer

PROGRAMME: list[Answer] = [
    (
        "editions_of_venue",
        {},
        "edition year starts_on sessions slots papers papers_with_code percent",
        [
            ("icml-2023", 2023, "2023-07-23", 3, 8, 6, 4, 66.7),
            ("iclr-2022", 2022, "2022-04-25", 0, 0, 1, 1, 100.0),
            ("icml-2022", 2022, None, 2, 3, 2, 1, 50.0),
            ("neurips-2021", 2021, None, 1, 1, 2, 2, 100.0),
        ],
    ),
    (
        "days_of_edition",
        {"edition": "icml-2023"},
        "local_day first_start last_start sessions slots papers papers_with_code",
        [("2023-07-25", "09:00", "23:30", 3, 6, 5, 4), ("2023-07-26", "10:00", "10:00", 1, 1, 1, 0)],
    ),
    (
        "sessions_by_code_share",
        {"at_least": "1"},
        "place session papers papers_with_code percent session_key",
        [
            (1, "Orchards", 2, 2, 100.0, "s6"),
            (1, "Lawns", 1, 1, 100.0, "s2"),
            (3, "Café", 3, 2, 66.7, "s5"),
            (4, "Night", 2, 1, 50.0, "s7"),
            (4, "Öfen", 2, 1, 50.0, "s1"),
            (6, "Lawns", 1, 0, 0.0, "s3"),
        ],
    ),
    (
        "route_of_day",
        {},
        "stop local_day local_start local_end room title",
        [
            (1, "2023-07-25", "09:00", "09:20", "Hall Ä", "Éclairs for Pears"),
            (2, "2023-07-25", "09:40", "10:00", "Hall Ä", "apple trees"),
            (3, "2023-07-25", "23:30", "00:30", None, "Night Apples"),
        ],
    ),
    ("route_of_day", {"kind": "poster"}, "stop title paper_key", [(1, "Pears", "p10")]),
    ("route_of_day", {"day": "2023-07-26"}, "stop", []),
    (
        "slots_by_hour",
        {},
        "hour kind slots papers papers_with_code",
        [
            ("09", "oral", 3, 3, 2),
            ("09", "poster", 2, 2, 2),
            ("10", "oral", 1, 1, 0),
            ("15", "oral", 2, 1, 1),
            ("15", "poster", 1, 1, 0),
            ("15", "qa", 1, 0, 0),
            ("23", "spotlight", 1, 1, 1),
        ],
    ),
    (
        "double_booked_rooms",
        {},
        "room local_day session starts_at ends_at other_session other_starts_at",
        [
            (
                "Hall Ä",
                "2023-07-25",
                "Café",
                "2023-07-25T19:00:00Z",
                "2023-07-25T20:00:00Z",
                "Orchards",
                "2023-07-25T19:10:00Z",
            )
        ],
    ),
    (
        "awards_of_edition",
        {},
        "edition award title",
        [("icml-2022", "Best Rake", "Öfen and Graphs"), ("icml-2023", "Prix Éclair", "apple trees")],
    ),
]

PAPERS: list[Answer] = [
    (
        "papers_of_edition",
        {},
        "title kinds local_day local_start upvotes paper_key",
        [
            ("Night Apples", "spotlight", "2023-07-25", "23:30", None, "p11"),
            ("Pears", "poster", "2023-07-25", "09:10", None, "p10"),
            ("Pears", None, None, None, None, "p12"),
            ("Pears, Pears and Graphs", "oral", "2023-07-25", "09:20", None, "p8"),
            ("apple trees", "oral", "2023-07-25", "09:40", None, "p9"),
            ("Éclairs for Pears", "oral, poster", "2023-07-25", "09:00", 9, "p7"),
        ],
    ),
    ("papers_of_edition", {"q": "pears", "with_code": "0"}, "paper_key", [("p12",), ("p8",)]),
    ("papers_of_edition", {"kind": "poster"}, "paper_key", [("p10",), ("p7",)]),
    (
        "papers_with_title_words",
        {"words": "pears"},
        "title year editions paper_key",
        [
            ("Pears", 2023, "icml-2023", "p10"),
            ("Pears", 2023, "icml-2023", "p12"),
            ("Pears, Pears and Graphs", 2023, "icml-2023", "p8"),
            ("Éclairs for Pears", 2023, "iclr-2022, icml-2023", "p7"),
        ],
    ),
    ("papers_with_title_words", {"words": "code"}, "title", []),
    ("papers_with_title_words", {"words": "eclairs", "edition": "icml-2022"}, "title", []),
    (
        "papers_at_several_editions",
        {},
        "title editions number first_year last_year",
        [
            ("Contrastive Rakes", "neurips-2021, icml-2022", 2, 2021, 2022),
            ("Éclairs for Pears", "iclr-2022, icml-2023", 2, 2022, 2023),
        ],
    ),
    ("papers_at_several_editions", {"venue": "neurips"}, "title", [("Contrastive Rakes",)]),
    (
        "papers_of_several_sources",
        {},
        "title documents found_in spellings",
        [
            ("Contrastive Rakes", 3, "pages/Rakes.txt · pages/daily.txt · pages/öfen.txt", 1),
            ("Éclairs for Pears", 2, "pages/Ørchard.bib · pages/öfen.txt", 3),
            ("Öfen and Graphs", 2, "pages/daily.txt · pages/öfen.txt", 2),
        ],
    ),
    (
        "papers_by_identifier",
        {"identifier": "DOI:10.1/pears"},
        "scheme value title",
        [("doi", "10.1/Pears", "Éclairs for Pears")],
    ),
    (
        "title_words",
        {"at_least": "1"},
        "word papers papers_with_code percent",
        [
            ("pears", 4, 2, 50.0),
            ("apple", 1, 1, 100.0),
            ("apples", 1, 1, 100.0),
            ("graphs", 1, 0, 0.0),
            ("night", 1, 1, 100.0),
            ("trees", 1, 1, 100.0),
            ("Éclairs", 1, 1, 100.0),
        ],
    ),
    (
        "problems_of_documents",
        {},
        "document line path problem",
        [
            ("pages/Rakes.txt", 29, None, "no such day"),
            ("pages/Rakes.txt", None, None, "no edition fits"),
            ("pages/Ørchard.bib", None, "[7]", "no such day"),
        ],
    ),
]

LISTINGS: list[Answer] = [
    (
        "listings_of_source",
        {},
        "listing_key listed_on papers papers_with_code percent upvotes first_title",
        [
            ("l2", "2024-02-29", 1, 1, 100.0, 9, "Contrastive Rakes"),
            ("l4", "2023-08-01", 1, 1, 100.0, 4, "Éclairs for Pears"),
            ("l3", "2023-07-20", 2, 1, 50.0, 9, "Éclairs for Pears"),
            ("l1", None, 2, 0, 0.0, 3, "Öfen and Graphs"),
        ],
    ),
    (
        "listed_papers_presented",
        {},
        "listing_key paper_key edition presented_on dated_by days",
        [
            ("l2", "p1", "icml-2022", "2022-07-21", "slot", -588),
            ("l2", "p1", "neurips-2021", "2022-07-21", "slot", -588),
            ("l4", "p7", "iclr-2022", "2022-04-25", "edition", -463),
            ("l4", "p7", "icml-2023", "2023-07-25", "slot", -7),
            ("l3", "p7", "iclr-2022", "2022-04-25", "edition", -451),
            ("l3", "p7", "icml-2023", "2023-07-25", "slot", 5),
            ("l3", "p12", "icml-2023", "2023-07-23", "edition", 3),
            ("l1", "p2", "icml-2022", "2022-07-21", "slot", None),
        ],
    ),
    (
        "upvoted_papers",
        {},
        "paper_key upvotes listed_on listings",
        [("p1", 9, "2024-02-29", 1), ("p7", 9, "2023-07-20", 2), ("p6", 3, None, 1)],
    ),
    ("upvoted_papers", {"month": "2023-08"}, "paper_key upvotes", [("p7", 4)]),
    ("upvoted_papers", {"with_code": "0"}, "paper_key", [("p6",)]),
]


@pytest.mark.parametrize(("name", "params", "columns", "expected"), PROGRAMME + PAPERS + LISTINGS)
def test_rows(full_sqlite: Path, name: str, params: dict[str, str], columns: str, expected: Rows) -> None:
    assert query_rows(full_sqlite, name, params, columns) == expected
