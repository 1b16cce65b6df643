"""The form in which a provider's secret is described."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Pattern(NamedTuple):
    """One kind of secret with a form of its own."""

    id: str
    """Stands in findings and placeholders: `aws-access-key-id`."""

    title: str
    """What it is, with its article left out: "AWS access key id"."""

    regex: str
    """RE2 and hyperscan syntax, no look-around; the value is group 1 if there is one, else all of it."""

    check: str = "token"
    """The name of the structure check in `checks.py` that the value must pass."""

    group: str = "provider-token"
    """The word in a principle's `kinds` that claims it."""

    confidence: Literal["low", "medium", "high"] = "high"

    gate: str = ""
    """What hyperscan looks for where `regex` is too costly for it: must match whatever `regex` matches, and end
    inside it."""
