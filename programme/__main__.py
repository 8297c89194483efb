"""Make `python -m programme` the command `loader`."""

from programme.cli.app import main

if __name__ == "__main__":
    main()
