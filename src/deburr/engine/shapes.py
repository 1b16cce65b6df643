"""What is searched for in a text by a regular expression, and not by a word."""

from __future__ import annotations

_VERBS = (
    "select|insert|update|delete|replace|create|drop|alter|truncate|with|merge|exec(?:ute)?|call|grant|revoke|pragma|"
    "attach|show|describe|explain|copy|use|set|begin|declare|lock"
)
"""With what a statement in SQL begins."""
SHAPES = {
    "(import)": r"(?:^|[;:\r])[ \t>]*import[ \t]",
    "(from)": r"(?:^|[;:\r])[ \t>]*from[ \t]",
    "(dynamic)": r"(?:__import__|import_module)\(",
    "(credential)": r"(?i)(?:passw(?:or)?d|passphrase|passcode|pwd|secret|[_a-z]token|(?:api|access|secret|signing|"
    r"private)_?key|credentials?|_pass)(?:_?(?:value|str|text|raw|plain|plaintext|hash))?s?\d*\b",
    "(sensitive)": r"(?i)(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|otp|nonce|salt|session_?id|\bsid|_sid|csrf|"
    r"xsrf|(?:api|access|secret|private|enc|encryption|security)_?key|(?:auth|verification|reset|activation|confirm|"
    r"confirmation|invite|recovery|one_?time|login|temp|temporary|security|access)_?(?:code|pin|key)|\bpin|_pin|\biv|_iv|"
    r"(?:generate|gen|create|make|new|produce|build|issue|obtain)_\w{0,30}(?:key|token|secure|secret|pass\w{0,10})\w{0,30})"
    r"_?(?:value|str|text|hex|b64|bytes)?s?\d*['\"\])]*\s*(?:[=:(,]|\bin\b)",
    "(statement)": r"(?i)\b(?:select|insert|update|delete|replace|merge|create|drop|alter|where|order|exec|call)\s",
    "(sql)": r"['\"`]\s*(?:SELECT|select|EXEC|exec|EXECUTE|execute|CALL|call|WITH|with)\s+[\w(*{%]|"
    r"(?i:\bselect\s(?:[^.;]|\.\S){1,300}\sfrom\b|\binsert\s[^'\"]{0,20}into\b|\bdelete\s+from\b|"
    r"\bupdate\s[^'\"]{1,80}\sset\b|\b(?:replace|merge)\s+into\b|\border\s+by\b|\bvalues\s*\(\s*[%?:'\"{$]|"
    r"\bwhere\s[^'\"]{1,80}(?:[=<>]|\b(?:like|in|between)\b))",
    "(view)": r"\bdef\s+\w+\s*\(\s*(?:self\s*,\s*)?request\b",
    "(typed view)": r"\brequest\s*:\s*['\"]?[\w.]*HttpRequest\b",
    "(event)": r"\bdef\s+\w+\s*\(\s*event\b",
    "(markup)": r"<[a-zA-Z/!?]",
    "(except)": r"\bexcept\b|exc_info|\bcatch\b",
    "(element)": r"</[a-zA-Z>]|/>",
    "(module)": r"\b(?:require|import)\s*\(\s*['\"`]|\bfrom\s*['\"]|\bimport\s*['\"]",
    "(statement in quotes)": r"\b(?:SELECT|INSERT|UPDATE|DELETE|WHERE|DROP|ORDER BY|VALUES|EXEC|CALL)\s|"
    rf"(?i)['\"`\n]\s*(?:{_VERBS})\s+[^'\"`;]*\b(?:from|into|set|table|where|values)\b",
    "$": r"(?:^|[^\w$.`])\$\s*[.(]",
    "(script)": r"(?i)['\"](?:-\w*c|/c|/k|-command|-encodedcommand)['\"]",
}  # fmt: skip
"""What is searched for by a regular expression, by the name under which a need asks for it."""
for _same in ("xml", "html", "markup-format"):
    SHAPES[f"({_same})"] = SHAPES["(markup)"]


def written(key: str, value: object) -> str:
    """A regular expression for a key with its value, as it stands in a call, a mapping or an assignment."""
    first = {"True": r"[^=\sFN]", "False": r"[^=\sTN]"}.get(str(value), r"[^=\s]")
    return rf"\b{key}['\"]?\]?\s*[=:]\s*{first}"
