import pytest

from deburr.engine.languages import of


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("a/b.py", "python"),
        ("C:\\src\\App.PYI", "python"),
        ("a.ipynb", "notebook"),
        ("README.md", "markdown"),
        ("x.mjs", "javascript"),
        ("x.tsx", "typescript"),
        ("ci.yml", "yaml"),
        ("pyproject.toml", "toml"),
        ("x.json", "json"),
        ("setup.cfg", "ini"),
        ("app.properties", "properties"),
        (".env", "env"),
        (".env.local", "env"),
        ("prod.env", "env"),
        ("deploy/Dockerfile", "dockerfile"),
        ("Dockerfile.prod", "dockerfile"),
        ("run.sh", "shell"),
        ("pom.xml", "xml"),
        ("index.html", "html"),
        ("A.java", "java"),
        ("main.go", "go"),
        ("a.rb", "ruby"),
        ("a.c", "c"),
        ("a.hpp", "cpp"),
        ("a.cs", "csharp"),
        ("a.php", "php"),
        ("a.rs", "rust"),
        ("main.tf", "terraform"),
        ("LICENSE", "text"),
        ("a.unknown", "text"),
        ("", "text"),
    ],
)
def test_of_name(path: str, language: str) -> None:
    assert of(path) == language


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ("#!/usr/bin/python3\n", "python"),
        ("#!/usr/bin/env -S python3.12 -u\nprint()", "python"),
        ("#! /usr/bin/env PYTHONPATH=. python", "python"),
        ("#!/bin/sh", "shell"),
        ("#!/usr/bin/env node", "javascript"),
        ("#!/usr/bin/env", "text"),
        ("#!", "text"),
        ("print()", "text"),
    ],
)
def test_of_shebang(head: str, language: str) -> None:
    assert of("bin/tool", head) == language
    assert of("a.rs", head) == "rust"
