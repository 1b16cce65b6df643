"""The interpreter as a whole: worths, scopes, handlers, budget, determinism."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from deburr.engine import scan
from deburr.model import Report, Source
from tests.engine.seen import report, seen


@pytest.mark.parametrize(
    ("source", "worth"),
    [
        ("flask.request.args['q']", "shell-injection high"),
        ("sys.argv[1]", "shell-injection medium"),
        ("os.environ['X']", "shell-injection medium"),
        ("input()", "shell-injection medium"),
        ("openai.OpenAI().responses.create(input='x').output_text", "shell-injection high"),
        ("'ls'", None),
    ],
)
def test_confidence_follows_from_where_a_value_comes(source: str, worth: str | None) -> None:
    code = f"import flask, openai, os, sys\nos.system('ls ' + {source})\n"
    assert seen(code) == ([f"2 {worth}"] if worth else [])


def test_a_parameter_that_nobody_passes_is_worth_less() -> None:
    assert seen("import os\ndef run(name):\n    os.system('ls ' + name)\n") == ["3 shell-injection medium"]
    assert seen("import os\ndef run(name: int):\n    os.system(f'ls {name}')\n") == []


def test_a_private_function_is_judged_by_its_callers() -> None:
    private = "import os\ndef _run(name):\n    os.system('ls ' + name)\n"
    assert seen(private + "_run('tmp')\n") == []
    assert seen(private) == ["3 shell-injection medium"]
    assert seen(private + "_run(input())\n") == ["3 shell-injection medium"]


def test_a_public_function_may_be_called_by_others_too() -> None:
    assert seen("import os\ndef run(name):\n    os.system('ls ' + name)\nrun('tmp')\n") == ["3 shell-injection medium"]


@pytest.mark.parametrize(
    "handler",
    [
        "import flask\napp = flask.Flask('a')\n@app.route('/<q>')\ndef view(q):\n",
        "import flask\nbp = flask.Blueprint('a', 'a')\n@bp.post('/x/<path:q>')\ndef view(q):\n",
        "import fastapi\napp = fastapi.FastAPI()\n@app.get('/x')\nasync def view(q: str):\n",
        "from fastapi import APIRouter\nrouter = APIRouter()\n@router.post('/x')\ndef view(q: str = ''):\n",
        "from fastapi import APIRouter, Query\nrouter = APIRouter()\n"
        "@router.get('/x')\ndef view(q: str = Query(...)):\n",
        "from django.http import HttpResponse\ndef view(request, q):\n",
        "from django.views import View\nclass Page(View):\n  def get(self, request, q):\n",
        "from rest_framework.decorators import api_view\n@api_view(['GET'])\ndef view(request, q):\n",
        "import bottle\n@bottle.route('/<q>')\ndef view(q):\n",
        "import tornado.web\nclass Page(tornado.web.RequestHandler):\n  def get(self, q):\n",
        "@app.get('/x/{q}')\ndef view(q: str):\n",
    ],
)
def test_parameters_of_handlers_come_from_outside(handler: str) -> None:
    code = "import os\n" + handler + "    os.system('ls ' + q)\n    return {}\n"
    assert [one for one in seen(code) if "shell" in one] == [f"{code.count(chr(10)) - 1} shell-injection high"]


@pytest.mark.parametrize(
    "read",
    [
        "flask: from flask import request\ndef f():\n    return request.form['q']",
        "django: from django.shortcuts import render\ndef f(request):\n    return request.POST['q']",
        "django json: import json\nfrom django.http import JsonResponse\n"
        "def f(request):\n    return json.loads(request.body)['q']",
        "drf: from rest_framework.views import APIView\n"
        "class V(APIView):\n  def post(self, request):\n    return request.data['q']",
        "fastapi: from fastapi import FastAPI, Request\n"
        "async def f(request: Request):\n    return (await request.json())['q']",
        "aiohttp: from aiohttp import web\nasync def f(request: web.Request):\n    return request.query['q']",
        "lambda: def handler(event, context):\n    return event['queryStringParameters']['q']",
        "fragment: def f():\n    return request.args.get('q')",
    ],
    ids=lambda text: text.split(":")[0],
)
def test_requests_are_typed_by_their_framework(read: str) -> None:
    head, _, expression = read.partition(": ")[2].rpartition("return ")
    code = f"import os\n{head}os.system('ls ' + {expression})\n"
    assert [one.split()[1:] for one in seen(code) if "shell" in one] == [["shell-injection", "high"]]


def test_a_fragment_without_imports_is_read_by_convention() -> None:
    code = "def get_user(username):\n    cursor.execute(f\"SELECT * FROM users WHERE name = '{username}'\")\n"
    assert seen(code) == ["2 sql-injection medium"]
    assert seen("os.system('rm ' + request.args['x'])\n") == ["1 shell-injection high"]


def test_the_flow_goes_from_the_source_to_the_sink() -> None:
    found = report(
        """
        import os
        from flask import request

        def run(command):
            os.system(command)

        def view():
            name = request.args["name"]
            run("ls " + name)
        """
    ).findings
    assert [(one.message, [span.line for span in one.flow]) for one in found if one.confidence == "high"] == [
        (
            'Untrusted text must not become part of a shell command line: `request.args["name"]` on line 8, '
            "which comes from outside, reaches `os.system`",
            [8, 4, 5],
        )
    ]


def test_one_place_is_reported_once_with_the_best_reason() -> None:
    code = (
        "import os\nfrom flask import request\ndef run(c):\n    os.system(c)\n"
        "run('a' + request.args['b'])\nrun(input())\n"
    )
    assert seen(code) == ["4 shell-injection high"]


LOOPS = "def f(x):\n" + "".join("  " * n + f"  for a{n} in x:\n" for n in range(4)) + "          x = y\n" * 3000
CALLS = "".join(f"f('{n}')\n" for n in range(20))


def test_work_without_end_stops_and_says_so() -> None:
    stopped = scan(Source("import os\n" + LOOPS + CALLS + "os.system(input())\n"))
    assert [one.why for one in stopped.skipped] == ["the analysis ran out of its step budget"]
    before = scan(Source("import os\nos.system(input())\n" + LOOPS + CALLS))
    assert [one.principle for one in before.findings] == ["shell-injection"]


def test_functions_that_call_each_other_without_end_are_no_work() -> None:
    chain = "".join(f"def f{n}(x):\n    f{n + 1}(x + 'a')\n    return f{n + 1}(x + 'b')\n" for n in range(60))
    assert scan(Source("import os\n" + chain + "os.system(f0(input()))\n")).skipped == ()


PROGRAM = LOOPS + CALLS + "def view(q):\n    os.system('a' + q)\nx = a" + ".b(c)" * 900 + "\nos.system(input())\n"


def test_the_same_text_gives_the_same_report() -> None:
    assert scan(Source(PROGRAM)) == scan(Source(PROGRAM))


def test_the_report_does_not_depend_on_how_deep_the_caller_stands() -> None:
    def below(levels: int) -> Report:
        return below(levels - 1) if levels else scan(Source(PROGRAM))

    assert below(700) == scan(Source(PROGRAM))


def test_threads_share_an_engine() -> None:
    sources = [Source(f"import os\nos.system(input())\nx = {n}\n" * (n + 1)) for n in range(12)]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(scan, sources * 4)) == [scan(source) for source in sources] * 4
