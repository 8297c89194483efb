"""The views that other queries are built on, and papers at a glance, over the small programme."""

from pathlib import Path

import pytest

from tests.queries.database import Rows, query_rows

VIEWS: list[tuple[str, str, Rows]] = [
    (
        "edition_papers",
        "edition edition_name venue year title kinds local_day has_code paper_key",
        [
            ("icml-2022", "ICML 2022", "icml", 2022, "Contrastive Rakes", "oral", "2022-07-21", 1, "p1"),
            ("icml-2022", "ICML 2022", "icml", 2022, "Öfen and Graphs", "poster", "2022-07-21", 0, "p2"),
            ("neurips-2021", "NeurIPS 2021", "neurips", 2021, "Contrastive Rakes", "oral", "2022-07-21", 1, "p1"),
            ("neurips-2021", "NeurIPS 2021", "neurips", 2021, "Rakes", "oral", None, 1, "p3"),
        ],
    ),
    (
        "paper_bylines",
        "title authors first_author last_author author_count",
        [
            ("A Garden", "Bo Renn", "Bo Renn", None, 1),
            ("A Garden", "Evan Moss", "Evan Moss", None, 1),
            ("A Garden", None, None, None, 0),
            ("Contrastive Rakes", "Ada Quill · Éva Moss", "Ada Quill", "Éva Moss", 2),
            ("Rakes", "Evan Moss", "Evan Moss", None, 1),
            ("Öfen and Graphs", "Éva Moss · Ada Quill · Bo Renn", "Éva Moss", "Bo Renn", 3),
        ],
    ),
    (
        "paper_code",
        "paper_key has_code code_url repositories repository_count project_page",
        [
            ("p4", 0, None, None, 0, None),
            ("p5", 0, None, None, 0, "https://b.example"),
            ("p6", 0, None, None, 0, None),
            ("p1", 1, "https://github.com/Quill/rake", "https://github.com/Quill/rake", 1, None),
            ("p3", 1, "https://gitlab.com/éva/öfen", "https://gitlab.com/éva/öfen", 1, None),
            ("p2", 0, None, None, 0, None),
        ],
    ),
    (
        "papers_overview",
        "paper_key editions edition_names kinds best_kind first_year has_code arxiv doi pdf_url upvotes documents",
        [
            ("p4", None, None, None, None, None, 0, None, None, None, None, 1),
            ("p5", None, None, None, None, None, 0, None, None, None, None, 1),
            ("p6", None, None, None, None, None, 0, None, None, None, 3, 1),
            (
                *("p1", "neurips-2021, icml-2022", "NeurIPS 2021, ICML 2022", "oral", "oral", 2021, 1),
                *("2101.00001", None, "https://arxiv.org/pdf/2101.00001", 9, 3),
            ),
            ("p3", "neurips-2021", "NeurIPS 2021", "oral", "oral", 2021, 1, None, None, None, None, 1),
            ("p2", "icml-2022", "ICML 2022", "poster", "poster", 2022, 0, None, None, None, None, 2),
        ],
    ),
]


@pytest.mark.parametrize(("view", "columns", "expected"), VIEWS, ids=[view for view, *_ in VIEWS])
def test_rows(view: str, columns: str, expected: Rows, small_sqlite: Path) -> None:
    assert query_rows(small_sqlite, view, {}, columns) == expected
