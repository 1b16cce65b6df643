"""Credentials as they stand in notebooks: values made at random in the forms that providers give them, and the lines of
code, configuration and output around them. No value is stored anywhere.
"""

from __future__ import annotations

import base64
import json
import random
import string
import uuid
from binascii import crc32
from collections.abc import Callable

_WORD = string.ascii_letters + string.digits
_HEX = "0123456789abcdef"
_HEADS = ("Winter", "river", "Falcon", "blue", "Quartz", "monday", "Tango", "paper", "Zebra", "copper")


def run(draw: random.Random, size: int, alphabet: str = _WORD) -> str:
    return "".join(draw.choice(alphabet) for _ in range(size))


def hexes(draw: random.Random, size: int) -> str:
    return run(draw, size, _HEX)


def an_id(draw: random.Random) -> str:
    return str(uuid.UUID(int=draw.getrandbits(128), version=4))


def _github(draw: random.Random) -> str:
    body, digits = run(draw, 30), ""
    number = crc32(body.encode())
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = (string.digits + string.ascii_uppercase + string.ascii_lowercase)[digit] + digits
    return draw.choice(("gh" + "p_", "gh" + "o_")) + body + digits


def password(draw: random.Random) -> str:
    """As people make them: a word with digits and a mark, or a run of characters."""
    if draw.random() < 0.5:
        return f"{draw.choice(_HEADS)}{draw.choice('-_.!')}{run(draw, 4)}{draw.randrange(10, 9999)}"
    return run(draw, draw.randrange(10, 20)) + str(draw.randrange(10))


def _jwt(draw: random.Random) -> str:
    parts = ({"alg": "HS256", "typ": "JWT"}, {"sub": hexes(draw, 8), "iat": draw.randrange(10**9, 2 * 10**9)})
    shown = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*shown, run(draw, 43, _WORD + "-_")])


def _basic(draw: random.Random) -> str:
    return base64.b64encode(f"svc_{hexes(draw, 4)}:{password(draw)}".encode()).decode()


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "password": password,
    "token": lambda draw: run(draw, draw.choice((32, 40, 48))),
    "hex": lambda draw: hexes(draw, draw.choice((32, 40))),
    "uuid": an_id,
    "jwt": _jwt,
    "basic": _basic,
    "aws-id": lambda draw: "AK" + "IA" + run(draw, 16, string.ascii_uppercase + "234567"),
    "aws": lambda draw: run(draw, 40, _WORD + "/+"),
    "github": _github,
    "gitlab": lambda draw: "glp" + "at-" + run(draw, 20),
    "hub": lambda draw: "h" + "f_" + run(draw, 34, string.ascii_letters),
    "openai": lambda draw: "s" + "k-proj-" + run(draw, 48) + "T3" + "BlbkFJ" + run(draw, 48),
    "anthropic": lambda draw: "sk-" + "ant-api03-" + run(draw, 93, _WORD + "_-") + "AA",
    "google": lambda draw: "AI" + "za" + run(draw, 35, _WORD + "_-"),
    "slack": lambda draw: f"xo{'xb'}-{draw.randrange(10**11, 10**12)}-{draw.randrange(10**11, 10**12)}-{run(draw, 24)}",
    "databricks": lambda draw: "da" + "pi" + hexes(draw, 32),
    "stripe": lambda draw: "sk_" + "live_" + run(draw, 24),
    "azure": lambda draw: base64.b64encode(draw.randbytes(64)).decode(),
    "npm": lambda draw: "np" + "m_" + run(draw, 36),
    "sendgrid": lambda draw: "S" + "G." + run(draw, 22) + "." + run(draw, 43),
    "replicate": lambda draw: "r" + "8_" + run(draw, 37),
}
"""How a value of each form is made."""

# The kinds of value that may stand in a line, and the line; {v} is the value, {u} a user, {h} a host.
CODE: tuple[tuple[str, str], ...] = (
    ("password", 'conn = psycopg2.connect(host="{h}", dbname="sales", user="{u}", password="{v}")'),
    ("password", 'engine = create_engine("postgresql+psycopg2://{u}:{v}@{h}:5432/warehouse")'),
    ("password", "df = pd.read_sql(query, 'mysql+pymysql://{u}:{v}@{h}/shop')"),
    ("password", 'client = MongoClient("mongodb+srv://{u}:{v}@{h}/?retryWrites=true")'),
    ("password", 'ctx = snowflake.connector.connect(user="{u}", password="{v}", account="xy12345")'),
    ("password", "r = redis.Redis(host='{h}', port=6379, password='{v}')"),
    ("password", 'driver = GraphDatabase.driver("bolt://{h}:7687", auth=("neo4j", "{v}"))'),
    ("password", "resp = requests.get(f'https://{h}/api/v2/items', auth=('{u}', '{v}'))"),
    ("password", 'db_password = "{v}"'),
    ("password", "DB = {{'user': '{u}', 'passwd': '{v}', 'host': '{h}'}}"),
    ("password", "config = dict(host='{h}', user='{u}', pwd='{v}')"),
    ("password", "# login: {u}   password: {v}"),
    ("password", 'server.login("{u}@example.org", "{v}")'),
    ("password", "dsn = 'host={h} port=5432 dbname=ml user={u} password={v}'"),
    ("password", '.option("user", "{u}").option("password", "{v}").load()'),
    ("password", "!curl -s -u {u}:{v} https://{h}/export.csv -o export.csv"),
    ("password", "%env PGPASSWORD={v}"),
    ("password", "%sql postgresql://{u}:{v}@{h}/analytics"),
    ("password", "!export DB_PASSWORD={v}"),
    ("password", "!sshpass -p {v} scp {u}@{h}:/data/train.csv ."),
    ("password", "!mysql -h {h} -u {u} --password={v} -e 'select 1'"),
    ("token github gitlab", "!git clone https://{u}:{v}@{h}/team/models.git"),
    ("hub", "login(token='{v}')"),
    ("hub", 'model = AutoModel.from_pretrained("team/encoder", token="{v}")'),
    ("hub", "!huggingface-cli login --token {v}"),
    ("openai", "client = OpenAI(api_key='{v}')"),
    ("openai token", 'os.environ["OPENAI_API_KEY"] = "{v}"'),
    ("anthropic", "client = anthropic.Anthropic(api_key='{v}')"),
    ("google token", "genai.configure(api_key='{v}')"),
    ("aws", "s3 = boto3.client('s3', aws_access_key_id=key_id, aws_secret_access_key='{v}')"),
    ("aws-id", "session = boto3.Session(aws_access_key_id='{v}', region_name='eu-west-1')"),
    ("aws", "storage_options = {{'key': KEY, 'secret': '{v}'}}"),
    ("aws", "%env AWS_SECRET_ACCESS_KEY={v}"),
    ("aws", 'sc._jsc.hadoopConfiguration().set("fs.s3a.secret.key", "{v}")'),
    ("azure", "spark.conf.set('fs.azure.account.key.lake.dfs.core.windows.net', '{v}')"),
    (
        "azure",
        'conn_str = "DefaultEndpointsProtocol=https;AccountName=lake;AccountKey={v};EndpointSuffix=core.windows.net"',
    ),
    ("hex", "wandb.login(key='{v}')"),
    ("hex", "!wandb login {v}"),
    ("hex", "os.environ['WANDB_API_KEY'] = '{v}'"),
    ("hex", "kaggle = {{'username': '{u}', 'key': '{v}'}}"),
    ("databricks", "DATABRICKS_TOKEN = '{v}'"),
    ("uuid token", "pinecone.init(api_key='{v}', environment='us-west1-gcp')"),
    ("token uuid", 'qdrant = QdrantClient(url="https://{h}", api_key="{v}")'),
    ("token jwt", "headers = {{'Authorization': 'Bearer {v}'}}"),
    ("basic", 'headers = {{"Authorization": "Basic {v}"}}'),
    ("token github", '!curl -H "Authorization: Bearer {v}" https://{h}/v1/models'),
    ("slack", "slack = WebClient(token='{v}')"),
    ("stripe", "stripe.api_key = '{v}'"),
    ("sendgrid", "sg = SendGridAPIClient('{v}')"),
    ("replicate", "%set_env REPLICATE_API_TOKEN={v}"),
    ("token", "api_key = '{v}'"),
    ("token", "CLIENT_SECRET = '{v}'"),
    ("token", "params = {{'q': city, 'appid': '{v}', 'units': 'metric'}}"),
    ("jwt", "jwt_token = '{v}'"),
    ("npm", "!npm config set //registry.example.org/:_authToken={v}"),
)

CELLS: tuple[tuple[str, str], ...] = (
    ("password", "%%bash\nset -e\nexport PGPASSWORD={v}\npsql -h {h} -U {u} -c 'select count(*) from events'"),
    ("aws", "%%bash\naws configure set region eu-west-1\naws configure set aws_secret_access_key {v}"),
    ("password", "%%writefile .env\nDB_HOST={h}\nDB_USER={u}\nDB_PASSWORD={v}"),
    ("token openai", "%%writefile .env\nDEBUG=1\nOPENAI_API_KEY={v}"),
    ("password", "%%writefile config.yaml\ndatabase:\n  host: {h}\n  user: {u}\n  password: {v}"),
    ("password", "%%writefile ~/.netrc\nmachine {h}\nlogin {u}\npassword {v}"),
    ("hex", '%%writefile kaggle.json\n{{"username": "{u}", "key": "{v}"}}'),
    ("password", "%%sql postgresql://{u}:{v}@{h}/sales\nselect * from orders limit 5"),
    ("password", "settings = '''\n[database]\nuser = {u}\npassword = {v}\n'''"),
    ("token", "cfg = yaml.safe_load('''\nservice:\n  url: https://{h}\n  api_key: {v}\n''')"),
    ("aws", "%%sh\nexport AWS_ACCESS_KEY_ID=$ID\nexport AWS_SECRET_ACCESS_KEY={v}\naws s3 ls"),
    (
        "password",
        "def connect(user='{u}', password='{v}'):\n    return db.connect(host='{h}', user=user, password=password)",
    ),
)
"""Whole cells: magics whose body is another language, and texts over several lines."""

PROSE: tuple[tuple[str, str], ...] = (
    ("password", "Log in at https://{h} as `{u}`, the password is `{v}`."),
    ("token", "## Access\n\nThe API key for the staging service:\n\n```\nAPI_KEY={v}\n```"),
    ("password", "Database: `postgresql://{u}:{v}@{h}/sales` (read only)"),
    ("github", "Clone with the bot's token {v} until SSO works."),
)

STREAMS: tuple[tuple[str, str], ...] = (
    ("token", "env: API_KEY={v}\n"),
    ("aws", "env: AWS_SECRET_ACCESS_KEY={v}\n"),
    ("password", "2024-03-11 10:02:11 INFO  connecting to postgresql://{u}:{v}@{h}:5432/ml\n"),
    ("password", "{{'host': '{h}', 'user': '{u}', 'password': '{v}', 'port': 5432}}\n"),
    ("jwt token", "> GET /v1/runs HTTP/1.1\n> Host: {h}\n> Authorization: Bearer {v}\n> Accept: */*\n"),
    ("basic", "send: b'GET /api HTTP/1.1\\r\\nHost: {h}\\r\\nAuthorization: Basic {v}\\r\\n\\r\\n'\n"),
    ("token", '{{"access_token": "{v}", "token_type": "Bearer", "expires_in": 3600}}\n'),
    ("password", "DB_HOST={h}\nDB_USER={u}\nDB_PASSWORD={v}\nHOME=/home/jovyan\n"),
    ("aws", "[default]\naws_secret_access_key = {v}\nregion = eu-west-1\n"),
    ("hub", "Namespace(model='base', lr=0.001, hf_token='{v}', epochs=3)\n"),
    ("password", "Generated password for {u}: {v}\n"),
)
"""What programs print."""

RESULTS: tuple[tuple[str, str], ...] = (
    ("password", "Settings(host='{h}', user='{u}', password='{v}')"),
    ("token", "{{'client_id': 'notebook', 'client_secret': '{v}', 'scope': 'read'}}"),
    ("google", "'https://{h}/maps/api/geocode/json?address=Bern&key={v}'"),
    ("password", "Engine(mysql://{u}:{v}@{h}/shop)"),
    ("openai", "environ{{'PATH': '/usr/bin', 'OPENAI_API_KEY': '{v}', 'LANG': 'C.UTF-8'}}"),
)
"""What a cell's last expression shows."""
