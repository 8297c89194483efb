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
    from programme.loaders.given import Given

RowFormat = StrEnum("RowFormat", ["table", "csv", "spreadsheet", "json", "markdown", "parquet"])
"""How the rows of a query are printed or written."""

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
    list[str] | None,
    typer.Argument(
        metavar="SOURCE...",
        help="Files, folders, patterns, archives, http(s), s3 or gs URLs; - reads standard input.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
RowFormatOption = Annotated[
    RowFormat | None,
    typer.Option(
        "--format",
        metavar=choices(RowFormat),
        help="Format of the rows; spreadsheet is CSV in which no text is taken for a formula.  "
        "[default: from the suffix of the output file, else table]",
    ),
]
OutputOption = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help="Write the rows to this file, replacing it.")
]
ParameterOption = Annotated[
    list[str] | None,
    typer.Option(
        "-p",
        "--param",
        metavar="KEY=VALUE",
        help="Set a parameter of the query, or filter a column of a view; may be repeated.",
    ),
]
EngineOption = Annotated[
    Engine | None,
    typer.Option(
        "--engine", metavar=choices(Engine), help="Engine that runs the query.  [default: the engine of the database]"
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="INSTANT",
        help="As the documents stood then: a date, which means its end, or date and time, in UTC without an offset.",
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=1,
        metavar="INTEGER",
        help="Processes that read documents; 1 reads them in this one.  [default: the number of cores]",
    ),
]
OnOption = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="dask://HOST:PORT",
        help="Read on a Dask cluster, whose machines see the sources and the folder of the database.",
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
    "document_size": _size_limit("--max-document-size", "Maximum size of a document, unpacked.  [default: 8 GB]"),
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
    "allow_private": Annotated[
        bool | None,
        typer.Option(
            "--allow-private/--no-allow-private",
            help="Follow redirects from public pages to this machine and its network.  [default: no]",
        ),
    ],
}
"""The option of each field of `Limits` that has one.

Their default is None, which stands for that of `Limits`: importing it here would slow down every command.
"""


HINTS: dict[str, Any] = {
    "format": Annotated[
        str | None,
        typer.Option("--format", metavar="TEXT", help="Parse every document as this format; see `loader formats`."),
    ],
    "venue": Annotated[
        str | None, typer.Option("--venue", metavar="TEXT", help="Venue, where the page does not name it, e.g. icml.")
    ],
    "year": Annotated[
        int | None,
        typer.Option(
            "--year", min=1900, max=2200, metavar="INTEGER", help="Year, where the page does not print it, e.g. 2022."
        ),
    ],
    "date": Annotated[
        datetime | None,
        typer.Option(
            "--date",
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="Day of a listing that prints no year: 2024-05-01.",
        ),
    ],
    "time_zone": Annotated[
        str | None,
        typer.Option(
            "--time-zone",
            metavar="ZONE",
            help="Time zone of pages that print none, e.g. America/New_York.  [default: that of the edition]",
        ),
    ],
    "column": Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="ROLE=NAME",
            help="What a column of a table of papers holds, e.g. title='Paper name'; may be repeated.",
        ),
    ],
    "manifest": Annotated[
        str | None,
        typer.Option(
            "--manifest",
            metavar="FILE",
            help="Read the documents that a CSV file lists: source, venue, year, date, captured, format.",
        ),
    ],
}
"""The options that say what documents leave out."""

CAPTURES: dict[str, Any] = {
    "captured": Annotated[
        str | None,
        typer.Option(
            "--captured",
            metavar="INSTANT",
            help="When the documents were captured: a date, or date and time, in UTC where it has no offset.  "
            "[default: from the web archive, the server or the file]",
        ),
    ],
    "keep": Annotated[
        bool, typer.Option("--keep", help="Keep the documents for good: no later capture replaces them.")
    ],
    "as_uri": Annotated[
        str | None,
        typer.Option("--as", metavar="URI", help="URL or path that the document, one only, is a capture of."),
    ],
}
"""The options that say when documents were captured, and of what."""


def takes_limits(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `LIMITS`, which it receives as one argument, `limits`."""
    return _takes(command, "limits", LIMITS, _limits)


def takes_given(options: dict[str, Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of `HINTS` or more, which it receives as one argument, `given`."""
    return lambda command: _takes(command, "given", options, _given)


def _takes(
    command: Callable[..., None], name: str, options: dict[str, Any], make: Callable[[dict[str, Any]], Any]
) -> Callable[..., None]:
    """Replace a parameter of a command by options, and pass what `make` returns for their values."""

    @wraps(command)
    def run(**named: Any) -> None:
        made = make({option: named.pop(option) for option in options})
        command(**{name: made}, **named)

    parameters = []
    for parameter in inspect.signature(command).parameters.values():
        if parameter.name == name:
            parameters += [
                inspect.Parameter(option, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=options[option])
                for option in options
            ]
        else:
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
    # typer reads the options off the signature and the annotations of the function.
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def _limits(values: dict[str, Any]) -> "Limits":
    from programme.loaders.documents import Limits

    return Limits(**{name: value for name, value in values.items() if value is not None})


def _given(values: dict[str, Any]) -> "Given":
    """Check what is said of documents; raises BadParameter."""
    from programme.loaders.given import GivenError, checked

    try:
        return checked(**values)
    except GivenError as error:
        raise typer.BadParameter(error.problem, param_hint=f"--{error.name}") from None
