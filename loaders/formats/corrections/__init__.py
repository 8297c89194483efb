"""Corrections: what a curator states against the documents."""
