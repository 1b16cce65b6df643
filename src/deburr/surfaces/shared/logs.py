"""Log records without secrets: whatever a program or a library logs, in whatever handler.

What comes in: records of the standard library's logging. What goes out: the same records, message, traceback and extra
fields redacted. The invariant: a record that cannot be redacted says so, and nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from deburr.engine import secrets

_WITHHELD = "(withheld: this record could not be redacted)"
_PLAIN = logging.Formatter()
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
Redact = Callable[[str], str]


def redact_text(text: str) -> str:
    """A text without its secrets, under the key of this process."""
    return secrets.redact(text)[0]


class RedactingFilter(logging.Filter):
    """Takes the secrets out of each record; for handlers, since a logger's own filter sees no child's records."""

    def __init__(self, redact: Redact = redact_text) -> None:
        super().__init__()
        self._redact = redact

    def filter(self, record: logging.LogRecord) -> bool:
        clean(record, self._redact)
        return True


class RedactingFormatter(logging.Formatter):
    """Redacts what another formatter makes of a record."""

    def __init__(self, inner: logging.Formatter | None = None, redact: Redact = redact_text) -> None:
        super().__init__()
        self._inner, self._redact = inner or _PLAIN, redact

    def format(self, record: logging.LogRecord) -> str:
        try:
            return self._redact(self._inner.format(record))
        except Exception:  # noqa: BLE001 - whatever fails here, the record must not leave as it is
            return _WITHHELD


def clean(record: logging.LogRecord, redact: Redact = redact_text) -> None:
    """Takes the secrets out of a record: its message with the arguments in it, its traceback, its stack, its extras."""
    try:
        message = redact(record.getMessage())
        trace = record.exc_text or (_PLAIN.formatException(record.exc_info) if record.exc_info else "")
        trace, stack = redact(trace), redact(record.stack_info or "")
        extras = {name: _cleaned(value, redact) for name, value in vars(record).items() if name not in _OWN}
    except Exception:  # noqa: BLE001 - whatever fails here, the record must not leave as it is
        message, trace, stack = _WITHHELD, "", ""
        extras = {name: _WITHHELD for name in vars(record) if name not in _OWN}
    record.msg, record.args = message, None
    record.exc_info, record.exc_text, record.stack_info = None, trace or None, stack or None
    vars(record).update(extras)


def _cleaned(value: Any, redact: Redact) -> Any:
    """A value of an extra field; what is no plain value is told as text."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, Mapping):
        # A value alone does not say that it is a password; its key does.
        return {key: _named(key, one, redact) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(one, redact) for one in value]
    return redact(repr(value))


def _named(key: Any, value: Any, redact: Redact) -> Any:
    if not isinstance(value, str):
        return _cleaned(value, redact)
    start = f"{key} = '"
    whole = redact(f"{start}{value}'")
    return whole[len(start) : -1] if whole.startswith(start) and whole.endswith("'") else redact(value)


def install() -> None:
    """Redacts every record of this process from now on, in each handler, those of libraries included."""
    make = logging.getLogRecordFactory()
    if isinstance(make, _Factory):
        return
    logging.setLogRecordFactory(_Factory(make))


class _Factory:
    """Makes records as before, and redacts each before any handler sees it."""

    def __init__(self, make: Callable[..., logging.LogRecord]) -> None:
        self._make = make

    def __call__(self, *given: Any, **named: Any) -> logging.LogRecord:
        record = self._make(*given, **named)
        clean(record)
        return record
