"""A person is found by a name without its accents, in any case, family name first or with one wrong letter."""

import unicodedata

import psycopg
import pytest
from pytest_postgresql.executors import NoopExecutor

from programme.engines import duckdb_connection
from programme.letters import plain_name
from tests.queries.conftest import Run, url_of

NAMES = (
    *("Éva Moss", "Ann-Marie O’NEIL", "Łucja Sørensen", "J. P. Doe", "王芳", "マイケル・ジョーダン", "Größe", "ẞ"),
    *("Đặng Thị Ánh", "İbrahim Işık", "Αλέξης Παπάς", "Юрий Ёлкин", "김철수", "อำนวย", "Ｗａｎｇ", "Þór Æ.", "x̂ y"),
    *("100 %", "'; --", "\\ _ ?", " a\tb\n", ""),
)


def test_names_are_folded_alike_everywhere(full_server: NoopExecutor) -> None:
    letters = [chr(code) for code in range(0xC0, 0x250)] + [chr(code) for code in range(0x1E00, 0x1F00)]
    names = [name for one in (*NAMES, *letters) for name in (one, unicodedata.normalize("NFD", one))]
    expected = [plain_name(name) for name in names]
    sql = "SELECT plain_name(name) FROM unnest({}) AS given(name)"
    with duckdb_connection(url_of(full_server), "plain_name") as connection:
        in_duckdb = [plain for (plain,) in connection.execute(sql.format("?"), [names]).fetchall()]
    with psycopg.connect(url_of(full_server)) as server:
        in_postgresql = [plain for (plain,) in server.execute(sql.format("%s::text[]"), [names]).fetchall()]
    rare = {"ĳ", "ŀ", "ŉ", "ǆ", "ǉ", "ǌ", "ǳ", "ẚ"}  # one letter that stands for two
    for name, *found in zip(names, expected, in_duckdb, in_postgresql, strict=True):
        assert len(set(found)) == 1 or name.lower() in rare or plain_name(name) in ("dz", "lj", "nj"), (name, found)


@pytest.mark.parametrize(
    ("words", "papers"),
    [
        ("eva mos", {"p1", "p2", "p8"}),
        ("QUILL, ada Éva", {"p1", "p2", "p8"}),
        ("Lucja", {"p7", "p8", "p10"}),
        ("zak pears", {"p7", "p8", "p10"}),
        ("Mosss", {"p1", "p2", "p3", "p5", "p8"}),
        ("Lcuja Zak", {"p7", "p8", "p10"}),
        ("Ucja", {"p7", "p8", "p10"}),
        ("Lukjaa", set()),
        ("Qiull trees", {"p9"}),
        ("qiull wizardry", set()),
        ("Luj", set()),
    ],
)
def test_people_are_found_as_they_are_typed(full_runs: list[Run], words: str, papers: set[str]) -> None:
    for run in full_runs:
        columns, rows = run("search_papers", {"q": words})
        assert {row[columns.index("paper_key")] for row in rows} == papers
