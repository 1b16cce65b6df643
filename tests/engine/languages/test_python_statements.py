"""Python's statements, as whole trees."""

import pytest

from deburr.engine import languages

ASSIGNMENTS = [
    (
        "a = b = c",
        "Assign(targets=[Name(id='a'), Name(id='b')], value=Name(id='c'), annotation=None)",
    ),
    (
        "a, *b = c",
        "Assign(targets=[Seq(kind='tuple', items=[Name(id='a'), Star(value=Name(id='b'))])], "
        "value=Name(id='c'), annotation=None)",
    ),
    (
        "a: int",
        "Assign(targets=[Name(id='a')], value=Unknown(parts=[]), annotation=Name(id='int'))",
    ),
    (
        "a: 'B' = 1",
        "Assign(targets=[Name(id='a')], value=Const(value=1), annotation=Const(value='B'))",
    ),
    (
        "a.b[0] += 1",
        "AugAssign(target=Sub(obj=Attr(obj=Name(id='a'), name='b'), index=Const(value=0)), op='+', "
        "value=Const(value=1))",
    ),
    (
        "x = *a, b",
        "Assign(targets=[Name(id='x')], value=Seq(kind='tuple', items=[Star(value=Name(id='a')), "
        "Name(id='b')]), annotation=None)",
    ),
    (
        "type X[T] = list[T] | m.N",
        "Assign(targets=[Name(id='X')], value=Binary(op='|', left=Sub(obj=Name(id='list'), "
        "index=Name(id='T')), right=Attr(obj=Name(id='m'), name='N')), annotation=None)",
    ),
    (
        "del a, b[0]",
        "Delete(targets=[Name(id='a'), Sub(obj=Name(id='b'), index=Const(value=0))])",
    ),
    (
        "global a, b",
        "Scope(names=['a', 'b'], of_module=True)",
    ),
    (
        "nonlocal c",
        "Scope(names=['c'], of_module=False)",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), ASSIGNMENTS)
def test_assignments(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


DEFINITIONS = [
    (
        "@a\n@b.c(1)\nasync def f(a, b: int, c=1, d: str = 'x', /, *args, e, **kw) -> list[int]:\n    'Doc.'\n",
        "Function(name='f', params=[Param(name='a', annotation=None, default=None, kind=''), "
        "Param(name='b', annotation=Name(id='int'), default=None, kind=''), Param(name='c', "
        "annotation=None, default=Const(value=1), kind=''), Param(name='d', annotation=Name(id='str'), "
        "default=Const(value='x'), kind=''), Param(name='args', annotation=None, default=None, "
        "kind='*'), Param(name='e', annotation=None, default=None, kind=''), Param(name='kw', "
        "annotation=None, default=None, kind='**')], decorators=[Name(id='a'), "
        "Call(func=Attr(obj=Name(id='b'), name='c'), args=[Const(value=1)], kwargs=[])], "
        "body=[Expr(value=Const(value='Doc.'))], returns=Sub(obj=Name(id='list'), index=Name(id='int')), "
        "is_async=True, doc='Doc.')",
    ),
    (
        "def f[T: int](a, (b, c)): pass",
        "Function(name='f', params=[Param(name='a', annotation=None, default=None, kind=''), "
        "Param(name='', annotation=None, default=None, kind='')], decorators=[], body=[Pass()], "
        "returns=None, is_async=False, doc='')",
    ),
    (
        "class A(B, m.C, metaclass=M, **k): x: int = 1",
        "Class(name='A', bases=[Name(id='B'), Attr(obj=Name(id='m'), name='C')], keywords=[('metaclass', "
        "Name(id='M')), ('', Name(id='k'))], decorators=[], body=[Assign(targets=[Name(id='x')], "
        "value=Const(value=1), annotation=Name(id='int'))])",
    ),
    (
        "@a\nclass A: pass",
        "Class(name='A', bases=[], keywords=[], decorators=[Name(id='a')], body=[Pass()])",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), DEFINITIONS)
def test_definitions(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


BRANCHES = [
    (
        "if a: b\nelif c: d\nelse: e",
        "If(test=Name(id='a'), body=[Expr(value=Name(id='b'))], orelse=[If(test=Name(id='c'), "
        "body=[Expr(value=Name(id='d'))], orelse=[Expr(value=Name(id='e'))])])",
    ),
    (
        "while a:\n    break\nelse:\n    continue",
        "While(test=Name(id='a'), body=[Break()], orelse=[Continue()])",
    ),
    (
        "for i, j in a, b: pass\nelse: c",
        "For(target=Seq(kind='tuple', items=[Name(id='i'), Name(id='j')]), iter=Seq(kind='tuple', "
        "items=[Name(id='a'), Name(id='b')]), body=[Pass()], orelse=[Expr(value=Name(id='c'))])",
    ),
    (
        "async for a in b: pass",
        "For(target=Name(id='a'), iter=Name(id='b'), body=[Pass()], orelse=[])",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), BRANCHES)
def test_branches(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


GUARDS = [
    (
        "try: a\nexcept (A, B) as e: b\nexcept C: c\nexcept: d\nelse: e\nfinally: f",
        "Try(body=[Expr(value=Name(id='a'))], handlers=[Handler(type=Seq(kind='tuple', "
        "items=[Name(id='A'), Name(id='B')]), name='e', body=[Expr(value=Name(id='b'))]), "
        "Handler(type=Name(id='C'), name='', body=[Expr(value=Name(id='c'))]), Handler(type=None, "
        "name='', body=[Expr(value=Name(id='d'))])], orelse=[Expr(value=Name(id='e'))], "
        "final=[Expr(value=Name(id='f'))])",
    ),
    (
        "try: a\nexcept* A: b",
        "Try(body=[Expr(value=Name(id='a'))], handlers=[Handler(type=Name(id='A'), name='', "
        "body=[Expr(value=Name(id='b'))])], orelse=[], final=[])",
    ),
    (
        "try: a\nexcept A, e: b",
        "Try(body=[Expr(value=Name(id='a'))], handlers=[Handler(type=Name(id='A'), name='e', "
        "body=[Expr(value=Name(id='b'))])], orelse=[], final=[])",
    ),
    (
        "try: a\nexcept A, B: b",
        "Try(body=[Expr(value=Name(id='a'))], handlers=[Handler(type=Seq(kind='tuple', "
        "items=[Name(id='A'), Name(id='B')]), name='', body=[Expr(value=Name(id='b'))])], orelse=[], "
        "final=[])",
    ),
    (
        "with a as b, c() as (d, e), f: g",
        "With(items=[(Name(id='a'), Name(id='b')), (Call(func=Name(id='c'), args=[], kwargs=[]), "
        "Seq(kind='tuple', items=[Name(id='d'), Name(id='e')])), (Name(id='f'), None)], "
        "body=[Expr(value=Name(id='g'))])",
    ),
    (
        "with (a as b, c): d",
        "With(items=[(Name(id='a'), Name(id='b')), (Name(id='c'), None)], body=[Expr(value=Name(id='d'))])",
    ),
    (
        "async with a: b",
        "With(items=[(Name(id='a'), None)], body=[Expr(value=Name(id='b'))])",
    ),
    (
        "assert a, f(b)",
        "Assert(test=Name(id='a')); Expr(value=Call(func=Name(id='f'), args=[Name(id='b')], kwargs=[]))",
    ),
    (
        "raise A from b",
        "Raise(value=Name(id='A'))",
    ),
    (
        "raise A(b) from f(c)",
        "Expr(value=Call(func=Name(id='f'), args=[Name(id='c')], "
        "kwargs=[])); Raise(value=Call(func=Name(id='A'), args=[Name(id='b')], kwargs=[]))",
    ),
    (
        "raise",
        "Raise(value=None)",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), GUARDS)
def test_guards(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


IMPORTS = [
    (
        "import a",
        "Import(names=[('a', 'a')])",
    ),
    (
        "import a.b, c",
        "Import(names=[('a', 'a'), ('c', 'c')])",
    ),
    (
        "import a.b as c",
        "Import(names=[('a.b', 'c')])",
    ),
    (
        "from a.b import c, d as e",
        "Import(names=[('a.b.c', 'c'), ('a.b.d', 'e')])",
    ),
    (
        "from . import x",
        "Import(names=[('.x', 'x')])",
    ),
    (
        "from .m import (\n    x as y,\n)",
        "Import(names=[('.m.x', 'y')])",
    ),
    (
        "from .. import *",
        "Import(names=[('..*', '*')])",
    ),
    (
        "from a.b import *",
        "Import(names=[('a.b.*', '*')])",
    ),
    (
        "from __future__ import annotations",
        "Import(names=[('__future__.annotations', 'annotations')])",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), IMPORTS)
def test_imports(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


MATCHES = [
    (
        "match a:\n    case 1: b\n    case 'x' | -2 | None: c\n    case A.B: d\n    case _: e",
        "Match(subject=Name(id='a'), cases=[Case(pattern=Const(value=1), names=[], guard=None, "
        "body=[Expr(value=Name(id='b'))]), Case(pattern=Logic(op='or', values=[Const(value='x'), "
        "Unary(op='-', operand=Const(value=2)), Const(value=None)]), names=[], guard=None, "
        "body=[Expr(value=Name(id='c'))]), Case(pattern=Attr(obj=Name(id='A'), name='B'), names=[], "
        "guard=None, body=[Expr(value=Name(id='d'))]), Case(pattern=None, names=[], guard=None, "
        "body=[Expr(value=Name(id='e'))])])",
    ),
    (
        "match a, b:\n    case x if x: c\n    case 1 as y: d\n    case (1 | 2) as z: e",
        "Match(subject=Seq(kind='tuple', items=[Name(id='a'), Name(id='b')]), cases=[Case(pattern=None, "
        "names=['x'], guard=Name(id='x'), body=[Expr(value=Name(id='c'))]), "
        "Case(pattern=Walrus(target=Name(id='y'), value=Const(value=1)), names=['y'], guard=None, "
        "body=[Expr(value=Name(id='d'))]), Case(pattern=Walrus(target=Name(id='z'), value=Logic(op='or', "
        "values=[Const(value=1), Const(value=2)])), names=['z'], guard=None, "
        "body=[Expr(value=Name(id='e'))])])",
    ),
    (
        "match a:\n    case [1, x, *y]: b\n    case {'k': v, **w}: c\n    case C(p, q=r): d\n    case 1, _: e\n"
        "    case [x] | (x,): f",
        "Match(subject=Name(id='a'), cases=[Case(pattern=Seq(kind='tuple', items=[Const(value=1), "
        "Walrus(target=Name(id='x'), value=Unknown(parts=[])), Star(value=Walrus(target=Name(id='y'), "
        "value=Unknown(parts=[])))]), names=['x', 'y'], guard=None, body=[Expr(value=Name(id='b'))]), "
        "Case(pattern=Dict(items=[(Const(value='k'), Walrus(target=Name(id='v'), "
        "value=Unknown(parts=[]))), (None, Walrus(target=Name(id='w'), value=Unknown(parts=[])))]), "
        "names=['v', 'w'], guard=None, body=[Expr(value=Name(id='c'))]), "
        "Case(pattern=Call(func=Name(id='C'), args=[Walrus(target=Name(id='p'), "
        "value=Unknown(parts=[]))], kwargs=[('q', Walrus(target=Name(id='r'), "
        "value=Unknown(parts=[])))]), names=['p', 'r'], guard=None, body=[Expr(value=Name(id='d'))]), "
        "Case(pattern=Seq(kind='tuple', items=[Const(value=1), Unknown(parts=[])]), names=[], guard=None,"
        " body=[Expr(value=Name(id='e'))]), Case(pattern=Logic(op='or', values=[Seq(kind='tuple', "
        "items=[Walrus(target=Name(id='x'), value=Unknown(parts=[]))]), Seq(kind='tuple', "
        "items=[Walrus(target=Name(id='x'), value=Unknown(parts=[]))])]), names=['x', 'x'], guard=None, "
        "body=[Expr(value=Name(id='f'))])])",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), MATCHES)
def test_matches(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


OLD = [
    (
        "print 'a', b",
        "Expr(value=Call(func=Name(id='print'), args=[Const(value='a'), Name(id='b')], kwargs=[]))",
    ),
    (
        "print >>f, x",
        "Expr(value=Call(func=Name(id='print'), args=[Name(id='x')], kwargs=[('file', Name(id='f'))]))",
    ),
    (
        "exec a in b",
        "Expr(value=Call(func=Name(id='exec'), args=[Name(id='a'), Name(id='b')], kwargs=[]))",
    ),
    (
        "print(a, file=b)",
        "Expr(value=Call(func=Name(id='print'), args=[Name(id='a')], kwargs=[('file', Name(id='b'))]))",
    ),
    (
        "raise A, 'x'",
        "Raise(value=Seq(kind='tuple', items=[Name(id='A'), Const(value='x')]))",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), OLD)
def test_old(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


SEVERAL = [
    (
        "a; b; c = 1",
        "Expr(value=Name(id='a')); Expr(value=Name(id='b')); Assign(targets=[Name(id='c')], "
        "value=Const(value=1), annotation=None)",
    ),
    (
        "a, b",
        "Expr(value=Seq(kind='tuple', items=[Name(id='a'), Name(id='b')]))",
    ),
    (
        "# nothing\n\n",
        "",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), SEVERAL)
def test_several(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []
