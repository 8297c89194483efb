"""Papers like another, by the rarest words that they share."""

import json
from pathlib import Path

import pytest

from programme.loaders.documents import Document
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from programme.site import build_site
from programme.site.parts.similar import MAX_MATCHES, TOO_COMMON, expression_of
from tests.site.pages import get, get_json

PAPERS = {
    "Glazing Stoneware Pots": "We study celadon glazes for stoneware.",
    "Celadon Without Iron": "Celadon glazes of stoneware need no iron.",
    "A Survey of Glazes": "We list glazes.",
    "Kites and Wind": "Most kites fly.",
    "Kites and Rain": "Few kites fly.",
    "Kites and Snow": "All kites fly.",
    "Kites and Hail": "No kites fly.",
}


def test_the_page_of_a_paper_names_others_that_share_its_rare_words(tmp_path: Path) -> None:
    records = [
        {"title": title, "author": "Ada Quill;Bo Wu", "abstract": abstract, "status": "Poster", "track": "main"}
        | {"site": "", "id": str(number), "github": "", "project": ""}
        for number, (title, abstract) in enumerate(PAPERS.items())
    ]
    database = tmp_path / "pots.db"
    document = Document.of("test:pots", json.dumps(records).encode())
    assert [report.problems for report in ingest(open_database(str(database), create=True), [document])] == [()]
    site = build_site(database)
    keys = {row["title"]: row["key"] for row in get_json(site, "/pots/papers.json?_shape=array")}
    shown = get_json(site, f"/paper/{keys['Glazing Stoneware Pots']}.json")["similar"]
    assert [paper["title"] for paper in shown] == ["Celadon Without Iron", "A Survey of Glazes"]
    assert (shown[0]["key"], shown[0]["authors"]) == (keys["Celadon Without Iron"], ["Ada Quill", "Bo Wu"])
    assert f'href="/paper/{keys["Celadon Without Iron"]}"' in get(site, f"/paper/{keys['Glazing Stoneware Pots']}")


@pytest.mark.parametrize(
    ("counted", "expression"),
    [
        ([("the", TOO_COMMON)], ""),
        ([("kiln", 1)], ""),
        ([("kiln", 2), ("oven", 2999)] + [(f"w{n}", 2998) for n in range(MAX_MATCHES // 2998)], None),
    ],
)
def test_few_papers_are_compared(counted: list[tuple[str, int]], expression: str | None) -> None:
    found = expression_of(counted)
    assert found == expression if expression is not None else "oven" not in found and "kiln" in found
