"""Typing at a prompt: a history that outlives it, and completion with the Tab key, where Python has readline."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

MAX_HISTORY_LENGTH = 2_000


@contextmanager
def line_editing(words: Sequence[str]) -> Iterator[None]:
    """Let `input` complete these words and remember its lines, in this context and when the next one begins."""
    try:
        import readline
    except ImportError:
        yield
        return
    history = history_file()
    with suppress(OSError):
        readline.read_history_file(history)
    readline.set_completer(completer(words))
    readline.set_completer_delims(" \t\n,;()=<>'\"+-*/|")
    # What macOS calls readline is libedit, which takes other words.
    readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")
    try:
        yield
    finally:
        readline.set_completer(None)
        with suppress(OSError):
            history.parent.mkdir(parents=True, exist_ok=True)
            readline.set_history_length(MAX_HISTORY_LENGTH)
            readline.write_history_file(history)


def history_file() -> Path:
    """Where the lines typed are kept."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "programme" / "shell_history"


def completer(words: Sequence[str]) -> Callable[[str, int], str | None]:
    """What readline asks for the nth word that begins like a text; of `papers.ti` it completes what follows the dot.

    >>> complete = completer(["papers", "papers_with_code", "title", "SELECT", ".quit"])
    >>> complete("papers_", 0), complete("sel", 0), complete("p.t", 0), complete(".q", 0), complete("papers", 2)
    ('papers_with_code', 'SELECT', 'p.title', '.quit', None)
    """

    def complete(text: str, number: int) -> str | None:
        table, dot, begun = ("", "", text) if text.startswith(".") else text.rpartition(".")
        found = sorted({word for word in words if word.lower().startswith(begun.lower())})
        return f"{table}{dot}{found[number]}" if number < len(found) else None

    return complete
