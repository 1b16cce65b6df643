"""examples/webhooks.py: a signed push to the main branch deploys."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("flask", reason="flask is in the dev group: the webhook receiver was NOT tested")


@pytest.fixture
def hooks(load: Callable[..., Any], tmp_path: Path) -> Any:
    """The receiver, and a repository whose deploy script says what it got."""
    (tmp_path / "repo").mkdir()
    script = tmp_path / "repo" / "deploy.sh"
    script.write_text('#!/bin/sh\n[ "$1" = master ] && exit 3\necho "deployed $1"\n')
    script.chmod(0o755)
    return load("webhooks.py")


def push(hooks: Any, branch: str, signature: str = "", **headers: str) -> Any:
    body = json.dumps({"ref": f"refs/heads/{branch}", "pusher": "ci"}).encode()
    sent = {"X-Signature": signature or hooks.sign(body), "X-Delivery": "d1", **headers}
    return hooks.app.test_client().post("/webhook", data=body, headers=sent, content_type="application/json")


def test_a_push_deploys(hooks: Any) -> None:
    assert push(hooks, "main").get_json() == {"status": "deployed", "branch": "main", "output": "deployed main"}


def test_a_wrong_signature_is_refused(hooks: Any) -> None:
    assert push(hooks, "main", signature="0" * 64).status_code == 403


def test_other_branches_and_events_wait(hooks: Any) -> None:
    assert push(hooks, "feature").get_json() == {"status": "skipped", "branch": "feature"}
    assert push(hooks, "main", **{"X-Event": "star"}).get_json() == {"status": "ignored"}


def test_a_failed_deployment_says_so(hooks: Any) -> None:
    answer = push(hooks, "master")
    assert answer.status_code == 500
    assert answer.get_json()["status"] == "failed"


def test_events_are_kept(hooks: Any, tmp_path: Path) -> None:
    push(hooks, "feature")
    kept = json.loads((tmp_path / "events" / "d1.json").read_text())
    assert kept == {"ref": "refs/heads/feature", "pusher": "ci"}


def test_the_health_check(hooks: Any) -> None:
    assert hooks.app.test_client().get("/health").get_json() == {"status": "ok"}
