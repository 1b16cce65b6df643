"""What is said of a secret: what it opens, how to revoke it, and whether git has it already.

Words only. Nothing here or anywhere else in deburr asks a provider whether a secret still works: a secret that is sent
somewhere to be tried has leaked once more.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from deburr.model import Finding
from deburr.surfaces.shared.beside import GUIDANCE
from deburr.surfaces.shared.checked import Shown


class Advice(NamedTuple):
    """What a kind of secret opens, and how to make it worthless."""

    opens: str
    revoke: str
    page: bool = False
    """Whether `deburr explain` says more of it, for it is a provider's."""


_FRESH = "not committed yet: take it out before you commit"
_GENERAL = {
    "private-key": Advice(
        "whatever trusts its public half: servers, signatures, encrypted messages",
        "Make a new pair, take the old public key out of everything that trusts it, and revoke its certificates.",
    ),
    "url-password": Advice(
        "the server at that address, with the rights of that user",
        "Change the password on the server, and read its log for logins that nobody made.",
    ),
    "basic-authorization": Advice(
        "the service that the header is sent to, with the rights of that user",
        "Change the password of that user, and read the service's log for requests that nobody made.",
    ),
    "password": Advice(
        "the account that it belongs to, and every other one with the same password",
        "Change the password wherever it is used, and read the log for logins that nobody made.",
    ),
    **dict.fromkeys(
        ("uuid", "random-looking-text"),
        Advice(
            "nothing as a rule; now and then such a text is a session, a license key or a password",
            "If it opens something, make a new one where it came from, and delete this one there.",
        ),
    ),
}
_ANYTHING = Advice(
    "whatever the service behind it lets its owner do",
    "Make a new one at the service that gave it out, delete this one there, and read the log of what was done with it.",
)


@lru_cache(256)
def advice(kind: str) -> Advice:
    """What is known of a kind of secret; in general words where nobody in particular gives it out."""
    from deburr.providers import format_of

    general = next((words for name, words in _GENERAL.items() if name in kind), _ANYTHING)
    found = format_of(kind)
    if found is None:
        return general
    return Advice(found[1].opens or general.opens, found[1].revoke or general.revoke, page=True)


def in_git(shown: Shown) -> str:
    """What git's knowledge of the place means; empty where there is none."""
    if shown.committed is None:
        return ""
    return f"already committed, so {GUIDANCE}" if shown.committed else _FRESH


def told(shown: Shown) -> list[tuple[str, str]]:
    """All that there is to say of a finding of a secret, each part with its name."""
    if not shown.finding.kind:
        return []
    known = advice(shown.finding.kind)
    said = [("opens", known.opens), ("revoke", known.revoke), ("git", in_git(shown))]
    return [(name, text) for name, text in said if text]


def pages(finding: Finding) -> str:
    """What `deburr explain` can be asked about a finding."""
    kind = finding.kind
    return f"{finding.principle} {kind}" if kind and advice(kind).page else finding.principle


def sentence(shown: Shown) -> str:
    """The same in one line, to stand after a message; empty where it is no secret."""
    words = {"opens": "It opens {}.", "revoke": "{}", "git": "In git: {}."}
    return " ".join(words[name].format(text) for name, text in told(shown))
