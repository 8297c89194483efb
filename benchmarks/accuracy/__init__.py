"""Accuracy of the facts: each task compares what the loader reads with labels or with a second source.

Run as `python -m benchmarks.accuracy [TASK…]`. A task is a function that returns a `Result`; printing is separate.
"""
