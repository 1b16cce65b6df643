"""Credentials leave the text: the program reads them from its environment.

What comes in: a Hit on the characters of a secret. What goes out: `os.environ["NAME"]` in its place. The one
invariant: the name says what the secret is for, and two secrets of one text never share a name.
"""

from __future__ import annotations

import re

from tree_sitter import Node

from deburr.engine import ir
from deburr.engine.repair import concrete, declared, imports, stores
from deburr.engine.repair.draft import Draft, Proposal
from deburr.engine.repair.naming import VAGUE, distinct, upper

TITLE = "Read the credential from the environment"
PRESERVES = "The same value is used, once the environment variable {} holds it"
_SERVICES = {
    "openai": "OPENAI",
    "anthropic": "ANTHROPIC",
    "stripe": "STRIPE",
    "twilio": "TWILIO",
    "slack_sdk": "SLACK",
    "slack": "SLACK",
    "github": "GITHUB",
    "gitlab": "GITLAB",
    "huggingface_hub": "HF",
    "transformers": "HF",
    "wandb": "WANDB",
    "pinecone": "PINECONE",
    "cohere": "COHERE",
    "redis": "REDIS",
    "pymongo": "MONGODB",
    "smtplib": "SMTP",
    "paramiko": "SSH",
    "ftplib": "FTP",
    "boto3": "AWS",
    "psycopg2": "DB",
    "psycopg": "DB",
    "asyncpg": "DB",
    "pymysql": "DB",
    "MySQLdb": "DB",
    "mysql": "DB",
    "sqlalchemy": "DB",
    "snowflake": "SNOWFLAKE",
    "telegram": "TELEGRAM",
    "tweepy": "TWITTER",
    "sendgrid": "SENDGRID",
}
_KEYS = {"jwt": "JWT_SECRET", "jose": "JWT_SECRET", "hmac": "HMAC_KEY", "cryptography": "ENCRYPTION_KEY"}
_KEYS |= {"Crypto": "ENCRYPTION_KEY", "Cryptodome": "ENCRYPTION_KEY"}
_GENERIC = ("config", "settings", "data", "params", "payload", "headers", "kwargs", "options", "args", "body", "conf")


def repair(draft: Draft) -> Proposal | None:
    """Replace the secret, or the text that holds it, by what the environment says."""
    span = _place(draft)
    if (magic := _magic(draft, span)) is not None:
        return magic
    literal = concrete.up(concrete.at(draft.data, *span), "string")
    if literal is None and (literal := _constant(draft, span)) is not None:
        span = (literal.start_byte, literal.end_byte)
    if literal is not None and _sets_environment(literal):
        return _left_to_environment(draft, literal)
    if literal is None or not _movable(literal):
        return None
    whole = _whole(literal, span, draft.data)
    if whole and (filled := declared.left_out(draft, literal)):
        return draft.done(declared.TITLE, PRESERVES.format(filled))
    name = _name(draft, literal) if whole else _in_address(draft, literal, span) or _name(draft, literal)
    if not name:
        return None
    node = literal
    reader = _reader(literal) if whole else None
    if reader is not None:
        node, name = reader[0], reader[1] or name
    store = stores.choose(draft, literal, name) if reader is None and not _is_default(literal) else None
    if store is None or (not whole and "f`" in store.code):
        environ = draft.name("os.environ")
        code = f"{environ}.get(`{name}`, ``)" if _is_default(literal) else f"{environ}[`{name}`]"
        store = stores.Store(code, TITLE, PRESERVES.format(name))
    if whole:
        draft.swap(node, _read(store.code, literal))
    elif not _part(draft, literal, span, store.code):
        return None
    return draft.done(store.title, store.preserves)


def _magic(draft: Draft, span: tuple[int, int]) -> Proposal | None:
    """`%env NAME=secret` of a notebook, which whoever starts its kernel can set as well; here an assignment."""
    start = imports.line_start(draft.data, span[0])
    found = re.match(rb"\s*(os\.environ\[\")(\w+)\"\] = f\"[\"']?$", draft.data[start : span[0]])
    if found is None or not draft.unit.source.path.endswith(".ipynb"):
        return None
    draft.replace(start + found.start(1), start + found.end(1), "#")
    draft.replace(*span, "<set where the kernel is started>")
    return draft.done("Leave the credential to the environment", PRESERVES.format(found[2].decode()))


def _place(draft: Draft) -> tuple[int, int]:
    """The bytes of the secret: those of the hit, or for a flow those of the literal that it begins with."""
    hit = draft.hit
    node = hit.node
    if not isinstance(node, ir.Const):
        node = next((step for step in hit.flow if isinstance(step, ir.Const)), hit.argument or node)
    return node.start, node.end


def _constant(draft: Draft, span: tuple[int, int]) -> Node | None:
    """The literal behind the name that a key is given by, where the name is bound once."""
    node = concrete.at(draft.data, *span)
    for name in [inner for inner in concrete.inside(node) if inner.type == "identifier"]:
        for place in (concrete.scope(name), concrete.root(draft.data)):
            bound = concrete.assignments(concrete.text(name), place)
            right = bound[0].parent.child_by_field_name("right") if len(bound) == 1 and bound[0].parent else None
            if right is not None and right.type == "string":
                return right
    return None


def _movable(literal: Node) -> bool:
    """Whether an expression may stand where the literal does."""
    parent = literal.parent
    if parent is None or parent.type in ("expression_statement", "case_pattern", "concatenated_string", "module"):
        return False
    if parent.type == "pair" and parent.child_by_field_name("key") == literal:
        return False
    prefix = concrete.text(literal.children[0]).rstrip("\"'").lower()
    return concrete.up(literal, "case_pattern", "type") is None and not set(prefix) - set("rfb")


def _sets_environment(literal: Node) -> bool:
    """Whether the literal is what `os.environ["X"]` is set to."""
    target = _target(literal)
    return target is not None and re.match(r"(\w+\.)?environ\[", concrete.text(target)) is not None


def _left_to_environment(draft: Draft, literal: Node) -> Proposal | None:
    """Leave out the line that sets the environment: whoever starts the program sets it."""
    name = _holder(literal)
    if not draft.leave_out(concrete.statement(literal)):
        return None
    return draft.done(TITLE, PRESERVES.format(name))


def _target(literal: Node) -> Node | None:
    assignment = literal.parent
    if assignment is not None and assignment.type == "assignment":
        return assignment.child_by_field_name("left")
    return None


def _whole(literal: Node, span: tuple[int, int], data: bytes) -> bool:
    """Whether nothing but the secret stands between the quotes."""
    inner = data[literal.children[0].end_byte : literal.children[-1].start_byte]
    if any(child.type == "interpolation" for child in literal.children):
        return False
    return inner.strip() == data[span[0] : span[1]].strip().strip(b"\"'") or span[0] <= literal.start_byte


def _reader(literal: Node) -> tuple[Node, str] | None:
    """The `os.getenv("X", "secret")` whose fallback the secret is, and the name it reads."""
    listed = literal.parent
    if listed is not None and listed.type == "keyword_argument":
        listed = listed.parent
    call = listed.parent if listed is not None and listed.type == "argument_list" else None
    if call is None or not re.search(r"(?:^|\.)(?:getenv|environ\.get)$", _func(call)):
        return None
    first = concrete.arguments(call)[0].value
    return (call, concrete.text(first).strip("\"'")) if first != literal and first.type == "string" else None


def _func(call: Node) -> str:
    return concrete.text(call.child_by_field_name("function"))


def _is_default(literal: Node) -> bool:
    """Whether it is the default of a parameter, which must not stop the import of its module."""
    return literal.parent is not None and literal.parent.type in ("default_parameter", "typed_default_parameter")


def _read(code: str, literal: Node) -> str:
    """The expression that reads the secret, in the quotes of the text and of its type."""
    binary = "b" in concrete.text(literal.children[0]).rstrip("\"'").lower()
    quote = '"' if concrete.text(literal.children[0])[-1] == '"' else "'"
    return code.replace("`", quote) + (".encode()" if binary else "")


def _part(draft: Draft, literal: Node, span: tuple[int, int], read: str) -> bool:
    """Make the literal an f-string whose secret part is read: `f"Bearer {os.environ['TOKEN']}"`."""
    opening = concrete.text(literal.children[0])
    prefix, quote = opening.rstrip("\"'"), opening[-1]
    inner = draft.data[literal.children[0].end_byte : literal.children[-1].start_byte]
    if "b" in prefix.lower() or _formatted(literal):
        return False
    other = "'" if quote == '"' else '"'
    if "f" not in prefix.lower():
        if b"{" in inner or b"}" in inner or b"%(" in inner or b"\\N" in inner:
            return False
        draft.insert(literal.start_byte, "f")
    draft.replace(*span, "{" + read.replace("`", other) + "}")
    return True


def _formatted(literal: Node) -> bool:
    """Whether the text is a template that `%` or `.format` fills."""
    parent = literal.parent
    if parent is None:
        return False
    if parent.type == "binary_operator" and concrete.text(parent.child_by_field_name("operator")) == "%":
        return True
    return parent.type == "attribute" and concrete.text(parent.child_by_field_name("attribute")) == "format"


def _in_address(draft: Draft, literal: Node, span: tuple[int, int]) -> str:
    """For the password in `scheme://user:password@host`: who it is for, never the name of the whole address."""
    before = draft.data[literal.start_byte : span[0]].decode("utf-8", "replace")
    found = re.search(r"(\w[\w+.-]*)://([\w.-]*):$", before)
    if found is None or draft.data[span[1] : span[1] + 1] != b"@":
        return ""
    holder = re.sub(r"_?(?:URL|URI|DSN|ADDRESS|CONN(?:ECTION)?(?:_STR(?:ING)?)?)$", "", upper(_holder(literal)))
    name = holder or upper(found[2]) or upper(found[1].partition("+")[0])
    return _free(draft, literal, name if name.endswith("PASSWORD") else f"{name}_PASSWORD") if name else ""


def _name(draft: Draft, literal: Node) -> str:
    """The environment variable: from the name of the credential, its service, and what holds it."""
    said = str(draft.hit.fact.get("name") or "") or _holder(literal)
    default = _KEYS.get(draft.hit.callee.split(".")[0]) or str(draft.hit.fact.get("kind") or "")
    name = upper(said) or upper(default)
    if not name:
        return ""
    service = _service(draft, literal)
    if service and VAGUE.fullmatch(name):
        name = f"{service}_{name}"
    elif VAGUE.fullmatch(name) and (around := upper(_container(literal))):
        name = name if name.startswith(around) else f"{around}_{name}"
    return _free(draft, literal, name)


def _free(draft: Draft, literal: Node, name: str) -> str:
    """The name itself, or another where the text reads that variable already."""
    taken = set(re.findall(r"(?:environ(?:\.get\()?\[?|getenv\()[\"'](\w+)[\"']", draft.unit.source.text))
    reader = _reader(literal)
    if reader and reader[1] == name:
        return name
    return distinct(name, upper(_around(literal)), taken)


def _holder(literal: Node) -> str:
    """The variable, keyword or key that the secret is given to."""
    node: Node | None = literal.parent
    for _ in range(4):
        if node is None or node.type == "argument_list":
            return ""
        if node.type in ("assignment", "augmented_assignment"):
            target = node.child_by_field_name("left")
            index = target.child_by_field_name("subscript") if target is not None else None
            return concrete.text(index).strip("\"'") if index is not None else concrete.text(target)
        if node.type in ("keyword_argument", "default_parameter", "typed_default_parameter"):
            return concrete.text(node.child_by_field_name("name"))
        if node.type == "pair":
            return concrete.text(node.child_by_field_name("key")).strip("\"'")
        node = node.parent
    return ""


def _container(literal: Node) -> str:
    """The variable whose mapping holds the secret, when its name says something."""
    pair = concrete.up(literal, "pair")
    assignment = concrete.up(pair, "assignment")
    name = concrete.text(assignment.child_by_field_name("left")) if assignment is not None else ""
    return "" if not name.isidentifier() or name.lower() in _GENERIC else re.sub(r"(?i)_?(config|settings)$", "", name)


def _around(literal: Node) -> str:
    """The function or class that the secret stands in."""
    node = concrete.up(literal, "function_definition", "class_definition")
    return concrete.text(node.child_by_field_name("name")) if node is not None else ""


def _service(draft: Draft, literal: Node) -> str:
    """The service that the credential is for, by the call it is given to or the module it is set on."""
    call = concrete.up(literal, "call", "function_definition")
    target = _target(literal)
    named = target if target is not None and target.type == "attribute" else None
    if named is None and call is not None and call.type == "call":
        named = call.child_by_field_name("function")
    return _SERVICES.get(imports.full(named, draft.data).split(".")[0], "")
