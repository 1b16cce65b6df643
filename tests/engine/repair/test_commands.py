"""Command lines without a shell, or with every value quoted."""

from __future__ import annotations

import pytest

from tests.engine.repair.repairing import repaired

HEAD = "import os\nimport subprocess\n\n\ndef f(host: str, folder: str, count):\n"
QUOTED = "import os\nimport shlex\nimport subprocess\n\n\ndef f(host: str, folder: str, count):\n"

CASES = {
    "system": (
        'os.system(f"ping -c 1 {host}")',
        "os.system",
        HEAD + '    subprocess.run(["ping", "-c", "1", "--", host])\n',
    ),
    "a number": (
        'os.system(f"ping -c {count} {host}")',
        "os.system",
        HEAD + '    subprocess.run(["ping", "-c", str(count), host])\n',
    ),
    "parts of words": (
        "subprocess.run(f\"tar -czf {folder}/x.tgz '{host}' 'a b'\", shell=True, check=True)",
        "subprocess.run",
        HEAD + '    subprocess.run(["tar", "-czf", f"{folder}/x.tgz", host, "a b"], check=True)\n',
    ),
    "pipe": (
        'subprocess.check_output("ls %s | wc -l" % (folder,), shell=True)',
        "subprocess.check_output",
        QUOTED + '    subprocess.check_output("ls %s | wc -l" % (shlex.quote(folder),), shell=True)\n',
    ),
    "quotes in the line": (
        "os.system(\"cat '{}/x' | grep {}\".format(folder, count))",
        "os.system",
        QUOTED + '    os.system("cat {}/x | grep {}".format(shlex.quote(folder), shlex.quote(str(count))))\n',
    ),
    "a list and a shell": (
        'subprocess.run(["ls", folder], shell=True, check=True)',
        "subprocess.run",
        HEAD + '    subprocess.run(["ls", folder], check=True)\n',
    ),
    "shell's own command": (
        'subprocess.run(f"cd {folder}", shell=True)',
        "subprocess.run",
        QUOTED + '    subprocess.run(f"cd {shlex.quote(folder)}", shell=True)\n',
    ),
    "plus": (
        'client.exec_command("restart " + host)',
        "paramiko.SSHClient.exec_command",
        QUOTED + '    client.exec_command("restart " + shlex.quote(host))\n',
    ),
}


@pytest.mark.parametrize(("call", "callee", "after"), CASES.values(), ids=CASES.keys())
def test_command_lines(call: str, callee: str, after: str) -> None:
    assert repaired(f"{HEAD}    {call}\n", "shell-injection", call, callee=callee) == after


def test_a_status_that_is_used() -> None:
    call = 'os.system("ping -c 1 " + host)'
    code = f"{HEAD}    if {call} == 0:\n        return True\n"
    after = f'{HEAD}    if subprocess.call(["ping", "-c", "1", "--", host]) == 0:\n        return True\n'
    assert repaired(code, "shell-injection", call, callee="os.system") == after


def test_an_output_that_is_read() -> None:
    call = 'os.popen("ls -l " + folder)'
    after = '    x = subprocess.run(["ls", "-l", folder], stdout=subprocess.PIPE, text=True).stdout\n'
    assert repaired(f"{HEAD}    x = {call}.read()\n", "shell-injection", call, callee="os.popen") == HEAD + after


def test_a_line_in_a_variable() -> None:
    code = HEAD + '    line = "tar -cf " + folder\n    os.system(line)\n'
    after = QUOTED + '    line = "tar -cf " + shlex.quote(folder)\n    os.system(line)\n'
    assert repaired(code, "shell-injection", "os.system(line)", callee="os.system") == after


LEFT = ("subprocess.run(host, shell=True)", 'os.system(f"{host} -v")', "os.system(f\"echo 'a {host}; b' | cat\")")


@pytest.mark.parametrize("call", LEFT)
def test_lines_that_are_left(call: str) -> None:
    assert repaired(f"{HEAD}    {call}\n", "shell-injection", call, callee=call.partition("(")[0]) is None


def test_eval_of_data() -> None:
    code = 'def f(text):\n    return eval(text, {"__builtins__": {}})\n'
    after = "import ast\n\n\ndef f(text):\n    return ast.literal_eval(text)\n"
    assert repaired(code, "code-injection", 'eval(text, {"__builtins__": {}})', callee="builtins.eval") == after
    assert repaired("x = eval(f'{a} + 1')\n", "code-injection", "eval(f'{a} + 1')", callee="builtins.eval") is None


COMPUTED = (
    "def calculator(text):\n    return eval(text)\n",
    "def f(text):\n    'Work out an arithmetic expression.'\n    return eval(text)\n",
    'text = input("Formula: ")\ntotal = eval(text)\n',
)


@pytest.mark.parametrize("code", COMPUTED)
def test_an_expression_is_no_literal(code: str) -> None:
    assert repaired(code, "code-injection", "eval(text)", callee="builtins.eval") is None
