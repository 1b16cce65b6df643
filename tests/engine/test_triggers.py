"""What makes the engine parse a text at all."""

from __future__ import annotations

import pytest

from deburr.engine.rulebook import Rulebook
from deburr.engine.triggers import Triggers
from tests.engine.seen import seen

SOURCE = "sys.stdin.buffer.read()"


@pytest.mark.parametrize(
    "code",
    [
        f"import sys\nimport pickle\npickle.loads({SOURCE})\n",
        f"import sys, pickle\npickle.loads({SOURCE})\n",
        f"import sys; import pickle\npickle.loads({SOURCE})\n",
        f"import sys, \\\n    pickle\npickle.loads({SOURCE})\n",
        f"import sys\ntry: import pickle\nexcept ImportError: pass\npickle.loads({SOURCE})\n",
        f"import sys\nif 1: import pickle as p\np.loads({SOURCE})\n",
        f"import sys\nfrom pickle import loads\nloads({SOURCE})\n",
        f"import sys\nfrom pickle import (\n    dumps,\n    loads as read,\n)\nread({SOURCE})\n",
        f"import sys\nfrom pickle import *\nloads({SOURCE})\n",
        f"import sys\ndef f():\n\tfrom pickle import loads\n\treturn loads({SOURCE})\n",
        f"import sys\r\nimport pickle\r\npickle.loads({SOURCE})\r\n",
        f"import sys\rimport pickle\rpickle.loads({SOURCE})\r",
        f"\ufeffimport sys\nimport pickle\npickle.loads({SOURCE})\n",
        f"import sys\n__import__('pickle').loads({SOURCE})\n",
        f"import sys, importlib\nimportlib.import_module('pickle').loads({SOURCE})\n",
    ],
)
def test_a_module_is_seen_however_it_is_imported(code: str) -> None:
    assert [one.split()[1] for one in seen(code)] == ["unsafe-deserialization"]


@pytest.mark.parametrize(
    "code", ["", "x = 1\n", "import os\nos.getcwd()\n", "# os.system(q)\n", "s = 'pickle.loads(x)'\n"]
)
def test_most_text_has_nothing(code: str) -> None:
    assert seen(code) == []


def test_a_rulebook_without_facts_triggers_nothing() -> None:
    assert Triggers(Rulebook({}, {}, ""), "python").found(b"import os").words == set()
