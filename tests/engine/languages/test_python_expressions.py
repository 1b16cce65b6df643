"""Python's expressions, as whole trees."""

import pytest

from deburr.engine import languages

OPERATORS = [
    (
        "a + b + c",
        "Expr(value=Concat(parts=[Name(id='a'), Name(id='b'), Name(id='c')]))",
    ),
    (
        "(a + b) + (c + d)",
        "Expr(value=Concat(parts=[Concat(parts=[Name(id='a'), Name(id='b')]), "
        "Concat(parts=[Name(id='c'), Name(id='d')])]))",
    ),
    (
        "a - b * c",
        "Expr(value=Binary(op='-', left=Name(id='a'), right=Binary(op='*', left=Name(id='b'), right=Name(id='c'))))",
    ),
    (
        "-x ** ~y",
        "Expr(value=Unary(op='-', operand=Binary(op='**', left=Name(id='x'), right=Unary(op='~', "
        "operand=Name(id='y')))))",
    ),
    (
        "not a",
        "Expr(value=Unary(op='not', operand=Name(id='a')))",
    ),
    (
        "a and b and c or d",
        "Expr(value=Logic(op='or', values=[Logic(op='and', values=[Name(id='a'), Name(id='b'), "
        "Name(id='c')]), Name(id='d')]))",
    ),
    (
        "a < b <= c",
        "Expr(value=Compare(left=Name(id='a'), ops=['<', '<='], rights=[Name(id='b'), Name(id='c')]))",
    ),
    (
        "a not in b is not c",
        "Expr(value=Compare(left=Name(id='a'), ops=['not in', 'is not'], rights=[Name(id='b'), Name(id='c')]))",
    ),
    (
        "a if b else c",
        "Expr(value=Cond(test=Name(id='b'), then=Name(id='a'), other=Name(id='c')))",
    ),
    (
        "(y := 3)",
        "Expr(value=Walrus(target=Name(id='y'), value=Const(value=3)))",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), OPERATORS)
def test_operators(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


COLLECTIONS = [
    (
        "[1, a, *b]",
        "Expr(value=Seq(kind='list', items=[Const(value=1), Name(id='a'), Star(value=Name(id='b'))]))",
    ),
    (
        "()",
        "Expr(value=Seq(kind='tuple', items=[]))",
    ),
    (
        "1,",
        "Expr(value=Const(value=1))",
    ),
    (
        "{1, 2}",
        "Expr(value=Seq(kind='set', items=[Const(value=1), Const(value=2)]))",
    ),
    (
        "{'a': 1, **b}",
        "Expr(value=Dict(items=[(Const(value='a'), Const(value=1)), (None, Name(id='b'))]))",
    ),
    (
        "[f(x) for x in y if x if z]",
        "Expr(value=Comp(kind='list', item=Call(func=Name(id='f'), args=[Name(id='x')], kwargs=[]), "
        "key=None, clauses=[Clause(target=Name(id='x'), iter=Name(id='y'), conds=[Name(id='x'), "
        "Name(id='z')])]))",
    ),
    (
        "{k: v for k, v in y}",
        "Expr(value=Comp(kind='dict', item=Name(id='v'), key=Name(id='k'), "
        "clauses=[Clause(target=Seq(kind='tuple', items=[Name(id='k'), Name(id='v')]), "
        "iter=Name(id='y'), conds=[])]))",
    ),
    (
        "{x for y in z for x in y}",
        "Expr(value=Comp(kind='set', item=Name(id='x'), key=None, clauses=[Clause(target=Name(id='y'), "
        "iter=Name(id='z'), conds=[]), Clause(target=Name(id='x'), iter=Name(id='y'), conds=[])]))",
    ),
    (
        "f(x async for x in y)",
        "Expr(value=Call(func=Name(id='f'), args=[Comp(kind='generator', item=Name(id='x'), key=None, "
        "clauses=[Clause(target=Name(id='x'), iter=Name(id='y'), conds=[])])], kwargs=[]))",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), COLLECTIONS)
def test_collections(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


CHAINS = [
    (
        "a.b.c",
        "Expr(value=Attr(obj=Attr(obj=Name(id='a'), name='b'), name='c'))",
    ),
    (
        "f(a, *b, k=1, **c)",
        "Expr(value=Call(func=Name(id='f'), args=[Name(id='a'), Star(value=Name(id='b'))], kwargs=[('k', "
        "Const(value=1)), ('', Name(id='c'))]))",
    ),
    (
        "a[1:2]",
        "Expr(value=Sub(obj=Name(id='a'), index=Slice(lower=Const(value=1), upper=Const(value=2), step=None)))",
    ),
    (
        "a[::2, ...]",
        "Expr(value=Sub(obj=Name(id='a'), index=Seq(kind='tuple', items=[Slice(lower=None, upper=None, "
        "step=Const(value=2)), Const(value=Ellipsis)])))",
    ),
    (
        "a[b,]",
        "Expr(value=Sub(obj=Name(id='a'), index=Seq(kind='tuple', items=[Name(id='b')])))",
    ),
    (
        "x.where(y).first()",
        "Expr(value=Call(func=Attr(obj=Call(func=Attr(obj=Name(id='x'), name='where'), "
        "args=[Name(id='y')], kwargs=[]), name='first'), args=[], kwargs=[]))",
    ),
    (
        "f(*a.b())",
        "Expr(value=Call(func=Name(id='f'), args=[Star(value=Call(func=Attr(obj=Name(id='a'), name='b'), "
        "args=[], kwargs=[]))], kwargs=[]))",
    ),
    (
        "{*f(1)}",
        "Expr(value=Seq(kind='set', items=[Star(value=Call(func=Name(id='f'), args=[Const(value=1)], kwargs=[]))]))",
    ),
    (
        "f(\n  a,  # why\n  b,\n)",
        "Expr(value=Call(func=Name(id='f'), args=[Name(id='a'), Name(id='b')], kwargs=[]))",
    ),
    (
        "(a\n  .b()  # why\n  .c)",
        "Expr(value=Attr(obj=Call(func=Attr(obj=Name(id='a'), name='b'), args=[], kwargs=[]), name='c'))",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), CHAINS)
def test_chains(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


FUNCTIONS = [
    (
        "lambda: 0",
        "Expr(value=Lambda(function=Function(name='', params=[], decorators=[], "
        "body=[Return(value=Const(value=0))], returns=None, is_async=False, doc='')))",
    ),
    (
        "lambda x, *y, z=1, **k: x",
        "Expr(value=Lambda(function=Function(name='', params=[Param(name='x', annotation=None, "
        "default=None, kind=''), Param(name='y', annotation=None, default=None, kind='*'), "
        "Param(name='z', annotation=None, default=Const(value=1), kind=''), Param(name='k', "
        "annotation=None, default=None, kind='**')], decorators=[], body=[Return(value=Name(id='x'))], "
        "returns=None, is_async=False, doc='')))",
    ),
    (
        "await f()",
        "Expr(value=Await(value=Call(func=Name(id='f'), args=[], kwargs=[])))",
    ),
    (
        "x = yield",
        "Assign(targets=[Name(id='x')], value=Yield(value=None), annotation=None)",
    ),
    (
        "yield a, b",
        "Expr(value=Yield(value=Seq(kind='tuple', items=[Name(id='a'), Name(id='b')])))",
    ),
    (
        "yield from a",
        "Expr(value=Yield(value=Name(id='a')))",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), FUNCTIONS)
def test_functions(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


OLD = [
    (
        "`x`",
        "Expr(value=Unknown(parts=[]))",
    ),
    (
        "a <> b",
        "Expr(value=Compare(left=Name(id='a'), ops=['!='], rights=[Name(id='b')]))",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), OLD)
def test_old(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []
