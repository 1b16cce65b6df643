"""No secret is shown whole."""

from __future__ import annotations

from deburr.model import Source
from deburr.surfaces.shared.hide import hide, without

KEY = "gh" + "p_" + "16C7e42F292c6912E7710c838347Ae178B4a"


def test_a_secret_is_dotted_out_and_columns_stay() -> None:
    text = f'client = Client(token="{KEY}", timeout=5)\nname = "x"\n'
    clean, values = hide(Source(text, "a.py"))
    assert values == (KEY,)
    assert clean.text == text.replace(KEY, KEY[:4] + "•" * (len(KEY) - 4))


def test_a_text_without_secrets_stays() -> None:
    source = Source("x = 1\n")
    assert hide(source) == (source, ())


def test_a_message_holds_no_secret_not_even_the_first_half() -> None:
    dots = KEY[:4] + "•" * (len(KEY) - 4)
    assert without(f"`Client({KEY})` is wrong", (KEY,)) == f"`Client({dots})` is wrong"
    assert without(f"`Client({KEY[:20]}…` is wrong", (KEY,)) == f"`Client({dots[:20]}…` is wrong"
    assert without("nothing here…", (KEY,)) == "nothing here…"


def test_a_key_that_only_a_patch_shows_whole() -> None:
    import random

    from tests.engine.secrets.made import run

    draw = random.Random(5)
    rows = [run(64, draw) for _ in range(4)]
    begin, end = "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"
    patch = "--- a/x.py\n+++ b/x.py\n@@ -1,6 +1,6 @@\n" + "".join(f" {row}\n" for row in (begin, *rows, end))
    clean, _ = hide(Source(patch, "x.patch", "diff"))
    assert not any(row[8:] in clean.text for row in rows)
    assert [len(line) for line in clean.text.split("\n")] == [len(line) for line in patch.split("\n")]
