"""Is there a secret of a provider's form where its gate opened?

What comes in: the text, the place, the form. What goes out: the Secret, or nothing. The window that is read is of fixed
size.
"""

from __future__ import annotations

import re
from typing import Any

from deburr.engine.secrets.checks import check
from deburr.engine.secrets.digits import LOOSE, RIGHT
from deburr.engine.secrets.secret import Secret
from deburr.engine.secrets.values import generated
from deburr.providers import Format, whole

_WINDOW_BEFORE, _WINDOW_AFTER = 640, 2048
_LONG_RUN = 1500
_OPEN = re.compile(r"(?:[\])}]|\\[dws])[*+?]|\{\d+,")
_DIGEST = re.compile(rb"(?i)(?:sha-?\d{1,3}|md5|digest|checksum)[-=:]$")


class Confirm:
    """A format with its expression, compiled when first asked."""

    def __init__(self, form: Format) -> None:
        self._form = form
        self._regex: Any = None
        self._led = not form.near and re.compile(form.regex).groups > 0
        """Whether the regex itself says what stands before the value."""
        self._exact = 3 if form.near else 1 if _OPEN.search(form.regex) else 2

    def at(self, data: bytes, end: int) -> list[Secret]:
        """The secret of the form that covers the place."""
        if self._regex is None:
            import re2

            self._regex = re2.compile(whole(self._form).encode())
        begin = max(0, end - _WINDOW_BEFORE)
        window = data[begin : end + _WINDOW_AFTER]
        for match in self._regex.finditer(window):
            if match.end() + begin < end - 1:
                continue
            if match.start() + begin >= end:
                break
            start, stop = match.span(1) if match.re.groups and match.start(1) >= 0 else match.span()
            if self._alone(window, start, stop) and not _of_data(data, begin + start):
                found = self._secret(window[start:stop], begin + start)
                if found is not None:
                    return [found]
        return []

    def _secret(self, raw: bytes, start: int) -> Secret | None:
        try:
            value = raw.decode()
        except UnicodeDecodeError:
            return None
        form = self._form
        sure = check(form.check, value, form.confidence)
        if sure is None:
            return None
        place = (start, start + len(raw))
        if form.check in RIGHT and not RIGHT[form.check](value):
            return _almost(place, form) if form.check not in LOOSE and generated(value, 12) else None
        return Secret(*place, form.id, form.group, sure, "", form.title, form.severity, self._exact)

    def _alone(self, window: bytes, start: int, stop: int) -> bool:
        """Whether the match is a token by itself, not a piece of a longer run of letters and digits."""
        before, after = window[start - 1 : start] if start else b"", window[stop : stop + 2]
        if not self._led and before.isalnum() and not (before in b"nrt" and window[start - 2 : start - 1] == b"\\"):
            return False
        if after[:1].isalnum() or after[:1] == b"_":
            return False
        # Where a word near it is all that tells a value, no path, call or longer token may go on after it.
        return not (self._form.near and after) or not (
            after[0] in b"-/@(=+" or (after[0] in b".:" and after[1:].isalnum())
        )


def _almost(place: tuple[int, int], form: Format) -> Secret:
    """What has the form but wrong check digits: not that secret, perhaps an altered one or another's."""
    title = f"credential in the form of a {form.title}, its check digits wrong,"
    return Secret(*place, "generic-secret", form.group, "medium", "", title)


def _of_data(data: bytes, start: int) -> bool:
    """Whether the value is a digest that is named as one, or a piece of a file that is written out in letters."""
    before = data[max(0, start - _LONG_RUN) : start]
    run = re.split(rb"[\s\"'`]", before)[-1]
    return _DIGEST.search(before[-16:]) is not None or b";base64," in run or len(run) == _LONG_RUN
