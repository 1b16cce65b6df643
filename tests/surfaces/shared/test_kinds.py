"""Every kind of file in which credentials lie about: found on the line where they stand, by the default profile."""

from __future__ import annotations

import random

import pytest

from deburr.engine.scanner import default
from deburr.model import Skipped
from deburr.surfaces.shared.files import from_bytes
from tests.engine.secrets.made import run, token

DRAW = random.Random(41)
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
HEX = "0123456789abcdef"

KINDS: dict[str, tuple[str, str]] = {
    "dotenv": (".env", "DEBUG=1\nDB_PASSWORD={p}\n"),
    "dotenv of a stage": (".env.production", "export SMTP_PASS='{p}'\n"),
    "env with a token": ("deploy.env", "GITHUB_TOKEN={g}\n"),
    "YAML": ("app.yml", "db:\n  user: bob\n  password: {p}\n"),
    "YAML block": ("app.yaml", "config: |\n  [db]\n  password = {p}\n"),
    "helm values": ("values.yaml", "postgresql:\n  auth:\n    postgresPassword: {p}\n"),
    "kubernetes secret": ("secret.yaml", "kind: Secret\nstringData:\n  password: {p}\n"),
    "compose": ("docker-compose.yml", "services:\n  db:\n    environment:\n      - POSTGRES_PASSWORD={p}\n"),
    "ansible": ("playbook.yml", "- hosts: all\n  vars:\n    ansible_become_pass: {p}\n"),
    "TOML": ("settings.toml", '[db]\npassword = "{p}"\n'),
    "INI": ("app.ini", "[db]\nuser = x\npassword = {p}\n"),
    "conf": ("redis.conf", "bind 0.0.0.0\nrequirepass {p}\n"),
    "properties": ("application.properties", "spring.datasource.username=sa\nspring.datasource.password={p}\n"),
    "JSON": ("config.json", '{{\n  "user": "bob",\n  "password": "{p}"\n}}\n'),
    "JSON in one line": ("x.json", '{{"user":"bob","client_secret":"{t}"}}'),
    "JSON lines": ("x.jsonl", '{{"a": 1}}\n{{"api_key": "{t}"}}\n'),
    "XML attribute": ("context.xml", '<r>\n<Resource username="sa" password="{p}"/>\n</r>\n'),
    "XML element": ("settings.xml", "<server>\n  <id>x</id>\n  <password>{p}</password>\n</server>\n"),
    "web.config": ("web.config", '<add name="x" connectionString="Server=db;User Id=sa;Password={p};" />\n'),
    "terraform": ("main.tf", 'resource "aws_db_instance" "x" {{\n  username = "sa"\n  password = "{p}"\n}}\n'),
    "tfvars": ("prod.tfvars", 'region = "eu"\ndb_password = "{p}"\n'),
    "tfstate": ("terraform.tfstate", '{{\n "attributes": {{\n  "username": "sa",\n  "password": "{p}"\n }}\n}}\n'),
    "Dockerfile": ("Dockerfile", "FROM x\nENV DB_PASSWORD={p}\n"),
    "Dockerfile argument": ("api.Dockerfile", "FROM x\nARG NPM_TOKEN={t}\n"),
    "GitHub workflow": (".github/workflows/ci.yml", "jobs:\n  a:\n    env:\n      API_KEY: {t}\n"),
    "GitLab pipeline": (".gitlab-ci.yml", "variables:\n  DEPLOY_TOKEN: {t}\n"),
    "GitLab script": (".gitlab-ci.yml", "a:\n  script:\n    - docker login -u bob -p {p} registry.corp.io\n"),
    "Jenkins": ("Jenkinsfile", "pipeline {{\n  environment {{\n    DB_PASSWORD = '{p}'\n  }}\n}}\n"),
    "CircleCI": (".circleci/config.yml", "jobs:\n  a:\n    environment:\n      SECRET_KEY: {t}\n"),
    "Azure pipeline": ("azure-pipelines.yml", "variables:\n- name: dbPassword\n  value: {p}\n"),
    "Travis": (".travis.yml", "env:\n  global:\n    - API_TOKEN={t}\n"),
    "Markdown prose": ("README.md", "# x\n\nLog in as bob, the password is `{p}`.\n"),
    "Markdown fence": ("notes.md", "text\n\n```bash\nexport API_KEY={t}\n```\n"),
    "Markdown code": ("notes.md", "```python\npassword = '{p}'\n```\n"),
    "reST": ("index.rst", "Title\n=====\n\n.. code-block:: python\n\n   password = '{p}'\n"),
    "reST prose": ("index.rst", "The API key::\n\n    API_KEY={t}\n"),
    "netrc": (".netrc", "machine db.corp.io\nlogin bob\npassword {p}\n"),
    "netrc in one line": ("_netrc", "machine db.corp.io login bob password {p}\n"),
    "pgpass": (".pgpass", "# hosts\ndb.corp.io:5432:sales:bob:{p}\n"),
    "npmrc": (".npmrc", "registry=x\n//npm.corp.io/:_authToken={t}\n"),
    "npmrc basic": (".npmrc", "//npm.corp.io/:_password={t}\n"),
    "pypirc": (".pypirc", "[pypi]\nusername = bob\npassword = {p}\n"),
    "pip.conf": ("pip.conf", "[global]\nindex-url = https://bob:{p}@pypi.corp.io/simple\n"),
    "kubeconfig token": ("kubeconfig", "users:\n- name: x\n  user:\n    token: {t}\n"),
    "kubeconfig password": ("config", "users:\n- name: x\n  user:\n    username: bob\n    password: {p}\n"),
    "docker config": ("config.json", '{{\n "auths": {{\n  "r.corp.io": {{\n   "auth": "{b}"\n  }}\n }}\n}}\n'),
    "cloud credentials": ("credentials", "[default]\naws_access_key_id = {a}\n"),
    "cloud secret": ("credentials", "[default]\naws_secret_access_key = {s}\n"),
    "git credentials": (".git-credentials", "https://bob:{p}@git.corp.io\n"),
    "s3cfg": (".s3cfg", "[default]\nsecret_key = {s}\n"),
    "my.cnf": (".my.cnf", "[client]\nuser=root\npassword={p}\n"),
    "htaccess": ("boto.cfg", "[Credentials]\naws_secret_access_key = {s}\n"),
    "shell": ("run.sh", "#!/bin/sh\nexport API_KEY='{t}'\n"),
    "shell history": (".bash_history", "ls\nmysql -u root -p{p} sales\n"),
    "shell history curl": (".zsh_history", ": 1700000000:0;curl -u bob:{p} https://corp.io/x\n"),
    "shell history sshpass": (".bash_history", "cd x\nsshpass -p {p} ssh bob@corp.io\n"),
    "shell history export": (".history", "export GH_TOKEN={g}\n"),
    "curl header": ("x.sh", 'curl -H "Authorization: Bearer {t}" https://corp.io\n'),
    "SQL user": ("dump.sql", "select 1;\nCREATE USER bob IDENTIFIED BY '{p}';\n"),
    "SQL rows": ("dump.sql", "INSERT INTO users (id, password) VALUES\n(1, '{p}');\n"),
    "log": ("app.log", "2024-01-01 INFO start\n2024-01-01 DEBUG login user=bob password={p}\n"),
    "log of an address": ("app.log", "connect to postgres://bob:{p}@db.corp.io/x failed\n"),
    "CSV": ("users.csv", "user,password\nbob,{p}\n"),
    "HTTP": ("api.http", "GET https://corp.io/x\nAuthorization: Bearer {t}\n"),
    "HTTP basic": ("api.rest.http", "GET https://corp.io/x\nAuthorization: Basic {b}\n"),
    "Postman": (
        "x.postman_collection.json",
        '{{"auth": {{\n "type": "bearer",\n "bearer": [\n  {{"key": "token", "value": "{t}", "type": "x"}}\n ]}}}}\n',
    ),
    "Postman variable": ("e.postman_environment.json", '{{"values": [\n{{"key": "apiKey", "value": "{t}"}}\n]}}'),
    "HAR": ("x.har", '{{"headers": [\n{{"name": "Authorization", "value": "Bearer {t}"}}\n]}}\n'),
    "HAR cookie": ("x.har", '{{"postData": {{\n"text": "user=bob&password={p}"\n}}}}\n'),
    "R": ("load.R", 'x <- 1\npassword <- "{p}"\n'),
    "R call": ("load.r", 'con <- dbConnect(Postgres(), user = "bob", password = "{p}")\n'),
    "R environment": (".Renviron", "API_KEY={t}\n"),
    "R Markdown": ("x.Rmd", '---\ntitle: x\n---\n\n```{{r}}\nSys.setenv(API_KEY = "{t}")\n```\n'),
    "Julia": ("x.jl", 'using LibPQ\nconn = LibPQ.Connection("host=db password={p} user=bob")\n'),
    "Julia constant": ("x.jl", 'const API_KEY = "{t}"\n'),
    "MATLAB": ("x.m", "conn = database('sales', 'bob', '{p}');\npassword = '{p}';\n"),
    "PowerShell": ("x.ps1", '$user = "bob"\n$password = "{p}"\n'),
    "PowerShell secure string": ("x.ps1", "$p = ConvertTo-SecureString '{p}' -AsPlainText -Force\n"),
    "PowerShell environment": ("x.psm1", '$env:API_KEY = "{t}"\n'),
    "batch": ("x.bat", "@echo off\r\nset DB_PASSWORD={p}\r\n"),
    "batch setx": ("x.cmd", "setx API_KEY {t}\r\n"),
    "Makefile": ("Makefile", "DB_PASSWORD := {p}\nall:\n\techo\n"),
    "Makefile export": ("Makefile", "export API_KEY = {t}\n"),
    "systemd": ("app.service", "[Service]\nEnvironment=DB_PASSWORD={p}\n"),
    "systemd quoted": ("app.service", '[Service]\nEnvironment="API_KEY={t}" "A=1"\n'),
    "crontab": ("crontab", "MAILTO=x\n0 1 * * * PGPASSWORD={p} pg_dump sales\n"),
    "plist": ("x.plist", "<dict>\n<key>Password</key>\n<string>{p}</string>\n</dict>\n"),
    "registry": ("x.reg", 'Windows Registry Editor Version 5.00\n\n[HKEY_CURRENT_USER\\x]\n"Password"="{p}"\n'),
    "gradle": ("gradle.properties", "signing.keyId=1\nsigning.password={p}\n"),
    "maven": ("settings.gradle", 'credentials {{\n  username "bob"\n  password "{p}"\n}}\n'),
    "vagrant": ("Vagrantfile", 'config.ssh.password = "{p}"\n'),
    "rclone": ("rclone.conf", "[x]\ntype = s3\nsecret_access_key = {s}\n"),
    "streamlit": (".streamlit/secrets.toml", '[connections.x]\npassword = "{p}"\n'),
    "dbt": ("profiles.yml", "x:\n  outputs:\n    dev:\n      pass: {p}\n"),
    "JavaScript": ("x.js", "const a = 1;\nconst dbPassword = '{p}';\n"),
    "Go": ("x.go", 'package x\n\nvar password = "{p}"\n'),
    "Java": ("X.java", 'class X {{\n  String password = "{p}";\n}}\n'),
    "HTML": ("x.html", '<input type="hidden" name="api_key" value="{t}">\n'),
    "Lua": ("x.lua", 'local password = "{p}"\n'),
    "nginx": ("nginx.conf", 'location / {{\n  proxy_set_header Authorization "Basic {b}";\n}}\n'),
    "SSH key": ("id_rsa", "-----BEGIN OPENSSH PRIVATE KEY-----\n{k}\n-----END OPENSSH PRIVATE KEY-----\n"),
}


def values() -> dict[str, str]:
    from base64 import b64encode

    return {
        "p": run(12, DRAW) + "4Kz",
        "t": run(38, DRAW) + "7q",
        "g": token(DRAW, "gh" + "p_"),
        "a": "AK" + "IA" + run(16, DRAW, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
        "s": run(40, DRAW),
        "b": b64encode(f"bob:{run(14, DRAW)}".encode()).decode(),
        "k": "\n".join(run(70, DRAW) for _ in range(5)),
    }


def lines_of(data: bytes, name: str) -> list[int]:
    """The lines on which the default profile shows a secret."""
    loaded = from_bytes(data, name)
    assert not isinstance(loaded, Skipped), loaded.why
    report = default().search(loaded.source)
    return [one.span.line for one in report.findings if one.confidence != "low" and one.persona == "regular"]


def planted(kind: str) -> tuple[str, str, int]:
    """The name of such a file, its text, and the line with the secret."""
    name, template = KINDS[kind]
    made = values()
    text = template.format(**made)
    (used,) = {letter for letter in made if f"{{{letter}}}" in template}
    first = text.index("-----BEGIN") if used == "k" else text.rindex(made[used])
    return name, text, text.count("\n", 0, first) + 1


@pytest.mark.parametrize("kind", KINDS)
def test_found_on_its_line(kind: str) -> None:
    name, text, line = planted(kind)
    assert line in lines_of(text.encode(), name)


ENCODINGS = {
    "UTF-16 little": ("utf-16-le", b"\xff\xfe"),
    "UTF-16 big": ("utf-16-be", b"\xfe\xff"),
    "UTF-16 little without a mark": ("utf-16-le", b""),
    "UTF-16 big without a mark": ("utf-16-be", b""),
    "UTF-32 little": ("utf-32-le", b"\xff\xfe\0\0"),
    "UTF-32 big": ("utf-32-be", b"\0\0\xfe\xff"),
    "UTF-32 little without a mark": ("utf-32-le", b""),
    "UTF-32 big without a mark": ("utf-32-be", b""),
    "UTF-8 with a mark": ("utf-8", b"\xef\xbb\xbf"),
    "Latin-1": ("latin-1", b""),
    "CP1252": ("cp1252", b""),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings(encoding: str, end: str) -> None:
    name, mark = ENCODINGS[encoding]
    text = end.join(["# Schlüssel für die Küche", "user = müller", f"password = {values()['p']}", "x = 1", ""])
    assert lines_of(mark + text.encode(name), "app.ini") == [3]


def test_nul_bytes_in_the_middle() -> None:
    text = "a = 1\n" * 2000 + f"\0\0\npassword = {values()['p']}\n"
    assert lines_of(text.encode(), "app.ini") == [2002]


def test_line_ends_of_old() -> None:
    text = f"a = 1\rpassword = {values()['p']}\rb = 2\r"
    assert lines_of(text.encode(), "app.ini") == [1]
