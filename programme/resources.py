"""Data files of the package, in a checkout and in an installed wheel alike."""

from pathlib import Path


def shipped(name: str) -> Path:
    """Return the path of `samples` or `datasette_metadata.json`.

    In a checkout they are at its top; the wheel has copies in `programme/shipped`.
    """
    here = Path(__file__).parent
    installed = here / "shipped" / name
    return installed if installed.exists() else here.parent / name
