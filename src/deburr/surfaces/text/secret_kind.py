"""A kind of secret for a person at a terminal."""

from __future__ import annotations

from deburr.providers import Format, Provider
from deburr.surfaces.shared.paint import SEVERITY, Paint
from deburr.surfaces.shared.prose import wrap


def page(provider: Provider, form: Format, principle: str, paint: Paint) -> str:
    """What it is and opens, how bad it is when a stranger has it, and how to make it worthless."""
    severity = [paint(form.severity, SEVERITY[form.severity])] if form.severity else []
    dot = f" {paint.plain('·')} "
    lines = [*wrap(form.title, paint, 0, 0, "bold"), dot.join([form.id, *severity, provider.title])]
    for name, text in (("Opens", form.opens), ("Revoke", form.revoke)):
        if text:
            lines += ["", paint(name, "bold", "cyan"), *_indented(wrap(text, paint, 2, 2))]
    if provider.docs:  # an address stays in one piece, to be clicked on
        lines += ["", paint("Documented", "bold", "cyan"), f"  {provider.docs}"]
    if principle:
        lines += ["", paint("Principle", "bold", "cyan"), f"  deburr explain {principle}"]
    return "\n".join(lines) + "\n"


def _indented(lines: list[str]) -> list[str]:
    """The first line as far in as `wrap` puts the others."""
    return [f"  {lines[0]}", *lines[1:]]
