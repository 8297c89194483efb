"""Data files of Mini-Conf sites."""
