"""Python's literals and formatted text, as whole trees."""

import pytest

from deburr.engine import languages

NUMBERS = [
    (
        "1_000",
        "Expr(value=Const(value=1000))",
    ),
    (
        "0x_1F",
        "Expr(value=Const(value=31))",
    ),
    (
        "0b101",
        "Expr(value=Const(value=5))",
    ),
    (
        "0o17",
        "Expr(value=Const(value=15))",
    ),
    (
        "0777",
        "Expr(value=Const(value=511))",
    ),
    (
        "10L",
        "Expr(value=Const(value=10))",
    ),
    (
        "1.5e3",
        "Expr(value=Const(value=1500.0))",
    ),
    (
        "1_0.5",
        "Expr(value=Const(value=10.5))",
    ),
    (
        ".5",
        "Expr(value=Const(value=0.5))",
    ),
    (
        "2j",
        "Expr(value=Const(value=2j))",
    ),
    (
        "00",
        "Expr(value=Const(value=0))",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), NUMBERS)
def test_numbers(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


STRINGS = [
    (
        "'a'",
        "Expr(value=Const(value='a'))",
    ),
    (
        "''",
        "Expr(value=Const(value=''))",
    ),
    (
        "'''a\nb'''",
        "Expr(value=Const(value='a\\nb'))",
    ),
    (
        "'a\\tb\\x41\\u00e9\\U0001F600\\N{BULLET}\\101\\q\\''",
        'Expr(value=Const(value="a\\tbAé😀•A\\\\q\'"))',
    ),
    (
        "r'a\\n'",
        "Expr(value=Const(value='a\\\\n'))",
    ),
    (
        "r'\\\\'",
        "Expr(value=Const(value='\\\\\\\\'))",
    ),
    (
        "b'a\\xff\\n\\0'",
        "Expr(value=Const(value=b'a\\xff\\n\\x00'))",
    ),
    (
        "rb'\\x'",
        "Expr(value=Const(value=b'\\\\x'))",
    ),
    (
        "u'a'",
        "Expr(value=Const(value='a'))",
    ),
    (
        "'a' \"b\" r'\\c'",
        "Expr(value=Const(value='ab\\\\c'))",
    ),
    (
        "b'a' b'b'",
        "Expr(value=Const(value=b'ab'))",
    ),
    (
        "'a\\\nb'",
        "Expr(value=Const(value='ab'))",
    ),
    (
        "'''a\r\nb'''",
        "Expr(value=Const(value='a\\nb'))",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), STRINGS)
def test_strings(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


INTERPOLATIONS = [
    (
        "f'a'",
        "Expr(value=Const(value='a'))",
    ),
    (
        "f'{{a}}'",
        "Expr(value=Const(value='{a}'))",
    ),
    (
        "f'a{b}c'",
        "Expr(value=Format(parts=[Const(value='a'), Name(id='b'), Const(value='c')], style='f'))",
    ),
    (
        "f'{a!r}{b!s}'",
        "Expr(value=Format(parts=[Call(func=Name(id='repr'), args=[Name(id='a')], kwargs=[]), "
        "Name(id='b')], style='f'))",
    ),
    (
        "f'{a=}'",
        "Expr(value=Format(parts=[Const(value='a='), Call(func=Name(id='repr'), args=[Name(id='a')], "
        "kwargs=[])], style='f'))",
    ),
    (
        "f'{a = !s:>5}'",
        "Expr(value=Format(parts=[Const(value='a = '), Call(func=Name(id='format'), args=[Name(id='a'), "
        "Const(value='>5')], kwargs=[])], style='f'))",
    ),
    (
        "f'{a:>10}'",
        "Expr(value=Format(parts=[Call(func=Name(id='format'), args=[Name(id='a'), Const(value='>10')], "
        "kwargs=[])], style='f'))",
    ),
    (
        "f'{a:.2f} {b:,} {c:x} {d:%Y}'",
        "Expr(value=Format(parts=[Call(func=Name(id='float'), args=[Name(id='a')], kwargs=[]), "
        "Const(value=' '), Call(func=Name(id='int'), args=[Name(id='b')], kwargs=[]), Const(value=' '), "
        "Call(func=Name(id='int'), args=[Name(id='c')], kwargs=[]), Const(value=' '), "
        "Call(func=Name(id='format'), args=[Name(id='d'), Const(value='%Y')], kwargs=[])], style='f'))",
    ),
    (
        "f'{a:{w}.{p}}'",
        "Expr(value=Format(parts=[Call(func=Name(id='format'), args=[Name(id='a'), "
        "Format(parts=[Name(id='w'), Const(value='.'), Name(id='p')], style='f')], kwargs=[])], "
        "style='f'))",
    ),
    (
        "'a' f'{b}' 'c'",
        "Expr(value=Format(parts=[Const(value='a'), Name(id='b'), Const(value='c')], style='f'))",
    ),
    (
        "f'{f\"{a}b\"}'",
        "Expr(value=Format(parts=[Format(parts=[Name(id='a'), Const(value='b')], style='f')], style='f'))",
    ),
    (
        "rf'\\d{a}'",
        "Expr(value=Format(parts=[Const(value='\\\\d'), Name(id='a')], style='f'))",
    ),
    (
        "f'\\n{a}\\n'",
        "Expr(value=Format(parts=[Const(value='\\n'), Name(id='a'), Const(value='\\n')], style='f'))",
    ),
    (
        "t'a{b}'",
        "Expr(value=Format(parts=[Const(value='a'), Name(id='b')], style='f'))",
    ),
    (
        "f'{a, b}'",
        "Expr(value=Format(parts=[Seq(kind='tuple', items=[Name(id='a'), Name(id='b')])], style='f'))",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), INTERPOLATIONS)
def test_interpolations(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


PERCENT = [
    (
        "'a %s b' % x",
        "Expr(value=Format(parts=[Const(value='a '), Name(id='x'), Const(value=' b')], style='%'))",
    ),
    (
        "'%s=%d%%' % (a, b)",
        "Expr(value=Format(parts=[Name(id='a'), Const(value='='), Call(func=Name(id='int'), "
        "args=[Name(id='b')], kwargs=[]), Const(value='%')], style='%'))",
    ),
    (
        "'%(a)s %(b)r' % {'a': x, 'b': y}",
        "Expr(value=Format(parts=[Name(id='x'), Const(value=' '), Call(func=Name(id='repr'), "
        "args=[Name(id='y')], kwargs=[])], style='%'))",
    ),
    (
        "'%(a)s' % x",
        "Expr(value=Format(parts=[Const(value='%(a)s'), Name(id='x')], style='%'))",
    ),
    (
        "'%s' % (a, b)",
        "Expr(value=Format(parts=[Const(value='%s'), Seq(kind='tuple', items=[Name(id='a'), "
        "Name(id='b')])], style='%'))",
    ),
    (
        "'%*d' % (a, b)",
        "Expr(value=Format(parts=[Const(value='%*d'), Seq(kind='tuple', items=[Name(id='a'), "
        "Name(id='b')])], style='%'))",
    ),
    (
        "'%.2f' % a",
        "Expr(value=Format(parts=[Call(func=Name(id='float'), args=[Name(id='a')], kwargs=[])], style='%'))",
    ),
    (
        "f'{a}%s' % b",
        "Expr(value=Format(parts=[Format(parts=[Name(id='a'), Const(value='%s')], style='f'), "
        "Name(id='b')], style='%'))",
    ),
    (
        "b'%s' % a",
        "Expr(value=Format(parts=[Const(value=b'%s'), Name(id='a')], style='%'))",
    ),
    (
        "a % b",
        "Expr(value=Binary(op='%', left=Name(id='a'), right=Name(id='b')))",
    ),
    (
        "'%s' % (*a,)",
        "Expr(value=Format(parts=[Const(value='%s'), Seq(kind='tuple', items=[Star(value=Name(id='a'))])], style='%'))",
    ),
    (
        "'a' % x",
        "Expr(value=Format(parts=[Const(value='a'), Name(id='x')], style='%'))",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), PERCENT)
def test_percent(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []
