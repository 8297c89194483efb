"""Feeds: valid Atom, newest first, with stable ids."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from programme.exceptions import StoreError
from programme.export.feeds import Entry, feed
from programme.export.text_files import write_feed
from programme.loaders.store.database import open_database

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def texts(root: ElementTree.Element, path: str) -> list[str | None]:
    return [found.text for found in root.findall(path, ATOM)]


def parsed(path: Path) -> ElementTree.Element:
    return ElementTree.fromstring(path.read_bytes())  # noqa: S314  our own text


def test_every_entry_has_the_required_elements() -> None:
    entry = Entry(
        "9f31", "A <b> & \x08c", "2022-07-21", ("Ada Lee", "Bo Wu"), "We show.", code="https://github.com/a/b"
    )
    root = ElementTree.fromstring(feed("New", "new", [entry], url="https://x.example/feed.atom"))  # noqa: S314
    assert texts(root, "a:entry/a:title") == ["A <b> & c"]
    assert texts(root, "a:entry/a:updated") == texts(root, "a:updated") == ["2022-07-21T00:00:00Z"]
    assert texts(root, "a:entry/a:author/a:name") == ["Ada Lee", "Bo Wu"]
    assert texts(root, "a:entry/a:summary") == ["We show.\n\nCode: https://github.com/a/b"]
    links = [(link.get("rel"), link.get("href")) for link in root.findall("a:entry/a:link", ATOM)]
    assert links == [("alternate", "https://github.com/a/b"), ("related", "https://github.com/a/b")]
    assert [link.get("rel") for link in root.findall("a:link", ATOM)] == ["self"]


def test_ids_depend_on_the_paper_and_the_feed_alone() -> None:
    one, two = Entry("9f31", "Nets", "2022-07-21"), Entry("9f31", "Nets, cleaned", "2023-01-01", ("Ada Lee",))
    ids = [texts(ElementTree.fromstring(feed("New", "new", [entry])), ".//a:id") for entry in (one, two)]  # noqa: S314
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


def test_an_empty_feed_is_valid() -> None:
    root = ElementTree.fromstring(feed("None", "none", []))  # noqa: S314
    assert texts(root, "a:updated") == ["1970-01-01T00:00:00Z"]


def test_papers_with_code_are_sorted_newest_first(sampled: str, samples_sqlite: str, tmp_path: Path) -> None:
    count = write_feed(sampled, tmp_path / "new.atom")
    root = parsed(tmp_path / "new.atom")
    days = texts(root, "a:entry/a:updated")
    assert len(days) == count > 10
    assert days == sorted(days, key=str, reverse=True)
    assert texts(root, "a:updated") == days[:1]
    assert all(link.get("href") for link in root.findall("a:entry/a:link", ATOM))
    coded = {title for (title,) in open_database(sampled).query(
        "SELECT title FROM papers JOIN repo_links ON papers.id = paper_id WHERE role = 'own'"
    )}  # fmt: skip
    assert set(texts(root, "a:entry/a:title")) <= coded
    write_feed(samples_sqlite, tmp_path / "same.atom")
    assert (tmp_path / "same.atom").read_bytes() == (tmp_path / "new.atom").read_bytes()


def test_a_feed_of_an_edition_holds_its_papers(sampled: str, tmp_path: Path) -> None:
    write_feed(sampled, tmp_path / "icml.atom", "icml-2022")
    root = parsed(tmp_path / "icml.atom")
    assert texts(root, "a:title") == ["ICML 2022 with code"]
    assert all("ICML 2022" in str(summary) for summary in texts(root, "a:entry/a:summary"))
    assert root.findall("a:entry", ATOM)


def test_a_feed_of_a_listing_holds_its_entries_in_order(sampled: str, tmp_path: Path) -> None:
    key, title = open_database(sampled).query("SELECT key, title FROM listings ORDER BY key")[0]
    count = write_feed(sampled, tmp_path / "list.atom", listing=key)
    root = parsed(tmp_path / "list.atom")
    assert texts(root, "a:title") == [title]
    expected = open_database(sampled).query(
        "SELECT papers.title FROM listing_entries JOIN papers ON papers.id = paper_id JOIN listings "
        "ON listings.id = listing_id WHERE listings.key = ? ORDER BY position",
        (key,),
    )
    assert texts(root, "a:entry/a:title") == [title for (title,) in expected]
    assert len(expected) == count
    with pytest.raises(StoreError, match="no listing with papers has the key 'nope'"):
        write_feed(sampled, tmp_path / "none.atom", listing="nope")
