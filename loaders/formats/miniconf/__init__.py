"""Data of Mini-Conf sites."""
