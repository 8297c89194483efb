"""How true the facts are: each task judges what the loader reads against labels or a second source.

Run as `python -m benchmarks.accuracy [TASK…]`. A task is a function that returns a `Result`; printing is separate.
"""
