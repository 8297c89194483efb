"""All commands of `loader`: one thin function each, those that read a database in `programme.cli.reading`.

Heavy imports stand inside the function that needs them: every command pays for what is imported at the top.
"""

from typing import Annotated

import typer

from programme.cli import (
    correcting,
    fetching,
    options,
    publishing,
    reading,
    refreshing,
    rereading,
    sharding,
    usage,
)
from programme.cli.loading import app

__all__ = ["app"]


@app.command("formats", cls=usage.Command)
def formats_command() -> None:
    """List the document formats, with what each one reads and yields."""
    from programme.loaders.formats import formats

    for found in formats():
        print(f"{found.NAME}\n  {found.DESCRIPTION}\n  yields {found.YIELDS}; example: samples/{found.EXAMPLE}")


@app.command("forget", cls=usage.Command)
def forget_command(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="Path or URI of a document, or the start of its SHA-256.")
    ],
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
) -> None:
    """Delete a document with every fact that only it states.

    `loader documents` lists them. The database is then the same as if the document had not been ingested.
    """
    from programme.loaders.store.database import open_database
    from programme.loaders.store.forget import forget
    from programme.messages import message

    forgotten = forget(open_database(database), document)
    print(f"forgot {message(forgotten.uri)}")
    for digest, instant in forgotten.restored:
        print(f"the capture of {instant[:16].replace('T', ' ')} UTC ({digest}) is current again")


@app.command("upgrade", cls=usage.Command)
def upgrade_command(database: options.DatabaseOption = options.DEFAULT_DATABASE) -> None:
    """Migrate a database to the latest schema, and read again what older rules have read.

    The bytes of all documents are in the database. Afterwards it holds what a fresh load of them would give.
    """
    from programme.database_url import parse_database_url
    from programme.loaders.store.database import upgrade

    before, after = upgrade(database)
    read_again, statuses = rereading.run(database)
    is_current = before == after and not read_again
    done = [f"is up to date ({after})"] if is_current else [f"migrated {before} → {after}"] * (before != after)
    print(f"{parse_database_url(database)}: {'; '.join([*done, read_again] if read_again else done)}")
    raise typer.Exit(1 if statuses["refused"] else 0)


app.command(cls=usage.Command)(sharding.parse)
app.command(cls=usage.Command)(sharding.merge)
app.command(cls=usage.Command)(rereading.reread)
app.command(cls=usage.Command)(refreshing.refresh)
app.command(cls=usage.Command)(fetching.sources)
app.command(cls=usage.Command)(fetching.fetch)


for command in reading.COMMANDS:
    app.command(cls=usage.QueryCommand if command is reading.query else usage.Command)(command)

app.command(cls=usage.Command)(publishing.publish)

app.add_typer(correcting.app, name="correct")


@app.command("serve", cls=usage.Command)
def serve_command(
    port: options.PortOption = 8001,
    host: Annotated[str, typer.Option("--host", metavar="TEXT", help="Address to listen on.")] = "127.0.0.1",
    immutable: Annotated[
        bool, typer.Option("--immutable", help="Serve faster; the file must not change while it is served.")
    ] = False,
    cors: Annotated[
        bool, typer.Option("--cors", help="Send CORS headers, so that scripts on other sites can read the data.")
    ] = False,
    robots: Annotated[bool, typer.Option("--robots", help="Let search engines index the site.")] = False,
    url: Annotated[
        str, typer.Option("--url", metavar="URL", help="URL that visitors know the site by; other hosts are refused.")
    ] = "",
    sql: Annotated[bool, typer.Option("--sql/--no-sql", help="Let visitors run SQL of their own.")] = True,
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
) -> None:
    """Browse the database with Datasette, read-only."""
    from programme.site import Publishing, serve

    serve(reading.present(database), host, port, Publishing(immutable, cors, robots, sql, url))


@app.command("demo", cls=usage.Command)
def demo_command(
    port: options.PortOption = 8001,
    database: Annotated[
        str, typer.Option("--database", metavar="DATABASE", help="Where to create the demo database.")
    ] = "demo.db",
    serve: Annotated[bool, typer.Option(help="Serve the database once it is created.")] = True,
) -> None:
    """Create a database of invented sample documents, and browse it."""
    from programme import site

    status = _load_samples(database)
    if serve:
        print()
        site.serve(database, "127.0.0.1", port)
    elif status:
        raise typer.Exit(status)


def _load_samples(database: str) -> int:
    """Load the samples; their problems, which show how problems are reported, are only counted."""
    from programme.cli.ingesting import run
    from programme.cli.report import Report, row_counts
    from programme.loaders.documents import documents_from
    from programme.loaders.store.database import open_database
    from programme.loaders.store.ingest import ingest
    from programme.messages import message
    from programme.resources import shipped

    sources = [str(shipped("samples"))]
    connection = open_database(database, create=True)
    report = Report(is_quiet=True, database=database, count_rows=lambda: row_counts(connection))
    status = run(sources, documents_from(sources), lambda documents: ingest(connection, documents), report)
    if report.problem_count:
        print(f"see the problems with `loader query problems_of_documents --database {message(database)}`")
    return status
