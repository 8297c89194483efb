"""A seeded simulation of a database's life, with faults; `python -m tests.simulation` runs it for longer."""
