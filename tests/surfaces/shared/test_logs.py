"""What is logged holds no secret, whoever logs it."""

from __future__ import annotations

import io
import logging
import random
import subprocess
import sys
from collections.abc import Iterator

import pytest

from deburr.surfaces.shared import logs
from tests.engine.secrets import made

TOKEN = made.token(random.Random(4), "ghp_")
PASSWORD = "tr0ub4dor" + "&Zebra9!x"


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    """A logger of a library, that hands on to nobody."""
    logger = logging.getLogger("tests.a_library")
    logger.propagate = False
    yield logger
    logger.handlers.clear()


def _to(logger: logging.Logger, handler: logging.Handler) -> io.StringIO:
    stream = io.StringIO()
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    logger.addHandler(handler)
    return stream


def _fail(token: str) -> None:
    raise ValueError(f"cannot log in with {token}")


def _log(logger: logging.Logger) -> None:
    logger.error("token %s for %s", TOKEN, "bob")
    logger.error("password=%s", PASSWORD)
    try:
        _fail(TOKEN)
    except ValueError:
        logger.exception("failed", stack_info=True)


def test_a_filter_takes_secrets_from_messages_arguments_and_tracebacks(logger: logging.Logger) -> None:
    handler = logging.StreamHandler()
    handler.addFilter(logs.RedactingFilter())
    stream = _to(logger, handler)
    _log(logger)
    text = stream.getvalue()
    assert TOKEN not in text
    assert PASSWORD not in text
    assert "token <REDACTED:github-personal-token:" in text
    assert "password=<REDACTED:generic-password:" in text
    assert "ValueError: cannot log in with <REDACTED:github-personal-token:" in text


def test_a_filter_takes_them_from_extra_fields(logger: logging.Logger) -> None:
    handler = logging.StreamHandler()
    handler.addFilter(logs.RedactingFilter())
    handler.setFormatter(logging.Formatter("%(message)s %(who)s"))
    stream = _to(logger, handler)
    logger.error("hello", extra={"who": {"password": PASSWORD, "n": 1, "more": [TOKEN]}})
    assert stream.getvalue().startswith("hello {'password': '<REDACTED:")
    assert TOKEN not in stream.getvalue()
    assert PASSWORD not in stream.getvalue()


def test_a_formatter_redacts_what_another_made(logger: logging.Logger) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logs.RedactingFormatter(logging.Formatter("%(levelname)s %(message)s")))
    stream = _to(logger, handler)
    _log(logger)
    assert stream.getvalue().startswith("ERROR token <REDACTED:github-personal-token:")
    assert TOKEN not in stream.getvalue()


def test_what_cannot_be_redacted_is_withheld(logger: logging.Logger) -> None:
    def broken(_text: str) -> str:
        raise ZeroDivisionError

    for handler in (logging.StreamHandler(), logging.StreamHandler()):
        if not logger.handlers:
            handler.addFilter(logs.RedactingFilter(broken))
        else:
            handler.setFormatter(logs.RedactingFormatter(None, broken))
        stream = _to(logger, handler)
        logger.error("token %s", TOKEN, extra={"more": TOKEN})
        assert stream.getvalue() == "(withheld: this record could not be redacted)\n"
        logger.handlers.clear()
        logger.addHandler(logging.NullHandler())


def test_installed_it_holds_for_every_handler() -> None:
    code = (
        "import logging, sys\n"
        "from deburr.surfaces.shared import logs\n"
        "logs.install(); logs.install()\n"
        "logging.getLogger('some.library').warning('token %s', sys.argv[1])\n"
    )
    done = subprocess.run([sys.executable, "-c", code, TOKEN], capture_output=True, text=True, check=True)
    assert done.stderr.startswith("token <REDACTED:github-personal-token:")
