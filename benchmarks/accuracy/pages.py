"""Labelled pages: a truth file maps the name of each page to the facts it states."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.accuracy.sources import SHARED, sources
from programme.loaders.store.fact_types import DocumentFacts

TRUTH = SHARED / "truth" / "seeds.json"


class LabelledPage(NamedTuple):
    """The name of a page, its labels, and the facts read from it."""

    name: str
    labels: dict[str, Any]
    facts: DocumentFacts


def labelled_pages(truth: Path = TRUTH) -> Iterator[LabelledPage]:
    """Yield the pages that a truth file labels, read from the folder `seeds` beside its folder, or from its own."""
    labels: dict[str, dict[str, Any]] = json.loads(truth.read_text(encoding="utf-8"))
    seeds = truth.parent.parent / "seeds"
    folder = seeds if seeds.is_dir() else truth.parent
    read = {Path(source.document.uri).name: source.facts for source in sources(folder / name for name in labels)}
    for name, page in labels.items():
        if name not in read:
            raise SystemExit(f"{folder / name}: labelled in {truth}, but missing or not recognised")
        yield LabelledPage(name, page, read[name])
