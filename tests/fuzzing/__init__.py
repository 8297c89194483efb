"""Fuzzing of formats, text functions and whole loads; `python -m tests.fuzzing` runs it for longer."""
