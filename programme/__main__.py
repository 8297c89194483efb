"""Lets `python -m programme` be `loader`."""

from programme.cli.app import main

if __name__ == "__main__":
    main()
