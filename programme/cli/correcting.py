"""`loader correct`: append a correction to a file beside the database, ingest it, and show what it changes.

Heavy imports stand inside the function that needs them: every command pays for what is imported at the top.
"""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from programme.cli import options, usage

FILE_NAME = "corrections.yaml"

Role = StrEnum("Role", ["own", "other"])
"""Whose a repository is."""

app = typer.Typer(
    help="Correct what documents get wrong: append to a file of corrections, and ingest it.",
    context_settings={"help_option_names": list(usage.HELP_OPTIONS)},
    rich_markup_mode=None,
)


def _text(name: str, help: str) -> Any:
    return typer.Option(name, metavar="TEXT", help=help)


Because = Annotated[str, typer.Option("--because", metavar="TEXT", help="Why it is right.")]
File = Annotated[
    Path | None,
    typer.Option("--file", metavar="FILE", help=f"File of corrections.  [default: {FILE_NAME} beside the database]"),
]
Paper = Annotated[str, typer.Argument(metavar="PAPER", help="Key, or identifier such as arxiv:2103.00020.")]
OfPaper = Annotated[
    str, typer.Option("--paper", metavar="PAPER", help="Key of the paper, or identifier such as arxiv:2103.00020.")
]
Session = Annotated[str, typer.Argument(metavar="SESSION", help="Key of the session.")]
Title = Annotated[str | None, _text("--title", "The right title.")]
Abstract = Annotated[str | None, _text("--abstract", "The right abstract.")]
Room = Annotated[str | None, _text("--room", "The right room.")]
StartsAt = Annotated[
    str | None, _text("--starts-at", "The right start with its offset, e.g. 2022-07-21T14:10:00-04:00.")
]
EndsAt = Annotated[str | None, _text("--ends-at", "The right end with its offset.")]
Kind = Annotated[str | None, _text("--kind", "The right kind, e.g. oral.")]
Edition = Annotated[str | None, _text("--edition", "The right edition, e.g. icml-2022.")]
Cancelled = Annotated[bool | None, typer.Option("--cancelled/--not-cancelled", help="Whether it was cancelled.")]
Add = Annotated[bool, typer.Option("--add", help="The paper has it.")]
Deny = Annotated[bool, typer.Option("--deny", help="The paper does not have it.")]


@app.command("paper", cls=usage.Command)
def paper(
    paper: Paper,
    because: Because,
    title: Title = None,
    abstract: Abstract = None,
    author: Annotated[
        list[str] | None,
        typer.Option("--author", metavar="NAME", help="An author; give all of them, in order."),
    ] = None,
    edition: Edition = None,
    file: File = None,
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
) -> None:
    """Correct title, abstract, authors or edition of a paper."""
    fields = {"title": title, "abstract": abstract, "authors": author or None, "edition": edition}
    _correct([("paper", paper)], [{"paper": paper, **fields, "because": because}], file, database)


@app.command("session", cls=usage.Command)
def session(
    session: Session,
    because: Because,
    title: Title = None,
    abstract: Abstract = None,
    track: Annotated[str | None, _text("--track", "The right track.")] = None,
    room: Room = None,
    starts_at: StartsAt = None,
    ends_at: EndsAt = None,
    kind: Kind = None,
    edition: Edition = None,
    cancelled: Cancelled = None,
    file: File = None,
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
) -> None:
    """Correct a session: its title, place, time, kind or edition."""
    fields = {"title": title, "abstract": abstract, "track": track, "room": room, "starts_at": starts_at}
    fields |= {"ends_at": ends_at, "kind": kind, "edition": edition}
    entry = {"session": session, **fields, "cancelled": cancelled, "because": because}
    _correct([("session", session)], [entry], file, database)


@app.command("slot", cls=usage.Command)
def slot(
    session: Session,
    slot: Annotated[
        str, typer.Argument(metavar="SLOT", help="Exact title of the slot, or key or identifier of its paper.")
    ],
    because: Because,
    title: Title = None,
    room: Room = None,
    starts_at: StartsAt = None,
    ends_at: EndsAt = None,
    kind: Kind = None,
    award: Annotated[str | None, _text("--award", "The right award.")] = None,
    poster_number: Annotated[str | None, _text("--poster-number", "The right number of the poster.")] = None,
    cancelled: Cancelled = None,
    file: File = None,
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
) -> None:
    """Correct a slot of a session: a talk, a poster, a break."""
    subject = {"session": session, "paper" if _names_paper(slot) else "title": slot}
    fields = {"title": title, "room": room, "starts_at": starts_at, "ends_at": ends_at, "kind": kind, "award": award}
    entry = {"slot": subject, **fields, "poster_number": poster_number, "cancelled": cancelled, "because": because}
    _correct([("slot", subject)], [entry], file, database)


@app.command("author", cls=usage.Command)
def author(
    author: Annotated[str, typer.Argument(metavar="AUTHOR", help="Key of the author.")],
    because: Because,
    name: Annotated[str | None, _text("--name", "The name to show.")] = None,
    same_as: Annotated[
        list[str] | None,
        typer.Option("--same-as", metavar="AUTHOR", help="Key of another author who is the same person."),
    ] = None,
    file: File = None,
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
) -> None:
    """Say which name of a person to show, or that authors are one person."""
    others = same_as or []
    entries: list[dict[str, Any]] = []
    if name is not None or not others:
        entries.append({"author": author, "name": name, "because": because})
    if others:
        entries.append({"same_author": [author, *others], "because": because})
    _correct([("author", key) for key in (author, *others)], entries, file, database)


@app.command("link", cls=usage.Command)
def link(
    url: Annotated[str, typer.Argument(metavar="URL", help="URL of a repository.")],
    paper: OfPaper,
    because: Because,
    add: Add = False,
    deny: Deny = False,
    role: Annotated[
        Role | None,
        typer.Option("--role", metavar=options.choices(Role), help="Whose it is: the paper's own, or of others."),
    ] = None,
    file: File = None,
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
) -> None:
    """Add or deny a paper's link to a repository, or say whose the repository is."""
    if not (add or deny or role) or (deny and (add or role)):
        raise typer.BadParameter("give --add, --role or both, or --deny", param_hint="--deny")
    fields: dict[str, Any] = {"add_repositories": [url] if add else None, "deny_repositories": [url] if deny else None}
    fields["repository_roles"] = {url: role.value} if role else None
    _correct([("paper", paper)], [{"paper": paper, **fields, "because": because}], file, database)


@app.command("identifier", cls=usage.Command)
def identifier(
    identifier: Annotated[
        str, typer.Argument(metavar="IDENTIFIER", help="Such as doi:10.1000/182, or the URL of a paper.")
    ],
    paper: OfPaper,
    because: Because,
    add: Add = False,
    deny: Deny = False,
    file: File = None,
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
) -> None:
    """Add or deny an identifier of a paper."""
    if add == deny:
        raise typer.BadParameter("give one of --add and --deny", param_hint="--deny")
    field = "add_identifiers" if add else "deny_identifiers"
    _correct([("paper", paper)], [{"paper": paper, field: [identifier], "because": because}], file, database)


@app.command("papers", cls=usage.Command)
def papers(
    papers: Annotated[
        list[str], typer.Argument(metavar="PAPER...", help="Keys, or identifiers such as arxiv:2103.00020.")
    ],
    because: Because,
    same: Annotated[bool, typer.Option("--same", help="They are one paper.")] = False,
    different: Annotated[bool, typer.Option("--different", help="Each is a paper of its own.")] = False,
    file: File = None,
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
) -> None:
    """Say that papers are one, or different ones."""
    if same == different:
        raise typer.BadParameter("give one of --same and --different", param_hint="--same")
    field = "same_paper" if same else "different_papers"
    _correct([("paper", one) for one in papers], [{field: papers, "because": because}], file, database)


def _names_paper(text: str) -> bool:
    """Return whether a text is a key or an identifier of a paper, rather than a title."""
    from programme.loaders.formats.corrections.parsing import subjects, values

    try:
        subjects.paper(text)
    except values.Misfit:
        return False
    return True


def _correct(subjects: list[tuple[str, Any]], entries: list[dict[str, Any]], file: Path | None, database: str) -> None:
    """Append entries to the file, ingest it, and print what changed; the exit status is that of `loader ingest`."""
    from programme.cli.corrected import differences, state
    from programme.cli.corrections_file import EntryError, append
    from programme.cli.report import document_line, problem_lines
    from programme.exceptions import StoreError
    from programme.loaders.documents import documents_from
    from programme.loaders.store.database import open_database
    from programme.loaders.store.ingest import ingest
    from programme.messages import message

    connection = open_database(database)
    path = file or _beside(database)
    try:
        append(path, [{name: value for name, value in entry.items() if value is not None} for entry in entries])
    except EntryError as error:
        raise typer.BadParameter(str(error)) from None
    before = [state(connection, *subject) for subject in subjects]
    try:
        (outcome,) = ingest(connection, documents_from([path]))
    except StoreError as error:
        # The same command again would append the entry a second time.
        raise StoreError(f"{error}; the correction is in {path}: `loader ingest {path}` later") from None
    for problem in problem_lines(outcome):
        print(problem, file=sys.stderr)
    if outcome.status == "refused":
        raise typer.Exit(1)
    print(document_line(outcome))
    for (subject_type, subject), old in zip(subjects, before, strict=True):
        named = message(subject if isinstance(subject, str) else " / ".join(subject.values()))
        if not old:
            print(
                f"{subject_type} {named}: not in {message(database)} yet; the correction waits for it", file=sys.stderr
            )
        lines = list(differences(old, state(connection, subject_type, subject)))
        for line in lines:
            print(f"{subject_type} {named}: {message(line)}")
        if old and not lines:
            print(f"{subject_type} {named}: shows what it did before")


def _beside(database: str) -> Path:
    """Return the default file: in the folder of a SQLite database, else in the current one."""
    from programme.database_url import parse_database_url

    url = parse_database_url(database)
    return Path(url.location).with_name(FILE_NAME) if url.engine == "sqlite" else Path(FILE_NAME)
