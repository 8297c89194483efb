"""The queries about people and code return the rows written out here by hand."""

from pathlib import Path

import pytest

from tests.queries.database import Rows, query_rows

Answer = tuple[str, dict[str, str], str, Rows]
"""A query, its parameters, columns of the result, and the rows expected in them."""

PEOPLE: list[Answer] = [
    (
        "authors_of_edition",
        {},
        "name papers papers_with_code as_first as_last",
        [
            ("Ada Quill", 3, 2, 1, 2),
            ("Łucja Żak", 3, 2, 2, 1),
            ("Zoë Lund", 2, 2, 1, 0),
            ("Bo Renn", 1, 0, 1, 0),
            ("ada quill", 1, 1, 1, 1),
            ("Éva Moss", 1, 0, 0, 0),
        ],
    ),
    (
        "new_authors_of_edition",
        {},
        "edition name papers papers_with_code title",
        [("icml-2023", "Zoë Lund", 2, 2, "Night Apples"), ("icml-2023", "ada quill", 1, 1, "Night Apples")],
    ),
    (
        "new_authors_of_edition",
        {"scope": "venue"},
        "name author_key",
        [("Łucja Żak", "a6"), ("Zoë Lund", "a7"), ("ada quill", "a8")],
    ),
    (
        "author_careers",
        {"author": "a6"},
        "first_year first_edition first_title last_year last_edition last_title editions papers",
        [(2022, "iclr-2022", "Éclairs for Pears", 2023, "icml-2023", "Pears", 2, 3)],
    ),
    ("author_careers", {"author": "ZOË"}, "author", [("Zoë Lund",)] * 2),
    (
        "author_careers",
        {"author": "LUND"},
        "author_key first_edition editions papers",
        [("a5", None, 0, 0), ("a7", "icml-2023", 1, 2)],
    ),
    (
        "coauthor_edges",
        {},
        "author coauthor papers title",
        [
            ("Ada Quill", "Łucja Żak", 2, "Pears, Pears and Graphs"),
            ("Ada Quill", "Zoë Lund", 1, "apple trees"),
            ("Ada Quill", "Éva Moss", 1, "Pears, Pears and Graphs"),
            ("Zoë Lund", "ada quill", 1, "Night Apples"),
            ("Éva Moss", "Łucja Żak", 1, "Pears, Pears and Graphs"),
        ],
    ),
    (
        "coauthor_edges",
        {"author": "a2"},
        "author coauthor papers",
        [("Ada Quill", "Éva Moss", 3), ("Éva Moss", "Bo Renn", 1), ("Éva Moss", "Łucja Żak", 1)],
    ),
    (
        "coauthor_edges",
        {"author": "a2", "edition": "icml-2022"},
        "author coauthor papers",
        [("Ada Quill", "Éva Moss", 2), ("Éva Moss", "Bo Renn", 1)],
    ),
    (
        "clashes_of_authors",
        {},
        "author local_start local_end paper_key other_start other_end other_paper_key",
        [
            ("Ada Quill", "09:10", "11:10", "p7", "09:20", "09:40", "p8"),
            ("Ada Quill", "09:10", "11:10", "p7", "09:40", "10:00", "p9"),
            ("Łucja Żak", "09:00", "09:20", "p7", "09:10", "11:10", "p10"),
            ("Łucja Żak", "09:10", "11:10", "p10", "09:20", "09:40", "p8"),
            ("Łucja Żak", "09:10", "11:10", "p7", "09:20", "09:40", "p8"),
        ],
    ),
    (
        "sessions_of_author",
        {"author": "ada quill"},
        "author_key role local_day local_start session title",
        [
            ("a1", "author", "2022-07-21", "15:30", "Öfen", "Contrastive Rakes"),
            ("a1", "author", "2022-07-21", "15:35", "Öfen", "Öfen and Graphs"),
            ("a1", "moderator", "2022-07-21", None, "Öfen", None),
            ("a1", "author", "2022-07-21", "15:30", "Lawns", "Contrastive Rakes"),
            ("a1", "author", "2023-07-25", "09:00", "Café", "Éclairs for Pears"),
            ("a1", "author", "2023-07-25", "09:20", "Café", "Pears, Pears and Graphs"),
            ("a1", "author", "2023-07-25", "09:40", "Café", "apple trees"),
            ("a1", "author", "2023-07-25", "09:10", "Orchards", "Éclairs for Pears"),
            ("a1", "author", "2023-07-26", "10:00", "Night", "Pears, Pears and Graphs"),
            ("a8", "moderator", "2023-07-25", None, "Café", None),
            ("a8", "author", "2023-07-25", "23:30", "Night", "Night Apples"),
        ],
    ),
    (
        "authors_with_code",
        {},
        "author papers_with_code papers percent repositories",
        [("Ada Quill", 3, 5, 60.0, 3), ("Zoë Lund", 2, 2, 100.0, 2), ("Łucja Żak", 2, 3, 66.7, 2)],
    ),
    (
        "authors_with_code",
        {"edition": "icml-2022", "at_least": "1"},
        "author papers_with_code papers percent",
        [("Ada Quill", 1, 2, 50.0), ("Éva Moss", 1, 2, 50.0)],
    ),
    (
        "papers_per_author",
        {},
        "papers authors percent",
        [(1, 1, 14.3), (2, 2, 28.6), (3, 3, 42.9), (5, 1, 14.3)],
    ),
    (
        "affiliations_of_edition",
        {"edition": "icml-2023"},
        "affiliation papers papers_with_code percent authors",
        [("cafe institute", 3, 2, 66.7, 3), ("Café Institute", 2, 1, 50.0, 2)],
    ),
    (
        "repositories_of_author",
        {"author": "a7"},
        "repository papers title year",
        [("github.com/quill/Éclair", 1, "apple trees", 2023), ("huggingface.co/Żak/apples", 1, "Night Apples", 2023)],
    ),
]

CODE: list[Answer] = [
    (
        "shared_repositories",
        {},
        "repository papers own first_year last_year",
        [
            ("github.com/Quill/pears", 2, 2, 2022, 2023),
            ("github.com/Quill/rake", 2, 1, 2021, 2023),
            ("github.com/old/lawn", 2, 0, 2021, 2022),
            ("huggingface.co/Żak/apples", 2, 2, 2023, 2023),
        ],
    ),
    (
        "new_repositories",
        {"period": "month"},
        "period repositories papers so_far",
        [("2021", 1, 1, 1), ("2022-04", 1, 2, 2), ("2022-07", 1, 1, 3), ("2023-07", 2, 3, 5)],
    ),
    (
        "repository_hosts",
        {},
        "host repositories papers papers_with_code percent",
        [("github.com", 4, 5, 4, 66.7), ("huggingface.co", 1, 2, 2, 33.3), ("gitlab.com", 1, 1, 1, 16.7)],
    ),
    ("repository_owners", {}, "owner host repositories papers", [("Quill", "github.com", 3, 4)]),
    (
        "code_share_by_kind",
        {},
        "edition kind papers papers_with_code percent",
        [
            ("iclr-2022", "other", 1, 1, 100.0),
            ("icml-2022", "oral", 1, 1, 100.0),
            ("icml-2022", "poster", 1, 0, 0.0),
            ("icml-2023", "oral", 3, 2, 66.7),
            ("icml-2023", "poster", 2, 2, 100.0),
            ("icml-2023", "other", 1, 0, 0.0),
            ("icml-2023", "spotlight", 1, 1, 100.0),
            ("neurips-2021", "oral", 2, 2, 100.0),
            (None, "other", 1, 0, 0.0),
        ],
    ),
    (
        "code_share_by_year",
        {},
        "year editions papers papers_with_code percent",
        [(2021, 1, 2, 2, 100.0), (2022, 2, 3, 2, 66.7), (2023, 1, 6, 4, 66.7)],
    ),
    (
        "papers_with_several_repositories",
        {},
        "title repositories urls",
        [("Pears", 2, "https://github.com/Quill/pears · https://huggingface.co/Żak/apples")],
    ),
]


@pytest.mark.parametrize(("name", "params", "columns", "expected"), PEOPLE + CODE)
def test_rows(full_sqlite: Path, name: str, params: dict[str, str], columns: str, expected: Rows) -> None:
    assert query_rows(full_sqlite, name, params, columns) == expected
