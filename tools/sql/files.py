"""The files of rendered SQL: for every statement in a folder of .sql files, what each engine runs."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlglot import exp

from programme.queries import ENGINES, Query, catalogue
from tools.sql.engines import printed
from tools.sql.macros import expanded, macros_in, macros_of, parse

ROOT = Path(__file__).parents[2]
QUERIES = ROOT / "queries"
FOLDERS = {
    ROOT / "programme" / "export" / "sql": ("sqlite", "postgresql"),
    ROOT / "programme" / "site" / "sql": ("sqlite",),
}
"""Folders of statements that are no curated queries, and the engines that run them; each may have a `macros.sql`."""


def rendered_files() -> dict[Path, str]:
    """Return the text of every file of rendered SQL; raise ValueError with the file for what cannot be rendered."""
    return dict([*_curated(), *(one for folder, engines in FOLDERS.items() for one in _statements(folder, engines))])


def stale_files() -> list[Path]:
    """Return the files in folders of rendered SQL that nothing is rendered to any more."""
    found = (file for folder in (QUERIES, *FOLDERS) for file in (folder / "rendered").rglob("*.sql"))
    return sorted(set(found) - rendered_files().keys())


def _curated() -> Iterator[tuple[Path, str]]:
    for query in catalogue().values():
        with _named(QUERIES / f"{query.name}.sql"):
            check_parameters(query)
            order = f"SELECT * FROM {query.name} ORDER BY {query.order}"
            for engine in ENGINES:
                folder = QUERIES / "rendered" / engine
                yield folder / f"{query.name}.sql", rendered(query.sql, engine)
                if query.order:
                    terms = rendered(order, engine).partition("ORDER BY")[2]
                    yield folder / f"{query.name}.order.sql", " ".join(terms.split()) + "\n"


def check_parameters(query: Query) -> None:
    """Raise ValueError where the header of a query does not explain the parameters that its SELECT uses."""
    used = {node.name for node in parse(query.sql).find_all(exp.Placeholder)}
    if used != {param.name for param in query.params}:
        raise ValueError(f"the SELECT uses the parameters {sorted(used)}, the header explains others")


def _statements(folder: Path, engines: Iterable[str]) -> Iterator[tuple[Path, str]]:
    own = folder / "macros.sql"
    more = own.read_text(encoding="utf-8") if own.exists() else ""
    for file in sorted(folder.rglob("*.sql")):
        if file == own or folder / "rendered" in file.parents:
            continue
        with _named(file):
            text = file.read_text(encoding="utf-8")
            for engine in engines:
                yield folder / "rendered" / engine / file.relative_to(folder), rendered(text, engine, more)


@contextmanager
def _named(file: Path) -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{file.relative_to(ROOT)}: {error}") from None


def rendered(sql: str, engine: str, more: str = "") -> str:
    """Return a statement as an engine runs it, with every macro expanded; `more` defines some that are not shared."""
    shared = macros_of(engine)
    macros = shared | macros_in(more, "sqlite", shared)
    text = printed(expanded(parse(sql), macros), engine)
    if engine == "postgresql" and "%" in text.replace("%(", ""):
        raise ValueError("holds %, which the driver of PostgreSQL takes for a parameter")
    return text + "\n"
