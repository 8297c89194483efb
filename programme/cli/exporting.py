"""`loader export`: its options, and what it passes on."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from programme.cli import options
from programme.cli.options import DEFAULT_DATABASE, DatabaseOption

ExportFormat = StrEnum(
    "ExportFormat",
    {
        "parquet": "parquet",
        "ducklake": "ducklake",
        "duckdb": "duckdb",
        "sqlite": "sqlite",
        "csv": "csv",
        "jsonl": "jsonl",
        "xlsx": "xlsx",
        "bibtex": "bibtex",
        "ris": "ris",
        "csl_json": "csl-json",
        "ics": "ics",
        "atom": "atom",
    },
)
"""What `loader export` writes."""

Partition = StrEnum("Partition", ["edition"])
"""What the rows of a table can be split into files by."""

ExportedEditionOption = Annotated[
    str | None, typer.Option("--edition", metavar="TEXT", help="Export one edition only, e.g. icml-2022.")
]
ExportedQueryOption = Annotated[
    str | None, typer.Option("--query", metavar="TEXT", help="Export the rows of a curated query to one file.")
]
ListingOption = Annotated[
    str | None, typer.Option("--listing", metavar="KEY", help="Write an Atom feed of this listing.")
]
PartitionOption = Annotated[
    Partition | None,
    typer.Option("--partition", help="Split the tables of parquet or ducklake into files by edition."),
]
SiteOption = Annotated[
    str | None, typer.Option("--site", metavar="URL", help="Address of the site that ics and atom link to.")
]
DestinationArgument = Annotated[
    str, typer.Argument(metavar="DEST", help="File or folder to create; - prints bibtex, ris, csl-json, ics or atom.")
]
EachOption = Annotated[bool, typer.Option("--each", help="Make each poster an event of ics, not each session.")]


def export(
    format: Annotated[ExportFormat, typer.Argument(metavar="FORMAT", help=", ".join(ExportFormat) + ".")],
    destination: DestinationArgument,
    edition: ExportedEditionOption = None,
    query: ExportedQueryOption = None,
    parameter: options.ParameterOption = None,
    listing: ListingOption = None,
    partition: PartitionOption = None,
    site: SiteOption = None,
    each: EachOption = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace an existing file or export folder.")] = False,
    as_of: options.AsOfOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Write the database to a file or folder.

    parquet, csv and jsonl make a folder with a file per table; ducklake makes a folder to which the next export adds
    what changed; the other formats make one file. With --query, formats of rows write those of a curated query,
    and bibtex, ris, csl-json, ics and atom the papers or slots that they name. DEST appears only once it is complete.
    """
    from programme.cli.reading import present
    from programme.export import writing
    from programme.messages import message

    chosen = writing.ExportOptions(
        format.value,
        destination,
        edition,
        query,
        options.key_values(parameter),
        listing,
        replace,
        as_of,
        partition and partition.value,
        site and site.rstrip("/"),
        each,
    )
    print(message(writing.write(present(database), chosen)), file=sys.stderr)
