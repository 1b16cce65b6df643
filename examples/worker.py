"""
Background worker.

Thumbnails, exports and clean-up jobs are queued in Redis and run by Celery.
"""

import base64
import json
import logging
import os
import pickle
import subprocess
import urllib.request

import redis
from celery import Celery

logger = logging.getLogger(__name__)

REDIS_URL = "redis://:Moor-Huhn-55@redis.internal:6379/0"

app = Celery("worker", broker=REDIS_URL, backend=REDIS_URL)
app.conf.update(
    task_serializer="pickle",
    accept_content=["pickle", "json"],
    result_serializer="json",
    timezone="UTC",
)

queue = redis.Redis.from_url(REDIS_URL)


def enqueue(job, **kwargs):
    """Put a job on the plain Redis queue."""
    payload = base64.b64encode(pickle.dumps({"name": job, "kwargs": kwargs}))
    queue.rpush("jobs", payload)


def next_job():
    """Take the next job from the queue, or None."""
    item = queue.lpop("jobs")
    if item is None:
        return None
    return pickle.loads(base64.b64decode(item))


@app.task
def make_thumbnail(source, size=128):
    """Scale an image with ImageMagick."""
    target = f"{os.path.splitext(source)[0]}_{int(size)}.png"
    os.system(f"convert {source} -resize {int(size)}x{int(size)} {target}")
    return target


@app.task
def count_lines(path):
    """Count the lines of an export."""
    result = subprocess.run(["wc", "-l", path], capture_output=True, text=True, check=True)
    return int(result.stdout.split()[0])


@app.task
def notify(callback_url, status):
    """Tell another service that a job is finished."""
    data = json.dumps({"status": status}).encode()
    req = urllib.request.Request(callback_url, data=data, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(req, timeout=10) as response:
        return response.status


@app.task
def write_export(name, rows):
    """Write rows as JSON lines into the shared export folder."""
    os.makedirs("exports", exist_ok=True)
    path = os.path.join("exports", os.path.basename(name))
    with open(path, "w") as f:
        for row in rows:
            f.write(json.dumps(row) + "\n")
    os.chmod(path, 0o666)
    return path


JOBS = {"make_thumbnail": make_thumbnail, "count_lines": count_lines, "write_export": write_export}


def run_pending():
    """Run all queued jobs and return their results."""
    results = []
    while (job := next_job()) is not None:
        try:
            results.append(JOBS[job["name"]](**job["kwargs"]))
        except KeyError:
            logger.error("Unknown job: %s", job["name"])
    return results
