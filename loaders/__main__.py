"""Lets `python -m loaders` be `loader`."""

from loaders.cli import main

if __name__ == "__main__":
    main()
