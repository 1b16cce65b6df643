"""Which language a file is written in, and how its text becomes the intermediate representation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from deburr.errors import ConfigError

if TYPE_CHECKING:
    from deburr.engine import ir
    from deburr.engine.islands import Chooser
    from deburr.engine.languages.description import Description

GRAMMARS = frozenset({"python", "javascript", "typescript"})
"""The languages that have a lowering."""

FACTS = ("python", "javascript")
"""The folders of libraries; languages that share a lowering share one."""

_SUFFIXES = {
    "python": "py pyi pyw pyx pxd wsgi sage",
    "notebook": "ipynb",
    "markdown": "md markdown mdx qmd rmd mdc",
    "rst": "rst rest",
    "diff": "diff patch",
    "csv": "csv tsv psv",
    "javascript": "js mjs cjs jsx es6",
    "typescript": "ts mts cts tsx",
    "yaml": "yaml yml",
    "toml": "toml",
    "json": "json jsonc json5 jsonl ndjson geojson webmanifest tfstate har",
    "ini": "ini cfg conf cnf editorconfig desktop service",
    "properties": "properties",
    "env": "env",
    "dockerfile": "dockerfile containerfile",
    "shell": "sh bash zsh ksh dash bats command",
    "xml": "xml xsd xsl xslt svg pom plist csproj config wsdl",
    "html": "html htm xhtml jinja jinja2 j2 vue svelte ejs hbs",
    "css": "css scss sass less",
    "java": "java",
    "kotlin": "kt kts",
    "scala": "scala sc",
    "groovy": "groovy gradle",
    "go": "go",
    "ruby": "rb rake gemspec erb ru",
    "c": "c h",
    "cpp": "cc cpp cxx c++ hh hpp hxx h++ inl ipp cu cuh",
    "csharp": "cs csx",
    "php": "php phtml php3 php4 php5 inc",
    "rust": "rs",
    "swift": "swift",
    "objective-c": "m mm",
    "dart": "dart",
    "lua": "lua",
    "perl": "pl pm",
    "r": "r",
    "julia": "jl",
    "elixir": "ex exs",
    "sql": "sql ddl dml",
    "powershell": "ps1 psm1 psd1",
    "batch": "bat cmd",
    "terraform": "tf tfvars hcl",
    "protobuf": "proto",
    "graphql": "graphql gql",
    "make": "mk mak",
}
NAMES = frozenset({*_SUFFIXES, "text"})
"""All names of languages."""
_BY_SUFFIX = {suffix: language for language, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}

_BY_NAME = {
    "sconstruct": "python",
    "sconscript": "python",
    "snakefile": "python",
    "tiltfile": "python",
    "build.bazel": "python",
    "workspace": "python",
    "dockerfile": "dockerfile",
    "containerfile": "dockerfile",
    "makefile": "make",
    "gnumakefile": "make",
    "gemfile": "ruby",
    "rakefile": "ruby",
    "vagrantfile": "ruby",
    "podfile": "ruby",
    "brewfile": "ruby",
    "jenkinsfile": "groovy",
    "pipfile": "toml",
    "poetry.lock": "toml",
    "cargo.lock": "toml",
    "uv.lock": "toml",
    "pipfile.lock": "json",
    ".babelrc": "json",
    ".eslintrc": "json",
    ".gitconfig": "ini",
    ".npmrc": "ini",
    ".pypirc": "ini",
    ".netrc": "ini",
    ".pgpass": "ini",
    ".condarc": "yaml",
    ".clang-format": "yaml",
    ".bashrc": "shell",
    ".bash_profile": "shell",
    ".bash_aliases": "shell",
    ".profile": "shell",
    ".zshrc": "shell",
    ".zprofile": "shell",
    ".envrc": "shell",
}

_INTERPRETERS = (
    ("python", "python"),
    ("pypy", "python"),
    ("ipython", "python"),
    ("uv", "python"),
    ("node", "javascript"),
    ("deno", "typescript"),
    ("bun", "typescript"),
    ("bash", "shell"),
    ("zsh", "shell"),
    ("dash", "shell"),
    ("ksh", "shell"),
    ("sh", "shell"),
    ("ruby", "ruby"),
    ("perl", "perl"),
    ("php", "php"),
    ("lua", "lua"),
    ("rscript", "r"),
    ("julia", "julia"),
    ("groovy", "groovy"),
    ("pwsh", "powershell"),
)


def of(path: str, head: str = "") -> str:
    """The language of a file, by its name and else by the `#!` at the start of its text; "text" when unknown."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1].lower()
    if name == ".env" or name.startswith((".env.", "env.")) or name.endswith(".env"):
        return "env"
    if known := _BY_NAME.get(name):
        return known
    if name.startswith(("dockerfile.", "containerfile.")):
        return "dockerfile"
    if known := _BY_SUFFIX.get(name.rsplit(".", 1)[-1] if "." in name else ""):
        return known
    return _interpreter(head)


def _interpreter(head: str) -> str:
    """What `#!/usr/bin/env -S python3 -u` asks for."""
    if not head.startswith("#!"):
        return "text"
    words = head[2:].split("\n", 1)[0].split()
    programs = [word.rsplit("/", 1)[-1].lower() for word in words if not word.startswith("-") and "=" not in word]
    if programs[:1] == ["env"]:
        del programs[0]
    for program in programs[:1]:
        for start, language in _INTERPRETERS:
            if program.startswith(start):
                return language
    return "text"


_MODULES = {
    "python": ((".py",), ("__init__.py",)),
    "javascript": ((".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx"), ("index.js", "index.ts", "index.mjs")),
    "typescript": ((".ts", ".tsx", ".mts", ".js", ".jsx"), ("index.ts", "index.tsx", "index.js")),
}
"""By language, how a module's file is called, and what it is called when it is a folder."""


def modules(language: str, place: str, *, whole: bool = False) -> Iterator[str]:
    """The paths of files that may be the module at `place`; with `whole`, only those that make a folder a module."""
    files, inside = _MODULES.get(language, ((), ()))
    head = f"{place}/" if place else ""
    yield from (head + name for name in inside)
    if place and not whole:
        yield from (place + ending for ending in files)


def describe(language: str) -> Description:
    """What the stages after the lowering must know of a language."""
    if language == "python":
        from deburr.engine.languages import python_words

        return python_words.DESCRIPTION
    if language in ("javascript", "typescript"):
        from deburr.engine.languages import javascript_words

        return javascript_words.DESCRIPTION
    raise ConfigError(f"nothing is known of {language!r}; something of {', '.join(sorted(GRAMMARS))}")


def imported(data: bytes, language: str) -> Iterator[tuple[str, str, str]]:
    """(module, name in it, name here) of each import that the lines of a text show, without parsing it.

    The name in it is "" where the module itself is imported, and "*" where everything in it is.
    """
    if language == "python":
        from deburr.engine.languages import python_lines

        yield from python_lines.imported(data)
    elif language in ("javascript", "typescript"):
        from deburr.engine.languages import javascript_lines

        yield from javascript_lines.imported(data)


def lower(data: bytes, language: str, choose: Chooser | None = None) -> ir.Module:
    """The text in the intermediate representation; whatever its bytes are, this gives a module.

    With `choose`, the bodies of functions that it leaves out stay empty.
    """
    if language == "python":
        from deburr.engine.languages import python

        return python.lower(data, choose)
    if language in ("javascript", "typescript"):
        from deburr.engine.languages import javascript

        return javascript.lower(data, language, choose)
    raise ConfigError(f"no lowering for {language!r}; there is one for {', '.join(sorted(GRAMMARS))}")
