"""The files and lines in which credentials are at home: each form, with values made at random."""

from __future__ import annotations

import base64
import json
import random

import pytest

from deburr.engine import secrets
from tests.engine.secrets import made

_DRAW = random.Random(11)
PASSWORD = "Wq" + made.run(9, _DRAW) + "!7"
PLAIN = "k" + made.run(12, _DRAW) + "4z"
TOKEN = made.run(40, _DRAW)
HEX = made.run(40, _DRAW, "0123456789abcdef")
BASIC = base64.b64encode(f"deploy:{PLAIN}".encode()).decode()
VALUES = {"P": PASSWORD, "Q": PLAIN, "T": TOKEN, "H": HEX, "B": BASIC, "J": made.web_token(_DRAW)}

FILES: dict[str, tuple[str, str]] = {
    "netrc in lines": ("text", "machine api.host\nlogin bob\npassword @P@\n"),
    "netrc in one line": ("text", "machine api.host login bob password @P@\n"),
    "pgpass": ("text", "db.host:5432:shop:bob:@Q@\n"),
    "pgpass with stars": ("text", "*:*:*:bob:@Q@\n"),
    "npmrc token": ("text", "//registry.host/:_authToken=@T@\n"),
    "npmrc auth": ("text", "_auth=@B@\n"),
    "npmrc password": ("text", "//registry.host/:_password=@T@\n"),
    "yarnrc": ("yaml", 'npmRegistries:\n  "https://registry.host":\n    npmAuthToken: "@T@"\n'),
    "pypirc": ("ini", "[pypi]\nusername = bob\npassword = @P@\n"),
    "pip.conf": ("ini", "[global]\nindex-url = https://bob:@Q@@packages.host/simple\n"),
    "kubeconfig token": ("yaml", "users:\n- name: admin\n  user:\n    token: @T@\n"),
    "kubeconfig key": ("yaml", "users:\n- name: a\n  user:\n    client-key-data: @K@\n"),
    "kubernetes secret": ("yaml", "kind: Secret\ndata:\n  password: @E@\n"),
    "kubernetes secret string": ("yaml", "kind: Secret\nstringData:\n  DB_PASSWORD: @P@\n"),
    "docker auths": ("json", '{"auths": {"registry.host": {"auth": "@B@"}}}'),
    "docker identity token": ("json", '{"auths": {"registry.host": {"identitytoken": "@T@"}}}'),
    "aws credentials": ("ini", "[default]\naws_access_key_id = @A@\naws_secret_access_key = @S@\n"),
    "aws session token": ("ini", "aws_session_token = @L@\n"),
    "gcloud application default": ("json", '{"client_id": "a", "client_secret": "@T@", "refresh_token": "1//@L@"}'),
    "azure profile": ("json", '{"servicePrincipals": [{"clientSecret": "@P@", "tenant": "x"}]}'),
    "azure environment": ("text", "AZURE_CLIENT_SECRET=@T@\n"),
    "service account": ("json", '{"type": "service_account", "private_key": "@PEM@"}'),
    "terraform state": ("json", '{"resources": [{"instances": [{"attributes": {"password": "@P@", "id": "x"}}]}]}'),
    "terraform state output": ("json", '{"outputs": {"db_password": {"value": "@P@", "type": "string"}}}'),
    "terraform state output, sorted": ("json", '{\n "db_password": {\n  "sensitive": true,\n  "value": "@P@"\n }\n}'),
    "terraform variable": ("text", 'variable "db_password" {\n  type = string\n  default = "@P@"\n}\n'),
    "terraform, aligned": (
        "text",
        'resource "x" "y" {\n  username             = "bob"\n  password             = "@P@"\n}\n',
    ),
    "ruby, aligned": ("ruby", "  :host           => 'db',\n  :password       => '@P@',\n"),
    "tfvars": ("text", 'db_password = "@P@"\n'),
    "cargo credentials": ("toml", '[registry]\ntoken = "@T@"\n'),
    "composer auth": ("json", '{"http-basic": {"repo.host": {"username": "bob", "password": "@P@"}}}'),
    "composer token": ("json", '{"github-oauth": {"github.com": "@H@"}}'),
    "maven settings": ("xml", "<server><id>x</id><username>bob</username><password>@P@</password></server>"),
    "gradle properties": ("properties", "signing.password=@P@\nossrhPassword=@P@\n"),
    "nuget config": ("xml", '<add key="ClearTextPassword" value="@P@" />'),
    "my.cnf": ("ini", "[client]\nuser=root\npassword=@P@\n"),
    "s3cfg": ("ini", "access_key = @A@\nsecret_key = @S@\n"),
    "boto": ("ini", "[Credentials]\ngs_oauth2_refresh_token = 1//@L@\n"),
    "git credentials": ("text", "https://bob:@T@@git.host\n"),
    "svn": ("text", "K 8\npassword\nV 14\n@Q@\n"),
    "ftp config": ("json", '{"host": "ftp.host", "user": "bob", "password": "@P@"}'),
    "filezilla": ("xml", '<Pass encoding="base64">@E@</Pass>'),
    "rails master key": ("text", "RAILS_MASTER_KEY=@H32@\n"),
    "rails secret": ("yaml", "production:\n  secret_key_base: @H@@H@\n"),
    "spring": ("yaml", "spring:\n  datasource:\n    password: @P@\n"),
    "ansible": ("ini", "web1 ansible_host=10.0.0.1 ansible_user=bob ansible_ssh_pass=@P@\n"),
    "wp-config": ("php", "define( 'DB_PASSWORD', '@P@' );\n"),
    "wp-config salt": ("php", "define( 'AUTH_KEY', '@L@' );\n"),
    "redis.conf": ("text", "requirepass @Q@\n"),
    "wpa supplicant": ("text", 'network={\n  ssid="home"\n  psk="@Q@"\n}\n'),
    "htpasswd line": ("text", "machine x login bob password @Q@\n"),
}
LINES: dict[str, tuple[str, str]] = {
    "curl -u": ("shell", "curl -u bob:@Q@ https://api.host/\n"),
    "curl -u quoted": ("shell", "curl -X POST -u 'bob:@P@' https://api.host/\n"),
    "curl --user=": ("shell", "curl --user=bob:@Q@ https://api.host/\n"),
    "curl header": ("shell", "curl -H 'Authorization: Bearer @T@' https://api.host/\n"),
    "curl token header": ("shell", "curl -H 'X-Auth-Token: @T@' https://api.host/\n"),
    "curl key header": ("shell", 'curl -H "X-API-Key: @H@" https://api.host/\n'),
    "curl cookie": ("shell", "curl -b 'sessionid=@H32@' https://api.host/\n"),
    "wget": ("shell", "wget --user=bob --password=@Q@ https://api.host/\n"),
    "sshpass": ("shell", "sshpass -p @Q@ ssh bob@host\n"),
    "sshpass quoted": ("shell", "sshpass -p '@P@' scp a bob@host:\n"),
    "mysql -p": ("shell", "mysql -u root -p@Q@ shop\n"),
    "mysqldump -p": ("shell", "mysqldump -h db -uroot -p'@P@' shop > a.sql\n"),
    "psql": ("shell", "PGPASSWORD=@Q@ psql -h db -U bob shop\n"),
    "export": ("shell", "export AWS_SECRET_ACCESS_KEY=@S@\n"),
    "zsh history": ("text", ": 1700000000:0;export API_TOKEN=@T@\n"),
    "fish history": ("text", "- cmd: set -x API_TOKEN @T@\n  when: 1700000000\n"),
    "powershell": ("text", '$env:API_KEY = "@T@"\n'),
    "cmd": ("text", "set API_KEY=@T@\n"),
    "docker login": ("shell", "docker login -u bob -p @Q@ registry.host\n"),
    "docker run -e": ("shell", "docker run -e POSTGRES_PASSWORD=@Q@ postgres\n"),
    "echo piped": ("shell", "echo @T@ | docker login -u bob --password-stdin\n"),
    "redis-cli": ("shell", "redis-cli -h cache -a @Q@ ping\n"),
    "mongo": ("shell", "mongosh --username bob --password @Q@ db\n"),
    "ldapsearch": ("shell", "ldapsearch -x -D cn=admin,dc=x -w @Q@ -b dc=x\n"),
    "net use": ("text", "net use \\\\host\\share @Q@ /user:bob\n"),
    "psexec": ("text", "psexec \\\\host -u bob -p @Q@ cmd\n"),
    "openssl": ("shell", "openssl enc -aes-256-cbc -pass pass:@Q@ -in a\n"),
    "ConvertTo-SecureString": ("text", '$p = ConvertTo-SecureString "@P@" -AsPlainText -Force\n'),
    "chpasswd": ("shell", "echo 'bob:@P@' | chpasswd\n"),
    "git clone": ("shell", "git clone https://oauth2:@T@@git.host/a/b.git\n"),
    "svn --password": ("shell", "svn co --username bob --password @Q@ https://svn.host\n"),
    "az login": ("shell", "az login --service-principal -u a -p @P@ --tenant b\n"),
    "vault unseal": ("shell", "vault operator unseal @W@\n"),
}
HEADERS: dict[str, tuple[str, str]] = {
    "basic header": ("text", "Authorization: Basic @B@\n"),
    "bearer header": ("text", "Authorization: Bearer @T@\n"),
    "bearer in code": ("python", 'headers = {"Authorization": "Bearer @T@"}\n'),
    "token header": ("python", 'headers = {"Authorization": "Token @H@"}\n'),
    "bot header": ("text", "Authorization: Bot @T@\n"),
    "oauth header": ("text", "Authorization: OAuth @H@\n"),
    "proxy header": ("text", "Proxy-Authorization: Basic @B@\n"),
    "private token": ("python", 'headers = {"PRIVATE-TOKEN": "@T@"}\n'),
    "api key header": ("python", 'headers = {"x-api-key": "@T@"}\n'),
    "functions key": ("python", 'headers = {"x-functions-key": "@T@"}\n'),
    "ocp key": ("python", 'headers = {"Ocp-Apim-Subscription-Key": "@H32@"}\n'),
    "session cookie": ("text", "Cookie: sessionid=@H32@; theme=dark\n"),
    "php session cookie": ("text", "Cookie: PHPSESSID=@N26@; a=b\n"),
    "java session cookie": ("text", "Cookie: JSESSIONID=@HU32@\n"),
    "set-cookie": ("text", "Set-Cookie: connect.sid=s%3A@T@; Path=/; HttpOnly\n"),
    "cookies in code": ("python", 'cookies = {"session": "@J@"}\n'),
    "cookies of requests": ("python", 'requests.get(url, cookies={"sessionid": "@H32@"})\n'),
    "auth of requests": ("python", 'requests.get(url, auth=("bob", "@P@"))\n'),
}
CONNECTIONS: dict[str, tuple[str, str]] = {
    "jdbc query": ("text", "jdbc:mysql://db.host:3306/shop?user=bob&password=@Q@\n"),
    "jdbc semicolons": ("text", "jdbc:sqlserver://db.host;databaseName=shop;user=sa;password=@P@;\n"),
    "jdbc oracle": ("text", "jdbc:oracle:thin:bob/@Q@@db.host:1521/shop\n"),
    "ado.net": ("csharp", 'var c = "Server=db;Database=shop;User Id=sa;Password=@P@;";\n'),
    "ado.net pwd": ("csharp", 'var c = "Server=db;Database=shop;Uid=sa;Pwd=@P@";\n'),
    "libpq keywords": ("python", 'connect("host=db user=bob password=@Q@ dbname=shop")\n'),
    "libpq quoted": ("python", "connect(\"host=db user=bob password='@P@' dbname=shop\")\n"),
    "mongodb+srv": ("text", "MONGO=mongodb+srv://bob:@Q@@c0.host/shop?retryWrites=true\n"),
    "mongodb with hosts": ("text", "mongodb://bob:@Q@@a.host:27017,b.host:27017/shop?replicaSet=r\n"),
    "redis": ("text", "REDIS_URL=redis://:@Q@@cache.host:6379/0\n"),
    "rediss": ("text", "rediss://default:@Q@@cache.host:6380\n"),
    "amqp": ("text", "amqps://bob:@Q@@mq.host/vhost\n"),
    "ftp": ("text", "ftp://bob:@Q@@ftp.host/pub\n"),
    "sftp": ("text", "sftp://bob:@Q@@ftp.host:22/pub\n"),
    "smtp": ("text", "smtp://bob%40mail.host:@Q@@smtp.host:587\n"),
    "smb": ("text", "smb://WORK;bob:@Q@@files.host/share\n"),
    "ldap": ("text", "ldap://cn=admin,dc=x:@Q@@ldap.host:389\n"),
    "clickhouse": ("text", "clickhouse://bob:@Q@@ch.host:9000/shop\n"),
    "snowflake": ("python", 'create_engine("snowflake://bob:@Q@@account/db")\n'),
    "mssql odbc": ("python", 'create_engine("mssql+pyodbc://sa:@Q@@db.host/shop?driver=x")\n'),
    "odbc": ("python", 'connect("DRIVER={ODBC Driver 18 for SQL Server};SERVER=db;UID=sa;PWD=@P@")\n'),
    "rabbit shovel": ("yaml", "broker_url: pyamqp://bob:@Q@@mq.host//\n"),
    "dsn of go": ("go", 'sql.Open("mysql", "bob:@Q@@tcp(db.host:3306)/shop")\n'),
    "oracle easy connect": ("python", 'connect("bob/@P@@db.host:1521/shop")\n'),
    "sqlalchemy with encoded": ("python", 'create_engine("postgresql+psycopg2://bob:Wq%21@Q@%23@db.host/shop")\n'),
    "storage account": (
        "text",
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=@Z@;EndpointSuffix=core.host\n",
    ),
    "service bus": ("text", "Endpoint=sb://x.host/;SharedAccessKeyName=Root;SharedAccessKey=@W@\n"),
    "ldap bind": ("php", 'ldap_bind($conn, "cn=admin,dc=x", "@P@");\n'),
    "ldap environment": ("java", 'env.put(Context.SECURITY_CREDENTIALS, "@P@");\n'),
    "smtplib": ("python", 'smtp.login("bob@mail.host", "@P@")\n'),
    "ftplib": ("python", 'FTP("ftp.host", "bob", "@P@")\n'),
    "paramiko": ("python", 'ssh.connect("host", username="bob", password="@P@")\n'),
    "pymysql": ("python", 'pymysql.connect(host="db", user="bob", passwd="@P@")\n'),
    "neo4j": ("python", 'GraphDatabase.driver("bolt://db", auth=("neo4j", "@P@"))\n'),
    "java": ("java", 'DriverManager.getConnection("jdbc:mysql://db/shop", "bob", "@P@");\n'),
    "php": ("php", '$m = new mysqli("db", "bob", "@P@", "shop");\n'),
    "pdo": ("php", '$m = new PDO("mysql:host=db", "bob", "@P@");\n'),
}


def filled(template: str) -> tuple[str, list[str]]:
    """The text with values in its places, and those values."""
    draw = random.Random(template)
    more = {
        "A": "AKIA" + "IOSFODNN7EXAMPLE",
        "S": made.run(40, draw, made._WORD + "/+"),
        "L": made.run(64, draw),
        "E": base64.b64encode(PASSWORD.encode()).decode(),
        "K": base64.b64encode(made.pem(draw).encode()).decode(),
        "PEM": json.dumps(made.pem(draw) + "\n")[1:-1],
        "H32": made.run(32, draw, "0123456789abcdef"),
        "HU32": made.run(32, draw, "0123456789ABCDEF"),
        "N26": made.run(26, draw, "0123456789abcdefghijklmnopqrstuv"),
        "Z": base64.b64encode(draw.randbytes(64)).decode(),
        "W": base64.b64encode(draw.randbytes(32)).decode(),
    }
    values, text = {**VALUES, **more}, template
    used = [name for name in sorted(values, key=len, reverse=True) if f"@{name}@" in template]
    for name in used:
        text = text.replace(f"@{name}@", values[name])
    return text, [values[name] for name in used if name != "A"]


@pytest.mark.parametrize("what", [*FILES, *LINES, *HEADERS, *CONNECTIONS])
def test_a_credential_is_found_where_it_is_at_home(what: str) -> None:
    language, template = {**FILES, **LINES, **HEADERS, **CONNECTIONS}[what]
    text, values = filled(template)
    data = text.encode()
    found = [data[s.start : s.end].decode() for s in secrets.find(data, language) if s.confidence != "low"]
    missed = [value for value in values if not any(value in one or one in value for one in found if len(one) > 5)]
    assert missed == [], (text, found)
