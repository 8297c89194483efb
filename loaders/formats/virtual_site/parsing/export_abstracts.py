"""The abstracts of an export that are in a file of their own, by the numbers of the events."""

import json
from collections.abc import Iterator

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.records import PaperRecord, Problem


def abstracts(document: Document) -> Iterator[PaperRecord | Problem]:
    """Yield for each abstract a reference to the paper whose number it has, and a problem for one that is no text."""
    text = document.text
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedDocument(document.uri, None, f"not JSON: {error}; save the file again") from None
    line, at = 1, 0
    for number, abstract in found.items():
        # Where the same number is in a text before, the line is that of an earlier abstract, which is near enough.
        here = max(text.find(f'"{number}"', at), at)
        line += text.count("\n", at, here)
        at = here
        if not isinstance(abstract, str):
            problem = f"{number}: expected the abstract as a text; it is not loaded"
            yield Problem(line, str(abstract)[:80], problem, number, is_lost=True)
        elif abstract.strip():
            yield PaperRecord("", line, line, abstract=abstract.strip(), path=number, site_id=number)
