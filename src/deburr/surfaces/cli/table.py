"""The tables of commands and formats; what they name is imported when it is called, and not before."""

from __future__ import annotations

import importlib
from typing import Any

COMMANDS = {
    "check": "deburr.surfaces.cli.check:check_command",
    "review": "deburr.surfaces.cli.review:review_command",
    "redact": "deburr.surfaces.cli.redact:redact_command",
    "restore": "deburr.surfaces.cli.redact:restore_command",
    "allow": "deburr.surfaces.cli.allow:allow_command",
    "explain": "deburr.surfaces.cli.explain:explain_command",
    "principles": "deburr.surfaces.cli.principles:principles_command",
}
SAYS = {
    "check": "Find weaknesses in files and folders.",
    "review": "Find them, correct them, and prove each correction.",
    "redact": "Take the secrets out of texts, and leave placeholders.",
    "restore": "Put the secrets back into a text that was redacted with a vault.",
    "allow": "Let one finding pass, with a reason and until a day.",
    "explain": "Tell what a principle says, and why.",
    "principles": "List all principles.",
}
"""One line on each command, here so that the overview need not import them."""

FORMATS = {
    "text": "deburr.surfaces.text.report:report",
    "json": "deburr.surfaces.report_json:render",
    "sarif": "deburr.surfaces.sarif:render",
    "github": "deburr.surfaces.github:render",
    "markdown": "deburr.surfaces.markdown:render",
}

SCAN = "deburr.surfaces.shared.warm:scan"
QUICK = "deburr.surfaces.shared.warm:quick"
"""What the default profile needs, and no more."""

SEARCH = "deburr.surfaces.shared.warm:search"
"""What looks for secrets alone."""


def load(target: str) -> Any:
    """What "module:name" stands for."""
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)
