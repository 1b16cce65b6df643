"""Whose file a text is: the program's, or one of tests and documentation."""

from __future__ import annotations

_FIXTURE = frozenset(
    """test tests testing fixture fixtures testdata test_data spec specs __tests__ mock mocks __mocks__ e2e
    docs doc documentation""".split()
)


def fixture(path: str) -> bool:
    """Whether the file belongs to tests or documentation, where invented credentials are at home.

    Examples are not: they are run, and copied with what stands in them.
    """
    *folders, name = path.lower().replace("\\", "/").split("/")
    if any(folder in _FIXTURE for folder in folders):
        return True
    stem = name.split(".")
    return (
        name.startswith(("test_", "conftest"))
        or stem[0].endswith(("_test", "_spec"))
        or stem[1:2] in (["test"], ["spec"])
    )
