"""`loader refresh`, and the same in the library."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import programme
from tests.cli.conftest import Loader
from tests.documents.sites import Site, running_site
from tests.store.test_refresh import FIRST, LATER, SHORT, load

LATEST = "Fri, 01 Jan 2100 00:00:00 GMT"


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as found:
        yield found


def test_the_command_and_the_library(site: Site, tmp_path: Path, loader: Loader) -> None:
    load(tmp_path / "programme.db", [site.page("/a", FIRST), site.page("/b", SHORT)]).close()
    site.page("/a", LATER, Date=LATEST)
    site.page("/b", status=404)
    result = loader("refresh", cwd=tmp_path)
    assert result.returncode == 1
    assert "/a: replaces the capture of" in result.stdout
    assert "1 refused, 1 replaced" in result.stdout
    assert "/b: refused: HTTP 404" in result.stderr
    result = loader("refresh", f"{site.address}/a", "--json", cwd=tmp_path)
    assert result.returncode == 0
    assert [one["status"] for one in json.loads(result.stdout)["documents"]] == ["unchanged"]
    with programme.open(tmp_path / "programme.db") as db:
        assert [outcome.status for outcome in db.refresh(f"{site.address}/a")] == ["unchanged"]
        with pytest.raises(programme.ProgrammeError, match="no option or limit is called sise"):
            db.refresh(sise=1)


def test_documents_are_current_ones_first_and_forget_says_what_is_current_again(
    site: Site, tmp_path: Path, loader: Loader
) -> None:
    load(tmp_path / "programme.db", [site.page("/a", FIRST)]).close()
    site.page("/a", LATER, Date=LATEST)
    loader("refresh", cwd=tmp_path)
    assert loader("documents", cwd=tmp_path).stdout.count("/a") == 1
    listed = loader("documents", "--all", cwd=tmp_path).stdout
    assert listed.count("/a") == 2
    assert max(map(len, listed.splitlines())) <= 80
    result = loader("forget", f"{site.address}/a", cwd=tmp_path)
    assert result.stdout.startswith(f"forgot {site.address}/a\nthe capture of ")
    assert result.stdout.endswith(" is current again\n")
