"""The README's example, run: its ten lines go through the commands that it shows, and their output is what it prints.

python docs/readme.py            writes the output into README.md
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
COMMAND = re.compile(r"(```console\n\$ deburr ([^\n]+)\n)(.*?)(```\n)", re.DOTALL)


def code(readme: str) -> str:
    """The file that the example is about: the first Python in the README."""
    return re.split(r"```python\n(.*?)```\n", readme, maxsplit=1, flags=re.DOTALL)[1]


def output(text: str, arguments: str) -> str:
    """What `deburr` prints when it is called with `arguments` beside an `app.py` of this text, the time left out."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "app.py").write_text(text, encoding="utf-8")
        program = "import sys; from deburr.surfaces.cli.main import main; sys.exit(main())"
        run = subprocess.run(
            [sys.executable, "-c", program, *arguments.split()],
            cwd=folder,
            capture_output=True,
            text=True,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100"},
            check=False,
        )
    if run.returncode not in (0, 1):
        raise RuntimeError(f"deburr {arguments} ended with {run.returncode}: {run.stderr}")
    return re.sub(r",? (?:in )?[\d.]+ m?s(?=:|$)", "", run.stdout.rstrip(), flags=re.MULTILINE) + "\n"


def refreshed(readme: str) -> str:
    """The README with the output of each of its commands as it is now."""
    text = code(readme)
    return COMMAND.sub(lambda found: found[1] + output(text, found[2]) + found[4], readme)


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text("utf-8")), encoding="utf-8")
