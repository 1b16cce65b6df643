"""JavaScript's statements, classes and modules, as whole trees."""

from __future__ import annotations

import pytest

from deburr.engine import languages

STATEMENTS = [
    (
        "let a = 1, b;",
        "Assign(targets=[Name(id='a')], value=Const(value=1), "
        "annotation=None)\nAssign(targets=[Name(id='b')], value=Unknown(parts=[]), annotation=None)",
    ),
    ("a = b = c;", "Assign(targets=[Name(id='a'), Name(id='b')], value=Name(id='c'), annotation=None)"),
    (
        "a.b ??= c;",
        "Assign(targets=[Attr(obj=Name(id='a'), name='b')], value=Logic(op='??', "
        "values=[Attr(obj=Name(id='a'), name='b'), Name(id='c')]), annotation=None)",
    ),
    ("a++;", "AugAssign(target=Name(id='a'), op='+', value=Const(value=1))"),
    ("delete a.b;", "Delete(targets=[Sub(obj=Name(id='a'), index=Const(value='b'))])"),
    (
        "if (a) b(); else if (c) d(); else { e(); }",
        "If(test=Name(id='a'), body=[Expr(value=Call(func=Name(id='b'), args=[], kwargs=[]))], "
        "orelse=[If(test=Name(id='c'), body=[Expr(value=Call(func=Name(id='d'), args=[], kwargs=[]))], "
        "orelse=[Expr(value=Call(func=Name(id='e'), args=[], kwargs=[]))])])",
    ),
    (
        "for (let i = 0; i < 3; i++) { a(i); }",
        "Assign(targets=[Name(id='i')], value=Const(value=0), "
        "annotation=None)\nWhile(test=Compare(left=Name(id='i'), ops=['<'], rights=[Const(value=3)]), "
        "body=[Expr(value=Call(func=Name(id='a'), args=[Name(id='i')], kwargs=[])), "
        "AugAssign(target=Name(id='i'), op='+', value=Const(value=1))], orelse=[])",
    ),
    (
        "for (const [k, v] of a) b(v);",
        "For(target=Name(id='(11)'), iter=Name(id='a'), body=[Assign(targets=[Name(id='k')], "
        "value=Sub(obj=Name(id='(11)'), index=Const(value=0)), annotation=None), "
        "Assign(targets=[Name(id='v')], value=Sub(obj=Name(id='(11)'), index=Const(value=1)), "
        "annotation=None), Expr(value=Call(func=Name(id='b'), args=[Name(id='v')], kwargs=[]))], "
        "orelse=[])",
    ),
    ("for (k in a) ;", "For(target=Name(id='k'), iter=Name(id='a'), body=[], orelse=[])"),
    (
        "do { a(); } while (b);",
        "While(test=Unknown(parts=[]), body=[Expr(value=Call(func=Name(id='a'), args=[], kwargs=[])), "
        "Expr(value=Name(id='b'))], orelse=[])",
    ),
    ("do { a(); } while (false);", "Expr(value=Call(func=Name(id='a'), args=[], kwargs=[]))"),
    ("while (a) { break; }", "While(test=Name(id='a'), body=[Break()], orelse=[])"),
    ("l: for (;;) { continue l; }", "While(test=Unknown(parts=[]), body=[Continue()], orelse=[])"),
    (
        "try { a(); } catch (e) { b(e); } finally { c(); }",
        "Try(body=[Expr(value=Call(func=Name(id='a'), args=[], kwargs=[]))], "
        "handlers=[Handler(type=None, name='e', body=[Expr(value=Call(func=Name(id='b'), "
        "args=[Name(id='e')], kwargs=[]))])], orelse=[], final=[Expr(value=Call(func=Name(id='c'), "
        "args=[], kwargs=[]))])",
    ),
    (
        "try { a(); } catch ({ message }) { b(message); }",
        "Try(body=[Expr(value=Call(func=Name(id='a'), args=[], kwargs=[]))], "
        "handlers=[Handler(type=None, name='(20)', body=[Assign(targets=[Name(id='message')], "
        "value=Attr(obj=Name(id='(20)'), name='message'), annotation=None), "
        "Expr(value=Call(func=Name(id='b'), args=[Name(id='message')], kwargs=[]))])], orelse=[], "
        "final=[])",
    ),
    (
        "switch (a) { case 1: case 2: b(); break; case 3: c(); default: d(); }",
        "Match(subject=Name(id='a'), cases=[Case(pattern=Logic(op='or', values=[Const(value=1), "
        "Const(value=2)]), names=[], guard=None, body=[Expr(value=Call(func=Name(id='b'), args=[], "
        "kwargs=[]))]), Case(pattern=Const(value=3), names=[], guard=None, "
        "body=[Expr(value=Call(func=Name(id='c'), args=[], kwargs=[])), "
        "Expr(value=Call(func=Name(id='d'), args=[], kwargs=[]))]), Case(pattern=None, names=[], "
        "guard=None, body=[Expr(value=Call(func=Name(id='d'), args=[], kwargs=[]))])])",
    ),
    (
        "switch (a) { case 1: if (b) break; c(); }",
        "While(test=Const(value=True), body=[Match(subject=Name(id='a'), "
        "cases=[Case(pattern=Const(value=1), names=[], guard=None, body=[If(test=Name(id='b'), "
        "body=[Break()], orelse=[]), Expr(value=Call(func=Name(id='c'), args=[], kwargs=[]))])]), "
        "Break()], orelse=[])",
    ),
    ("throw new Error(a);", "Raise(value=Call(func=Name(id='Error'), args=[Name(id='a')], kwargs=[]))"),
    (
        "(a(), b = c);",
        "Expr(value=Call(func=Name(id='a'), args=[], kwargs=[]))\nAssign(targets=[Name(id='b')], "
        "value=Name(id='c'), annotation=None)",
    ),
    (
        "const { a, b: { c = 1 }, ...d } = e;",
        "Assign(targets=[Name(id='a')], value=Attr(obj=Name(id='e'), name='a'), "
        "annotation=None)\nAssign(targets=[Name(id='c')], value=Logic(op='??', "
        "values=[Attr(obj=Attr(obj=Name(id='e'), name='b'), name='c'), Const(value=1)]), "
        "annotation=None)\nAssign(targets=[Name(id='d')], value=Name(id='e'), annotation=None)",
    ),
    (
        "const [a, , b = 2, ...c] = d();",
        "Assign(targets=[Name(id='(6)')], value=Call(func=Name(id='d'), args=[], kwargs=[]), "
        "annotation=None)\nAssign(targets=[Name(id='a')], value=Sub(obj=Name(id='(6)'), "
        "index=Const(value=0)), annotation=None)\nAssign(targets=[Name(id='b')], value=Logic(op='??', "
        "values=[Sub(obj=Name(id='(6)'), index=Const(value=2)), Const(value=2)]), "
        "annotation=None)\nAssign(targets=[Name(id='c')], value=Sub(obj=Name(id='(6)'), "
        "index=Slice(lower=Const(value=3), upper=None, step=None)), annotation=None)",
    ),
    (
        "({ a, b } = c);",
        "Assign(targets=[Name(id='a')], value=Attr(obj=Name(id='c'), name='a'), "
        "annotation=None)\nAssign(targets=[Name(id='b')], value=Attr(obj=Name(id='c'), name='b'), "
        "annotation=None)",
    ),
    (
        "f(); function f() {}",
        "Function(name='f', params=[], decorators=[], body=[], returns=None, is_async=False, "
        "doc='')\nExpr(value=Call(func=Name(id='f'), args=[], kwargs=[]))",
    ),
    (
        "exports.a = function () {};",
        "Assign(targets=[Attr(obj=Name(id='exports'), name='a')], "
        "value=Lambda(function=Function(name='a', params=[], decorators=[], body=[], returns=None, "
        "is_async=False, doc='')), annotation=None)",
    ),
    (
        "let n = 0; function f() { n = 1; }",
        "Function(name='f', params=[], decorators=[], body=[Scope(names=['n'], of_module=False), "
        "Assign(targets=[Name(id='n')], value=Const(value=1), annotation=None)], returns=None, "
        "is_async=False, doc='')\nAssign(targets=[Name(id='n')], value=Const(value=0), annotation=None)",
    ),
]
CLASSES = [
    (
        "class A extends B.C { #a = 1; static s = 2; constructor(c) { super(c); this.d = c; } get e() { "
        "return this.#a; } static f() {} g = (h) => h; }",
        "Class(name='A', bases=[Attr(obj=Name(id='B'), name='C')], keywords=[], decorators=[], "
        "body=[Assign(targets=[Name(id='#a')], value=Const(value=1), annotation=None), "
        "Assign(targets=[Name(id='s')], value=Const(value=2), annotation=None), "
        "Function(name='__init__', params=[Param(name='this', annotation=None, default=None, kind=''), "
        "Param(name='c', annotation=None, default=None, kind='')], decorators=[], "
        "body=[Expr(value=Call(func=Attr(obj=Call(func=Name(id='super'), args=[], kwargs=[]), "
        "name='__init__'), args=[Name(id='c')], kwargs=[])), Assign(targets=[Attr(obj=Name(id='this'), "
        "name='d')], value=Name(id='c'), annotation=None)], returns=None, is_async=False, doc=''), "
        "Function(name='e', params=[Param(name='this', annotation=None, default=None, kind='')], "
        "decorators=[], body=[Return(value=Attr(obj=Name(id='this'), name='#a'))], returns=None, "
        "is_async=False, doc=''), Function(name='f', params=[], decorators=[], body=[], returns=None, "
        "is_async=False, doc=''), Function(name='g', params=[Param(name='this', annotation=None, "
        "default=None, kind=''), Param(name='h', annotation=None, default=None, kind='')], "
        "decorators=[], body=[Return(value=Name(id='h'))], returns=None, is_async=False, doc='')])",
    ),
]
MODULES = [
    (
        "import a, { b as c } from 'x'; import * as d from '@y/z';",
        "Import(names=[('x', 'a'), ('x.b', 'c')])\nImport(names=[('y.z', 'd')])",
    ),
    ("import './side';", "Import(names=[])"),
    ("const { a, b: c } = require('./lib/d.js');", "Import(names=[('.lib.d.a', 'a'), ('.lib.d.b', 'c')])"),
    ("const a = require('a').b;", "Import(names=[('a.b', 'a')])"),
    ("const { a } = (await import('b'));", "Import(names=[('b.a', 'a')])"),
    (
        "export default function (a) {}",
        "Function(name='default', params=[Param(name='a', annotation=None, default=None, kind='')], "
        "decorators=[], body=[], returns=None, is_async=False, doc='')",
    ),
    (
        "export const a = (b) => b;",
        "Function(name='a', params=[Param(name='b', annotation=None, default=None, kind='')], "
        "decorators=[], body=[Return(value=Name(id='b'))], returns=None, is_async=False, doc='')",
    ),
    ("export { a as b } from '../c';", "Import(names=[('..c.a', 'b')])"),
    ("export * from './index';", "Import(names=[('.index.*', '*')])"),
    (
        "export default { a };",
        "Assign(targets=[Name(id='default')], value=Dict(items=[(Const(value='a'), Name(id='a'))]), annotation=None)",
    ),
    (
        "module.exports = { a, b() {} };",
        "Assign(targets=[Attr(obj=Name(id='module'), name='exports')], "
        "value=Dict(items=[(Const(value='a'), Name(id='a')), (Const(value='b'), "
        "Lambda(function=Function(name='b', params=[], decorators=[], body=[], returns=None, "
        "is_async=False, doc='')))]), annotation=None)",
    ),
    (
        "import React from 'react'; import { default as X } from 'y';",
        "Import(names=[('react', 'React')])\nImport(names=[('y', 'X')])",
    ),
]


def tree(code: str) -> str:
    module = languages.lower(code.encode(), "javascript")
    assert not module.notes
    return "\n".join(map(repr, module.body))


@pytest.mark.parametrize(("code", "expected"), [*STATEMENTS, *CLASSES, *MODULES])
def test_trees(code: str, expected: str) -> None:
    assert tree(code) == expected
