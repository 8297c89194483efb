"""Starts the command `loader` without the search for cycles of references, a tenth of the time that one page takes.

What a command imports stays until it ends, and facts have no cycles, so that a search in the meantime finds nothing.
"""

import gc


def main() -> None:
    """Run the command line, whose modules are imported with the threshold raised."""
    gc.set_threshold(100_000)
    from programme.cli.loading import main as run

    try:
        run()
    finally:
        # Python searches once more when it ends, unless told that everything is there to stay.
        gc.freeze()
