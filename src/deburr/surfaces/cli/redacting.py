"""One run of `deburr redact` or `deburr restore`: texts in, texts out, and a word on whatever was not done.

The invariant: a text comes out redacted or not at all; nothing is written before everything it needs is there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import NamedTuple

from deburr.engine import secrets
from deburr.engine.secrets import vault as kept
from deburr.engine.secrets.redacting import Redactor
from deburr.errors import ConfigError, DeburrError
from deburr.model import Confidence, Skipped
from deburr.surfaces.cli.options import Options, language, settle
from deburr.surfaces.cli.terminal import progress
from deburr.surfaces.cli.writing import replace_file, write_file
from deburr.surfaces.shared import vaults, veil, warm
from deburr.surfaces.shared.files import CHOICES, LIMIT, Candidate, Loaded, discover, from_bytes, load
from deburr.surfaces.shared.hide import clean

STDIN = "-"
DONE, NOT_AS_IT_WAS, NOT_DONE = 0, 1, 2


class Wish(NamedTuple):
    """The command line as it was given; empty means not said."""

    paths: tuple[str, ...] = ()
    output: str = ""
    in_place: bool = False
    vault: str = ""
    key_file: str = ""
    least: Confidence = "low"
    exclude: tuple[str, ...] = ()
    language: str = ""
    stdin_filename: str = ""
    max_size: int = LIMIT


class _Said:
    """What there is to say at the end, and whether something was not done."""

    def __init__(self) -> None:
        self.failed = False

    def not_done(self, what: str, why: str) -> None:
        self.failed = True
        sys.stderr.write(f"deburr: not redacted: {_shown(veil.path(what))}: {_shown(why)}\n")

    def left_out(self, what: str, why: str) -> None:
        sys.stderr.write(f"deburr: not redacted: {_shown(veil.path(what))}: {_shown(why)}\n")


def redact(wish: Wish) -> int:
    """Takes the secrets out of what `wish` names; gives the exit status."""
    warm.engine()  # its database of secrets is kept, and need not be compiled again
    paths = wish.paths or (STDIN,)
    vault = vaults.opened(wish.vault, wish.key_file) if wish.vault else None
    key = vaults.key(wish.key_file) if wish.key_file else b""
    redactor = secrets.redactor(key, least=wish.least, vault=vault)
    said = _Said()
    if paths == (STDIN,):
        texts = _from_stdin(wish)
    elif STDIN in paths:
        raise ConfigError("- stands for standard input, and goes alone")
    elif wish.language:
        raise ConfigError("--language is for standard input, which is not among the paths")
    else:
        texts = _from_files(wish, said)
    # What one file tells is a secret is one in all.
    for _, loaded in progress(texts, len(texts)):
        if isinstance(loaded, Loaded):
            redactor.learn(loaded.source.text, loaded.source.language)
    done = list(_redacted(texts, redactor, said))
    if vault is not None:
        vaults.save(wish.vault, vault)
        sys.stderr.write(f"deburr: {_shown(wish.vault)} holds the secrets in plain text, readable by you alone\n")
    for one in done:
        _put(one, wish, redactor, said)
    places, files = sum(one.found for one in done), len(done)
    sys.stderr.write(
        f"deburr: {places} place{'' if places == 1 else 's'} redacted in {files} file{'' if files == 1 else 's'}\n"
    )
    return NOT_DONE if said.failed or not done else DONE


class _Text(NamedTuple):
    """A text without its secrets, and where it came from."""

    candidate: Candidate
    loaded: Loaded
    text: str
    found: int


_Texts = list[tuple[Candidate, Loaded | Skipped]]


def _from_stdin(wish: Wish) -> _Texts:
    name = wish.stdin_filename or "<stdin>"
    kind = language(wish.language) if wish.language else "" if wish.stdin_filename else "text"
    data = sys.stdin.buffer.read(wish.max_size + 1)
    return [(Candidate(STDIN, name), from_bytes(data, name, language=kind, limit=wish.max_size))]


def _from_files(wish: Wish, said: _Said) -> _Texts:
    scope = settle(Options(paths=wish.paths, exclude=wish.exclude)).scope
    own = {os.path.realpath(file) for file in (wish.vault, wish.key_file) if file}
    found: list[Candidate] = []
    for one in discover(wish.paths, scope):
        if isinstance(one, Skipped):
            (said.left_out if one.why.startswith(CHOICES) else said.not_done)(one.what, one.why)
        elif os.path.realpath(one.file) in own:
            said.left_out(one.path, "left out: the vault or the key")
        else:
            found.append(one)
    alone = len(wish.paths) == 1 and len(found) == 1 and not os.path.isdir(wish.paths[0])
    if not alone and not wish.in_place and not wish.output:
        raise ConfigError("several files need --in-place, or --output with a folder for the redacted copies")
    if not alone and wish.output and os.path.isfile(wish.output):
        raise ConfigError(f"{wish.output}: several files need a folder, and this is a file")
    if not alone and wish.output and any(_over_itself(one, wish) for one in found):
        raise ConfigError(f"{wish.output}: the copies would take the place of the files; --in-place does that")
    return [(one, load(one, wish.max_size)) for one in found]


def _redacted(texts: _Texts, redactor: Redactor, said: _Said) -> Iterator[_Text]:
    """The texts that could be redacted."""
    for candidate, loaded in texts:
        if isinstance(loaded, Skipped):
            said.not_done(loaded.what, loaded.why)
            continue
        source = loaded.source
        if loaded.decoded.problem:
            said.not_done(source.path, loaded.decoded.problem)
            continue
        try:
            done = redactor.redact(source.text, source.language, source.path)
        except DeburrError as error:
            said.not_done(source.path, str(error))
            continue
        except Exception as error:  # noqa: BLE001 - one file on which deburr fails must not be let through, nor stop the rest
            said.not_done(source.path, f"deburr failed on it: {type(error).__name__}")
            continue
        yield _Text(candidate, loaded, done.text, len(done.spans))


def _put(one: _Text, wish: Wish, redactor: Redactor, said: _Said) -> None:
    """Writes a text where it is wanted."""
    data = one.loaded.decoded.encode(one.text)
    if wish.in_place:
        if one.text != one.loaded.source.text and (why := replace_file(one.candidate.file, one.loaded, one.text)):
            said.not_done(one.candidate.path, why)
        if redactor.named(one.candidate.path) != one.candidate.path:
            said.not_done(one.candidate.path, "its name holds a secret; rename it")
    elif not wish.output:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    else:
        target = wish.output
        if one.candidate.file != STDIN and (
            os.path.isdir(wish.paths[0]) or len(wish.paths) > 1 or os.path.isdir(target)
        ):
            target = os.path.join(target, redactor.named(_below(one.candidate.file, wish)))
        try:
            write_file(target, data, one.candidate.file)
        except OSError as error:
            said.not_done(one.candidate.path, f"{target} cannot be written ({error.strerror})")


def _over_itself(one: Candidate, wish: Wish) -> bool:
    return os.path.realpath(os.path.join(wish.output, _below(one.file, wish))) == os.path.realpath(one.file)


def _below(file: str, wish: Wish) -> str:
    """A file's place in the folder for the copies: as below the folder that was named."""
    for path in wish.paths:
        if os.path.isdir(path):
            inside = os.path.relpath(os.path.abspath(file), os.path.abspath(path))
            if not inside.startswith(".."):
                return inside if len(wish.paths) == 1 else os.path.join(os.path.basename(os.path.abspath(path)), inside)
    return os.path.basename(file)


def restore(wish: Wish) -> int:
    """Puts the secrets back into one text; gives the exit status."""
    vault = vaults.load(wish.vault)
    file = wish.paths[0] if wish.paths else STDIN
    if file == STDIN:
        loaded = _of_any_size(sys.stdin.buffer.read(), "<stdin>")
    elif not os.path.isfile(file):
        raise ConfigError(f"{file}: {'a folder; name one file' if os.path.isdir(file) else 'there is no such file'}")
    else:
        with open(file, "rb") as handle:
            loaded = _of_any_size(handle.read(), settle(Options(paths=(file,))).scope.path(file))
    if isinstance(loaded, Skipped) or loaded.decoded.problem:
        why = loaded.why if isinstance(loaded, Skipped) else loaded.decoded.problem
        raise ConfigError(f"{file}: cannot be restored: {why}")
    back = kept.restore(loaded.source.text, vault, _recorded(loaded.source.path, vault))
    _give(back.text, file, loaded, wish)
    for what, ids in (("unknown to the vault", back.unknown), ("lost", back.lost), ("moved or repeated", back.moved)):
        for one in ids:
            sys.stderr.write(f"deburr: {what}: <REDACTED:{one}>\n")
    return NOT_AS_IT_WAS if back.unknown or back.lost or back.moved else DONE


def _of_any_size(data: bytes, path: str) -> Loaded | Skipped:
    return from_bytes(data, path, limit=len(data))


def _recorded(path: str, vault: kept.Vault) -> str:
    """What the vault calls a text: its path, else the one text of that name, else the only one."""
    named = [one for one in vault.order if os.path.basename(one) == os.path.basename(path)]
    if path in vault.order:
        return path
    return named[0] if len(named) == 1 else next(iter(vault.order)) if len(vault.order) == 1 else ""


def _give(text: str, file: str, loaded: Loaded, wish: Wish) -> None:
    try:
        data = loaded.decoded.encode(text)
    except UnicodeEncodeError:
        raise ConfigError(f"{file}: what the vault holds cannot be written in {loaded.decoded.encoding}") from None
    if wish.in_place and file != STDIN:
        if why := replace_file(file, loaded, text):
            raise ConfigError(f"{file}: {why}")
    elif wish.output:
        write_file(wish.output, data, file)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()


def _shown(text: str) -> str:
    return clean(text).encode("utf-8", "replace").decode()
