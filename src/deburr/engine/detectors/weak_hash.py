"""MD5 and SHA-1 where something relies on them; how sure it is depends on what the names around say they are for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit

Words = frozenset[str]
Resolve = Callable[[ir.Node], str]

_WEAK = re.compile(
    r"(?:hashlib\.(?:md5|sha1)|md5\.(?:new|md5)|sha\.(?:new|sha)|Crypto(?:dome)?\.Hash\.(?:MD2|MD4|MD5|SHA|SHA1)\.new"
    r"|cryptography\.hazmat\.primitives\.hashes\.(?:MD5|SHA1)|crypto-js\.(?:MD5|SHA1)|(?:js-|blueimp-)?md5|(?:js-)?sha1)"
)
_WEAK_NAME = re.compile(r"(?i)(?:md2|md4|md5|sha-?1|sha|ripemd160)")
_SOUND_WITH_SHA1 = ("HMAC", "TOTP", "HOTP", "OAEP", "MGF1", "PBKDF2HMAC", "HKDF")  # attacks on SHA-1 do not reach them
_CHANCE = frozenset({"os.urandom", "secrets.token_bytes", "secrets.token_hex", "uuid.uuid4"})
_SERIOUS = frozenset(
    "auth authenticate authentication authorization cert certificate credential credentials hmac integrity login nonce "
    "otp passphrase passwd password pwd reset salt secret secure session sign signature signed signing token verify "
    "webhook".split()
)
_HARMLESS = frozenset(
    "avatar bucket cache cached caching changed checksum checksums chunk color colour content dedup dedupe duplicate "
    "duplicates etag file filename filepath files fingerprint folder gravatar id ident identifier image key md5sum "
    "memo name partition path seed sha1sum shard short shorten slug unique url uuid".split()
)


def detect(unit: Unit, resolve: Resolve) -> Iterator[Hit]:
    """Each call that makes a weak hash, unless it says that nothing rests on it."""
    stack: list[tuple[ir.Node, Words, bool]] = [(unit.module, frozenset(), False)]
    while stack:
        node, around, sound = stack.pop()
        if isinstance(node, ir.Function):
            around = _words(node.name)
        elif isinstance(node, ir.Assign):
            around = around.union(*(_named(target) for target in node.targets))
        elif isinstance(node, ir.Call):
            name = resolve(node.func)
            if _weak(node, name, resolve) and not (sound and name.endswith("SHA1")):
                yield _hit(node, name, around)
            sound = name.rpartition(".")[2] in _SOUND_WITH_SHA1
            chained = around.union(*(_named(arg) for arg in node.args)) if isinstance(node.func, ir.Attr) else around
            stack.append((node.func, chained, sound))  # createHash("md5").update(token)
            stack.extend((child, around, sound) for child in ir.children(node) if child is not node.func)
            continue
        elif isinstance(node, ir.Attr) and node.name in ("digest_size", "block_size"):
            continue  # asked for its size, it hashes nothing
        elif isinstance(node, ir.Sub) and isinstance(node.index, ir.Slice):
            around = around | {"short"}  # a digest that is cut is a label
        elif isinstance(node, ir.Dict) and not any(value.args for _, value in node.items if isinstance(value, ir.Call)):
            continue  # a table of what exists, not of what is used
        stack.extend((child, around, sound) for child in reversed(list(ir.children(node))))


def _weak(node: ir.Call, name: str, resolve: Resolve) -> bool:
    """Whether a call makes a weak hash that is meant to protect something."""
    given = dict(node.kwargs)
    told = given.get("usedforsecurity")
    if isinstance(told, ir.Const) and told.value is False:
        return False
    if name in ("hashlib.new", "crypto.createHash"):
        which = node.args[0] if node.args else given.get("name")
        return isinstance(which, ir.Const) and isinstance(which.value, str) and bool(_WEAK_NAME.fullmatch(which.value))
    if name == "hmac.new":
        method = node.args[2] if len(node.args) > 2 else given.get("digestmod")
        return method is not None and "md5" in (getattr(method, "value", ""), resolve(method).removeprefix("hashlib."))
    return bool(_WEAK.fullmatch(name)) and not _of_chance(node, resolve)


def _of_chance(node: ir.Call, resolve: Resolve) -> bool:
    """Whether random bytes are hashed: nobody can find two that collide without choosing them."""
    return any(isinstance(p, ir.Call) and resolve(p.func) in _CHANCE for a in node.args for p in ir.walk(a))


def _hit(node: ir.Call, name: str, around: Words) -> Hit:
    words = around.union(*(_named(arg) for arg in node.args))
    harmless = {"not", "security"} <= words or (words & _HARMLESS and not words & _SERIOUS)
    sha256 = {"call": "hashlib.sha256", "title": "Hash with SHA-256"}
    fix = {"fix": sha256} if name in ("hashlib.md5", "hashlib.sha1") else {}
    return Hit("weak-hash", node, "low" if harmless else "medium", callee=name, fact={"kind": "weak-hash", **fix})


def _named(node: ir.Node) -> Words:
    """The words of every name inside an expression."""
    found: set[str] = set()
    for part in ir.walk(node):
        if isinstance(part, (ir.Name, ir.Attr)):
            found |= _words(part.id if isinstance(part, ir.Name) else part.name)
    return frozenset(found)


def _words(name: str) -> Words:
    return frozenset(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_"))
