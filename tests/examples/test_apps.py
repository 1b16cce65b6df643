"""examples/streamlit_dashboard.py and gradio_demo.py: what the person at the page gets."""

from __future__ import annotations

import io
import pickle
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def dashboard(stub: Callable[[str], Any], load: Callable[..., Any], tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Runs the dashboard with these answers and gives what it showed last under each label."""
    with closing(sqlite3.connect(tmp_path / "sales.db")) as db, db:
        db.execute("CREATE TABLE sales (day, product, units, price)")
        rows = [("2024-05-01", "blue pen", 3, 1.5), ("2024-05-02", "red pen", 1, 2.5), ("2024-05-02", "book", 1, 12)]
        db.executemany("INSERT INTO sales VALUES (?, ?, ?, ?)", rows)

    def show(**answers: Any) -> dict[str, Any]:
        stub("pandas")
        page = stub("streamlit")
        page.secrets["ADMIN_PASSWORD"] = "dashboard-Eule-5"
        page.inputs.update({label.replace("_", " "): value for label, value in answers.items()})
        load("streamlit_dashboard.py")
        return dict(page.shown)

    return show


def test_the_dashboard_asks_for_a_password(dashboard: Callable[..., dict[str, Any]]) -> None:
    assert dashboard()["info"].startswith("Please log in")
    assert dashboard(Password="wrong")["error"] == "Wrong password"


def test_the_dashboard_shows_the_product(dashboard: Callable[..., dict[str, Any]]) -> None:
    shown = dashboard(Password="dashboard-Eule-5", Product="pen")
    assert "Results for pen" in shown["markdown"]
    assert (shown["Units"], shown["Revenue"]) == (4, 7.0)


def test_the_dashboard_computes_a_kpi(dashboard: Callable[..., dict[str, Any]]) -> None:
    label = "Custom KPI, e.g. revenue / units"
    shown = dashboard(**{"Password": "dashboard-Eule-5", label: "revenue / units"})
    assert shown["KPI"] == 1.75


def test_the_dashboard_runs_a_model(dashboard: Callable[..., dict[str, Any]]) -> None:
    model = io.BytesIO(pickle.dumps({"slope": 2, "intercept": 1}))
    shown = dashboard(**{"Password": "dashboard-Eule-5", "Forecast model (.pkl)": model})
    assert shown["Forecast"] == 9


@pytest.fixture
def demo(stub: Callable[[str], Any], load: Callable[..., Any]) -> Any:
    """The Gradio demo."""
    for package in ("gradio", "joblib", "torch"):
        stub(package)
    return load("gradio_demo.py")


def test_the_demo_converts_audio(demo: Any, program: Callable[[str, str], None], tmp_path: Path) -> None:
    program("ffmpeg", 'cp "$5" "$6"')
    (tmp_path / "talk.wav").write_text("sound")
    target = demo.convert_audio("talk.wav", "mp3", "5")
    assert Path(target).name == "talk.mp3"
    assert Path(target).read_text() == "sound"
    with pytest.raises(demo.gr.Error, match="upload a file"):
        demo.convert_audio(None, "mp3", "0")


def test_the_demo_says_why_it_failed(demo: Any, program: Callable[[str, str], None]) -> None:
    program("ffmpeg", "echo no such codec >&2; exit 1")
    with pytest.raises(demo.gr.Error, match="no such codec"):
        demo.convert_audio("talk.wav", "xyz", "0")


def test_the_demo_classifies(demo: Any, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    demo.joblib.dump(["bad", "good"], "models/labels.joblib")
    demo.torch.save({"great": {"good": 2.0}, "broken": {"bad": 1.5}}, "models/small.pt")
    assert demo.classify("great but broken", "small.pt") == "good (2.00)"


def test_the_demo_keeps_feedback_and_transcripts(demo: Any, tmp_path: Path) -> None:
    assert demo.save_feedback("nice\nwork", 5.0) == "Thank you!"
    assert (tmp_path / "outputs" / "feedback.txt").read_text() == "5\tnice work\n"
    assert demo.show_transcript("feedback.txt") == "5\tnice work\n"


def test_the_demo_has_four_tabs(demo: Any) -> None:
    assert demo.build_app().args[1] == ["Convert", "Classify", "Transcripts", "Feedback"]
