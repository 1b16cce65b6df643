"""What TypeScript adds to JavaScript, as whole trees."""

from __future__ import annotations

import pytest

from deburr.engine import languages

TYPED = [
    (
        "function f(this: A, a: string, b?: number, ...c: Array<Date>): Promise<string[]> {}",
        "Function(name='f', params=[Param(name='a', annotation=Name(id='str'), default=None, kind=''), "
        "Param(name='b', annotation=Name(id='float'), default=None, kind=''), Param(name='c', "
        "annotation=Sub(obj=Name(id='list'), index=Name(id='date')), default=None, kind='*')], "
        "decorators=[], body=[], returns=Sub(obj=Name(id='list'), index=Name(id='str')), is_async=False, "
        "doc='')",
    ),
    (
        "function f(a: 'x' | 'y', b: string | null, c: Record<string, any>, d: express.Request, e: A | B, g: any) {}",
        "Function(name='f', params=[Param(name='a', annotation=Name(id='Enum'), default=None, kind=''), "
        "Param(name='b', annotation=Name(id='str'), default=None, kind=''), Param(name='c', "
        "annotation=Name(id='dict'), default=None, kind=''), Param(name='d', "
        "annotation=Attr(obj=Name(id='express'), name='Request'), default=None, kind=''), "
        "Param(name='e', annotation=None, default=None, kind=''), Param(name='g', annotation=None, "
        "default=None, kind='')], decorators=[], body=[], returns=None, is_async=False, doc='')",
    ),
    (
        "const a = <any>b as C; const d = e!.f satisfies G;",
        "Assign(targets=[Name(id='a')], value=Name(id='b'), "
        "annotation=None)\nAssign(targets=[Name(id='d')], value=Attr(obj=Name(id='e'), name='f'), "
        "annotation=None)",
    ),
    (
        "enum A { B = 'b', C }",
        "Class(name='A', bases=[Imported(full='enum.Enum')], keywords=[], decorators=[], "
        "body=[Assign(targets=[Name(id='B')], value=Const(value='b'), annotation=None), "
        "Assign(targets=[Name(id='C')], value=Const(value=1), annotation=None)])",
    ),
    ("namespace A { export const b = 1; }", "Assign(targets=[Name(id='b')], value=Const(value=1), annotation=None)"),
    (
        "@D('x') class A<T> extends B<T> implements C { private readonly e: E = 1; constructor(private "
        "readonly f: F, @Inject(G) public h?: number) { super(); } @Get(':i') async i(@Param('j') j: "
        "string) {} abstract k(): void; }",
        "Class(name='A', bases=[Name(id='B')], keywords=[], decorators=[Call(func=Name(id='D'), "
        "args=[Const(value='x')], kwargs=[])], body=[Assign(targets=[Name(id='e')], "
        "value=Const(value=1), annotation=Name(id='E')), Function(name='__init__', "
        "params=[Param(name='this', annotation=None, default=None, kind=''), Param(name='f', "
        "annotation=Name(id='F'), default=None, kind=''), Param(name='h', annotation=Name(id='float'), "
        "default=None, kind='')], decorators=[], body=[Assign(targets=[Attr(obj=Name(id='this'), "
        "name='f')], value=Name(id='f'), annotation=None), Assign(targets=[Attr(obj=Name(id='this'), "
        "name='h')], value=Name(id='h'), annotation=None), "
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='super'), args=[], kwargs=[]), "
        "name='__init__'), args=[], kwargs=[]))], returns=None, is_async=False, doc=''), "
        "Function(name='i', params=[Param(name='this', annotation=None, default=None, kind=''), "
        "Param(name='j', annotation=Name(id='str'), default=None, kind='')], "
        "decorators=[Call(func=Name(id='Get'), args=[Const(value=':i')], kwargs=[])], body=[], "
        "returns=None, is_async=True, doc='')])",
    ),
    (
        "interface A { b: string } type C = A; declare module 'd' {} abstract class E {}",
        "Class(name='E', bases=[], keywords=[], decorators=[], body=[])",
    ),
    (
        "import fs = require('fs'); import type { A } from 'b'; export = fs;",
        "Import(names=[('fs', 'fs')])\nImport(names=[('b.A', 'A')])",
    ),
    (
        "f<string>(a); let g: typeof h;",
        "Expr(value=Call(func=Name(id='f'), args=[Name(id='a')], "
        "kwargs=[]))\nAssign(targets=[Name(id='g')], value=Unknown(parts=[]), annotation=None)",
    ),
]


def tree(code: str) -> str:
    module = languages.lower(code.encode(), "typescript")
    assert not module.notes
    return "\n".join(map(repr, module.body))


@pytest.mark.parametrize(("code", "expected"), [*TYPED])
def test_trees(code: str, expected: str) -> None:
    assert tree(code) == expected
