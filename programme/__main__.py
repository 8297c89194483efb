"""Make `python -m programme` the command `loader`."""

from programme.cli.start import main

if __name__ == "__main__":
    main()
