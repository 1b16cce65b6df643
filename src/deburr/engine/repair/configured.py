"""Credentials leave a configuration whose reader fills in values from outside: workflows, compose files, Terraform.

What comes in: a Hit on the characters of a secret in such a file. What goes out: the reference that its reader knows,
or None wherever it is not sure that it does. The one invariant: nothing but the value of one key changes.
"""

from __future__ import annotations

import re

from deburr.engine.hit import Hit
from deburr.engine.repair.draft import Proposal
from deburr.engine.repair.naming import VAGUE, distinct, upper
from deburr.model import Edit, Source

_WORKFLOW = re.compile(r"(?:^|/)\.github/workflows/[^/]+\.ya?ml$")
_COMPOSE = re.compile(r"(?:^|/)(?:docker-)?compose[\w.-]*\.ya?ml$")
_VARIABLES = re.compile(r"\.tfvars$")
_PAIR = re.compile(r"^(?P<lead>\s*(?:-\s+)?)[\"']?(?P<key>[A-Za-z_][\w.-]*)[\"']?\s*(?::\s+|=\s*)(?P<value>.*)$")
_MAPS = ("env", "with", "credentials", "secrets", "environment")
"""Parts of a workflow and of a compose file whose values may come from outside."""


def repair(hit: Hit, source: Source, data: bytes) -> Proposal | None:
    """Replace the secret by a reference, or leave it to the environment."""
    for path, known in ((_WORKFLOW, _workflow), (_COMPOSE, _compose), (_VARIABLES, _terraform)):
        if path.search(source.path):
            line = _Line(data, hit.node.start, hit.node.end)
            return known(line, source.text) if line.key else None
    return None


class _Line:
    """The line that holds the secret: its key, and what stands around the secret in the value."""

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self.start, self.end = start, end
        self.begin = data.rfind(b"\n", 0, start) + 1
        stop = data.find(b"\n", end)
        self.stop = stop + 1 if stop >= 0 else len(data)
        self.above = data[: self.begin].decode("utf-8", "replace").split("\n")[:-1]
        self.text = data[self.begin : self.stop].decode("utf-8", "replace").rstrip("\r\n")
        found = _PAIR.match(self.text)
        inside = b"\n" not in data[start:end]
        self.key = found["key"] if found and inside else ""
        self.indent = len(found["lead"]) if found else 0
        value = found["value"] if found else ""
        self.secret = data[start:end].decode("utf-8", "replace")
        bare = re.sub(r"\s+#.*$", "", value).strip()
        self.before, _, self.after = bare.partition(self.secret)
        self.whole = self.before + self.after in ("", '""', "''")

    def parents(self) -> list[str]:
        """The keys that the line stands under, the nearest first."""
        found, indent = [], self.indent
        for line in reversed(self.above):
            match = re.match(r"^(\s*(?:-\s+)?)[\"']?([\w.-]+)[\"']?\s*:(.*)$", line)
            if match and len(match[1]) < indent:
                found.append(match[2])
                indent = len(match[1])
        return found


def _workflow(line: _Line, text: str) -> Proposal | None:
    """`${{ secrets.NAME }}`, for the whole value of a variable or an input."""
    if not line.whole or (line.parents() or [""])[0] not in _MAPS:
        return None
    name = re.sub(r"^GITHUB_", "GH_", upper(line.key))  # names that begin so are kept for GitHub
    name = distinct(name, "", set(re.findall(r"\bsecrets\.(\w+)", text)))
    first = line.start - (1 if line.before else 0)
    edit = Edit(first, line.end + (1 if line.after else 0), f"${{{{ secrets.{name} }}}}")
    preserves = f"The same value is used, once the repository's or environment's secret {name} holds it"
    return Proposal((edit,), "Read the credential from the secrets of the workflow", preserves)


def _compose(line: _Line, text: str) -> Proposal | None:
    """`${NAME:?}`, which stops the start where the variable is missing."""
    if not set(line.parents()[:2]) & {*_MAPS, "args"} or "$" in line.secret:
        return None
    name = upper(line.key)
    if not line.whole:
        if re.search(r"://[^/@\s]*:$", line.before) is None or not line.after.startswith("@"):
            return None
        name = re.sub(r"_?(?:URL|URI|DSN|ADDRESS)$", "", name)
        name = f"{name}_PASSWORD" if name else "PASSWORD"
    service = next((upper(key) for key in line.parents()[1:2]), "")
    if VAGUE.fullmatch(name) and service:
        name = f"{service}_{name}"
    name = distinct(name, service, set(re.findall(r"\$\{?(\w+)", text)))
    edit = Edit(line.start, line.end, f"${{{name}:?}}")
    preserves = f"The same value is used, once the environment or .env, which git ignores, sets {name}"
    return Proposal((edit,), "Read the credential from the environment", preserves)


def _terraform(line: _Line, text: str) -> Proposal | None:
    """The value of a variable, which the environment gives as well."""
    if not line.whole or line.indent or "<<" in text:
        return None
    preserves = f"The same value is used, once the environment variable TF_VAR_{line.key} holds it"
    return Proposal((Edit(line.begin, line.stop, ""),), "Leave the variable to the environment", preserves)
