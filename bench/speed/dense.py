"""Texts full of credentials and of what only looks like them, made at run time, the same ones every time."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator
from random import Random

_WORD = string.ascii_letters + string.digits
_NAMES = (
    *("password", "db_password", "secret", "client_secret", "api_key", "access_token", "auth_token", "private_key"),
    *("smtp_pass", "jwt_secret", "encryption_key", "webhook_secret", "redis_password", "session_key", "token"),
)
_EMPTY = ("changeme", "<your key>", "${SECRET}", "xxxxxxxx", "your-api-key-here", "null", "example", "{{ token }}")
_READ = ('os.environ["KEY"]', "settings.api_key", "get_secret(name)", "config.token", "None")
_SAID = (
    *("request served", "cache warmed", "job finished", "user logged in", "connection closed", "retrying in 5 s"),
    *("token refreshed", "password changed", "key rotated", "session expired"),
)


def _value(draw: Random) -> str:
    """A value that a machine made, or a person."""
    kind = draw.random()
    if kind < 0.5:
        return "".join(draw.choices(_WORD, k=draw.randint(16, 44)))
    if kind < 0.7:
        return "".join(draw.choices("0123456789abcdef", k=draw.choice((32, 40, 64))))
    return draw.choice(("Winter", "blue", "horse", "Tr0ub")) + draw.choice("!#%&") + str(draw.randint(10, 9999))


def _line_env(name: str, value: str) -> str:
    return f"{name.upper()}={value}"


def _line_yaml(name: str, value: str) -> str:
    return f"  {name}: {value}"


def _line_json(name: str, value: str) -> str:
    return f'    "{name}": "{value}",'


def _line_python(name: str, value: str) -> str:
    return f'{name.upper()} = "{value}"'


FORMS: dict[str, Callable[[str, str], str]] = {
    "env": _line_env,
    "yaml": _line_yaml,
    "json": _line_json,
    "python": _line_python,
}
"""How each kind of file writes a name and its value; the key is the file's ending or language."""


def lines(form: str, draw: Random, secret: float = 1.0) -> Iterator[str]:
    """Lines without an end, each with a credential's name; so many of them, of 1, hold a credential."""
    write = FORMS[form]
    while True:
        name = f"{draw.choice(('app', 'billing', 'mail', 'shop', 'crm'))}_{draw.choice(_NAMES)}"
        if draw.random() < secret:
            yield write(name, _value(draw))
        elif form == "python" and draw.random() < 0.6:
            yield f"{name} = {draw.choice(_READ)}"
        else:
            yield write(name, draw.choice(_EMPTY))


def log(draw: Random, every: int = 2000) -> Iterator[str]:
    """Lines of a service's log, without an end; one in so many says a credential."""
    number = 0
    while True:
        number += 1
        stamp = (
            f"2024-03-{number // 86400 % 28 + 1:02}T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z"
        )
        if draw.randrange(every) == 0:
            yield f"{stamp} DEBUG connect user=shop password={_value(draw)} host=db1"
        else:
            yield (
                f"{stamp} INFO  shop.orders [worker-{draw.randrange(16)}] {draw.choice(_SAID)} "
                f"request_id={draw.randrange(1 << 48):012x} status={draw.choice((200, 200, 201, 404))} "
                f"duration_ms={draw.randrange(4000)}"
            )


def text(source: Iterator[str], size: int) -> bytes:
    """At least so many bytes of lines."""
    found: list[str] = []
    length = 0
    while length < size:
        line = next(source)
        found.append(line)
        length += len(line) + 1
    return "\n".join([*found, ""]).encode()
