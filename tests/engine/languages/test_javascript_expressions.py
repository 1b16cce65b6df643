"""JavaScript's expressions, as whole trees."""

from __future__ import annotations

import pytest

from deburr.engine import languages

EXPRESSIONS = [
    (
        "a?.b?.(c)?.[d]",
        "Expr(value=Sub(obj=Call(func=Attr(obj=Name(id='a'), name='b'), args=[Name(id='c')], kwargs=[]), "
        "index=Name(id='d')))",
    ),
    ("f.call(this, a)", "Expr(value=Call(func=Name(id='f'), args=[Name(id='a')], kwargs=[]))"),
    ("f.apply(null, b)", "Expr(value=Call(func=Name(id='f'), args=[Star(value=Name(id='b'))], kwargs=[]))"),
    ("f.bind(this)", "Expr(value=Name(id='f'))"),
    (
        "client.call('name', a)",
        "Expr(value=Call(func=Attr(obj=Name(id='client'), name='call'), args=[Const(value='name'), "
        "Name(id='a')], kwargs=[]))",
    ),
    (
        "Array.prototype.slice.call(a, 1)",
        "Expr(value=Call(func=Attr(obj=Name(id='a'), name='slice'), args=[Const(value=1)], kwargs=[]))",
    ),
    (
        "new A.B(c, ...d)",
        "Expr(value=Call(func=Attr(obj=Name(id='A'), name='B'), args=[Name(id='c'), "
        "Star(value=Name(id='d'))], kwargs=[]))",
    ),
    ("new A", "Expr(value=Call(func=Name(id='A'), args=[], kwargs=[]))"),
    ("`a ${b} c`", "Expr(value=Format(parts=[Const(value='a '), Name(id='b'), Const(value=' c')], style='f'))"),
    ("`a`", "Expr(value=Const(value='a'))"),
    (
        "sql`a ${b}`",
        "Expr(value=Call(func=Name(id='sql'), args=[Format(parts=[Const(value='a '), Name(id='b')], "
        "style='template')], kwargs=[]))",
    ),
    (
        "/a\\/b/gi.test(c)",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='RegExp'), args=[Const(value='a\\\\/b'), "
        "Const(value='gi')], kwargs=[]), name='test'), args=[Name(id='c')], kwargs=[]))",
    ),
    (
        "a === b && c !== d || e ?? f",
        "Expr(value=Logic(op='??', values=[Logic(op='or', values=[Logic(op='and', "
        "values=[Compare(left=Name(id='a'), ops=['=='], rights=[Name(id='b')]), "
        "Compare(left=Name(id='c'), ops=['!='], rights=[Name(id='d')])]), Name(id='e')]), Name(id='f')]))",
    ),
    (
        "typeof a === 'string'",
        "Expr(value=Call(func=Name(id='typeof'), args=[Name(id='a'), Const(value='string')], kwargs=[]))",
    ),
    (
        "'number' != typeof a",
        "Expr(value=Unary(op='not', operand=Call(func=Name(id='typeof'), args=[Name(id='a'), "
        "Const(value='number')], kwargs=[])))",
    ),
    ("a instanceof B", "Expr(value=Call(func=Name(id='instanceof'), args=[Name(id='a'), Name(id='B')], kwargs=[]))"),
    (
        "(a, b.c)(d)",
        "Expr(value=Call(func=Sub(obj=Seq(kind='tuple', items=[Name(id='a'), Attr(obj=Name(id='b'), "
        "name='c')]), index=Const(value=-1)), args=[Name(id='d')], kwargs=[]))",
    ),
    ("(a = b)", "Assign(targets=[Name(id='a')], value=Name(id='b'), annotation=None)"),
    (
        "(a ||= b)",
        "Assign(targets=[Name(id='a')], value=Logic(op='or', values=[Name(id='a'), Name(id='b')]), annotation=None)",
    ),
    ("(a += b)", "AugAssign(target=Name(id='a'), op='+', value=Name(id='b'))"),
    (
        "x(a++)",
        "Expr(value=Call(func=Name(id='x'), args=[Walrus(target=Name(id='a'), "
        "value=Concat(parts=[Name(id='a'), Const(value=1)]))], kwargs=[]))",
    ),
    ("void 0", "Expr(value=Const(value=None))"),
    (
        "!a ? b : c",
        "Expr(value=Cond(test=Unary(op='not', operand=Name(id='a')), then=Name(id='b'), other=Name(id='c')))",
    ),
    ("a + b + 'c'", "Expr(value=Concat(parts=[Name(id='a'), Name(id='b'), Const(value='c')]))"),
    ("[a, ...b]", "Expr(value=Seq(kind='list', items=[Name(id='a'), Star(value=Name(id='b'))]))"),
    (
        "({ a, b: 1, [c]: d, ...e, f() { return 1 }, 'g': h })",
        "Expr(value=Dict(items=[(Const(value='a'), Name(id='a')), (Const(value='b'), Const(value=1)), "
        "(Name(id='c'), Name(id='d')), (None, Name(id='e')), (Const(value='f'), "
        "Lambda(function=Function(name='f', params=[], decorators=[], "
        "body=[Return(value=Const(value=1))], returns=None, is_async=False, doc=''))), "
        "(Const(value='g'), Name(id='h'))]))",
    ),
    ("window.location.href", "Expr(value=Attr(obj=Name(id='location'), name='href'))"),
    (
        "async (a) => await b(a)",
        "Expr(value=Lambda(function=Function(name='', params=[Param(name='a', annotation=None, "
        "default=None, kind='')], decorators=[], body=[Return(value=Await(value=Call(func=Name(id='b'), "
        "args=[Name(id='a')], kwargs=[])))], returns=None, is_async=True, doc='')))",
    ),
    (
        "require('node:fs/promises').readFile(a)",
        "Expr(value=Call(func=Attr(obj=Imported(full='fs.promises'), name='readFile'), "
        "args=[Name(id='a')], kwargs=[]))",
    ),
    (
        "0x1F + 1_000 + 0b11 + 1e3 + 10n + 017",
        "Expr(value=Concat(parts=[Const(value=31), Const(value=1000), Const(value=3), Const(value=1000), "
        "Const(value=10), Const(value=15)]))",
    ),
    ("'\\x41\\u0042\\u{43}\\n'", "Expr(value=Const(value='ABC\\n'))"),
    (
        "class A {}.b",
        "Class(name='A', bases=[], keywords=[], decorators=[], body=[])\nExpr(value=Attr(obj=Name(id='A'), name='b'))",
    ),
    ("a in b", "Expr(value=Compare(left=Name(id='a'), ops=['in'], rights=[Name(id='b')]))"),
]
MARKUP = [
    (
        'x = <a href={b} {...c} d="e" f>text {g}</a>;',
        "Assign(targets=[Name(id='x')], value=Call(func=Imported(full='jsx.element'), "
        "args=[Const(value='a'), Name(id='g')], kwargs=[('href', Name(id='b')), ('', Name(id='c')), "
        "('d', Const(value='e')), ('f', Const(value=True))]), annotation=None)",
    ),
    (
        "x = <Foo.Bar a={b}>c{d}</Foo.Bar>;",
        "Assign(targets=[Name(id='x')], value=Call(func=Attr(obj=Name(id='Foo'), name='Bar'), "
        "args=[Dict(items=[(Const(value='a'), Name(id='b')), (Const(value='children'), Seq(kind='list', "
        "items=[Name(id='d')]))])], kwargs=[]), annotation=None)",
    ),
    (
        "x = <><br/></>;",
        "Assign(targets=[Name(id='x')], value=Call(func=Imported(full='jsx.element'), "
        "args=[Const(value=''), Call(func=Imported(full='jsx.element'), args=[Const(value='br')], "
        "kwargs=[])], kwargs=[]), annotation=None)",
    ),
]


def tree(code: str) -> str:
    module = languages.lower(code.encode(), "javascript")
    assert not module.notes
    return "\n".join(map(repr, module.body))


@pytest.mark.parametrize(("code", "expected"), [*EXPRESSIONS, *MARKUP])
def test_trees(code: str, expected: str) -> None:
    assert tree(code) == expected
