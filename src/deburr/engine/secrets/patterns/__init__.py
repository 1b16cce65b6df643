"""Every provider's pattern: one tuple per field of business; a new provider is a new row.

The invariant: ids are unique, and each regex compiles in hyperscan and in RE2.
"""

from __future__ import annotations

from deburr.engine.secrets.patterns import ai, cloud, forges, services
from deburr.engine.secrets.patterns.pattern import Pattern

PATTERNS: tuple[Pattern, ...] = cloud.PATTERNS + forges.PATTERNS + ai.PATTERNS + services.PATTERNS

__all__ = ["PATTERNS", "Pattern"]
