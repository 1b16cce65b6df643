"""A fake of boto3: buckets and secrets in memory."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

objects: dict[tuple[str, str], bytes] = {}
clients: list[dict[str, Any]] = []
entries: dict[str, str] = {}
"""What the store of secrets holds."""


class S3:
    """The few calls that the examples make."""

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:
        return {"Body": io.BytesIO(objects[Bucket, Key])}

    def upload_file(self, filename: str, bucket: str, key: str) -> None:
        objects[bucket, key] = Path(filename).read_bytes()


class Secrets:
    """The store of secrets."""

    def get_secret_value(self, *, SecretId: str) -> dict[str, Any]:
        return {"SecretString": entries[SecretId]}


def client(service: str, **settings: Any) -> S3 | Secrets:
    """A client of S3 or of the store of secrets; its settings are kept in `clients`."""
    assert service in ("s3", "secretsmanager")
    clients.append(settings)
    return S3() if service == "s3" else Secrets()
