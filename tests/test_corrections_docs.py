"""The page about corrections: every example in it is read without a problem, and every field has one."""

import re
from pathlib import Path

from programme.loaders.documents import Document
from programme.loaders.formats import Parsed, read
from programme.loaders.formats.corrections.parsing.entries import GROUPS, SHAPES

PAGE = Path(__file__).parents[1] / "docs" / "corrections.md"
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def parsed(example: str) -> Parsed:
    text = example if example.startswith("corrections:") else f"corrections:\n{example}"
    return read(Document.of("file:///corrections.yaml", text.encode()))


def test_every_example_is_read() -> None:
    assert len(EXAMPLES) == 8
    for example in EXAMPLES:
        found = parsed(example)
        assert (found.format, found.problems) == ("corrections", ())
        assert found.corrections


def test_every_field_has_an_example() -> None:
    stated = {(one.subject_type, one.field) for example in EXAMPLES for one in parsed(example).corrections}
    fields = {(shape.subject_type, field) for shape in SHAPES.values() for field in shape.fields} - {
        ("author", "papers")
    }
    assert stated == fields | {(shape.subject_type, name) for name, shape in GROUPS.items()} | {
        ("author", "different_authors")
    }


def test_the_problem_that_is_shown() -> None:
    (problem,) = parsed("- paper: arxiv:2206.04417\n  because: x\n  titel: Crossed Views\n").problems
    shown = f"corrections.yaml, line {problem.line}: {problem.problem} ({problem.text})"
    assert f"\n{shown}\n" in PAGE.read_text(encoding="utf-8")
