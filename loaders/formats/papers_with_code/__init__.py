"""Dumps of Papers with Code, which closed in July 2025."""
