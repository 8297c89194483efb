"""The command `loader`."""
