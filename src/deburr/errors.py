"""Every error deburr raises on purpose. Code under review never raises: it becomes a skipped Report.

DeburrError               catch this to catch ours
├── PrincipleError        a principle's, library's or provider's file does not say what it must
├── ConfigError           the user asked for something that cannot be
├── ProviderError         an LLM provider failed
└── SandboxError          candidate code could not be run in isolation
"""

from __future__ import annotations


class DeburrError(Exception):
    """Any error of deburr's own; catch this to catch them all."""


class PrincipleError(DeburrError):
    """A principle's, library's or provider's file does not say what it must; raised at load, names file and part."""

    def __init__(self, message: str, *, file: str, part: str = "", line: int = 0) -> None:
        self.file, self.part, self.line = file, part, line
        place = f"{file}:{line}" if line else file
        super().__init__(f"{place}: {part}: {message}" if part else f"{place}: {message}")


class ConfigError(DeburrError):
    """The user asked for something that cannot be: an unknown name, a bad value, a missing file."""


class ProviderError(DeburrError):
    """An LLM provider failed; `status` is its HTTP status, or None when no answer came."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        self.status = status
        super().__init__(message)


class SandboxError(DeburrError):
    """Candidate code could not be run in isolation; it was not run anyway."""
