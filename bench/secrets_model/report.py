"""The card of the model."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from bench.secrets_model.sample import Sample


def write(found: Collection[Sample], sets: Path) -> str:
    """Write the card."""
    return f"{len(found)} {sets}"
