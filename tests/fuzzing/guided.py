"""One target in a process of its own, guided by coverage: `python -m tests.fuzzing.guided NAME CORPUS OPTION…`.

The options are libFuzzer's. Needs atheris: `uv run --group dev --with atheris …`.
"""

import os
import sys

import atheris

with atheris.instrument_imports(include=["programme.loaders"]):
    from tests.fuzzing.targets import targets

if __name__ == "__main__":
    target, _ = targets()[sys.argv[1]]
    os.environ["LOADER_DEBUG"] = "1"
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target)
    atheris.Fuzz()
