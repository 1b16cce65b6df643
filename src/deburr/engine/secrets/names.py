"""What a name promises: a password, a key, a token, or only something about one (`password_field`, `token_url`).

What comes in: a name in any case style. What goes out: the sort of credential, or "" when it names none.
"""

from __future__ import annotations

import re
from functools import lru_cache

PASSWORD = frozenset(
    """password passwd pwd passphrase passcode pass pw pswd passwrd psswd passw pword wachtwoord passwort
    kennwort senha contrasena contraseña contrasenya motdepasse passe parola haslo hasło lozinka
    пароль 密码 密碼 パスワード 비밀번호 passwords userpass dbpass dbpasswd dbpassword sqlpassword userpwd
    adminpass adminpassword rootpassword mypassword psw dbpwd pgpassword requirepass masterauth
    sshpass""".split()
)
SECRET = frozenset("secret secrets clientsecret appsecret secretkey jwtsecret sharedsecret".split())
TOKEN = frozenset(
    """
    token tokens apikey authtoken accesstoken accesskey secretaccesskey jwt bearer credential credentials creds cred
    apitoken apisecret authkey privatekey refreshtoken auth authentication authorization oauth pat nkey webhook
    license cookie sessionid sid apikeys
    """.split()
)
KEY_OF = frozenset(
    """api access secret account app application consumer master encryption encrypt signing sign private shared auth
    authentication service admin license storage subscription server aes des hmac jwt ssh security crypto cipher deploy
    project write read rw rest integration ingest publishable user personal merchant payment webhook session cookie
    fernet hash salt azure aws gcp google openai anthropic stripe cosmos search maps cloud primary secondary function
    host instrumentation device registration partner developer dev prod test live sandbox management flask django
    symmetric decryption symm enc client""".split()
)
AFTER = frozenset(
    """
    value val string str text txt prod production dev development staging stage test testing live sandbox local new
    old default current admin user root db database hex b64 base64 bytes raw plain plaintext clear constant const
    here main primary secondary backup master slave a b c x real good right correct valid v1 v2 api for of the is
    was be to used literal base env id1 id2 confirm confirmation again repeat verify 2 hash0 data us eu
    """.split()
)
ABOUT = frozenset(
    """
    field fields label placeholder hint prompt title message msg error err errors help description desc text_label
    regex pattern validator validators validation policy rule rules strength min max length len size count limit
    expiry expires expire expiration lifetime ttl age timeout url uri endpoint path file filename dir directory
    folder name names column col header headers type types param params parameter format prefix suffix hash hashed
    hasher digest checksum algorithm algo encoder encoding class cls id ids index input inputs element selector
    xpath css form view page screen template link button icon html dialog tab route router reset forgot forgotten
    forget change changed strategy mode enabled disabled required optional visible show hide hidden toggle is has
    have no use using needs need requires check checker validate match matches mismatch missing provider manager
    store storage_class factory generator generate helper utils util service_name version scheme schema status state
    event action handler callback method function func test_name attempts attempt retry retries usage url_base
    location source env var variable getter setter env_var envvar arn ref reference public pub fingerprint kid jwk
    jwks thumbprint bucket table sort partition foreign cache object dict map press keyboard down up code_challenge
    weak bad forbidden banned position order invalid wrong fake dummy mock expired nonexistent incorrect
    bogus websocket sample forged
    tampered
    """.split()
)
NO_TOKEN = frozenset(
    """next continuation page pagination idempotency idempotent request starting start resume cancel cancellation
    lock update confirmation sync export import csrf xsrf unit from authenticity
    copy product paging end stop eos bos pad mask sep
    cls unk special""".split()
)
"""Tokens that are handles, not credentials."""

_NO_PASS = frozenset(
    """all any every both over should must test first second single one two multi by pass to will does can may
    could""".split()
)
_SPOKEN = frozenset(
    "error errors label labels message messages msg placeholder hint tooltip title i18n locale help".split()
)
"""What stands before the last dot in the names of texts that people read: `error.password`."""

_ENV_OK = frozenset({"hidden", "env", "hash", "test", "salt", "store", "service"})


_WORD = re.compile(r"[0-9]+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def split(name: str) -> list[str]:
    """The words of a name, in lower case: `dbPassword_2` gives db, password, 2."""
    return [word.lower() for word in _WORD.findall(name)] if name.isascii() else _split(name)


def _split(name: str) -> list[str]:
    """The same in any script, one character after the other."""
    words: list[str] = []
    word = ""
    previous = ""
    for i, char in enumerate(name):
        if not char.isalnum():
            word, words = "", [*words, word] if word else words
        elif (char.isdigit() != previous.isdigit() and word) or (
            char.isupper() and word and (previous.islower() or (i + 1 < len(name) and name[i + 1].islower()))
        ):
            word, words = char.lower(), [*words, word]
        else:
            word += char.lower()
        previous = char if char.isalnum() else ""
    return [*words, word] if word else words


@lru_cache(maxsize=4096)
def sort(name: str) -> str:
    """ "password", "secret", "token" or "key" for the name of a credential, else ""."""
    if "." in name:
        first, _, rest = name.rpartition(".")
        last = sort(rest)
        if last and any(word in _SPOKEN for word in split(first)):
            return ""
        if last and last != "key":
            return last
    words = split(name[-80:])
    if words and words[-1].startswith(("csrf", "xsrf")):
        return ""
    for at in range(len(words) - 1, -1, -1):
        found = _sort_of(words, at)
        if found:
            return "" if _only_about(words, at) else found
    return ""


def _sort_of(words: list[str], at: int) -> str:
    """The sort of credential that the word at this place makes the name."""
    word = words[at]
    before = words[at - 1] if at else ""
    if word in PASSWORD or word.endswith(("password", "passwd", "passphrase")):
        return "password"
    if word in SECRET or word.endswith("secret"):
        return "secret"
    if word in ("key", "keys", "phrase"):
        if before in ("site", "gpg", "pgp"):
            return ""  # stands in a page; names a public key
        if before in ("secret", "signing", "encryption", "jwt", "private", "master", "session", "encrypt"):
            return "secret"
        return "token" if before in KEY_OF else "key"
    if word in ("word", "code") and before == "pass":
        return "password"
    if word in ("dsn", "connstr", "connectionstring"):
        return "connection"
    if word in ("string", "str") and before in ("connection", "conn", "connect", "conection"):
        return "connection"
    if word in TOKEN or word.endswith(("token", "apikey", "accesskey", "secretkey")):
        return "token"
    return (
        "key"
        if len(word) > 6 and word.endswith("key") and word not in ("monkey", "turkey", "keykey", "sitekey")
        else ""
    )


def _only_about(words: list[str], at: int) -> bool:
    """Whether the other words say that the value is something about a credential."""
    after = words[at + 1 :]
    if any(word not in AFTER and not word.isdigit() for word in after):
        return True
    before = words[:at]
    if words[at] in ("token", "tokens") and any(word in NO_TOKEN for word in before[-2:]):
        return True
    if words[at] == "passwords" and "common" in before:
        return True
    if words[at] == "pass" and any(word in _NO_PASS for word in before):
        return True
    if any(word in ABOUT and word not in _ENV_OK for word in before[-3:]):
        return True
    return words[at] in ("auth", "authentication", "authorization", "cookie", "webhook", "license", "pass") and bool(
        after
    )
