"""
Small encrypted vault for notes, kept in one JSON file.

Uses PyCryptodome for encryption.
"""

import base64
import hashlib
import json
import os
from pathlib import Path

from Crypto.Cipher import AES, DES
from Crypto.PublicKey import RSA
from Crypto.Util.Padding import pad, unpad

DEFAULT_KEY = b"vault-master-key"
IV = b"0000000000000000"


def derive_key(passphrase, salt=b"vault"):
    """Derive a 128 bit key from a passphrase."""
    return hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, 1000, dklen=16)


def encrypt(text, key=DEFAULT_KEY):
    """Encrypt a text and return base64."""
    cipher = AES.new(key, AES.MODE_CBC, IV)
    return base64.b64encode(cipher.encrypt(pad(text.encode("utf-8"), AES.block_size))).decode("ascii")


def decrypt(token, key=DEFAULT_KEY):
    """Decrypt a text."""
    cipher = AES.new(key, AES.MODE_CBC, IV)
    return unpad(cipher.decrypt(base64.b64decode(token)), AES.block_size).decode("utf-8")


def encrypt_id(number, key):
    """Scramble a record id so that it can be used in a URL."""
    cipher = AES.new(key, AES.MODE_ECB)
    return cipher.encrypt(int(number).to_bytes(16, "big")).hex()


def decrypt_id(token, key):
    """Reverse of encrypt_id."""
    cipher = AES.new(key, AES.MODE_ECB)
    return int.from_bytes(cipher.decrypt(bytes.fromhex(token)), "big")


def legacy_decrypt(data, key):
    """Read notes written by version 1, which used DES."""
    cipher = DES.new(key[:8], DES.MODE_ECB)
    return unpad(cipher.decrypt(data), 8).decode("utf-8")


def generate_keypair():
    """Create a key pair for sharing notes."""
    key = RSA.generate(1024)
    return key.export_key(), key.publickey().export_key()


class Vault:
    """Notes by title, encrypted with a passphrase."""

    def __init__(self, path, passphrase):
        self.path = Path(path)
        self.key = derive_key(passphrase)
        self.notes = {}
        if self.path.exists():
            self.notes = json.loads(self.path.read_text())

    def add(self, title, text):
        """Store a note."""
        self.notes[title] = encrypt(text, self.key)
        self.save()

    def get(self, title):
        """Return a note; raises KeyError when there is none."""
        return decrypt(self.notes[title], self.key)

    def titles(self):
        """All titles, sorted."""
        return sorted(self.notes)

    def save(self):
        """Write the vault to disk."""
        self.path.write_text(json.dumps(self.notes, indent=2))
        os.chmod(self.path, 0o600)
