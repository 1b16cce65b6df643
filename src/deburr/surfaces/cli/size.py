"""A size on the command line: `500KB`, `20MB`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    Kind = click.ParamType[int, int]
else:
    Kind = click.ParamType  # takes no parameters in older versions


class Size(Kind):
    """A number of bytes, with or without KB, MB or GB."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        text = str(value).strip().upper().removesuffix("B")
        factor = {"K": 1_000, "M": 1_000_000, "G": 1_000_000_000}.get(text[-1:], 1)
        try:
            size = int(float(text.rstrip("KMG").strip()) * factor)
        except (ValueError, OverflowError):
            size = 0
        if size <= 0:
            self.fail(f"{value!r} is no size; 500KB and 20MB are", param, ctx)
        return size
