"""The three standard streams as every command needs them: present, and able to print any text."""

import os
import sys


def prepare() -> None:
    """Open what the caller has closed, and write out characters that the encoding of a terminal lacks."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            _open_nothing(number, name)
    for stream in (sys.stdout, sys.stderr):
        # Other than the encoding, which may be the wish of whoever set it, nothing is lost so.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _open_nothing(number: int, name: str) -> None:
    """Put the empty file in the place of a stream: else a database opened next would get its number, and its output."""
    mode = "r" if number == 0 else "w"
    descriptor = os.open(os.devnull, os.O_RDONLY if number == 0 else os.O_WRONLY)
    if descriptor != number:
        os.dup2(descriptor, number)
        os.close(descriptor)
    setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - for the whole run
