"""IPython's magics, as the calls they become."""

import pytest

from deburr.engine import languages

SHELL = [
    (
        "!ls",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='system'), args=[Format(parts=[Const(value='ls')], style='f')], kwargs=[]))",
    ),
    (
        "!!ls",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='system'), args=[Format(parts=[Const(value='ls')], style='f')], kwargs=[]))",
    ),
    (
        "x = !cat {a.b['c']} $d $$e {print $1}",
        "Assign(targets=[Name(id='x')], value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), "
        "args=[], kwargs=[]), name='system'), args=[Format(parts=[Const(value='cat '), "
        "Sub(obj=Attr(obj=Name(id='a'), name='b'), index=Const(value='c')), Const(value=' '), "
        "Name(id='d'), Const(value=' $e {print $1}')], style='f')], kwargs=[]), annotation=None)",
    ),
    (
        "if a:\n    !rm -rf {b}\n",
        "If(test=Name(id='a'), body=[Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), "
        "args=[], kwargs=[]), name='system'), args=[Format(parts=[Const(value='rm -rf '), Name(id='b')], "
        "style='f')], kwargs=[]))], orelse=[])",
    ),
    (
        "!a \\\n  b {c}\nx = 1",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='system'), args=[Format(parts=[Const(value='a \\\\\\n  b '), Name(id='c')], style='f')], "
        "kwargs=[])); Assign(targets=[Name(id='x')], value=Const(value=1), annotation=None)",
    ),
    (
        "%sx ls",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='system'), args=[Format(parts=[Const(value='ls')], style='f')], kwargs=[]))",
    ),
    (
        "%%bash\nrm -rf $x\ny\n",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='system'), args=[Const(value='rm -rf $x\\ny\\n')], kwargs=[]))",
    ),
    (
        "%%script sh -e\necho 'it\n",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='system'), args=[Const(value=\"echo 'it\\n\")], kwargs=[]))",
    ),
    (
        "!echo \"it's\nx = 1",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='system'), args=[Format(parts=[Const(value='echo \"it\\'s')], style='f')], "
        "kwargs=[])); Assign(targets=[Name(id='x')], value=Const(value=1), annotation=None)",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), SHELL)
def test_shell(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


LINES = [
    (
        "%matplotlib inline",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='run_line_magic'), args=[Const(value='matplotlib'), Const(value='inline')], kwargs=[]))",
    ),
    (
        "%env A=B",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='run_line_magic'), args=[Const(value='env'), Const(value='A=B')], kwargs=[]))",
    ),
    (
        "%env A={b}",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='run_line_magic'), args=[Const(value='env'), Format(parts=[Const(value='A='), "
        "Name(id='b')], style='f')], kwargs=[]))",
    ),
    (
        "%load_ext sql\nx = 1",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='run_line_magic'), args=[Const(value='load_ext'), Const(value='sql')], "
        "kwargs=[])); Assign(targets=[Name(id='x')], value=Const(value=1), annotation=None)",
    ),
    (
        "x = %sql select {y}",
        "Assign(targets=[Name(id='x')], value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), "
        "args=[], kwargs=[]), name='run_line_magic'), args=[Const(value='sql'), "
        "Format(parts=[Const(value='select '), Name(id='y')], style='f')], kwargs=[]), annotation=None)",
    ),
    (
        "%time x = f(y)",
        "Assign(targets=[Name(id='x')], value=Call(func=Name(id='f'), args=[Name(id='y')], kwargs=[]), "
        "annotation=None)",
    ),
    (
        "%time",
        "",
    ),
    (
        "f?",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='run_line_magic'), args=[Const(value='pinfo'), Const(value='f')], kwargs=[]))",
    ),
    (
        "?f",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='run_line_magic'), args=[Const(value='pinfo'), Const(value='f')], kwargs=[]))",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), LINES)
def test_lines(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


CELLS = [
    (
        "%%time\nx = 1",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='run_cell_magic'), args=[Const(value='time'), Const(value='')], "
        "kwargs=[])); Assign(targets=[Name(id='x')], value=Const(value=1), annotation=None)",
    ),
    (
        "%%writefile a.py\nimport b\n",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='run_cell_magic'), args=[Const(value='writefile'), Const(value='a.py'), "
        "Const(value='import b\\n')], kwargs=[]))",
    ),
    (
        "%%html\n<b>\n# %%\nx = 1",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='run_cell_magic'), args=[Const(value='html'), Const(value=''), Const(value='<b>\\n')], "
        "kwargs=[])); Assign(targets=[Name(id='x')], value=Const(value=1), annotation=None)",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), CELLS)
def test_cells(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []


PYTHON = [
    (
        "a = (b\n  % c)",
        "Assign(targets=[Name(id='a')], value=Binary(op='%', left=Name(id='b'), right=Name(id='c')), annotation=None)",
    ),
    (
        "a = '''\n!ls\n%cd\n'''",
        "Assign(targets=[Name(id='a')], value=Const(value='\\n!ls\\n%cd\\n'), annotation=None)",
    ),
    (
        "a \\\n  % b",
        "Expr(value=Binary(op='%', left=Name(id='a'), right=Name(id='b')))",
    ),
    (
        "!a\nx = a \\\n  % b",
        "Expr(value=Call(func=Attr(obj=Call(func=Name(id='get_ipython'), args=[], kwargs=[]), "
        "name='system'), args=[Format(parts=[Const(value='a')], style='f')], kwargs=[])); "
        "Assign(targets=[Name(id='x')], value=Binary(op='%', left=Name(id='a'), right=Name(id='b')), annotation=None)",
    ),
    (
        "a != b",
        "Expr(value=Compare(left=Name(id='a'), ops=['!='], rights=[Name(id='b')]))",
    ),
    (
        "x = {'a': f(\n  y\n)}",
        "Assign(targets=[Name(id='x')], value=Dict(items=[(Const(value='a'), Call(func=Name(id='f'), "
        "args=[Name(id='y')], kwargs=[]))]), annotation=None)",
    ),
]


@pytest.mark.parametrize(("text", "nodes"), PYTHON)
def test_python(text: str, nodes: str) -> None:
    module = languages.lower(text.encode(), "python")
    assert "; ".join(map(repr, module.body)) == nodes
    assert module.notes == []
