"""A fake of PyCryptodome: reversible scrambling that depends on key, mode and IV, with the same interface."""

from __future__ import annotations

import hashlib
from types import SimpleNamespace
from typing import Any


class _Cipher:
    def __init__(self, key: bytes, mode: int, iv: bytes = b"", nonce: bytes = b"") -> None:
        self.nonce = nonce
        self._seed = key + bytes([mode]) + iv + nonce

    def _scramble(self, data: bytes) -> bytes:
        stream = b""
        while len(stream) < len(data):
            stream += hashlib.sha256(self._seed + len(stream).to_bytes(4, "big")).digest()
        return bytes(a ^ b for a, b in zip(data, stream, strict=False))

    encrypt = decrypt = _scramble


class AES:
    """Modes and sizes of the real module."""

    MODE_ECB, MODE_CBC, MODE_GCM, block_size = 1, 2, 11, 16

    @staticmethod
    def new(key: bytes, mode: int, iv: bytes = b"") -> _Cipher:
        assert len(key) in (16, 24, 32)
        return _Cipher(key, mode, iv)


class DES:
    """The same for DES."""

    MODE_ECB = 1

    @staticmethod
    def new(key: bytes, mode: int) -> _Cipher:
        assert len(key) == 8
        return _Cipher(key, mode)


class RSA:
    """Keys that know their size."""

    @staticmethod
    def generate(bits: int) -> Any:
        public = SimpleNamespace(export_key=lambda: b"public %d" % bits)
        return SimpleNamespace(export_key=lambda: b"private %d" % bits, publickey=lambda: public)


def pad(data: bytes, size: int) -> bytes:
    missing = size - len(data) % size
    return data + bytes([missing]) * missing


def unpad(data: bytes, _size: int) -> bytes:
    return data[: -data[-1]]


PARTS = {
    "Cipher": SimpleNamespace(AES=AES, DES=DES),
    "PublicKey": SimpleNamespace(RSA=RSA),
    "Util": SimpleNamespace(),
    "Util.Padding": SimpleNamespace(pad=pad, unpad=unpad),
}
