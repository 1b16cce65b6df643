"""The rules of the house, each on the whole project, and each on a bad sample that shows that it can fail."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests import house

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src"
STANDARD = frozenset(sys.stdlib_module_names)
PUBLIC = "Source Span Finding Fix Report Principle Example Verdict Review Reward Decision DeburrError"


@cache
def tracked() -> list[str]:
    """The paths of the files of the project: those git knows or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted({path for path in listed.split("\0") if path and (ROOT / path).is_file()})


@cache
def texts(*folders: str) -> dict[str, str]:
    """The Python files of these folders, by path."""
    return {
        path: (ROOT / path).read_text("utf-8")
        for path in tracked()
        if path.endswith(".py") and path.split("/")[0] in folders
    }


def everywhere() -> dict[str, str]:
    """All Python of the project but the examples, which are written as assistants write."""
    return texts("src", "tests", "bench", "docs", "recipes")


def modules() -> dict[str, str]:
    return {
        path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", "."): text
        for path, text in texts("src").items()
    }


def test_arrows_point_one_way() -> None:
    assert list(house.arrows(modules(), STANDARD)) == []


@pytest.mark.parametrize(
    ("module", "text", "complaint"),
    [
        ("deburr.model", "import deburr.errors", "deburr.model:1 imports deburr.errors"),
        ("deburr.review.loop", "from deburr.engine import scan", "deburr.review.loop:1 imports deburr.engine"),
        (
            "deburr.engine.match",
            "def f():\n    from deburr import review",
            "deburr.engine.match:2 imports deburr.review",
        ),
        ("deburr.surfaces.sarif", "from . import cli", "deburr.surfaces.sarif:1 imports deburr.surfaces.cli"),
        ("deburr.engine.parse", "import deburr.surfaces", "deburr.engine.parse:1 imports deburr.surfaces"),
        ("deburr.model", "import click", "deburr.model:1 imports click"),
        ("deburr.engine.parse", "import httpx.client", "deburr.engine.parse:1 imports httpx.client"),
        (
            "deburr.judge.ask",
            "import importlib\nimportlib.import_module('deburr.engine')",
            "deburr.judge.ask:2 imports deburr.engine",
        ),
    ],
)
def test_arrows_can_fail(module: str, text: str, complaint: str) -> None:
    others = ["deburr.engine", "deburr.review", "deburr.surfaces", "deburr.surfaces.cli", "deburr.surfaces.cli.main"]
    assert list(house.arrows(dict.fromkeys(others, "") | {module: text}, STANDARD)) == [complaint]


def test_no_import_cycles_lazy_ones_included() -> None:
    assert house.cycles(modules()) == []


def test_cycles_can_fail() -> None:
    ring = {
        "deburr.a": "from deburr import b",
        "deburr.b": "def f():\n    import deburr.c",
        "deburr.c": "from . import a",
    }
    assert house.cycles(ring) == [["deburr.a", "deburr.b", "deburr.c", "deburr.a"]]


def test_twelve_public_names() -> None:
    import deburr

    assert sorted(deburr.__all__) == sorted(PUBLIC.split())
    assert all(getattr(deburr, name).__name__ == name for name in deburr.__all__)
    with pytest.raises(AttributeError, match="module 'deburr' has no attribute 'scan'"):
        _ = deburr.scan


def test_sizes() -> None:
    assert [wrong for path, text in everywhere().items() for wrong in house.sizes(path, text)] == []


def test_sizes_can_fail() -> None:
    body = "\n".join(["def f(a, b, c, *, d, e, g): ", *["    pass"] * 50]) + "\n" * 351
    assert list(house.sizes("x.py", body)) == [
        "x.py: 401 lines, at most 400",
        "x.py:1 f: 51 lines, at most 50",
        "x.py:1 f: 6 parameters, at most 5",
    ]
    assert list(house.sizes("x.py", "class C:\n    def f(self, a, b, c, d, e, *rest, **more): ...")) == []


def test_a_constructor_that_only_stores_may_have_as_many_parameters_as_fields() -> None:
    text = "class C:\n    def __init__(self, a, b, c, d, e, f):\n        self.a, self.b = a, b\n        self.c = (c, d)"
    assert list(house.sizes("x.py", text)) == []
    assert list(house.sizes("x.py", text + "\n        f()")) == ["x.py:2 __init__: 6 parameters, at most 5"]


def test_broad_excepts() -> None:
    assert [
        wrong
        for path, text in everywhere().items()
        for wrong in house.broad_excepts(path, text, allowed=not path.startswith("src/deburr/engine/"))
    ] == []


@pytest.mark.parametrize(
    ("handler", "in_engine", "elsewhere"),
    [
        ("except ValueError:", False, False),
        ("except Exception:", True, True),
        ("except:", True, True),
        ("except (OSError, BaseException) as error:  # noqa: BLE001", True, True),
        ("except Exception:  # noqa: BLE001 - a plug-in may raise anything", True, False),
    ],
)
def test_broad_excepts_can_fail(handler: str, in_engine: bool, elsewhere: bool) -> None:
    text = f"try:\n    f()\n{handler}\n    pass\n"
    assert list(house.broad_excepts("x.py", text, allowed=False)) == ["x.py:3 catches everything"] * in_engine
    assert (
        list(house.broad_excepts("x.py", text, allowed=True))
        == ["x.py:3 catches everything and does not say why"] * elsewhere
    )


def test_suppressing_everything_is_a_broad_except() -> None:
    text = "with contextlib.suppress(Exception):\n    f()"
    assert list(house.broad_excepts("x.py", text, allowed=False)) == ["x.py:1 catches everything"]


def test_every_dataclass_of_the_model_is_frozen() -> None:
    assert list(house.unfrozen((SRC / "deburr/model.py").read_text("utf-8"))) == []


def test_frozen_can_fail() -> None:
    text = "@dataclass\nclass A: 0\n@dataclasses.dataclass(slots=True)\nclass B: 0\n@dataclass(frozen=True)\nclass C: 0"
    assert list(house.unfrozen(text)) == ["A", "B"]


def test_no_mocks() -> None:
    assert [wrong for path, text in everywhere().items() for wrong in house.mocks(path, text)] == []


def test_mocks_can_fail() -> None:
    text = "from unittest.mock import patch\nimport mock\ndef test(mocker): ..."
    assert list(house.mocks("t.py", text)) == [
        "t.py:1 uses unittest.mock.patch",
        "t.py:2 uses mock",
        "t.py:3 uses mocker",
    ]


def test_no_bare_ignores() -> None:
    assert [wrong for path, text in everywhere().items() for wrong in house.bare_ignores(path, text)] == []


def test_bare_ignores_can_fail() -> None:
    text = "a = b  # type: ignore\nc = d  # type: ignore[attr-defined]\ne = f  # noqa\ng = h  # noqa: E731\n"
    assert list(house.bare_ignores("x.py", text)) == ["x.py:1 # type: ignore", "x.py:3 # noqa"]


HEAVY = (
    "hyperscan re2 tree_sitter tree_sitter_python pathspec asyncio multiprocessing concurrent tomllib "
    "sqlite3 http urllib.request ssl xml httpx jsonschema "
    "deburr.constitution deburr.libraries deburr.providers deburr.engine deburr.judge deburr.review deburr.curate "
    "deburr.store"
)


def loaded_after(code: str) -> set[str]:
    """The modules that a fresh interpreter holds when it ends."""
    tell = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
    run = subprocess.run([sys.executable, "-c", tell + code], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(run.stderr.split())


def test_import_deburr_loads_nothing_heavy() -> None:
    loaded = loaded_after("import deburr")
    assert "deburr" in loaded
    assert loaded & {*HEAVY.split(), "click", "dataclasses"} == set()


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_the_command_line_starts_without_anything_heavy(option: str) -> None:
    loaded = loaded_after(
        f"sys.argv = ['deburr', '{option}']; from deburr.surfaces.cli.main import main; sys.exit(main())"
    )
    assert "deburr.surfaces.cli.main" in loaded
    assert loaded & set(HEAVY.split()) == set()


def test_heavy_imports_can_fail() -> None:
    assert loaded_after("import deburr; deburr.Principle") >= {"deburr.constitution", "dataclasses"}


def test_the_readme_draws_the_tree_on_disk() -> None:
    drawn = house.tree((ROOT / "README.md").read_text("utf-8"))
    paths = [path for path in tracked() if path not in ("LICENSE", "SECURITY.md")]
    assert drawn == {folder: house.on_disk(paths, folder) for folder in drawn}


def test_the_tree_can_fail() -> None:
    readme = (
        "text\n```\nhouse/\n├── a/        what\n│   ├── b.py c.py  two\n│   └── d/    more\n└── e.md     end\n```\n"
    )
    assert house.tree(readme) == {"": {"a/", "e.md"}, "a/": {"b.py", "c.py", "d/"}}
    paths = ["a/b.py", "a/d/x.py", "a/__init__.py", "e.md", ".hidden"]
    assert house.on_disk(paths, "") == {"a/", "e.md"}
    assert house.on_disk(paths, "a/") == {"b.py", "d/"}


@pytest.mark.parametrize(
    ("folder", "ending", "limit"),
    [("src/deburr/constitution/", ".md", 160), ("src/deburr/engine/detectors/", ".py", 100)],
)
def test_principles_and_detectors_are_short(folder: str, ending: str, limit: int) -> None:
    lines = {
        path: len((ROOT / path).read_text("utf-8").splitlines())
        for path in tracked()
        if path.startswith(folder) and path.endswith(ending) and not path.startswith(f"{folder}_")
    }
    assert lines
    assert {path: count for path, count in lines.items() if count > limit} == {}


FORBIDDEN = {
    "a path of one machine": re.escape(str(ROOT)) + r"(?![\w.-])|/" + r"(?:work/(?:main|shared)|farm/in)\b",
    "the host of a package registry": r"pypi\.org|python"
    + r"hosted\.org|registry\.npmjs|(?:static|index)\.crates\.io|proxy\.golang",
    "a note to self": r"\bTO" + r"DO\b|\bFIX" + r"ME\b",
    "an AWS key": r"\bA" + r"KIA(?!IOSFODNN7EXAMPLE|I44QH8DHBEXAMPLE)[0-9A-Z]{16}\b",
    "a GitHub token": r"\bgh" + r"[pousr]_[A-Za-z0-9]{36}|github" + r"_pat_\w{60}",
    "a GitLab token": r"\bgl" + r"pat-[\w-]{20}",
    "a Slack token": r"\bxo" + r"x[abeprs]-\d[\w-]{20}|hooks\.slack" + r"\.com/services/T\w+/B\w+/\w{20}",
    "a Stripe key": r"\b[rs]k_" + r"(?:live|test)_[A-Za-z0-9]{20}",
    "a key of a model's vendor": r"\bsk-" + r"(?:ant-|proj-)?[\w-]{32}",
    "a Google key": r"\bAI" + r"za[\w-]{35}",
    "a SendGrid key": r"\bSG" + r"\.[\w-]{22}\.[\w-]{43}",
    "a private key": r"-BEGIN [A-Z ]*PRIVATE KEY-+\s+[A-Za-z0-9+/]{40}",
    "a web token": r"\bey" + r"J[\w-]{10,}\.ey" + r"J[\w-]{10,}\.[\w-]{20,}",
}


def offences(text: str) -> list[str]:
    return [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text)]


def test_nothing_stands_in_a_file_that_must_not() -> None:
    found = {}
    for path in tracked():
        text = (ROOT / path).read_bytes().decode("utf-8", "replace")
        if wrong := offences(text):
            found[path] = wrong
    assert found == {}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"cd {ROOT}\n", "a path of one machine"),
        ("index = https://py" + "pi.org/simple", "the host of a package registry"),
        ("# TO" + "DO: later", "a note to self"),
        ("AKIA" + "Z7Q2M4N6P8R1T3V5", "an AWS key"),
        ("ghp" + "_" + "a1B2c3D4e5F6" * 3, "a GitHub token"),
        ("sk_" + "live_" + "a1B2c3D4e5F6" * 2, "a Stripe key"),
        ("-----BEGIN RSA PRIVATE " + "KEY-----\n" + "MIIEpAIBAAKCAQEA" * 3, "a private key"),
    ],
)
def test_what_must_not_stand_can_be_found(text: str, what: str) -> None:
    assert offences(text) == [what]


def test_constraints_pin_every_version_with_hashes() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    pins = re.findall(
        r"^([a-z0-9][\w.-]*)==\S+(?: ;[^\\\n]*)? \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", text, re.M
    )
    assert len(pins) == len(re.findall(r"^[^\s#]", text, re.M))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for group in project["dependency-groups"].values():
        wanted += group
    assert {re.split(r"[<>=\[ ]", one)[0] for one in wanted} <= set(pins)


def test_ci_types_what_a_developer_types() -> None:
    lines = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["exec make check test"]


def test_the_makefile_has_five_verbs() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    assert re.findall(r"^([a-z]+):.*## ", text, re.M) == ["help", "review", "check", "test", "bench", "docs"]


def test_changelog_fragments_say_their_kind() -> None:
    names = [Path(path).name for path in tracked() if path.startswith("changelog.d/")]
    wrong = [
        name
        for name in names
        if name != "README.md" and not re.fullmatch(r"[a-z0-9-]+\.(added|changed|fixed|removed)\.md", name)
    ]
    assert wrong == []
