"""What the rules found, weighed by the classifier where it was found by its name: who is spoken of, and how surely.

The invariant: pure; the classifier is loaded when the first such candidate comes.
"""

from __future__ import annotations

from deburr.engine.secrets import classifier, mode
from deburr.engine.secrets.features import features, sight
from deburr.engine.secrets.generic import SERVICE_CREDENTIAL, packed
from deburr.engine.secrets.judge import settle
from deburr.engine.secrets.secret import Secret

_GROUPS = frozenset({"password", "generic-secret", "url-credentials"})


def guessed(secret: Secret) -> bool:
    """Whether it was found by its name, not by its form."""
    return secret.group in _GROUPS


def weighed(found: list[Secret], data: bytes, language: str, fixture: bool) -> list[Secret]:
    """The secrets that are spoken of, with the confidence that they deserve."""
    kept: list[Secret] = []
    for secret in found:
        if not guessed(secret) or secret.value:  # what was made whole was weighed there
            by_name = secret.kind == SERVICE_CREDENTIAL and packed(data, secret.start)
            kept.append(secret._replace(confidence="low") if by_name else secret)
            continue
        chance = None
        if mode.current() != "rules" and not secret.exact:  # a form that somebody described decides itself
            chance = classifier.chance(features(sight(data, secret, language, fixture)))
        written = secret.group != "url-credentials" and packed(data, secret.start)  # an address says itself what it is
        judged = settle(secret, chance, fixture=fixture, packed=written)
        if judged is not None:
            kept.append(judged)
    return kept
