"""The page of all providers and the forms of their secrets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deburr.providers import Format, Provider

_HEAD = """# Providers

Whose secrets deburr knows by their form: {providers} providers, {formats} formats. Of each stand here what it
opens for whoever has it, how bad that is, and how to revoke it; `deburr explain KIND` tells the same in a terminal.
deburr never asks a provider whether a secret still works. Treat one that was found as known to others, and revoke it.
"""


def markdown(providers: Iterable[Provider]) -> str:
    """Every provider in a section of its own, by title."""
    known = sorted(providers, key=lambda one: one.title.casefold())
    head = _HEAD.format(providers=len(known), formats=sum(len(one.formats) for one in known))
    return "\n".join([head, *("\n".join(_section(one)) for one in known)])


def _section(provider: Provider) -> Iterator[str]:
    """A provider: how to revoke what it hands out, then its formats."""
    documented = f" [Documented]({provider.docs})." if provider.docs else ""
    yield f"## {provider.title}\n"
    if provider.revoke or documented:
        yield f"{_text(provider.revoke)}{documented}\n".lstrip()
    for form in provider.formats:
        yield _entry(form, provider)
    yield ""


def _entry(form: Format, provider: Provider) -> str:
    """A format in one entry of a list."""
    own = f" {_text(form.revoke)}" if form.revoke != provider.revoke else ""
    return f"- **{_text(form.title)}** (`{form.id}`, {form.severity}) opens {_text(form.opens)}.{own}"


def _text(prose: str) -> str:
    """Prose whose signs Markdown is not to read; what stands between backticks is code and stays."""
    parts = prose.split("`")
    parts[::2] = [re.sub(r"([*_\[])", r"\\\1", part).replace("<", "&lt;") for part in parts[::2]]
    return "`".join(parts)
