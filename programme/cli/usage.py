"""Help texts and usage errors, written as those of other programs: `SOURCE...`, and errors of one line."""

import re
from collections.abc import Sequence
from copy import copy
from typing import Any

import typer
from typer.core import TyperCommand

from programme.patterns import lazy_pattern

HELP_OPTIONS = ("-h", "--help")

_COMMENT = lazy_pattern(r"--\s|--[^=\n]*\n")
_NO_CHOICE = lazy_pattern(r"'([^']*)' is not one of")
_SURPLUS_HINTS = {
    "query": "give each parameter as -p KEY=VALUE",
    "sql": "put the statement in quotes",
    "documents": "name a document to `loader forget`",
}


class Command(TyperCommand):
    """A command whose usage shows plain names of arguments, and that explains surplus ones."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ARG002  as typer calls it
        """Return `[OPTIONS]` and the names of the arguments; typer would write `{SOURCE}`."""
        arguments = [parameter for parameter in self.params if parameter.param_type_name == "argument"]
        names = (str(argument.human_readable_name) for argument in arguments)
        return [
            "[OPTIONS]",
            *(name if argument.required else f"[{name}]" for name, argument in zip(names, arguments, strict=True)),
        ]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse a command line; raise UsageError for surplus arguments, with the likely fix.

        SQL may begin with a comment, which is no option.
        """
        if self.name == "sql" and (comments := [word for word in args if _COMMENT.match(word)]):
            args = [*(word for word in args if word not in comments), "--", *comments]
        if not any(word in HELP_OPTIONS for word in args):
            # typer would report all of them, and no fix.
            _, surplus, _ = self.make_parser(ctx).parse_args(args=list(args))
            if surplus:
                ctx.fail(self._surplus(surplus))
        return super().parse_args(ctx, args)

    def _surplus(self, words: list[str]) -> str:
        if self.name == "query" and "=" in words[0]:
            hint = f"a parameter is given as -p {words[0]}"
        else:
            hint = _SURPLUS_HINTS.get(self.name or "", "put a value that has spaces in quotes")
        return f"unexpected argument {words[0]!r}; {hint}"


class QueryCommand(Command):
    """`loader query`, whose help for a named query shows what that query is and takes."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Note which query help is requested for, since `--help` is answered before arguments are read."""
        if any(word in HELP_OPTIONS for word in args):
            values, _, _ = self.make_parser(ctx).parse_args(args=list(args))
            ctx.meta["query"] = values.get("name")
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of the command, or of the query that was named."""
        name = ctx.meta.get("query")
        if not isinstance(name, str):
            super().format_help(ctx, formatter)
            return
        from programme.engines import find_query

        query = find_query(name)
        words = [*(f"[-p {param.name}=VALUE]" for param in query.params), "[OPTIONS]"]
        formatter.write_usage(ctx.command_path, f"{name} {' '.join(words)}")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(f"{query.title}.")
            formatter.write_paragraph()
            formatter.write_text(query.description)
        for heading, entries in (("Parameters", query.params), ("Columns", query.columns)):
            if entries:
                with formatter.section(heading):
                    formatter.write_dl([(entry.name, entry.explanation) for entry in entries])
        options = [parameter for parameter in self.get_params(ctx) if parameter.param_type_name == "option"]
        with formatter.section("Options"):
            formatter.write_dl([record for option in options if (record := option.get_help_record(ctx))])


def usage_error(error: typer.TyperException) -> str:
    """Return one line about a command line that cannot be run, with the way to its help."""
    message = " ".join(error.format_message().split()).removesuffix(".")
    message = message[:1].lower() + message[1:]
    choices = getattr(getattr(getattr(error, "param", None), "type", None), "choices", None)
    if choices and (found := _NO_CHOICE.search(message)):
        from programme.loaders.text.suggestions import suggestion

        return f"{message[: found.end(1)]}'; {suggestion(found[1], [str(choice) for choice in choices])}"
    message = re.sub(r" \(possible options: ([^)]+)\)$", r"; did you mean \1?", message, flags=re.IGNORECASE)
    context = getattr(error, "ctx", None)
    if context is None or message.endswith("?"):  # typer has proposed a fix already
        return message
    return f"{message}; see `{context.command_path} --help`"


def named(words: Sequence[str]) -> str | None:
    """Return the first word that is no option: where it is no command, typer proposes one."""
    return next((word for word in words if not word.startswith("-")), None)


def chosen(app: typer.Typer, words: Sequence[str]) -> typer.Typer:
    """Return the app with nothing but the command that is named, as typer works out the options of every command."""
    name = named(words)
    commands = [command for command in app.registered_commands if command.name == name]
    groups = [group for group in app.registered_groups if group.name == name]
    if not (commands or groups):
        return app
    only = copy(app)
    only.registered_commands, only.registered_groups = commands, groups
    return only
