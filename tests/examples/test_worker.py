"""examples/worker.py: queued jobs are run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest


@pytest.fixture
def worker(stub: Callable[[str], Any], load: Callable[..., Any]) -> Any:
    """The worker with an empty queue."""
    for package in ("celery", "redis"):
        stub(package)
    return load("worker.py")


def test_queued_jobs_run(worker: Any, tmp_path: Path) -> None:
    worker.enqueue("write_export", name="../may.jsonl", rows=[{"id": 1}, {"id": 2}])
    worker.enqueue("unknown")
    assert worker.run_pending() == ["exports/may.jsonl"]
    lines = (tmp_path / "exports" / "may.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == [{"id": 1}, {"id": 2}]
    assert worker.next_job() is None


@pytest.mark.skipif(shutil.which("wc") is None, reason="no wc on this machine: counting lines was NOT tested")
def test_lines_are_counted(worker: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1\n2\n3\n")
    assert worker.count_lines("a.txt") == 3


def test_a_thumbnail_is_made(worker: Any, program: Callable[[str, str], None], tmp_path: Path) -> None:
    program("convert", 'echo "$2 $3" > "$4"')
    (tmp_path / "photo.jpg").write_text("pixels")
    assert worker.make_thumbnail("photo.jpg", 64) == "photo_64.png"
    assert (tmp_path / "photo_64.png").read_text() == "-resize 64x64\n"


def test_a_service_is_told(worker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bytes] = []

    class Answer(SimpleNamespace):
        """A response in a `with`."""

        def __enter__(self) -> Any:
            return self

        def __exit__(self, *_: object) -> None:
            """Nothing to close."""

    def urlopen(request: Any, **_: Any) -> Answer:
        told.append(request.data)
        return Answer(status=204)

    monkeypatch.setattr(worker.urllib.request, "urlopen", urlopen)
    assert worker.notify("https://hooks.example.com/done", "finished") == 204
    assert told == [b'{"status": "finished"}']


def test_the_broker_is_ours(worker: Any) -> None:
    assert worker.app.settings["broker"] == "redis://:Moor-Huhn-55@redis.internal:6379/0"
