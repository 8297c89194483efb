"""Calendars of the site while a programme changes: what was removed stays as a cancelled event."""

from datetime import UTC, datetime
from typing import Any

import pytest

from programme.loaders.documents import Document
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from programme.site import build_site
from tests.pages import session_page
from tests.site.conftest import TALKS
from tests.site.pages import get_json
from tests.site.test_edition_pages import events


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The site over a session whose first talk was removed in a second capture."""
    path = tmp_path_factory.mktemp("changed") / "programme.db"
    connection = open_database(path, create=True)
    for hour, talks in ((8, TALKS), (9, TALKS[1:])):
        content = session_page("Graphs and Trees", talks)
        captured_at = datetime(2021, 7, 19, hour, tzinfo=UTC)
        list(ingest(connection, [Document.of("test:page", content, captured_at=captured_at, basis="given")]))
    connection.close()
    return build_site(path)


def test_a_removed_talk_is_cancelled_in_whole_calendars_alone(changed: Any) -> None:
    key = get_json(changed, "/edition/icml-2021.json")["programme"][0]["sessions"][0]["key"]
    expected = {"Walking on Graphs": "CANCELLED", "Resting on Trees": "", "Q&A": ""}
    for path in ("/edition/icml-2021.ics", f"/session/{key}.ics"):
        assert {str(event["summary"]): str(event.get("status", "")) for event in events(changed, path)} == expected
    (spotlight,) = events(changed, "/edition/icml-2021.ics?kind=spotlight")
    assert str(spotlight["summary"]) == "Resting on Trees"
