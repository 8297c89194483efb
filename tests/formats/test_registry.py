"""The registry: how formats are found and a document is recognised."""

import re
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace

import pytest

import programme.loaders.formats
from programme.loaders.documents import MalformedDocument
from programme.loaders.formats import Sniff, formats, read, recognise
from programme.loaders.records import PaperRecord, SessionRecord, SlotRecord
from programme.loaders.text.bylines import split_byline
from tests.formats.pages import SAMPLES, document, sample

FOLDER = Path(str(programme.loaders.formats.registry.__file__)).parent
MODULES = sorted(path for path in FOLDER.glob("*/[!_]*.py") if path.stem != "parsing")


def test_the_folder_is_the_registry() -> None:
    names = [found.NAME for found in formats()]
    assert names == sorted(set(names))
    assert len(names) == len(MODULES)
    assert {"acl-anthology", "daily-papers", "pwc-links", "virtual-session"} <= set(names)


def test_every_format_has_tests_of_its_own() -> None:
    own = [
        path for path in Path(__file__).parent.rglob("test_*.py") if path.stem not in ("test_registry", "test_contract")
    ]
    tests = "".join(path.read_text(encoding="utf-8") for path in own)
    assert [found.NAME for found in formats() if f'"{found.NAME}"' not in tests] == []


def test_no_family_imports_another() -> None:
    families = {path.parent.name for path in MODULES}
    for family in families:
        for path in (FOLDER / family).rglob("*.py"):
            imported = set(re.findall(r"loaders\.formats\.(\w+)", path.read_text(encoding="utf-8")))
            assert not imported & families - {family}, path


def test_recognising_a_text_does_not_import_slow_libraries() -> None:
    """Every start of `loader ingest` pays for what the registry imports."""
    program = (
        "import sys; from programme.loaders.documents import Document; from programme.loaders.formats import read;"
        "read(Document.of('page.txt', open(sys.argv[1], 'rb').read())); print(*sys.modules)"
    )
    heavy = {"httpx", "importlib.metadata", "lxml", "msgspec", "selectolax", "typing_extensions", "warcio", "yaml"}
    other = "programme.loaders.formats.papers_with_code.links"
    for page, is_sure in {"icml2021_graph_learning.txt": True, "daily_papers_efficient_models.txt": False}.items():
        command = [sys.executable, "-c", program, str(SAMPLES / page)]
        imported = set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
        assert not imported & heavy
        assert (other not in imported) == is_sure


def test_a_given_name_overrides_recognition() -> None:
    assert recognise(sample("icml2021_graph_learning.txt"), "daily-papers").NAME == "daily-papers"


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"no format is called 'pdf'; choose one of: acl-anthology, .*-session$"):
        recognise(document("x"), "pdf")


def test_a_document_that_is_not_recognised_lists_the_closest_formats() -> None:
    with pytest.raises(MalformedDocument) as refusal:
        read(document("Daily bread\n\nSession\n\nNotes of a meeting.\n"))
    assert re.fullmatch(
        r"/pages/page\.txt: not recognised: a text; closest: "
        r"virtual-session \(no time line like 'Tue 20 July 7:00 - 7:20 PDT' near the top\)"
        r"(, [a-z-]+ \(.+\))?; choose a format with --format",
        str(refusal.value),
    )


def test_a_document_like_no_format_lists_none() -> None:
    with pytest.raises(
        MalformedDocument, match=r"txt: not recognised: a text; `loader formats` lists what can be read; programs for"
    ):
        read(document("Moss.\n"))


def test_an_installed_package_adds_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = SimpleNamespace(
        NAME="plain",
        DESCRIPTION="Anything.",
        YIELDS="nothing",
        EXAMPLE="",
        VERSION=1,
        sniff=lambda _: Sniff(1.0, "anything goes"),
        parse=lambda *_: iter(()),
    )
    monkeypatch.setitem(sys.modules, "plain_format", plain)
    monkeypatch.setattr(
        "importlib.metadata.entry_points",
        lambda group: [EntryPoint("plain", "plain_format", group)],
    )
    programme.loaders.formats.registry._installed.cache_clear()
    try:
        parsed = read(document("One line\n\nand another\n"))
    finally:
        programme.loaders.formats.registry._installed.cache_clear()
    assert (parsed.format, parsed.line_count, parsed.claimed_line_count) == ("plain", 2, 0)
    assert [(problem.line, problem.text) for problem in parsed.problems] == [(1, "One line"), (3, "and another")]


def test_a_kind_outside_the_vocabulary_refuses_the_document_and_not_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    slot = SlotRecord("Panel on rakes", "panel", 2, 2, position=1)
    session = SessionRecord("Rakes", 1, 1, slots=(slot,))
    plain = SimpleNamespace(NAME="plain", parse=lambda *_: iter([session]))
    monkeypatch.setattr("programme.loaders.formats.reading.recognise", lambda *_: plain)
    with pytest.raises(MalformedDocument, match=r"line 2: the format plain yields the kind 'panel', which is none of"):
        read(document("Rakes\nPanel on rakes\n"))


def test_names_are_those_in_the_stated_byline() -> None:
    for path in sorted(SAMPLES.glob("*.txt")):
        for record in read(sample(path.name)).records:
            sessions = [record] if isinstance(record, SessionRecord) else []
            papers = [slot.paper for session in sessions for slot in session.slots if slot.paper]
            papers += [record] if isinstance(record, PaperRecord) else []
            stated = [(paper.byline, paper.authors) for paper in papers]
            stated += [(session.moderators, session.moderator_names) for session in sessions]
            assert [split_byline(text) if text else () for text, _ in stated] == [names for _, names in stated]


def test_an_installed_format_that_cannot_be_imported_is_left_out(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    entry = EntryPoint("riddle", "no_such_module", "programme.formats")
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [entry])  # noqa: ARG005
    programme.loaders.formats.registry._installed.cache_clear()
    try:
        assert "riddle" not in [found.NAME for found in formats()]
    finally:
        programme.loaders.formats.registry._installed.cache_clear()
    assert "riddle (no_such_module) cannot be imported and is left out" in caplog.text


def test_an_installed_module_that_is_not_a_format_is_left_out(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "half_format", SimpleNamespace(NAME="half", sniff=None))
    entry = EntryPoint("half", "half_format", "programme.formats")
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [entry])  # noqa: ARG005
    programme.loaders.formats.registry._installed.cache_clear()
    try:
        assert "half" not in [found.NAME for found in formats()]
    finally:
        programme.loaders.formats.registry._installed.cache_clear()
    assert "half (half_format) is left out: it lacks DESCRIPTION, YIELDS, EXAMPLE, VERSION, parse" in caplog.text
