"""Which files are looked at, and the reason for each that is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deburr.errors import ConfigError
from deburr.model import Skipped
from deburr.surfaces.shared.files import Candidate, Larger, Loaded, Scope, discover, load


def found(project: Path, *paths: str, exclude: tuple[str, ...] = ()) -> tuple[list[str], dict[str, str]]:
    scope = Scope(str(project), ((str(project), exclude),) if exclude else ())
    entries = list(discover(paths or (".",), scope))
    files = [entry.path for entry in entries if isinstance(entry, Candidate)]
    return files, {entry.what: entry.why for entry in entries if isinstance(entry, Skipped)}


def put(project: Path, *names: str) -> None:
    for name in names:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("x = 1\n")


def read(data: bytes, name: str = "a.py", limit: int = 1000) -> Loaded | Skipped:
    Path(name).write_bytes(data)
    return load(Candidate(name, name), limit)


def test_folders_in_the_order_of_names(project: Path) -> None:
    put(project, "b.py", "a/z.py", "a/b.py", "c/node_modules/x.js", ".hidden.py")
    assert found(project) == (
        [".hidden.py", "a/b.py", "a/z.py", "b.py"],
        {"c/node_modules/": "left out: installed packages"},
    )


def test_what_is_named_is_looked_at(project: Path) -> None:
    put(project, "node_modules/x.js", "ignored/y.py", "y.log")
    (project / ".gitignore").write_text("*.log\nignored/\n")
    (project / ".git").mkdir()
    assert found(project, "node_modules", "y.log", "ignored") == (["node_modules/x.js", "y.log", "ignored/y.py"], {})


def test_git_ignore_files_nest(project: Path) -> None:
    put(project, "a.log", "keep/b.log", "keep/c.tmp", "deep/er/d.tmp", "secret.txt", "out/e.py")
    (project / ".git/info").mkdir(parents=True)
    (project / ".git/info/exclude").write_text("secret.txt\n")
    (project / ".gitignore").write_text("*.log\n*.tmp\n/out/\n")
    (project / "keep/.gitignore").write_text("!b.log\n")
    files, skipped = found(project)
    assert files == [".gitignore", "keep/.gitignore", "keep/b.log"]
    reason = "ignored by git"
    assert skipped == {
        ".git/": "left out: version control",
        "a.log": reason,
        "deep/er/d.tmp": reason,
        "keep/c.tmp": reason,
        "out/": reason,
        "secret.txt": reason,
    }
    assert found(project, "deep")[0] == []


def test_exclusions(project: Path) -> None:
    put(project, "a.py", "vendor/b.py", "x/gen_pb2.py")
    assert found(project, exclude=("vendor/", "*_pb2.py")) == (
        ["a.py"],
        {"vendor/": "excluded by configuration", "x/gen_pb2.py": "excluded by configuration"},
    )


def test_links_are_not_followed_and_cannot_loop(project: Path) -> None:
    put(project, "a/x.py")
    (project / "a/loop").symlink_to(project)
    (project / "link.py").symlink_to(project / "a/x.py")
    (project / "self").symlink_to(project / "self")
    link = "symbolic link, not followed"
    assert found(project) == (["a/x.py"], {"a/loop": link, "link.py": link, "self": link})
    assert found(project, "link.py")[0] == ["link.py"]
    assert load(Candidate("self", "self")) == Skipped("self", "cannot be read (Too many levels of symbolic links)")


def test_special_files_are_named(project: Path) -> None:
    os.mkfifo(project / "pipe")
    assert found(project) == ([], {"pipe": "not a regular file"})


def test_a_file_is_looked_at_once(project: Path) -> None:
    put(project, "a.py")
    assert found(project, ".", "a.py", "./a.py")[0] == ["a.py"]


def test_a_missing_path_stops_everything(project: Path) -> None:
    with pytest.raises(ConfigError, match="gone: there is no such file or folder"):
        found(project, "gone")


def test_a_name_that_is_no_text(project: Path) -> None:
    (project / os.fsdecode(b"a\xff.py")).write_text("x")
    (path,) = found(project)[0]
    loaded = load(Candidate(path, path))
    assert isinstance(loaded, Loaded)
    assert loaded.source.path == "a\N{REPLACEMENT CHARACTER}.py"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a\r\nb", "a\r\nb"),
        (b"\xef\xbb\xbfa\xc3\xa9", "aé"),
        ("é".encode("utf-16"), "é"),
        (b"\xfe\xff\x00a", "a"),
        ("é".encode("utf-32"), "é"),
        (b"# -*- coding: latin-1 -*-\n\xe9", "# -*- coding: latin-1 -*-\né"),
        (
            b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n\x80",
            "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n€",
        ),
        (b"# coding: nonsense\n\xc3\xa9", "# coding: nonsense\né"),
        (b"# coding: rot13\nabc", "# coding: rot13\nabc"),
    ],
)
def test_decoding(project: Path, data: bytes, text: str) -> None:
    assert project
    loaded = read(data)
    assert isinstance(loaded, Loaded)
    assert loaded.source.text == text
    assert loaded.skipped == ()
    assert loaded.decoded.encode(loaded.source.text) == data


def test_text_that_is_not_valid_is_read_and_said(project: Path) -> None:
    assert project
    loaded = read(b"a = 1\nb = '\xff'\n")
    assert isinstance(loaded, Loaded)
    assert loaded.source.text == "a = 1\nb = '\N{REPLACEMENT CHARACTER}'\n"
    assert loaded.skipped == (Skipped("a.py", "not valid UTF-8, read with replacements", 2),)


def test_what_cannot_be_text_is_skipped(project: Path) -> None:
    assert project
    assert read(b"a\0b") == Skipped("a.py", "binary")
    assert read(b"x" * 1001) == Larger("a.py", "larger than 1000 bytes (1001 bytes)")
    assert load(Candidate("gone", "gone")) == Skipped("gone", "cannot be read (No such file or directory)")


def test_the_language_comes_from_name_and_head(project: Path) -> None:
    assert project
    for name, data, language in (("a.ipynb", b"{}", "notebook"), ("tool", b"#!/usr/bin/env python3\n", "python")):
        loaded = read(data, name)
        assert isinstance(loaded, Loaded)
        assert loaded.source.language == language
