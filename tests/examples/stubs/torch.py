"""A fake of PyTorch: checkpoints are pickles, tensors are lists, layers give zeros."""

from __future__ import annotations

import contextlib
import math
import pickle
from types import SimpleNamespace
from typing import Any


class Scalar(float):
    """A number with `.item()`."""

    def item(self) -> float:
        return float(self)


class Module:
    """Calling it is calling `forward`."""

    def __call__(self, x: Any) -> Any:
        return self.forward(x)

    def forward(self, x: Any) -> Any:
        return x

    def state_dict(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if isinstance(value, list | int | float)}


class Linear(Module):
    """Zeros, as many as it has outputs."""

    def __init__(self, _inputs: int, outputs: int) -> None:
        self.outputs = outputs

    def forward(self, x: Any) -> Any:
        return [[0.0] * self.outputs for _ in x]


class Sequential(Module):
    """One after the other."""

    def __init__(self, *layers: Module) -> None:
        self.layers = layers

    def forward(self, x: Any) -> Any:
        for layer in self.layers:
            x = layer(x)
        return x


nn = SimpleNamespace(Module=Module, Linear=Linear, Sequential=Sequential, ReLU=Module)
no_grad = contextlib.nullcontext
PARTS = {"nn": nn}


def tensor(data: Any) -> Any:
    return data


def softmax(rows: list[list[float]], dim: int) -> list[list[Scalar]]:
    assert dim == -1
    return [[Scalar(math.exp(x) / sum(map(math.exp, row))) for x in row] for row in rows]


def save(obj: Any, path: str) -> None:
    with open(path, "wb") as file:
        pickle.dump(obj, file)


def load(path: str, weights_only: bool = True, map_location: Any = None) -> Any:
    """What `save` wrote; refuses classes when `weights_only`, as the real one does."""
    assert map_location in (None, "cpu")
    with open(path, "rb") as file:
        obj = pickle.load(file)
    if weights_only and not isinstance(obj, dict):
        raise pickle.UnpicklingError("Weights only load failed")
    return obj
