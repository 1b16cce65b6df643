"""The machine over JavaScript: what is followed, and what is proved harmless, line by line."""

from __future__ import annotations

import re

import pytest

from deburr.engine import scan
from deburr.model import Source

HEAD = """\
const { exec } = require("child_process");
const app = require("express")();
"""
PROGRAMS = r"""
### destructuring
app.get("/", (req, res) => {
  const { a, b: { c = "x" }, ...d } = req.query;
  exec(a);  // => shell-injection
  exec(c);  // => shell-injection
  exec(d.e);  // => shell-injection
  const [first, second] = ["ls", req.query.f];
  exec(first);
  exec(second);  // => shell-injection
});

### parameters
const run = ({ cmd, args = "-l" }) => exec(cmd + " " + args);  // => shell-injection
app.get("/", (req, res) => run({ cmd: "ls", args: req.query.a }));

### rest and spread
function _run(...parts) {
  exec(parts[1]);  // => shell-injection
}
app.get("/", (req, res) => _run(...["ls", req.query.a]));

### objects
app.get("/", (req, res) => {
  const o = { a: "ls", b: req.query.b };
  exec(o.a);
  exec(o["b"]);  // => shell-injection
  o.a = req.query.a;
  exec(o.a);  // => shell-injection
  const p = { ...o, a: "ls" };
  exec(p.a);
  exec(p.b);  // => shell-injection
  delete o.b;
  exec(o.b);
});

### methods of objects
const shell = { run(cmd) { return exec(cmd); }, name: "sh" };  // => shell-injection
app.get("/", (req, res) => shell.run(req.query.a));

### classes
class Base {
  constructor(cmd) { this.cmd = cmd; }
  run() { exec(this.cmd); }  // => shell-injection
  static of(cmd) { return new Base(cmd); }
  get loud() { return this.cmd + " -v"; }
}
class Job extends Base {
  constructor(cmd) { super("nice " + cmd); }
  go = () => exec(this.loud);  // => shell-injection
}
app.get("/", (req, res) => {
  new Job(req.query.a).run();
  new Job(req.query.c).go();
  Base.of("ls").run();
  exec(new Base(req.query.b).loud);  // => shell-injection
});

### closures
app.post("/", (req, res) => {
  let body = "";
  req.on("data", (chunk) => { body += chunk; });
  req.on("end", () => exec(body));  // => shell-injection
});

### callbacks
const each = (items, done) => { for (const item of items) done(item); };
app.get("/", (req, res) => {
  each(req.query.names, (name) => exec(name));  // => shell-injection
  [req.query.a].forEach((a) => exec(a));  // => shell-injection
  ["ls"].forEach((a) => exec(a));
  Promise.resolve(req.query.b).then((b) => b.trim()).then((b) => exec(b));  // => shell-injection
});

### templates and text
app.get("/", async (req, res) => {
  exec(`ls ${req.query.a}`);  // => shell-injection
  exec("ls".concat(" ", req.query.a));  // => shell-injection
  exec(["ls", req.query.a].join(" "));  // => shell-injection
  exec(req.query.a ? "ls" : "df");
  exec(req.query.a ?? "ls");  // => shell-injection
  exec("ls" || req.query.a);
  await safe`ls ${req.query.a}`;
});

### tests
const KNOWN = ["cpu", "disk"];
app.get("/", (req, res) => {
  const a = req.query.a;
  if (!KNOWN.includes(a)) return res.sendStatus(400);
  exec(a);
  const b = req.query.b;
  if (!/^[a-z]+$/.test(b)) throw new Error("bad");
  exec(b);
  const c = req.query.c;
  if (/^[a-z]+/.test(c)) exec(c);  // => shell-injection
  const d = req.query.d;
  if (KNOWN.indexOf(d) === -1) exec(d);  // => shell-injection
  else exec(d);
  const e = req.query.e;
  if (typeof e !== "number") return;
  exec("kill " + e);
});

### switch
app.get("/", (req, res) => {
  switch (req.query.a) {
    case "a":
    case "b":
      exec("ls");
      break;
    default:
      exec(req.query.a);  // => shell-injection
  }
  switch ("b") {
    case "a": exec(req.query.b);
    case "c": exec(req.query.c); break;
  }
});

### loops
app.get("/", (req, res) => {
  for (const key in req.body) exec(key);  // => shell-injection
  for (const [key, value] of Object.entries(req.body)) exec(value);  // => shell-injection
  for (let i = 0; i < 3; i++) exec("ls " + i);
  let last = "";
  while (last.length < 3) last = req.query.a;
  exec(last);  // => shell-injection
});

### failures
app.get("/", (req, res) => {
  let cmd;
  try {
    cmd = req.query.a;
  } catch ({ message }) {
    exec("ls");
  } finally {
    exec(cmd);  // => shell-injection
  }
});

### modules of both kinds
import cp, { execSync as now } from "node:child_process";
import * as all from "child_process";
app.get("/", async (req, res) => {
  cp.exec(req.query.a);  // => shell-injection
  now(req.query.a);  // => shell-injection
  all.execSync(req.query.a);  // => shell-injection
  require("child_process").exec(req.query.a);  // => shell-injection
  (await import("child_process")).exec(req.query.a);  // => shell-injection
});

### handlers of any form
function list(req, res) {
  exec(req.query.a);  // => shell-injection
}
const show = async function (req, res) {
  exec(req.query.a);  // => shell-injection
};
exports.drop = (request, response) => exec(request.body.a);  // => shell-injection
app.use((failure, req, res, next) => exec(failure.message + req.body.a));  // => shell-injection
app.get("/", [list, show], (q, r) => exec(q.query.a));  // => shell-injection
"""


def programs() -> list[object]:
    pieces = re.split(r"^### (.+)\n", PROGRAMS, flags=re.MULTILINE)[1:]
    return [pytest.param(code, id=name) for name, code in zip(pieces[::2], pieces[1::2], strict=True)]


@pytest.mark.parametrize("code", programs())
@pytest.mark.parametrize("language", ["javascript", "typescript"])
def test_what_is_seen(code: str, language: str) -> None:
    expected = [(n, m[1]) for n, line in enumerate(code.split("\n"), 3) if (m := re.search(r"// => (\S+)$", line))]
    found = scan(Source(HEAD + code, "app.js", language), repairs=False).findings
    shown = {(one.span.line, one.principle) for one in found if one.persona == "regular" and one.confidence != "low"}
    assert sorted(shown) == expected


def test_types_say_what_a_value_is() -> None:
    code = """\
    import { exec } from "child_process";
    import { Request, Response } from "express";
    enum Kind { A = "a" }
    export function show(r: Request, s: Response, count: number, mode: "a" | "b", kind: Kind, text: string) {
      exec("a " + r.query.name);
      exec("b " + count + mode + kind);
      exec("c " + text);
      exec("d " + (r.query.name as unknown as number));
    }
    class Jobs {
      constructor(private readonly command: string) {}
      run() { exec("e " + this.command); }
    }
    """
    found = scan(Source(code, "app.ts", "typescript"), repairs=False).findings
    regular = [one for one in found if one.persona == "regular"]
    assert [(one.span.line, one.confidence) for one in regular] == [
        (5, "high"),
        (7, "medium"),
        (8, "high"),
        (12, "medium"),
    ]
