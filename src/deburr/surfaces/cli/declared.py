"""The packages that a project says it needs: a repair may import these, and no invented ones."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

_IMPORTED_AS = {
    "pyyaml": "yaml",
    "pillow": "PIL",
    "beautifulsoup4": "bs4",
    "python_dateutil": "dateutil",
    "opencv_python": "cv2",
    "scikit_learn": "sklearn",
    "pyjwt": "jwt",
    "pycryptodome": "Crypto",
    "pycryptodomex": "Cryptodome",
    "python_ldap": "ldap",
    "psycopg2_binary": "psycopg2",
    "mysqlclient": "MySQLdb",
    "mysql_connector_python": "mysql",
    "pymysql": "pymysql",
    "python_dotenv": "dotenv",
}
_NAME = re.compile(r"\s*([A-Za-z0-9][\w.-]*)")


def declared(root: str) -> frozenset[str]:
    """The import names of the packages that requirements files and pyproject.toml in a folder name."""
    found: set[str] = set()
    for requirement in _requirements(root):
        match = _NAME.match(requirement)
        if match:
            name = re.sub(r"[-_.]+", "_", match[1]).lower()
            found.add(_IMPORTED_AS.get(name, name))
    return frozenset(found)


def _requirements(root: str) -> Iterator[str]:
    try:
        names = sorted(os.listdir(root))
    except OSError:
        return
    for name in names:
        path = os.path.join(root, name)
        if re.fullmatch(r"requirements[\w.-]*\.(?:txt|in)", name) and os.path.isfile(path):
            with open(path, encoding="utf-8", errors="replace") as handle:
                yield from (line for line in handle if not line.lstrip().startswith(("#", "-")))
        elif name == "pyproject.toml":
            yield from _project(path)


def _project(path: str) -> Iterator[str]:
    import tomllib

    try:
        with open(path, "rb") as handle:
            content: dict[str, Any] = tomllib.load(handle)
    except (OSError, ValueError):
        return
    project = content.get("project", {})
    tables: list[Any] = [project.get("dependencies"), *project.get("optional-dependencies", {}).values()]
    tables += content.get("dependency-groups", {}).values()
    for table in tables:
        yield from (one for one in table or () if isinstance(one, str))
    poetry = content.get("tool", {}).get("poetry", {})
    yield from poetry.get("dependencies", {})
