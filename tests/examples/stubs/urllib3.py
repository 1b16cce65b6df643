"""A fake of urllib3: warnings to be silenced."""

from __future__ import annotations


class exceptions:
    """The one warning that everyone silences."""

    class InsecureRequestWarning(Warning):
        """No certificate was checked."""


def disable_warnings(_category: type[Warning] = Warning) -> None:
    """Has no effect here."""


PARTS = {"exceptions": exceptions}
