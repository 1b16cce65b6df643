"""Is it worth parsing a text for the sake of one place? Told from what stands around it, and where names are given.

What comes in: the text and the place where a gate opened. What goes out: whether a constant, or the name of one, stands
where the value comes from. The invariant: ordinary programs, which work on what they are handed, are not parsed.
"""

from __future__ import annotations

import re

from deburr.engine.secrets import fold_gates, gate, names

_NAME = rb"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*"
_OPENS = re.compile(
    rb"[\[({\s,]{0,24}(?:[brufBRUF]{0,2}(?P<quote>[\"'`])|(?P<number>\d{2,3}\b|0x)|(?P<name>"
    + _NAME
    + rb")(?P<call>\()?)"
)
_EACH = re.compile(rb"[^\n]{0,60}?\bin\s{1,3}(?=[\[(\w\"'])")
_CODES = re.compile(
    rb"[0-9a-fA-Fx]{2,4}\s?,|(?:0x[2-7][0-9a-fA-F]|3[3-9]|[4-9][0-9]|1[0-2][0-9])\s?\)\s{0,3}(?:\+|\.(?!encode))"
)
_SECOND = re.compile(rb"\s?,\s?(" + _NAME + rb")\s?[,)\]]")
_THROUGH = frozenset(
    b"reversed map chr list str bytes bytearray String base64 codecs binascii zlib b64decode atob Buffer "
    b"fromhex fromCharCode join decode String.fromCharCode base64.b64decode Buffer.from bytes.fromhex".split()
)
_LEFT = re.compile(
    rb"(?P<name>[A-Za-z_$][\w$]*)?(?P<shut>[\"'`\])])?\s{0,2}(?:\[::|\.join\(|\.reverse\(|\.translate\(|,[^,]*$)"
)
_OPERATOR = re.compile(
    rb"(?P<left>" + _NAME + rb"|[\"'`\])])(?:\[[^\]\n]{1,40}\])?\s{0,24}[+%]\s{0,2}\(?(?P<right>" + _NAME + rb"|[\"'`])"
)
_METHOD = re.compile(rb"[\"'`](?:\.(?:format|replace|join|translate|concat|split)\(|\[:{1,2})")
_ADDED = re.compile(rb"\+=\s{0,4}[bruf]{0,2}$")
_GROWN = re.compile(rb"(" + _NAME + rb")\s{0,4}\+=\s{0,4}[bruf]{0,2}$")
_ABOUT = re.compile(
    rb"(?i)pass(?!ed|ing|es\b)|pwd|pw\b|secret|token(?!s?\b\s{0,3}=|ize)|(?:\b|api|access|secret|private|_|-)key(?![a-rt-z])|auth(?!or)|cred|conn(?:_|str|\b)|dsn|bearer|jwt|login"
)
_CALLED = re.compile(
    rb"(?s)(?:.*(?<![\w.\-]))?([A-Za-z_][\w.\-]*)(?:(?P<apart>,)|[\"'\])]{0,2}\s?"
    rb"(?::\s?[\w\[\]., |]{1,40}=|[=!]==?|[=:(,+]{1,2}))[^=\n]{0,24}$"
)
_HOLE = re.compile(rb"[^\"'`\n]{0,200}?\{(?P<name>" + _NAME + rb")\}")
_LITERAL = re.compile(
    rb"(?<!\w\[)(?<!code\()[\"'`][^\s\"'`<>|]{6,}[\"'`]|\d{2,3},\s?\d{2,3},\s?\d{2,3}|0x[0-9a-fA-F]{2},"
)
_GIVES = re.compile(
    rb"[\"'`]?\]?(?:\s?:\s?[\w\[\]., |]{1,40})?\s{0,3}(?:\+?=|:)\s{0,3}"
    rb"(?:[\[({]{0,2}\s{0,20}[brufBRUF]{0,2}[\"'`][^\s\"'`]{2}|\{\s{0,20}[\"'`]?\w{1,40}[\"'`]?:|[\[({]{1,2}\s{0,20}(?:[\"'].[\"'],|\d{2,3},|0x[0-9a-fA-F]))"
)
_BEGINS = re.compile(
    rb"(?:^|[;{,])\s*(?:(?:export|const|let|var|static|private|public|protected|readonly|#)\s*)*(?:(?:self|this|cls)\.)?"
    rb"(?:[\w$]+\s?,\s?)*[\"'`]?$"
)
_MOST, _BESIDE, _NAMES = 60, 160, 400
_LONGEST, _SHORTEST = 16_384, 6
_TRIPLE = (b'"""', b"'''")
_ALNUM = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_NEXT = re.compile(
    rb"\s{0,24}(?:(?P<hole>%|\.format\()|(?P<word>(?:for|if)\b)|[,+]\s{0,24}(?:[brufBRUF]{0,2}[\"'`]|(?P<name>"
    + _NAME
    + rb")))"
)
_DONE = (b"\n", b"\r", b";", b"")


class Promising:
    """Answers for one text."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._bound: dict[bytes, bool] = {}

    def __call__(self, end: int, number: int) -> bool:
        """Whether an expression with a known value may stand at this place."""
        if number == fold_gates.ARGUMENT:
            return self._argument(end)
        if number == fold_gates.RECEIVER:
            return self._receiver(end)
        if number == fold_gates.OPERAND:
            return self._operator(max(0, end - 80), end)
        if number == gate.QUOTED:
            return self._quoted(end) and self._called(end)
        if number == gate.BARE:
            return self._sides(_OPERATOR.match(self._data, end - 3, end + 120)) and self._called(end)
        return number == gate.URL and self._hole(max(0, self._data.rfind(b"://", max(0, end - 140), end)))

    def _argument(self, at: int) -> bool:
        """Whether the value that begins here is made of constants."""
        for _ in range(4):
            found = _OPENS.match(self._data, at, at + 200)
            if found is None:
                return False
            if found["quote"]:
                literal = found.start("quote")
                return (
                    self._literal(literal)
                    if self._data[literal - 1 : literal] not in b"fF"
                    else self._hole(found.end())
                )
            if found["number"]:
                return _CODES.match(self._data, found.start("number")) is not None
            if found["name"] not in _THROUGH:
                each = None if found["call"] else _EACH.match(self._data, found.end("name"))
                if each is None:
                    if not self._about(at):
                        return False
                    second = _SECOND.match(self._data, found.end("name"))
                    return self.bound(found["name"]) and (second is None or self.bound(second[1]))
                at = each.end()
                continue
            at = found.end()
        return False

    def _literal(self, at: int) -> bool:
        """Whether the literal here is long enough to be decoded, or stands beside what it could be joined with."""
        data, quote = self._data, self._data[at : at + 1]
        close = data.find(quote, at + 1, at + _LONGEST)
        text = data[at + 1 : close] if close >= 0 else b""
        if close < 0 or b"\n" in text or not text:
            return data[at : at + 3] in _TRIPLE or (close >= 0 and quote == b"`")
        after = _NEXT.match(data, close + 1)
        if after is None:
            return len(text) >= _SHORTEST and sum(map(_ALNUM.__contains__, text)) * 2 >= len(text)
        if after["hole"]:
            return self._about(at)
        return not after["word"] and (not after["name"] or self.bound(after["name"]))

    def _about(self, at: int) -> bool:
        """Whether a word for credentials stands before; what has a known form is seen by how it begins."""
        line = self._data.rfind(b"\n", 0, at) + 1
        return _ABOUT.search(self._data, max(0, at - _BESIDE, line), at) is not None

    def _receiver(self, end: int) -> bool:
        if self._data[end - 10 : end] == b".reverse()" and self._data[end : end + 1] in _DONE:
            return False
        begin = max(0, end - _BESIDE, self._data.rfind(b"\n", 0, end) + 1)
        left = self._data[begin:end]
        if _LITERAL.search(left):
            return True
        found = _LEFT.search(left) if self._about(end) else None
        if found is None:
            return False
        if found["name"]:
            return self.bound(found["name"])
        return any(self.bound(name) for name in re.findall(_NAME, left)[-4:])

    def _called(self, end: int) -> bool:
        """Whether the name before is that of a credential, not just `key`."""
        return self._sort(end) not in ("", "key")

    def _sort(self, end: int) -> str:
        """What the name before promises; a name without quotes and a comma are two arguments."""
        found = _CALLED.match(self._data[max(0, end - 120) : end].rstrip())
        return names.sort(found[1].decode("ascii", "replace")) if found and not found["apart"] else ""

    def _operator(self, begin: int, end: int) -> bool:
        """Whether both sides of an operator near the place are constants."""
        found = next((m for m in _OPERATOR.finditer(self._data, begin, end + 60) if m.end() >= end), None)
        sort = self._sort(found.start()) if found is not None else ""
        if not sort or (sort == "key" and found is not None and found["right"] in b"\"'`"):
            return False
        return self._sides(found)

    def _sides(self, found: re.Match[bytes] | None) -> bool:
        return found is not None and all(side in b"\"'`)]" or self.bound(side) for side in found.group("left", "right"))

    def _quoted(self, end: int) -> bool:
        data, quote = self._data, self._data[end - 2 : end - 1]
        close = data.find(quote, end, end + 240)
        if close < 0:
            return False
        if _ADDED.search(data, max(0, end - 10), end - 2):
            return self._grown(end - 2)
        if (data[end - 3 : end - 2] in b"fF" or quote == b"`") and b"{" in data[end - 1 : close]:
            return self._hole(end - 1)
        if data[close + 1 : close + 2] in b".[":
            return _METHOD.match(data, close) is not None
        return self._sides(_OPERATOR.match(data, close, close + 120))

    def _grown(self, at: int) -> bool:
        """Whether the name that the literal here is added to is given a literal elsewhere."""
        found = _GROWN.search(self._data, max(0, at - 80), at)
        return found is not None and self.bound(found[1])

    def _hole(self, at: int) -> bool:
        found = _HOLE.match(self._data, at, at + 260)
        return found is not None and self.bound(found["name"])

    def bound(self, name: bytes) -> bool:
        """Whether somewhere in the text the name is given a literal, or something that begins with one."""
        name = name.rpartition(b".")[2]
        if name not in self._bound:
            if len(self._bound) >= _NAMES:
                return False
            self._bound[name] = self._given(name)
        return self._bound[name]

    def _given(self, name: bytes) -> bool:
        data, at = self._data, -1
        for _ in range(_MOST):
            at = data.find(name, at + 1)
            if at < 0:
                return False
            after = at + len(name)
            if data[after : after + 1] in _MARKS and _GIVES.match(data, after, after + 120):
                begin = max(0, data.rfind(b"\n", max(0, at - 120), at) + 1, at - 120)
                if _BEGINS.search(data[begin:at]):
                    return True
        return False


_MARKS = frozenset(bytes([code]) for code in b" =:\"'`]+\t")
