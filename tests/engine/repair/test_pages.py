"""Values of pages, templates and expressions: escaped, or handed over by name."""

from __future__ import annotations

import pytest

from tests.engine.repair.repairing import repaired

FLASK = "from flask import Flask, request\n\n\ndef page(name, page_id):\n"
ESCAPED = "from flask import Flask, request\nfrom markupsafe import escape\n\n\ndef page(name, page_id):\n"

PAGES = {
    "f-string": ('f"<h1>{name}</h1>"', 'f"<h1>{escape(name)}</h1>"'),
    "format": ('"<h1>{}</h1>".format(name)', '"<h1>{}</h1>".format(escape(name))'),
    "plus": ('"<h1>" + name + "</h1>"', '"<h1>" + str(escape(name)) + "</h1>"'),
    "attribute": ("f'<p title=\"{name}\">x</p>'", "f'<p title=\"{escape(name)}\">x</p>'"),
    "address of a path": ("f'<a href=\"/u/{name}\">x</a>'", "f'<a href=\"/u/{escape(name)}\">x</a>'"),
    "alone": ("name", "escape(name)"),
    "a number": ("str(page_id)", "escape(str(page_id))"),
    "with a status": ('("No {}".format(name), 404)', '("No {}".format(escape(name)), 404)'),
}


@pytest.mark.parametrize(("before", "after"), PAGES.values(), ids=PAGES.keys())
def test_values_are_escaped(before: str, after: str) -> None:
    code = f"{FLASK}    return make_response({before})\n"
    found = repaired(code, "cross-site-scripting", f"make_response({before})", callee="flask.make_response")
    assert found == f"{ESCAPED}    return make_response({after})\n"


LEFT = {
    "script": 'f"<script>var n = \\"{name}\\";</script>"',
    "address": "f'<a href=\"{name}\">x</a>'",
    "handler": "f'<p onclick=\"{name}\">x</p>'",
    "attribute without quotes": 'f"<p title={name}>x</p>"',
    "style": 'f"<style>p {{ color: {name} }}</style>"',
}


@pytest.mark.parametrize("page", LEFT.values(), ids=LEFT.keys())
def test_places_where_escaping_is_not_enough(page: str) -> None:
    code = f"{FLASK}    return make_response({page})\n"
    assert repaired(code, "cross-site-scripting", f"make_response({page})", callee="flask.make_response") is None


NO_VALUES = {
    "a page of another function": "render(name)",
    "a template": 'env.get_template("x").render(name=name)',
    "declared": "Markup(name)",
}


@pytest.mark.parametrize("page", NO_VALUES.values(), ids=NO_VALUES.keys())
def test_whole_pages_are_not_escaped(page: str) -> None:
    code = f"{FLASK}    return make_response({page})\n"
    call, callee = (page, "markupsafe.Markup") if page.startswith("Markup") else (f"make_response({page})", "")
    assert repaired(code, "cross-site-scripting", call, callee=callee) is None


def test_django_and_plain_programs_have_their_own_functions() -> None:
    call = 'HttpResponse("No page " + name)'
    code = f"from django.http import HttpResponse\n\n\ndef page(name):\n    return {call}\n"
    found = repaired(code, "cross-site-scripting", call, callee="django.http.HttpResponse")
    assert found is not None
    assert 'return HttpResponse("No page " + escape(name))' in found
    assert "from django.utils.html import escape\n" in found
    call = 'HTMLResponse(f"<h1>{name}</h1>")'
    code = f"from fastapi.responses import HTMLResponse\n\n\ndef page(name: str):\n    return {call}\n"
    found = repaired(code, "cross-site-scripting", call, callee="fastapi.responses.HTMLResponse")
    assert found is not None
    assert 'return HTMLResponse(f"<h1>{html.escape(name)}</h1>")' in found


TEMPLATES = {
    "f-string": (
        'render_template_string(f"<h1>Hello {name}</h1>")',
        'render_template_string("<h1>Hello {{ name }}</h1>", name=name)',
    ),
    "attribute": (
        'render_template_string("<h1>" + request.args["name"] + "</h1>", title="x")',
        'render_template_string("<h1>{{ name }}</h1>", title="x", name=request.args["name"])',
    ),
    "percent": (
        'render_template_string("%s of {{ total }} %% %s" % (name, name), total=3)',
        'render_template_string("{{ name }} of {{ total }} % {{ name2 }}", total=3, name=name, name2=name)',
    ),
}


@pytest.mark.parametrize(("before", "after"), TEMPLATES.values(), ids=TEMPLATES.keys())
def test_values_enter_a_template_by_name(before: str, after: str) -> None:
    code = f"{FLASK}    return {before}\n"
    found = repaired(code, "template-injection", before, callee="flask.render_template_string")
    assert found == f"{FLASK}    return {after}\n"


def test_a_template_in_a_variable_that_is_rendered_later() -> None:
    code = 'def f(env, name):\n    t = env.from_string(f"Hello {name}")\n    return t.render(a=1)\n'
    after = 'def f(env, name):\n    t = env.from_string("Hello {{ name }}")\n    return t.render(a=1, name=name)\n'
    call = 'env.from_string(f"Hello {name}")'
    assert repaired(code, "template-injection", call, callee="jinja2.Environment.from_string") == after


def test_a_template_of_somebody_else_is_left() -> None:
    call = "render_template_string(name)"
    assert repaired(f"{FLASK}    return {call}\n", "template-injection", call) is None
    call = 'render_template_string(f"{{{{ {name} }}}}")'
    assert repaired(f"{FLASK}    return {call}\n", "template-injection", call) is None


def test_xpath_variables() -> None:
    code = (
        "from lxml import etree\n\n\ndef f(tree, name, n):\n"
        '    return tree.xpath("//user[@name=\'" + name + "\' and n=" + n + "]")\n'
    )
    call = 'tree.xpath("//user[@name=\'" + name + "\' and n=" + n + "]")'
    found = repaired(code, "xpath-injection", call, callee="lxml.etree.ElementTree.xpath")
    assert found is not None
    assert found.endswith('    return tree.xpath("//user[@name=$name and n=$n]", name=name, n=n)\n')
    call = 'tree.xpath(f"//{name}")'
    code = f"from lxml import etree\n\n\ndef f(tree, name):\n    return {call}\n"
    assert repaired(code, "xpath-injection", call, callee="lxml.etree.ElementTree.xpath") is None
