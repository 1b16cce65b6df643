"""Whose file a text is: the program's, or one of tests and examples."""

from __future__ import annotations

_FIXTURE = frozenset(
    """test tests testing fixture fixtures testdata test_data spec specs __tests__ examples example mock mocks __mocks__
    e2e samples demo docs doc documentation""".split()
)


def fixture(path: str) -> bool:
    """Whether the file belongs to tests or examples, where invented credentials are at home."""
    *folders, name = path.lower().replace("\\", "/").split("/")
    if any(folder in _FIXTURE for folder in folders):
        return True
    stem = name.split(".")
    return (
        name.startswith(("test_", "conftest"))
        or stem[0].endswith(("_test", "_spec"))
        or stem[1:2] in (["test"], ["spec"])
    )
