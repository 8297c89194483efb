"""CSV for a person's spreadsheet holds no formula; for programs it is faithful."""

import asyncio
import csv
from pathlib import Path
from urllib.parse import quote

from programme.site import build_site
from tests.cli.conftest import Loader

SQL = "SELECT '=1+1' AS a, '@ada' AS b, '+x' AS c, '-y' AS d, -1 AS e, 'x=1' AS f, NULL AS g"
GUARDED = "'=1+1,'@ada,'+x,'-y,-1,x=1,"
FAITHFUL = "=1+1,@ada,+x,-y,-1,x=1,"


def test_printed_and_written(loaded: Path, loader: Loader) -> None:
    assert loader("sql", SQL, "--format", "spreadsheet", cwd=loaded).stdout.splitlines()[1] == GUARDED
    assert loader("sql", SQL, "--csv", cwd=loaded).stdout.splitlines()[1] == FAITHFUL
    loader("sql", SQL, "--format", "spreadsheet", "-o", "out.csv", cwd=loaded)
    with (loaded / "out.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1] == ["'=1+1", "'@ada", "'+x", "'-y", "-1", "x=1", ""]


def test_downloaded_from_a_site(samples_database: Path) -> None:
    site = build_site(samples_database)
    url = f"/programme.csv?sql={quote(SQL)}"
    assert asyncio.run(site.client.get(f"{url}&_spreadsheet=on")).text.splitlines()[1] == GUARDED
    assert asyncio.run(site.client.get(url)).text.splitlines()[1] == FAITHFUL
    table = asyncio.run(site.client.get("/programme/papers.csv?_spreadsheet=on&_size=5"))
    assert (table.status_code, len(table.text.splitlines())) == (200, 6)
