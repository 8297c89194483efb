"""Abstracts that promise code without a link to it, and abstracts that only seem to, on every engine."""

import json

import pytest

from programme.engines import run_query
from programme.loaders.documents import Document
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest

PROMISES = {
    "Our code will be released.": "released",
    "Code\nand data are publicly available.": "available",
    "We open-source our training code.": "open source",
    "The source-code will be made public.": "public",
    "Code (and models) can be found on our page.": "found",
    "Code is provided in the supplement.": "provided",
    "Our implementation is available online.": "available",
    "We release all codebases. " + "They are long. " * 15: "released",
    "Unlike Kiln (https://github.com/kiln/kiln), we will release our code.": "released",
    "A video is at https://youtu.be/abc. Code will be released.": "released",
}
NO_PROMISES = (
    "Code is available at https://github.com/lab/tool.",
    "Code is available at https://lab.github.io/tool.",
    "Code is available at https://bit.ly/tool.",
    "We train an encoder on publicly available data.",
    "The codebook is released by others.",
    "We study code generation with available models.",
    "Our code will be released. " + "Pots are round. " * 30,
    "An implementation of pots is hard.",
)


@pytest.mark.parametrize("engine", [None, "duckdb"])
def test_promises(database_url: str, engine: str | None) -> None:
    abstracts = [*PROMISES, *NO_PROMISES]
    records = [
        {"title": f"On Pots {number}", "author": "Ada Quill", "abstract": abstract, "status": "Oral", "track": "main"}
        | {"site": "", "id": str(number), "github": "", "project": "https://pots.example/" if number == 0 else ""}
        for number, abstract in enumerate(abstracts)
    ]
    document = Document.of("test:pots", json.dumps(records).encode())
    assert [report.problems for report in ingest(open_database(database_url, create=True), [document])] == [()]
    columns, rows = run_query(database_url, "promised_code", {}, engine)
    found = {row[columns.index("title")]: row for row in rows}
    words = {title: row[columns.index("word")] for title, row in found.items()}
    assert words == {f"On Pots {number}": word for number, word in enumerate(PROMISES.values())}
    links = {title: row[columns.index("link")] for title, row in found.items() if row[columns.index("link")]}
    assert links == {"On Pots 0": "https://pots.example", "On Pots 9": "https://youtu.be/abc"}
