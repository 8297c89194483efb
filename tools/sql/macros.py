"""Macros: pieces of SQL that many statements share, written in `queries/macros` and called like functions.

`CREATE MACRO name(parameter, …) AS expression;` or `AS TABLE SELECT …;`, as in DuckDB. An argument takes the place of a
column of the parameter's name, or of a table of that name. What is called must be a macro or known to sqlglot, so that
no misspelt name gets into what is run.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlglot import exp, parse_one
from sqlglot.errors import ParseError

from programme.loaders.text.suggestions import did_you_mean
from tools.sql.engines import DIALECTS

FOLDER = Path(__file__).parents[2] / "queries" / "macros"
_MACRO = re.compile(r"(?:--[^\n]*\n|\s)*CREATE MACRO (\w+)\(([\w, ]*)\) AS( TABLE)?\s(.*)", re.DOTALL)
_OF_SQLITE = {"bm25", "highlight", "pragma_foreign_key_list", "pragma_table_info", "snippet"}
"""Functions that sqlglot does not know; only statements of the site, which SQLite alone runs, call them."""
_TERMS = (exp.Column, exp.Func, exp.Literal, exp.Null, exp.Paren, exp.Placeholder, exp.Subquery)


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro: its parameters, and a table or an expression of them."""

    name: str
    parameters: tuple[str, ...]
    body: exp.Expr
    is_table: bool


def parse(sql: str, engine: str = "sqlite") -> exp.Expr:
    """Parse a statement or an expression; raise ValueError where it is neither."""
    try:
        return parse_one(sql, read=DIALECTS[engine])
    except ParseError as error:
        raise ValueError(re.sub(r"\x1b\[\d+m", "", str(error))) from None


def macros_in(text: str, engine: str, known: Mapping[str, Macro]) -> dict[str, Macro]:
    """Return the macros that a text defines; those of `known` and earlier ones are expanded in later ones."""
    found: dict[str, Macro] = {}
    for statement in filter(str.strip, re.split(r";\n", text)):
        match = _MACRO.fullmatch(statement)
        if not match:
            raise ValueError(f"not a macro: {statement.strip()[:60]}")
        name, parameters, table, body = match.groups()
        # Alone, a call of `replace` would be taken for a statement.
        tree = parse(body, engine) if table else parse(f"SELECT {body}", engine).expressions[0].pop()
        if known:
            tree = expanded(tree, {**known, **found})
        found[name] = Macro(name, tuple(re.findall(r"\w+", parameters)), tree, bool(table))
    return found


@cache
def macros_of(engine: str) -> dict[str, Macro]:
    """Return the macros for an engine: its own, and the shared ones made of these."""
    macros = macros_in((FOLDER / f"{engine}.sql").read_text(encoding="utf-8"), engine, {})
    shared, others = FOLDER / "shared.sql", {FOLDER / f"{name}.sql" for name in ("shared", *DIALECTS)}
    for file in (shared, *sorted(set(FOLDER.glob("*.sql")) - others)):
        macros |= macros_in(file.read_text(encoding="utf-8"), "sqlite", macros)
    return macros


def expanded(tree: exp.Expr, macros: Mapping[str, Macro]) -> exp.Expr:
    """Replace every call of a macro; raise ValueError for a wrong call and for a function that nothing knows.

    >>> macros = macros_in("CREATE MACRO twice(a) AS 2 * a;", "sqlite", {})
    >>> expanded(parse("SELECT 1 - twice(b + 1), 'twice(b)'"), macros).sql()
    "SELECT 1 - (2 * (b + 1)), 'twice(b)'"
    """
    holder = exp.Tuple(expressions=[tree])
    # From the inside out: the arguments of a call are expanded before the call.
    for call in reversed(list(tree.find_all(exp.Func))):
        name = call.name.lower() if isinstance(call, exp.Anonymous) else call.sql_name().lower()
        if name in macros:
            _replace(call, macros[name])
        elif isinstance(call, exp.Anonymous) and name not in _OF_SQLITE:
            raise ValueError(f"{call.sql()}: no such function{did_you_mean(name, macros)}")
    return holder.expressions[0].pop()  # type: ignore[no-any-return]


def _replace(call: exp.Func, macro: Macro) -> None:
    # A function that sqlglot knows by name, such as day(), has its one argument in `this`.
    arguments = call.expressions if isinstance(call, exp.Anonymous) else [call.this]
    if len(arguments) != len(macro.parameters):
        takes = f"{len(macro.parameters)} argument{'s' * (len(macro.parameters) != 1)}"
        raise ValueError(f"{call.sql()}: takes {takes}, not {len(arguments)}")
    body = _applied(macro.body, dict(zip(macro.parameters, arguments, strict=True)))
    if not macro.is_table:
        call.replace(_one_term(body))
    elif isinstance(call.parent, exp.Table):
        alias = call.parent.args.get("alias") or exp.TableAlias(this=exp.to_identifier(macro.name))
        call.parent.replace(exp.Subquery(this=body, alias=alias))
    else:
        raise ValueError(f"{call.sql()}: is a table, which stands in FROM or JOIN")


def _applied(body: exp.Expr, values: Mapping[str, exp.Expr]) -> exp.Expr:
    """Return a copy of the body of a macro with arguments in place of its parameters."""
    holder = exp.Tuple(expressions=[body.copy()])
    for node in list(holder.find_all(exp.Column, exp.Table)):
        if isinstance(node, exp.Column) and not node.table and node.name in values:
            node.replace(_one_term(values[node.name].copy()))
        elif isinstance(node, exp.Column) and node.table in values:
            node.set("table", _relation(values[node.table]))
        elif isinstance(node, exp.Table) and node.name in values:
            node.set("this", _relation(values[node.name]))
    return holder.expressions[0].pop()  # type: ignore[no-any-return]


def _relation(argument: exp.Expr) -> exp.Identifier:
    if not isinstance(argument, exp.Column) or argument.table:
        raise ValueError(f"{argument.sql()}: is not the name of a relation")
    return argument.this.copy()  # type: ignore[no-any-return]


def _one_term(tree: exp.Expr) -> exp.Expr:
    """Put an expression in parentheses where an operator beside it would tear it apart."""
    is_term = isinstance(tree, _TERMS) and not isinstance(tree, exp.Binary)
    return tree if is_term else exp.Paren(this=tree)
