"""The command `publish`."""

import sys
from typing import Annotated

import typer

from programme.cli import options


def publish(
    folder: Annotated[
        str, typer.Argument(metavar="FOLDER", help="Folder to create, or one that was published before.")
    ],
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Where readers will find the folder.", show_default=False)
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Title of the data.")] = None,
    license: Annotated[
        str | None, typer.Option("--license", metavar="TEXT", help="SPDX name or URL of the licence of the data.")
    ] = None,
    creators: Annotated[
        list[str] | None, typer.Option("--creator", metavar="TEXT", help="Who made the data; may be repeated.")
    ] = None,
    version: Annotated[
        str | None,
        typer.Option("--version", metavar="VERSION", help="Version of this release.  [default: 1.0.0, then the next]"),
    ] = None,
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
) -> None:
    """Write a folder for a web server or object store: the data, and what describes, cites and checks it.

    SQLite, DuckDB and Parquet files, datapackage.json, croissant.json, CITATION.cff, CHANGELOG.md and SHA256SUMS. What
    is not said again stays as the release before in the same folder said.
    """
    from programme.export.publish import publishing
    from programme.export.publish.release import Terms
    from programme.messages import message

    terms = Terms(title, url, license, tuple(creators) if creators else None)
    print(message(publishing.publish(database, folder, terms, version)), file=sys.stderr)
