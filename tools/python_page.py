"""The page on the library, docs/python.md: its examples are run, and what they print is put below them.

A block that starts with ```python holds examples with the prompt `>>> `, each followed by what it prints.
"""

import doctest
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "python.md"


class _Recorder(doctest.DocTestRunner):
    """Runs examples and keeps what each prints, right or wrong."""

    def __init__(self) -> None:
        super().__init__(verbose=False)
        self.printed: list[Any] = []

    def report_success(self, *arguments: Any, **_: Any) -> None:
        """Keep an example and what it printed; `arguments` are those of doctest: out, test, example, got."""
        self.printed.append(arguments[2:])

    # Old output is no failure here: it is what the page is generated for.
    report_failure = report_success

    def report_unexpected_exception(self, *arguments: Any, **_: Any) -> None:
        """Raise what an example raised; `arguments` are out, test, example, exc_info."""
        example, error = arguments[2:]
        raise RuntimeError(f"{PAGE.name}, line {example.lineno + 1}: {example.source}") from error[1]


def page() -> str:
    """Return the page with what its examples print now, in a folder that holds nothing but the samples."""
    text = PAGE.read_text(encoding="utf-8")
    lines = text.splitlines()
    # To doctest a blank line ends what an example prints; on the page the fence does.
    examples = "\n".join("" if line.startswith("```") else line for line in lines)
    runner = _Recorder()
    with TemporaryDirectory() as folder, chdir(folder):
        Path("samples").symlink_to(ROOT / "samples")
        runner.run(doctest.DocTestParser().get_doctest(examples, {}, PAGE.name, str(PAGE), 0))
    # From the last to the first, so that the line numbers of those before stay right.
    for example, got in reversed(runner.printed):
        start = example.lineno + example.source.count("\n")
        lines[start : start + example.want.count("\n")] = got.splitlines()
    return "\n".join(lines) + "\n"
