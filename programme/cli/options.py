"""The options that several commands share, and one option for each limit."""

import inspect
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from programme.loaders.documents import Limits

RowFormat = StrEnum("RowFormat", ["table", "csv", "json", "markdown", "parquet"])
"""How the rows of a query are printed or written."""

ExportFormat = StrEnum("ExportFormat", ["parquet", "duckdb", "sqlite", "csv", "jsonl", "bibtex", "ics", "atom"])
"""What `loader export` writes."""

Engine = StrEnum("Engine", ["sqlite", "duckdb", "postgresql"])
"""What runs a curated query."""


def choices(names: type[StrEnum]) -> str:
    """Return how help shows the values of an option, `[table|csv]`; typer would write `<table|csv>`."""
    return f"[{'|'.join(names)}]"


DEFAULT_DATABASE = "programme.db"
DatabaseOption = Annotated[
    str,
    typer.Option(
        "--database", envvar="LOADER_DATABASE", metavar="DATABASE", help="Path of a SQLite file, or an SQLAlchemy URL."
    ),
]
SourcesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Files, folders, patterns, archives or http(s) URLs; - reads standard input.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option("--format", metavar="TEXT", help="Parse every document as this format; `loader formats` lists them."),
]
VenueOption = Annotated[
    str | None, typer.Option("--venue", metavar="TEXT", help="Venue, where the page does not name it, e.g. icml.")
]
YearOption = Annotated[
    int | None,
    typer.Option(
        "--year", min=1900, max=2200, metavar="INTEGER", help="Year, where the page does not print it, e.g. 2022."
    ),
]
DateOption = Annotated[
    datetime | None,
    typer.Option(
        "--date", formats=["%Y-%m-%d"], metavar="DATE", help="Day of a listing that prints no year, e.g. 2024-05-01."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
RowFormatOption = Annotated[
    RowFormat | None,
    typer.Option(
        "--format",
        metavar=choices(RowFormat),
        help="Format of the rows.  [default: from the suffix of the output file, else table]",
    ),
]
OutputOption = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help="Write the rows to this file, replacing it.")
]
ParameterOption = Annotated[
    list[str] | None,
    typer.Option("-p", "--param", metavar="KEY=VALUE", help="Set a parameter of the query; may be repeated."),
]
EngineOption = Annotated[
    Engine | None,
    typer.Option(
        "--engine", metavar=choices(Engine), help="Engine that runs the query.  [default: the engine of the database]"
    ),
]
PortOption = Annotated[int, typer.Option("--port", metavar="INTEGER", help="Port to listen on; 0 picks a free one.")]


def row_format(form: RowFormat | None, as_json: bool, as_csv: bool) -> str | None:
    """Return the format that `--format`, `--json` or `--csv` asks for; raises BadParameter where they contradict."""
    asked = {name for name, is_asked in (("json", as_json), ("csv", as_csv)) if is_asked}
    if form is not None:
        asked.add(form.value)
    if len(asked) > 1:
        raise typer.BadParameter(f"choose one of {' and '.join(sorted(asked))}", param_hint="--format")
    return next(iter(asked), None)


def key_values(texts: list[str] | None) -> dict[str, str]:
    """Return what `-p KEY=VALUE` sets, by key; raises BadParameter for a text without `=`."""
    pairs = {}
    for text in texts or ():
        key, separator, value = text.partition("=")
        if not separator:
            raise typer.BadParameter(f"{text!r} is not KEY=VALUE", param_hint="-p")
        pairs[key] = value
    return pairs


def _size(text: str) -> int:
    from programme.loaders.documents.limits import parse_size

    try:
        return parse_size(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _limit(name: str, help: str, minimum: int = 1) -> Any:
    return Annotated[int | None, typer.Option(name, min=minimum, metavar="INTEGER", help=help)]


def _size_limit(name: str, help: str) -> Any:
    return Annotated[int | None, typer.Option(name, parser=_size, metavar="SIZE", help=help)]


LIMITS: dict[str, Any] = {
    "document_size": _size_limit("--max-document-size", "Maximum size of a document, unpacked.  [default: 16 GB]"),
    "unpacked_size": _size_limit("--max-unpacked-size", "Maximum unpacked size of an archive.  [default: 64 GB]"),
    "ratio": _limit("--max-ratio", "Maximum ratio of unpacked to packed size.  [default: 200]"),
    "depth": _limit("--max-depth", "Maximum nesting depth of archives.  [default: 1]", 0),
    "members": _limit("--max-members", "Maximum number of members in an archive.  [default: 250000]"),
    "json_depth": _limit("--max-json-depth", "Maximum nesting depth of JSON.  [default: 64]"),
    "xml_entities": Annotated[
        bool | None,
        typer.Option(
            "--xml-entities/--no-xml-entities", help="Expand entities that an XML document defines.  [default: no]"
        ),
    ],
}
"""The option of each field of `Limits` that has one.

Their default is None, which stands for that of `Limits`: importing it here would slow down every command.
"""


def takes_limits(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `LIMITS`, which it receives as one argument, `limits`."""

    @wraps(command)
    def run(*words: Any, **named: Any) -> None:
        given = {name: named.pop(name, None) for name in LIMITS}
        command(*words, limits=_limits(given), **named)

    own = inspect.signature(command)
    parameters = [parameter for name, parameter in own.parameters.items() if name != "limits"]
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters += [inspect.Parameter(name, keyword, default=None, annotation=LIMITS[name]) for name in LIMITS]
    # typer reads the options off the signature and the annotations of the function.
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def _limits(given: dict[str, Any]) -> "Limits":
    from programme.loaders.documents import Limits

    return Limits(**{name: value for name, value in given.items() if value is not None})
