"""What DuckDB needs to start: memory, without which it ends the process, and the files of its extensions."""

from pathlib import Path

from programme.exceptions import QueryError

NEEDED_BYTES = 1_200_000_000
"""Address space that DuckDB reserves with its threads before it reads anything: below, it sometimes gets by."""


def check_memory() -> None:
    """Raise QueryError where the address space of this process is limited to less than DuckDB takes."""
    limit = _limit()
    if limit is not None and limit - _used() < NEEDED_BYTES:
        raise QueryError(
            f"DuckDB needs {NEEDED_BYTES / 1e9:.1f} GB of address space, and this process may use {limit / 1e9:.1f} GB "
            "in all; raise the limit (`ulimit -v`), or use what runs without DuckDB, such as `loader query`"
        )


def extension_file(name: str, extra: str = "") -> Path:
    """Return the file of a DuckDB extension, inside its wheel: INSTALL would download it into the home directory.

    Raises QueryError, which names the extra of Programme that brings it where there is one.
    """
    from importlib.util import find_spec

    package = find_spec(f"duckdb_extension_{name}")
    files = sorted(Path(package.origin).parent.rglob("*.duckdb_extension")) if package and package.origin else []
    if not files:
        package_name = f"programme[{extra}]" if extra else f"duckdb-extension-{name.replace('_', '-')}"
        raise QueryError(f"DuckDB's {name} is missing; install it with: pip install '{package_name}'")
    return files[-1]


def _limit() -> int | None:
    try:
        import resource
    except ImportError:  # on Windows
        return None
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if limit == resource.RLIM_INFINITY else limit


def _used() -> int:
    """Return the address space in use; zero where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except (OSError, IndexError):
        return 0
    import resource

    return int(pages) * resource.getpagesize()
