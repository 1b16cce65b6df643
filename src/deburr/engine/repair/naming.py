"""The names of environment variables: what a credential is called outside of the text."""

from __future__ import annotations

import re

VAGUE = re.compile(r"(?:API_?)?(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|PWD|AUTH|CREDENTIALS?)|SECRET_KEY|ACCESS_TOKEN")
"""Names that do not say whose credential it is."""


def upper(name: str) -> str:
    """`apiKey`, `api-key` and `self._api_key` as API_KEY."""
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name.rpartition(".")[2])
    found = re.sub(r"\W+", "_", words).strip("_").upper()
    return found if re.match(r"[A-Z]", found) else ""


def distinct(name: str, around: str, taken: set[str]) -> str:
    """The name, or one made of it that is not taken."""
    if name not in taken:
        return name
    candidate = f"{around}_{name}" if around and not name.startswith(around) else name
    number = 2
    while candidate in taken:
        candidate, number = f"{name}_{number}", number + 1
    return candidate
