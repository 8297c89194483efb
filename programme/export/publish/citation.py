"""`CITATION.cff`: how to cite a release, as GitHub, Zenodo and Zotero read it."""

import json

from programme.export.publish.release import DESCRIPTION, Release

NAME = "CITATION.cff"


def citation(release: Release) -> str:
    """Return the text of the file. Quoting as in JSON is also right in YAML."""
    terms = release.terms
    lines = [
        "cff-version: 1.2.0",
        "type: dataset",
        'message: "If you use this data, please cite it, and the sources of the documents in it."',
        f"title: {_quoted(release.title)}",
        f"abstract: {_quoted(DESCRIPTION)}",
        f"version: {_quoted(release.version)}",
        f'date-released: "{release.released_on}"',
        "authors:",
        # The format demands an author, and has this name for one that is unknown.
        *(f"  - name: {_quoted(name)}" for name in terms.creators or ("anonymous",)),
        "identifiers:",
        "  - type: other",
        f'    value: "sha256:{release.facts_sha256}"',
        '    description: "SHA-256 of what `loader dump` prints"',
    ]
    if terms.url:
        lines.append(f"url: {_quoted(terms.url)}")
    if terms.license:
        lines.append(f"{'license-url' if '://' in terms.license else 'license'}: {_quoted(terms.license)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
