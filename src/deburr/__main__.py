"""`python -m deburr` is the command line."""

from deburr.surfaces.cli.main import main

if __name__ == "__main__":
    main()
