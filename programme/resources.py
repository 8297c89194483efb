"""Files that come with the package: found in the checkout as well as in an installed wheel."""

from pathlib import Path


def shipped(name: str) -> Path:
    """The path of `samples` or `datasette_metadata.json`."""
    here = Path(__file__).parent
    installed = here / "shipped" / name
    return installed if installed.exists() else here.parent / name
