"""`python -m deburr` is the command line."""

import sys

from deburr.surfaces.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
