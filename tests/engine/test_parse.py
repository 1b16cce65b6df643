import subprocess
import sys

import pytest

from deburr.engine import languages
from deburr.engine.parse import grammar, parse
from deburr.errors import ConfigError


def test_every_text_gives_a_tree() -> None:
    assert str(parse(b"x = 1\n", "python").root_node) == (
        "(module (expression_statement (assignment left: (identifier) right: (integer))))"
    )
    assert parse(b"\xff((\0", "python").root_node.has_error
    assert parse(b"", "python").root_node.end_byte == 0


def test_a_grammar_is_loaded_once() -> None:
    assert grammar("python") is grammar("python")


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(ConfigError, match=r"no grammar for 'cobol'; there is one for javascript, python"):
        parse(b"", "cobol")
    with pytest.raises(ConfigError, match=r"no lowering for 'text'; there is one for javascript, python"):
        languages.lower(b"", "text")


def test_grammars_load_late() -> None:
    code = "import sys, deburr.engine.languages, deburr.engine.parse; sys.exit('tree_sitter' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
