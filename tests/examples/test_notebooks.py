"""examples/notebooks: the cells do what their text says."""

from __future__ import annotations

import builtins
import json
import pickle
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = ("notebooks/train_sentiment.ipynb", "notebooks/sales_analysis.ipynb")


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_the_notebook_is_still_one(path: str, text: Callable[[str], str]) -> None:
    notebook = json.loads(text(path))
    assert notebook["nbformat"] == 4
    assert {cell["cell_type"] for cell in notebook["cells"]} == {"markdown", "code"}


@pytest.fixture
def training(stub: Callable[[str], Any], load: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The training notebook, run from top to bottom."""
    for package in ("torch", "pandas", "transformers"):
        stub(package)
    monkeypatch.setenv("WANDB_API_KEY", "to be put back")
    return load(NOTEBOOKS[0])


def test_reviews_become_vectors(training: Any, tmp_path: Path) -> None:
    (tmp_path / "reviews.csv").write_text("text,stars\ngood pen good,5\n,3\nbad pen,1\n")
    rows = training.load_reviews("reviews.csv")
    assert [row["stars"] for row in rows] == ["5", "1"]
    vocabulary = training.build_vocabulary(rows)
    assert vocabulary == {"good": 0, "pen": 1, "bad": 2}
    assert training.vectorize("Bad pen unknown", vocabulary) == [0.0, 1.0, 1.0]


def test_a_checkpoint_comes_back(training: Any) -> None:
    model = training.SentimentModel(3)
    training.save_checkpoint(model, {"good": 0}, "checkpoints")
    assert training.load_checkpoint("checkpoints") == (model.state_dict(), {"good": 0})


def test_a_review_is_scored(training: Any) -> None:
    assert training.score(training.SentimentModel(1), {"good": 0}, "good") == 0.5


def test_the_teacher_has_its_name(training: Any) -> None:
    assert training.load_teacher().name == "example-org/review-encoder"


@pytest.fixture
def sales(
    stub: Callable[[str], Any], load: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """The sales notebook, run from top to bottom for one region."""
    with closing(sqlite3.connect(tmp_path / "warehouse.db")) as db, db:
        db.execute("CREATE TABLE orders (product, amount, price, region, month)")
        rows = [
            ("pen", 3, 1.5, "north", "2024-05"),
            ("book", 1, 12.0, "north", "2024-05"),
            ("pen", 9, 1.5, "south", "2024-05"),
            ("pen", 9, 1.5, "north", "2024-04"),
        ]
        db.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?)", rows)
    for package in ("pandas", "sqlalchemy"):
        stub(package)
    stub("boto3").objects["sales-reports", "forecast.pkl"] = pickle.dumps({"2024-05": 10.0})
    answers = iter(["north", "10"])
    monkeypatch.setattr(builtins, "input", lambda _prompt="": next(answers))
    module = load(NOTEBOOKS[1])
    yield module
    module.engine.sqlite.close()


def test_sales_of_the_region(sales: Any) -> None:
    assert [row["product"] for row in sales.orders.to_dict("records")] == ["pen", "book"]
    assert [row["product"] for row in sales.expensive.to_dict("records")] == ["book"]
    assert sales.difference == 6.5


def test_the_report_is_published(sales: Any) -> None:
    report = sales.boto3.objects["sales-reports", "sales-north-2024-05.csv"].decode()
    assert report.splitlines() == ["product,amount,price", "pen,3,1.5", "book,1,12.0"]


def test_the_clients_get_their_credentials(sales: Any) -> None:
    assert sales.engine.url == "postgresql://analytics:Regen-Bogen-88@warehouse.internal:5432/sales"
    assert sales.boto3.clients[0]["aws_secret_access_key"].startswith("q7Jd0")
