"""A text that comes in pieces gives what the whole gives."""

from __future__ import annotations

from random import Random

import pytest

from bench.speed import dense
from deburr.engine import secrets
from deburr.engine.secrets import streaming
from tests.engine.secrets import made

SIZE, AROUND = 50_000, 20_000


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "BLOCK", SIZE)
    monkeypatch.setattr(streaming, "AROUND", AROUND)


def pieces(data: bytes, draw: Random) -> list[bytes]:
    """The text, cut anywhere."""
    places = sorted(draw.randint(0, len(data)) for _ in range(draw.choice((0, 3, 40, 400))))
    return [data[a:b] for a, b in zip([0, *places], [*places, len(data)], strict=True)]


def texts(draw: Random) -> dict[str, tuple[bytes, str]]:
    """Texts of a few blocks, with secrets of every form in every place."""
    dense_lines = {form: dense.text(dense.lines(form, draw, 0.3), 4 * SIZE) for form in dense.FORMS}
    keys = b"".join(
        f"{made.pem(draw)}\ntoken: {made.token(draw, 'ghp_')}\n".encode() + b"#" * draw.randint(0, 3000)
        for _ in range(80)
    )
    ids = b"".join(
        f"id={draw.getrandbits(32):08x}-1b4e-4c1a-9f00-{draw.getrandbits(48):012x}\n".encode() for _ in range(4000)
    )
    return {
        **{form: (text, "python" if form == "python" else "text") for form, text in dense_lines.items()},
        "one line": (dense_lines["json"].replace(b"\n", b" "), "json"),
        "keys": (keys, "text"),
        "uuids": (ids, "text"),
        "letters of other scripts": ("pässwort = 'ключ'; # é\n".encode() * 3000 + dense_lines["env"], "text"),
        "nothing": (b"", "text"),
    }


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("what", list(texts(Random(0))))
def test_pieces_give_what_the_whole_gives(what: str, seed: int) -> None:
    draw = Random(seed)
    data, language = texts(draw)[what]
    found = list(secrets.stream(pieces(data, draw), language, "a.txt"))
    assert b"".join(one.data for one in found) == data
    assert streaming.joined(found) == secrets.find(data, language, "a.txt")
    assert len(found) > 2 or not data
    for one in found:
        before = data[: one.offset]
        assert one.line == before.count(b"\n") + 1
        assert one.column == len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1


def test_a_long_text_is_searched_in_stretches_too(monkeypatch: pytest.MonkeyPatch) -> None:
    data, language = texts(Random(5))["yaml"]
    whole = secrets.find(data, language)
    monkeypatch.setattr("deburr.engine.secrets.scanner._LARGE", SIZE)
    assert secrets.find(data, language) == whole


def test_what_is_kept_does_not_grow_with_the_text() -> None:
    line = b"password = changeme_0000; "  # no line end at all
    held = 0
    for one in secrets.stream((line * 1000 for _ in range(60)), "text"):
        held = max(held, len(one.data))
    assert held <= 2 * SIZE + AROUND
