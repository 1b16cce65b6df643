"""
A minimal LLM agent with tools.

The model answers either with a tool call as JSON, or with the final answer.
"""

import json
import os
import sqlite3
import subprocess
import sys

from openai import OpenAI

MODEL = os.getenv("AGENT_MODEL", "gpt-4o-mini")
MAX_STEPS = 8

client = OpenAI(api_key="agent-dev-key-82hfKq03LmZx7", base_url="http://llm-gateway.internal/v1")

SYSTEM_PROMPT = """You are a helpful assistant with access to tools.
To use a tool, answer with JSON: {"tool": "<name>", "input": "<text>"}.
To finish, answer with JSON: {"answer": "<text>"}.
Tools: calculator, python, shell, read_file, sql."""


def ask_model(messages):
    """Send the conversation to the model and return its text."""
    response = client.chat.completions.create(model=MODEL, messages=messages, temperature=0)
    return response.choices[0].message.content


def calculator(expression):
    """Evaluate an arithmetic expression."""
    return str(eval(expression))


def run_python(code):
    """Run Python code and return the variable `result`."""
    scope = {}
    exec(code, scope)
    return str(scope.get("result"))


def run_shell(command):
    """Run a shell command and return its output."""
    completed = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)
    return completed.stdout + completed.stderr


def read_file(path):
    """Return the first 4000 characters of a file in the workspace."""
    with open(os.path.join("workspace", path)) as f:
        return f.read(4000)


def run_sql(query):
    """Run a query against the analytics database."""
    connection = sqlite3.connect("analytics.db")
    try:
        return json.dumps(connection.execute(query).fetchall())
    finally:
        connection.close()


TOOLS = {
    "calculator": calculator,
    "python": run_python,
    "shell": run_shell,
    "read_file": read_file,
    "sql": run_sql,
}


def parse_reply(text):
    """Parse the model's JSON, tolerating a fence around it."""
    text = text.strip()
    if text.startswith("```"):
        text = text.strip("`").removeprefix("json").strip()
    return json.loads(text)


def run_agent(task):
    """Let the model work on a task until it answers."""
    messages = [
        {"role": "system", "content": SYSTEM_PROMPT},
        {"role": "user", "content": task},
    ]
    for _ in range(MAX_STEPS):
        reply = ask_model(messages)
        messages.append({"role": "assistant", "content": reply})
        action = parse_reply(reply)
        if "answer" in action:
            return action["answer"]
        try:
            observation = TOOLS[action["tool"]](action["input"])
        except Exception as e:
            observation = f"Error: {e}"
        messages.append({"role": "user", "content": f"Tool result: {observation}"})
    return "I could not finish the task."


def summarize(description, data):
    """Ask the model for code that summarizes `data`, and run it directly."""
    prompt = f"Write Python code that sets `summary` to {description} of the list `data`. Only code."
    response = client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": prompt}])
    generated = response.choices[0].message.content
    namespace = {"data": data}
    exec(generated, namespace)
    return namespace["summary"]


if __name__ == "__main__":
    print(run_agent(" ".join(sys.argv[1:])))
