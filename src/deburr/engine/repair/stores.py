"""Where a program that has a place for its secrets already reads one more of them.

What comes in: a Draft, the literal that holds the secret, and the name that it will have. What goes out: the code that
reads it there, or None where only the environment is left. The one invariant: nothing is used that the text does not
use already: its own client of a secret manager, its own settings object, the platform that it runs on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tree_sitter import Node

from deburr.engine.repair import concrete, imports
from deburr.engine.repair.draft import Draft

_SECRETS = re.compile(r"(projects/[^\"'\s]+/secrets/)[^/\"']+(/versions/[^\"'\s]+)")


class Store(NamedTuple):
    """How a secret is read."""

    code: str
    """The expression; a backtick stands for each quote."""

    title: str
    preserves: str


class Bound(NamedTuple):
    """A variable that a call is assigned to."""

    name: str
    call: Node
    full: str
    """The full name of what is called."""


def choose(draft: Draft, literal: Node, name: str) -> Store | None:
    """The store that the text uses already; where it uses several, the most guarded of them."""
    clients = list(_bound(draft, literal))
    for bound in reversed(clients):
        for kind, make in _CLIENTS.items():
            if re.search(kind, bound.full) and (code := make(draft, bound, name)):
                return Store(code, _MANAGER, f"The same value is used, once that store holds it as {_said(code)}")
    for platform in (_databricks, _streamlit, _colab, _kaggle, _airflow, _prompt, _decoupled):
        if found := platform(draft, literal, name):
            return found
    return None


_MANAGER = "Read the credential from the secret store that the file uses"
_PLATFORM = "Read the credential from the secrets of the platform"


def _said(code: str) -> str:
    """The name under which the code asks for the secret."""
    *_, said = re.findall(r"`([^`]+)`", code.partition(")")[0] if "kv." not in code else code)
    return str(said).rpartition("secrets/")[2].partition("/")[0]


def _bound(draft: Draft, literal: Node) -> Iterator[Bound]:
    """The variables in force at the literal that calls are assigned to, in order."""
    function, here = concrete.up(literal, "function_definition"), literal.start_byte
    blocks: list[tuple[Node, int]] = [(concrete.root(draft.data), len(draft.data) if function is not None else here)]
    if function is not None and (body := function.child_by_field_name("body")) is not None:
        blocks.append((body, here))
    for block, limit in blocks:
        for child in block.named_children:
            inner = child.named_children[0] if child.type == "expression_statement" and child.named_children else None
            if inner is None or inner.type != "assignment" or child.start_byte >= limit:
                continue
            left, right = inner.child_by_field_name("left"), inner.child_by_field_name("right")
            if left is not None and left.type == "identifier" and right is not None and right.type == "call":
                yield Bound(concrete.text(left), right, imports.full(right.child_by_field_name("function"), draft.data))


def _first(call: Node) -> str:
    """The first argument of a call, when it is a text."""
    given = concrete.arguments(call)
    return concrete.text(given[0].value).strip("\"'") if given and given[0].value.type == "string" else ""


def _aws(_draft: Draft, bound: Bound, name: str) -> str:
    service = _first(bound.call)
    if service == "secretsmanager":
        return f"{bound.name}.get_secret_value(SecretId=`{name}`)[`SecretString`]"
    if service == "ssm":
        return f"{bound.name}.get_parameter(Name=`{name}`, WithDecryption=True)[`Parameter`][`Value`]"
    return ""


def _google(draft: Draft, bound: Bound, name: str) -> str:
    """Under the project that the text asks for other secrets."""
    for node in concrete.inside(concrete.root(draft.data)):
        if node.type == "string" and (found := _SECRETS.search(concrete.text(node))):
            opening = concrete.text(node.children[0]).rstrip("\"'")
            path = f"{opening}`{found[1]}{name}{found[2]}`"
            if "r" not in opening.lower() and _reachable(node):
                return f"{bound.name}.access_secret_version(name={path}).payload.data.decode()"
    return ""


def _reachable(node: Node) -> bool:
    """Whether a formatted text names only what the whole module knows."""
    names = [inner for inner in concrete.inside(node) if inner.type == "identifier"]
    return all(concrete.text(name).isupper() for name in names)


def _azure(_draft: Draft, bound: Bound, name: str) -> str:
    return f"{bound.name}.get_secret(`{name.lower().replace('_', '-')}`).value"


def _vault(draft: Draft, bound: Bound, name: str) -> str:
    """In the entry that the text reads already, under a key of its own."""
    text = draft.unit.source.text
    reading = r"\.secrets\.kv\.(?:v2\.)?(read_secret\w*)\(\s*path=[\"']([^\"']+)[\"']"
    found = re.search(re.escape(bound.name) + reading, text)
    if found is None:
        return ""
    version = "v2." if f"{bound.name}.secrets.kv.v2." in text else ""
    return f"{bound.name}.secrets.kv.{version}{found[1]}(path=`{found[2]}`)[`data`][`data`][`{name}`]"


def _settings(_draft: Draft, bound: Bound, name: str) -> str:
    return f"{bound.name}.str(`{name}`)"


_CLIENTS: dict[str, Callable[[Draft, Bound, str], str]] = {
    r"(?:^boto3|session|\.Session)(?:\.\w+)*\.client$|^boto3\.client$|^\w*session\.client$": _aws,
    r"secretmanager(?:_v1)?\.SecretManagerServiceClient$": _google,
    r"^azure\.keyvault\.secrets\.SecretClient$": _azure,
    r"^hvac\.Client$": _vault,
    r"^(?:environ|environs)\.Env$": _settings,
}


def _databricks(draft: Draft, literal: Node, name: str) -> Store | None:  # noqa: ARG001 - one signature for all
    text = draft.unit.source.text
    if not re.search(r"\bdbutils\.\w", text) and not text.startswith("# Databricks notebook source"):
        return None
    found = re.search(r"dbutils\.secrets\.get\(\s*(?:scope\s*=\s*)?[\"']([\w.@-]+)[\"']", text)
    scope, key = found[1] if found else "app", name.lower().replace("_", "-")
    code = f"dbutils.secrets.get(scope=`{scope}`, key=`{key}`)"
    return Store(code, _PLATFORM, f"The same value is used, once the scope {scope} holds it as {key}")


def _streamlit(draft: Draft, literal: Node, name: str) -> Store | None:  # noqa: ARG001
    if "streamlit" not in concrete.packages(draft.data):
        return None
    code = f"{draft.name('streamlit.secrets')}[`{name}`]"
    return Store(code, _PLATFORM, f"The same value is used, once secrets.toml, which git ignores, holds it as {name}")


def _colab(draft: Draft, literal: Node, name: str) -> Store | None:  # noqa: ARG001
    if not _imports(draft, "google.colab"):
        return None
    code = f"{draft.name('google.colab.userdata')}.get(`{name}`)"
    return Store(code, _PLATFORM, f"The same value is used, once the notebook's secrets hold it as {name}")


def _kaggle(draft: Draft, literal: Node, name: str) -> Store | None:  # noqa: ARG001
    if "kaggle_secrets" not in concrete.packages(draft.data):
        return None
    code = f"{draft.name('kaggle_secrets.UserSecretsClient')}().get_secret(`{name}`)"
    return Store(code, _PLATFORM, f"The same value is used, once the notebook's secrets hold it as {name}")


def _airflow(draft: Draft, literal: Node, name: str) -> Store | None:
    """In a task; outside of one the scheduler would ask its database each time it reads the file."""
    if "airflow" not in concrete.packages(draft.data) or concrete.up(literal, "function_definition") is None:
        return None
    code = f"{draft.name('airflow.models.Variable')}.get(`{name.lower()}`)"
    return Store(code, _PLATFORM, f"The same value is used, once Airflow's variable {name.lower()} holds it")


def _prompt(draft: Draft, literal: Node, name: str) -> Store | None:  # noqa: ARG001
    """In a notebook that asks its reader already."""
    if not draft.unit.source.path.endswith(".ipynb") or "getpass" not in concrete.packages(draft.data):
        return None
    code = f"{draft.name('getpass.getpass')}(`{name}: `)"
    return Store(code, "Ask for the credential when the notebook runs", "The same value is used, once it is typed in")


def _decoupled(draft: Draft, literal: Node, name: str) -> Store | None:  # noqa: ARG001
    if "decouple" not in concrete.packages(draft.data):
        return None
    code = f"{draft.name('decouple.config')}(`{name}`)"
    return Store(code, "Read the credential as the other settings are", f"The same value is used, once {name} is set")


def _imports(draft: Draft, module: str) -> bool:
    return any(
        re.search(rf"\b{re.escape(module)}\b", concrete.text(node).replace(" import ", ".").replace("from ", ""))
        for node in concrete.imports(draft.data)
    )
