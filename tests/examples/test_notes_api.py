"""examples/notes_api/main.py: notes belong to the holder of the token."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import pytest

for package in ("fastapi", "sqlalchemy", "jwt", "httpx"):
    pytest.importorskip(package, reason=f"{package} is in the dev group: the notes API was NOT tested")


@pytest.fixture
def api(load: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The service with one user."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/notes.db")
    module = load("notes_api/main.py", "notes_main")
    with module.SessionLocal() as db:
        db.add(module.User(id=1, email="user@example.com", display_name="First"))
        db.commit()
    yield module
    module.engine.dispose()


@pytest.fixture
def client(api: Any) -> Any:
    """A client that holds the user's token."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # newer versions advise another HTTP library
        from starlette.testclient import TestClient

    client = TestClient(api.app, base_url="https://testserver", raise_server_exceptions=False)
    client.headers["Authorization"] = f"Bearer {api.create_token(1)}"
    return client


def test_a_note_comes_back(client: Any) -> None:
    created = client.post("/notes", json={"title": "Milk", "body": "two liters"})
    assert created.status_code == 201
    assert client.get(f"/notes/{created.json()['id']}").json() == {"id": 1, "title": "Milk", "body": "two liters"}
    assert client.get("/notes/7").status_code == 404


def test_search_finds_the_note(client: Any) -> None:
    for title in ("Milk", "Almond milk", "Bread"):
        client.post("/notes", json={"title": title})
    found = client.get("/notes", params={"search": "milk", "sort": "title"}).json()
    assert [note["title"] for note in found] == ["Almond milk", "Milk"]
    assert len(client.get("/notes").json()) == 3


def test_without_a_token_nothing(client: Any, api: Any) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    unknown = {"Authorization": f"Bearer {api.create_token(2)}"}
    assert client.get("/notes", headers=unknown).json() == {"detail": "Unknown user"}
    assert client.get("/notes", headers={"Authorization": "Bearer x"}).json() == {"detail": "Invalid token"}
    del client.headers["Authorization"]
    assert client.get("/notes").status_code == 401


def test_the_display_name_can_change(client: Any) -> None:
    answer = client.patch("/users/me", json={"display_name": "Second"})
    assert answer.json() == {"id": 1, "email": "user@example.com", "display_name": "Second"}


def test_an_error_is_json(client: Any) -> None:
    answer = client.patch("/users/me", content=b"{")
    assert answer.status_code == 500
    assert answer.json()["detail"] == "Internal server error"


def test_a_preview_has_the_title(client: Any, api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Web:
        """One page."""

        def __init__(self, **_: Any) -> None:
            self.page = SimpleNamespace(status_code=200, text="<html><title> Weather </title></html>")

        async def __aenter__(self) -> Self:
            return self

        async def __aexit__(self, *_: object) -> None:
            """Nothing to close."""

        async def get(self, _url: str, **_: Any) -> Any:
            return self.page

    monkeypatch.setattr(api.httpx, "AsyncClient", Web)
    answer = client.get("/preview", params={"url": "https://weather.example.com/"})
    assert answer.json() == {"url": "https://weather.example.com/", "status": 200, "title": "Weather"}
