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

DatabaseOption = Annotated[
    str, typer.Option("--database", envvar="LOADER_DATABASE", help="A path or an SQLAlchemy URL.", metavar="DATABASE")
]
FormatOption = Annotated[str | None, typer.Option("--format", help="Read everything as this format; see `formats`.")]
VenueOption = Annotated[str | None, typer.Option("--venue", help="The venue, where no page says it: icml.")]
YearOption = Annotated[
    int | None, typer.Option("--year", min=1900, max=2200, help="The year, where no page says it: 2022.")
]
DateOption = Annotated[
    datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="The day of a listing that prints no year.")
]
SourcesArgument = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE…", help="Files, folders, patterns, archives, http(s) addresses; - reads stdin."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ParameterOption = Annotated[list[str] | None, typer.Option("-p", metavar="KEY=VALUE", help="A parameter.")]
DEFAULT_DATABASE = "programme.db"

RowForm = StrEnum("RowForm", ["table", "csv", "json", "parquet", "markdown"])
"""How `loader sql` writes rows."""

ExportFormat = StrEnum("ExportFormat", ["parquet", "duckdb", "sqlite", "csv", "jsonl", "bibtex", "ics", "atom"])
"""What `loader export` writes."""


def _size(text: str) -> int:
    from programme.loaders.documents.limits import parse_size

    try:
        return parse_size(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _limit(name: str, help: str, least: int = 1) -> Any:
    return Annotated[int | None, typer.Option(name, min=least, metavar="N", help=help)]


def _size_limit(name: str, help: str) -> Any:
    return Annotated[int | None, typer.Option(name, parser=_size, metavar="SIZE", help=help)]


LIMITS: dict[str, Any] = {
    "document_size": _size_limit("--max-document-size", "Of one document, unpacked; default 16 GB."),
    "unpacked_size": _size_limit("--max-unpacked-size", "Of all an archive unpacks to; default 64 GB."),
    "ratio": _limit("--max-ratio", "Unpacked to packed size of an archive; default 200."),
    "depth": _limit("--max-depth", "Archives around an archive; default 1.", 0),
    "members": _limit("--max-members", "Members of an archive; default 250000."),
    "json_depth": _limit("--max-json-depth", "Lists and objects in each other; default 64."),
    "xml_entities": Annotated[
        bool | None, typer.Option("--xml-entities/--no-xml-entities", help="Replace entities a document defines.")
    ],
}
"""The option of each field of `Limits` that has one. None stands for the default, which is known there."""


def takes_limits(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `LIMITS`; it takes them as one argument, `limits`."""

    @wraps(command)
    def run(*words: Any, **named: Any) -> None:
        given = {name: named.pop(name, None) for name in LIMITS}
        command(*words, limits=_limits(given), **named)

    own = inspect.signature(command)
    parameters = [parameter for name, parameter in own.parameters.items() if name != "limits"]
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters += [inspect.Parameter(name, keyword, default=None, annotation=LIMITS[name]) for name in LIMITS]
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined] # what typer looks at
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def _limits(given: dict[str, Any]) -> "Limits":
    from programme.loaders.documents import Limits

    return Limits(**{name: value for name, value in given.items() if value is not None})
