"""The ordinary cells of data-science notebooks, full of what looks like a secret and is none."""

from __future__ import annotations

import base64
import random
from typing import Any

from bench.quality.planted import an_id, hexes, run

Cell = dict[str, Any]


def code(source: str, *outputs: dict[str, Any], draw: random.Random) -> Cell:
    return {
        "cell_type": "code",
        "execution_count": draw.randrange(1, 99),
        "id": hexes(draw, 8),
        "metadata": {},
        "source": source,
        "outputs": list(outputs),
    }


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def shown(data: dict[str, Any], kind: str = "execute_result", **more: Any) -> dict[str, Any]:
    counted = {"execution_count": 3} if kind == "execute_result" else {}
    return {"output_type": kind, "data": data, "metadata": {}, **counted, **more}


def table(columns: list[str], rows: list[list[str]]) -> dict[str, str]:
    """A data frame, as text and as HTML."""
    widths = [max(len(cell) for cell in column) for column in zip(columns, *rows, strict=True)]
    lines = [
        "   " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in [columns, *rows]
    ]
    lines = [lines[0], *(f"{number}{line[1:]}" for number, line in enumerate(lines[1:]))]
    head = "".join(f"      <th>{column}</th>\n" for column in columns)
    body = "".join(
        f"    <tr>\n      <th>{number}</th>\n" + "".join(f"      <td>{cell}</td>\n" for cell in row) + "    </tr>\n"
        for number, row in enumerate(rows)
    )
    html = (
        '<div>\n<table border="1" class="dataframe">\n  <thead>\n    <tr style="text-align: right;">\n      <th></th>\n'
        f"{head}    </tr>\n  </thead>\n  <tbody>\n{body}  </tbody>\n</table>\n</div>"
    )
    return {"text/plain": "\n".join(lines), "text/html": html}


def _imports(draw: random.Random) -> Cell:
    modules = draw.sample(["os", "json", "torch", "wandb", "boto3", "re", "time"], 4)
    text = "import numpy as np\nimport pandas as pd\n" + "\n".join(f"import {name}" for name in modules)
    return code(text, draw=draw)


def _install(draw: random.Random) -> Cell:
    digest = f"--hash=sha256:{hexes(draw, 64)}"
    out = "".join(
        f"Downloading {name}-1.{draw.randrange(20)}.0-py3-none-any.whl ({draw.randrange(900)} kB)\n"
        for name in ("tokenizers", "transformers", "keyring", "authlib")
    )
    return code(f"!pip install -q tokenizers==0.15.0 {digest}", stream(out), draw=draw)


def _good_manners(draw: random.Random) -> Cell:
    lines = [
        'api_key = os.environ["OPENAI_API_KEY"]',
        "password = getpass.getpass('Password: ')",
        'hf_token = userdata.get("HF_TOKEN")',
        'client = OpenAI(api_key="YOUR_API_KEY")',
        'headers = {"Authorization": f"Bearer {token}"}',
        "token = dbutils.secrets.get(scope='ml', key='warehouse-token')",
        "db_url = f'postgresql://{user}:{password}@{host}/sales'",
        'login(token="hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")',
        "secret = boto3.client('secretsmanager').get_secret_value(SecretId='prod/db')['SecretString']",
        "%env API_KEY=$API_KEY",
        "!export TOKEN=$(cat token.txt)",
    ]
    return code("\n".join(draw.sample(lines, 4)), draw=draw)


def _tokens(draw: random.Random) -> Cell:
    ids = ", ".join(str(draw.randrange(30000)) for _ in range(24))
    words = ["[CLS]", "the", "pass", "##word", "key", "[SEP]"]
    out = f"tokens: {words}\ntoken_ids: [{ids}]\npad_token: [PAD] eos_token: </s> unk_token: <unk>\n"
    text = "tokens = tokenizer.tokenize(text)\ntoken_ids = tokenizer.convert_tokens_to_ids(tokens)\nprint(tokens)"
    return code(text, stream(out), draw=draw)


def _tensor(draw: random.Random) -> Cell:
    rows = ",\n        ".join(
        "[" + ", ".join(f"{draw.uniform(-3, 3):.4f}" for _ in range(6)) + "]" for _ in range(draw.randrange(3, 9))
    )
    text = "emb = model.encode(sentences)\nemb"
    return code(text, shown({"text/plain": f"tensor([{rows}], device='cuda:0')"}), draw=draw)


def _training(draw: random.Random) -> Cell:
    lines = [
        f"wandb: Run data is saved locally in /content/wandb/run-20240311_{draw.randrange(10**6):06d}-{run(draw, 8)}"
    ]
    lines.append(f"wandb: View run at https://wandb.ai/team/project/runs/{run(draw, 8).lower()}")
    for epoch in range(draw.randrange(3, 12)):
        bar = "=" * 30
        lines.append(
            f"Epoch {epoch}/12\n1875/1875 [{bar}] - 5s 3ms/step - loss: {draw.random():.4f} - acc: {draw.random():.4f}"
        )
    lines.append(f"saved checkpoint ckpt-{hexes(draw, 40)}.pt (sha256: {hexes(draw, 64)})")
    text = "history = model.fit(x_train, y_train, epochs=12, batch_size=32)\ntorch.save(model.state_dict(), path)"
    return code(text, stream("\n".join(lines) + "\n"), draw=draw)


def _progress(draw: random.Random) -> Cell:
    bars = "".join(
        f"\r{done:3d}%|{'█' * (done // 10):10}| {done}/100 [00:0{done // 20}<00:01, 44.1it/s]"
        for done in range(0, 101, 5)
    )
    return code("for batch in tqdm(loader):\n    step(batch)", stream(bars + "\n", "stderr"), draw=draw)


def _picture(draw: random.Random) -> Cell:
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n" + draw.randbytes(draw.randrange(4000, 12000))).decode()
    data = {"image/png": png + "\n", "text/plain": "<Figure size 640x480 with 1 Axes>"}
    return code("plt.plot(history.history['loss'])\nplt.show()", shown(data, "display_data"), draw=draw)


def _frame(draw: random.Random) -> Cell:
    columns = ["user_id", "session_key", "sha1", "amount"]
    rows = [
        [an_id(draw), f"sess:{draw.randrange(10**6)}", hexes(draw, 40), f"{draw.uniform(1, 900):.2f}"]
        for _ in range(draw.randrange(3, 8))
    ]
    return code("df.head()", shown(table(columns, rows)), draw=draw)


def _counts(draw: random.Random) -> Cell:
    names = ["password_reset", "token_refresh", "auth_failed", "api_key_created", "secret_rotated"]
    rows = [[name, str(draw.randrange(9999)), f"{draw.random():.3f}"] for name in names]
    return code(
        "events.groupby('event').agg(['count', 'mean'])", shown(table(["event", "count", "mean"], rows)), draw=draw
    )


def _runs(draw: random.Random) -> Cell:
    out = "".join(
        f"run_id: {hexes(draw, 32)} | experiment_id: {draw.randrange(10**17, 10**18)} | git: {hexes(draw, 40)}\n"
        for _ in range(4)
    )
    out += f'etag: "{hexes(draw, 32)}"  x-amz-request-id: {run(draw, 16).upper()}  cache_key={hexes(draw, 16)}\n'
    out += f"image: registry.example.org/ml/train@sha256:{hexes(draw, 64)}\n"
    return code("for run in client.search_runs(exp):\n    print(run.info.run_id)", stream(out), draw=draw)


def _models(draw: random.Random) -> Cell:
    text = (
        'MODEL_ID = "sentence-transformers/all-MiniLM-L6-v2"\nREVISION = "' + hexes(draw, 40) + '"\n'
        'DATASET_KEY = "imdb/plain_text/train-00000-of-00001"\nprimary_key = "customer_id"\n'
        f'run_name = "bert-base-{run(draw, 6).lower()}-lr3e-5"\nSEED = {draw.randrange(10**6)}\n'
        "special_tokens = {'pad_token': '[PAD]', 'bos_token': '<s>', 'additional_special_tokens': ['<extra_id_0>']}"
    )
    return code(text, draw=draw)


def _plotly(draw: random.Random) -> Cell:
    name = an_id(draw)
    html = (
        f'<div id="{name}" class="plotly-graph-div"></div><script>Plotly.newPlot("{name}", [{{"x": [1, 2]}}])</script>'
    )
    return code("fig.show()", shown({"text/html": html, "text/plain": "Figure()"}, "display_data"), draw=draw)


def _failure(draw: random.Random) -> Cell:
    red, off = "\x1b[0;31m", "\x1b[0m"
    trace = [
        f"{red}---------------------------------------------------------------------------{off}",
        f"{red}KeyError{off}                                  Traceback (most recent call last)",
        f"Cell \x1b[0;32mIn[{draw.randrange(50)}]\x1b[0m, line 2\n\x1b[1;32m      1\x1b[0m token "
        f"\x1b[38;5;241m=\x1b[39m batch[\x1b[38;5;124m'token_{hexes(draw, 6)}'\x1b[39m]",
        f"{red}KeyError{off}: 'api_key'",
    ]
    error = {"output_type": "error", "ename": "KeyError", "evalue": "'api_key'", "traceback": trace}
    return code("token = batch['token']\nsecret = config['api_key']", error, draw=draw)


def _words(draw: random.Random) -> Cell:
    text = draw.choice(
        (
            "## Tokenization\n\nEach **token** gets a key; the secret is data. Password: never in a notebook!",
            f"See commit `{hexes(draw, 40)}` and [paper](https://arxiv.org/abs/2401.{draw.randrange(10**4, 10**5)}).",
            "Set `OPENAI_API_KEY=<your key>` before you run this, and ask the team for the password: it is not here.",
            f'<img src="data:image/png;base64,{base64.b64encode(draw.randbytes(900)).decode()}">',
        )
    )
    return {"cell_type": "markdown", "id": hexes(draw, 8), "metadata": {}, "source": text}


def _widget(draw: random.Random) -> Cell:
    data = {
        "application/vnd.jupyter.widget-view+json": {
            "model_id": hexes(draw, 32),
            "version_major": 2,
            "version_minor": 0,
        },
        "text/plain": "Downloading tokenizer_config.json:   0%|          | 0.00/48.0 [00:00<?, ?B/s]",
    }
    return code("model = AutoModel.from_pretrained(MODEL_ID)", shown(data, "display_data"), draw=draw)


MAKERS = (
    *(_imports, _install, _good_manners, _tokens, _tensor, _training, _progress, _picture, _frame, _counts, _runs),
    *(_models, _plotly, _failure, _words, _widget),
)
"""What makes one such cell."""
