"""The versions of the rules in `queries/check_documents.sql`, which names the documents that older ones have read."""

import re

from programme.loaders.formats import formats
from programme.loaders.rules import RULES_VERSION
from tools.rules import SAMPLES

PATH = SAMPLES.parent / "queries" / "check_documents.sql"
_VALUES = re.compile(r"(?<=^rules \(format, version\) AS \(\n).*?(?=^\),$)", re.DOTALL | re.MULTILINE)


def query() -> str:
    """Return the text of the query with the versions of this checkout."""
    versions = [("", RULES_VERSION), *((one.NAME, one.VERSION) for one in formats())]
    values = "".join(f"\n        ('{name}', {version})," for name, version in versions).rstrip(",")
    return _VALUES.sub(f"    VALUES{values}\n", PATH.read_text(encoding="utf-8"))
