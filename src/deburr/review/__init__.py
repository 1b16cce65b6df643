"""Report + Verdicts -> Review: acceptance gates, the revise loop, and what a text's review amounts to.

Pure, and without the engine: whoever composes a review hands in `scan`, and `works` where code must run.
"""

from deburr.review.gates import Tools, Works
from deburr.review.review import review
from deburr.review.revise import revise

__all__ = ["Tools", "Works", "review", "revise"]
