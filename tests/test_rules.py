"""A change of the rules that changes what the samples give has raised the number that makes databases read again."""

import pytest

from programme.loaders.formats import Parsed
from programme.loaders.records import PaperRecord, Problem
from tools.rules import Rules, Sample, objections, records_digest

MOSS = {
    "moss.bib": Sample("bibtex", content="b1", records="r1"),
    "moss.csv": Sample("table", content="b2", records="r2"),
}
BEFORE = Rules({"shared": 3, "bibtex": 1, "table": 5}, MOSS, {"authors": "a1", "papers": "p1"})


def bibtex(**changes: str) -> Rules:
    return BEFORE._replace(samples=MOSS | {"moss.bib": MOSS["moss.bib"]._replace(**changes)})


def raised(rules: Rules, **versions: int) -> Rules:
    return rules._replace(versions=rules.versions | versions)


RECORDS = [
    "moss.bib gives other records: raise VERSION of the format bibtex, "
    "or RULES_VERSION in loaders/rules.py if it is because of what all formats share"
]
DUMP = [
    "the dump of the samples differs in papers, slots: raise RULES_VERSION in loaders/rules.py, "
    "so that databases are read again"
]
OTHER_DUMP = BEFORE._replace(dump={"authors": "a1", "papers": "p2", "slots": "s1"})


@pytest.mark.slow
def test_the_recorded_rules_are_those_of_this_checkout() -> None:
    recorded, current = Rules.recorded(), Rules.current()
    assert objections(recorded, current) == []
    assert recorded == current, "tests/golden/rules.json is stale; run `python -m tools.generate`"


@pytest.mark.parametrize(
    ("current", "expected"),
    [
        (BEFORE, []),
        (bibtex(records="r3"), RECORDS),
        (raised(bibtex(records="r3"), table=6), RECORDS),
        (raised(bibtex(records="r3"), bibtex=2), []),
        (raised(bibtex(records="r3"), shared=4), []),
        (OTHER_DUMP, DUMP),
        (raised(OTHER_DUMP, shared=4), []),
        (raised(OTHER_DUMP, bibtex=2), []),
        (raised(BEFORE, bibtex=2), []),
        (raised(BEFORE, bibtex=0), ["the version of the rules 'bibtex' is 0 and was 1: it may only grow"]),
    ],
)
def test_a_digest_changes_only_with_its_number(current: Rules, expected: list[str]) -> None:
    assert objections(BEFORE, current) == expected


def test_a_changed_sample_may_give_other_facts() -> None:
    current = bibtex(content="b3", records="r3")._replace(dump=OTHER_DUMP.dump)
    assert objections(BEFORE, current) == []
    assert objections(Rules({}, {}, {}), current) == []


def test_the_digest_of_records_is_of_what_they_state() -> None:
    def digest(record: PaperRecord, *problems: Problem) -> str:
        return records_digest(Parsed("bibtex", (record,), problems, 1, 1, 1))

    moss = PaperRecord("Moss", 1, 2)
    assert digest(moss) == digest(moss._replace(authors=(), upvotes=None))
    others = [
        digest(moss._replace(title="Mosses")),
        digest(moss._replace(upvotes=0)),
        digest(moss, Problem(2, "x", "y")),
    ]
    assert len({digest(moss), *others}) == 4
