"""Makers of values that pass a structure check, by the name of the check."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable

from deburr.providers import Format
from tests.engine.secrets import made


def _github(form: Format, draw: random.Random) -> str:
    return made.token(draw, form.regex.partition("_")[0] + "_") if "{36}" in form.regex else ""


def _pem(_form: Format, draw: random.Random) -> str:
    return base64.b64encode(made.pem(draw).encode()).decode()


MAKERS: dict[str, Callable[[Format, random.Random], str]] = {
    "github": _github,
    "jwt": lambda _form, draw: made.web_token(draw),
    "discord": lambda _form, draw: made.bot_token(draw),
    "pem": _pem,
}
"""A maker that gives "" leaves it to the regex."""
