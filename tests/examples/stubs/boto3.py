"""A fake of boto3: buckets in memory."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

objects: dict[tuple[str, str], bytes] = {}
clients: list[dict[str, Any]] = []


class S3:
    """The few calls that the examples make."""

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:
        return {"Body": io.BytesIO(objects[Bucket, Key])}

    def upload_file(self, filename: str, bucket: str, key: str) -> None:
        objects[bucket, key] = Path(filename).read_bytes()


def client(service: str, **settings: Any) -> S3:
    """An S3 client; its settings are kept in `clients`."""
    assert service == "s3"
    clients.append(settings)
    return S3()
