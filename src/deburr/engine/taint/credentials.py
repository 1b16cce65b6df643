"""Which names say that their value is a credential, and which that it must not be guessable."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_LONGEST, _MOST = 100, 4096

_WORDS = r"pass(?:word|wd|phrase|code)?|pwd|secret|token|(?:api|access|secret|signing|private)_?key|credentials?"
_CREDENTIAL = re.compile(rf"(?:^|_)(?:{_WORDS})(?:_?(?:value|str|text|raw|plain|plaintext|hash))?s?\d*$")
_NOT = re.compile(
    r"(?:^|_)(?:is|has|no|num|count|max|min|reset|csrf|next|page|tokens?|stop|pad|eos|bos|unk|mask|sep|cls|special|input|"
    r"output|update|create|delete|change|get|set|forgot|check|verify|validate|generate|missing|invalid|wrong|require|"
    r"sort|primary|foreign|cache|dict|public)_|^(?:tokens?|passes|pass|keys?|secrets)$|tokens$"
)
_SENSITIVE = re.compile(
    r"(?:^|_)(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|otp|nonce|salt|session_?id|sid|csrf|xsrf|api_?key|"
    r"access_?key|secret_?key|private_?key|enc(?:ryption)?_?key|auth_?code|verification_?code|reset_?code|"
    r"(?:activation|confirm(?:ation)?|invite|recovery|one_?time|login|temp(?:orary)?|security|access)_?(?:code|pin|key)|pin|iv)"
    r"(?:_?(?:value|str|text|hex|b64|bytes))?s?\d*$"
)
_MADE = re.compile(
    r"(?:^|_)pass(?:word|phrase|code)_(?:generator|builder|factory)$|(?:^|_)(?:generate|gen|create|make|new|produce|build|issue|obtain)_"
    r"(?:\w+_)?(?:(?:key|token)(?:_(?:code|value|string|hex))?$|secure_(?!random$)\w+$|(?:password|passphrase|passcode|secret)(?:_\w+)?$)"
)
"""Functions whose result must not be guessable: a key is one only where it is made."""
_PASSWORD = re.compile(r"(?:^|_)(?:pass(?:word|wd|phrase)?|pwd)s?\d*(?:_|$)")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def snake(name: str) -> str:
    """A name in any case style, in lower case with underscores."""
    return _HUMP.sub("_", name).lower().replace("-", "_")


class _Remembered(dict[str, T]):
    """A function of names that keeps its answers; what is longer than a name is asked for anew, and kept nowhere."""

    def __init__(self, function: Callable[[str], T]) -> None:
        super().__init__()
        self.function = function

    def __missing__(self, name: str) -> T:
        answer = self.function(name[-_LONGEST:])
        if len(name) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[name] = answer
        return answer


def _is_credential(name: str) -> bool:
    plain = snake(name)
    return bool(_CREDENTIAL.search(plain)) and not _NOT.search(plain)


def _kinds_of(name: str) -> tuple[str, ...]:
    if not _is_credential(name):
        return ()
    return ("secret", "password") if _PASSWORD.search(snake(name)) else ("secret",)


is_credential: Callable[[str], bool] = _Remembered(_is_credential).__getitem__
"""Whether a value of this name is a secret that must not be shown."""

kinds_of: Callable[[str], tuple[str, ...]] = _Remembered(_kinds_of).__getitem__
"""The kinds of source that a value is by its name alone."""

is_sensitive: Callable[[str], bool] = _Remembered(lambda name: bool(_SENSITIVE.search(snake(name)))).__getitem__
"""Whether a value of this name must not be guessable: a password, a token, a nonce, a session id."""

makes_sensitive: Callable[[str], bool] = _Remembered(
    lambda name: bool(_SENSITIVE.search(snake(name)) or _MADE.search(snake(name)))
).__getitem__
"""Whether the result of a function of this name must not be guessable."""
