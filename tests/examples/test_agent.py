"""examples/agent.py: the model uses its tools and answers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def agent(stub: Callable[[str], Any], load: Callable[..., Any]) -> Any:
    """The agent, with a model that says what the test wants."""
    openai = stub("openai")
    module = load("agent.py")
    module.model = openai
    return module


def observe(agent: Any, tool: str, argument: str) -> str:
    """What the agent tells the model after it has used this tool."""
    agent.model.replies[:] = [json.dumps({"tool": tool, "input": argument}), '{"answer": "done"}']
    assert agent.run_agent("a task") == "done"
    last = agent.model.requests[-1]["messages"][-1]["content"]
    return str(last).removeprefix("Tool result: ")


def test_it_answers_at_once(agent: Any) -> None:
    agent.model.replies[:] = ['```json\n{"answer": "42"}\n```']
    assert agent.run_agent("What is six times seven?") == "42"
    assert agent.model.requests[0]["messages"][1] == {"role": "user", "content": "What is six times seven?"}


def test_it_calculates(agent: Any) -> None:
    assert observe(agent, "calculator", "2 * (3 + 4)") == "14"


def test_it_runs_python(agent: Any) -> None:
    assert observe(agent, "python", "result = sum(range(5))") == "10"


def test_it_runs_a_command(agent: Any) -> None:
    assert observe(agent, "shell", "echo hello") == "hello\n"


def test_it_reads_a_file(agent: Any, tmp_path: Path) -> None:
    (tmp_path / "workspace").mkdir()
    (tmp_path / "workspace" / "notes.txt").write_text("buy milk")
    assert observe(agent, "read_file", "notes.txt") == "buy milk"


def test_it_queries(agent: Any, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "analytics.db")) as db, db:
        db.execute("CREATE TABLE visits (page, count)")
        db.execute("INSERT INTO visits VALUES ('home', 7)")
    assert observe(agent, "sql", "SELECT * FROM visits") == '[["home", 7]]'


def test_it_reports_a_tool_that_fails(agent: Any) -> None:
    assert observe(agent, "read_file", "missing.txt").startswith("Error: ")


def test_it_gives_up(agent: Any) -> None:
    agent.model.replies[:] = ['{"tool": "calculator", "input": "1"}'] * agent.MAX_STEPS
    assert agent.run_agent("loop") == "I could not finish the task."


def test_it_summarizes(agent: Any) -> None:
    agent.model.replies[:] = ["summary = max(data)"]
    assert agent.summarize("the largest element", [3, 9, 4]) == 9


def test_the_client_has_a_key(agent: Any) -> None:
    assert agent.client.api_key.startswith("agent-dev-key")
