"""The version of the rules that all formats share, which a document records when it is read.

A document read by rules of an older version is stale: `loader reread` and `loader upgrade` read its kept bytes again.
Each format has a number of its own for what it reads (`VERSION`).
"""

RULES_VERSION = 3
"""Raised when the same records give other facts, or the same facts other rows.

That is a change in `loaders/text`, its tables of venues and editions included, in `loaders/readers`, or in those parts
of `loaders/store` that clean, infer, identify and resolve. A test compares the facts of the samples, and names the
number to raise.
"""
