"""examples/helpdesk: tickets are created, found, answered and listed; the settings are those of a project."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.examples.repaired import EXAMPLES

pytest.importorskip("django", reason="django is in the dev group: the helpdesk was NOT tested")


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Django itself, which can be configured only once in a process."""
    import django
    from django.conf import settings

    folder = tmp_path_factory.mktemp("helpdesk")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(EXAMPLES))
        patch.setattr(sys, "dont_write_bytecode", True)
        settings.configure(
            INSTALLED_APPS=["django.contrib.contenttypes", "helpdesk"],
            DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "db.sqlite3"}},
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            ROOT_URLCONF="helpdesk.urls",
            ALLOWED_HOSTS=["testserver"],
            SECRET_KEY="only in tests",
            USE_TZ=True,
        )
        django.setup()
        yield settings


@pytest.fixture
def views(project: Any, load: Callable[..., Any], tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The views, with empty tables."""
    from django.db import connection
    from django.urls import clear_url_caches
    from helpdesk.models import Comment, Ticket

    monkeypatch.delitem(sys.modules, "helpdesk.urls", raising=False)
    clear_url_caches()
    monkeypatch.setattr(project, "MEDIA_ROOT", str(tmp_path), raising=False)
    with connection.schema_editor() as editor:
        editor.create_model(Ticket)
        editor.create_model(Comment)
    yield load("helpdesk/views.py", "helpdesk.views")
    with connection.schema_editor() as editor:
        editor.delete_model(Comment)
        editor.delete_model(Ticket)
    connection.close()


@pytest.fixture
def rf(views: Any) -> Any:
    """Makes requests; two tickets exist."""
    from django.test import RequestFactory

    factory = RequestFactory()
    for title in ("Printer is on fire", "Screen is dark"):
        body = json.dumps({"title": title, "email": "user@example.com"})
        request = factory.post("/tickets/create/", body, content_type="application/json")
        assert views.ticket_create(request).status_code == 201
    return factory


def answer(response: Any) -> Any:
    return json.loads(response.content)


def test_search_finds_the_ticket(views: Any, rf: Any) -> None:
    assert answer(views.ticket_search(rf.get("/", {"q": "printer"}))) == {"results": ["Printer is on fire"]}


def test_tickets_are_listed_by_status(views: Any, rf: Any) -> None:
    titles = [ticket["title"] for ticket in answer(views.ticket_list(rf.get("/")))["tickets"]]
    assert sorted(titles) == ["Printer is on fire", "Screen is dark"]
    assert answer(views.ticket_list(rf.get("/", {"status": "closed"}))) == {"tickets": []}


def test_the_report_counts(views: Any, rf: Any) -> None:
    assert answer(views.ticket_report(rf.get("/", {"email": "user@example.com"}))) == {"open": 2}
    assert answer(views.ticket_report(rf.get("/", {"email": "other@example.com"}))) == {}


def test_a_ticket_needs_a_title(views: Any, rf: Any) -> None:
    for body in ("{", '{"title": "x"}'):
        assert views.ticket_create(rf.post("/", body, content_type="application/json")).status_code == 400


def test_a_comment_is_shown_and_leads_back(views: Any, rf: Any) -> None:
    from helpdesk.models import Ticket

    ticket = Ticket.objects.get(title="Screen is dark")
    back = f"/tickets/{ticket.pk}/"
    request = rf.post("/", {"text": "Switch it on", "author": "support", "next": back})
    assert views.comment_add(request, ticket.pk)["Location"] == back
    page = views.ticket_detail(rf.get("/"), ticket.pk).content.decode()
    assert "<h1>Screen is dark</h1>" in page
    assert "<b>support</b>: Switch it on" in page


def test_the_banner_greets(views: Any, rf: Any) -> None:
    response = views.greeting(rf.get("/", {"name": "guest 7"}))
    assert "Welcome back, guest 7!" in response.content.decode()
    assert response.cookies["last_name"].value == "seen"


def test_an_attachment_comes_back(views: Any, rf: Any, tmp_path: Any) -> None:
    from django.http import Http404

    (tmp_path / "attachments").mkdir()
    (tmp_path / "attachments" / "log.txt").write_text("smoke")
    response = views.attachment(rf.get("/", {"name": "log.txt"}))
    assert b"".join(response.streaming_content) == b"smoke"
    response.close()
    with pytest.raises(Http404):
        views.attachment(rf.get("/", {"name": "none.txt"}))


def test_settings_say_the_same(load: Callable[..., Any]) -> None:
    settings = load("helpdesk/settings.py")
    assert "helpdesk" in settings.INSTALLED_APPS
    assert len(settings.SECRET_KEY) == 32
    assert settings.DATABASES["default"]["NAME"] == "helpdesk"
    assert settings.DATABASES["default"]["PASSWORD"].startswith("Ticket#")
    assert settings.EMAIL_HOST_PASSWORD.startswith("mail-")
    assert settings.ROOT_URLCONF == "helpdesk.urls"
