"""A fake of joblib: pickles."""

from __future__ import annotations

import pickle
from typing import Any


def dump(obj: Any, path: str) -> None:
    with open(path, "wb") as file:
        pickle.dump(obj, file)


def load(path: str) -> Any:
    with open(path, "rb") as file:
        return pickle.load(file)
