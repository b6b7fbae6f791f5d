"""The worker's side, for `celery -A reader.tasks worker` and `beat`."""

import os
import time

from celery import Celery

BROKER = os.environ.get("CELERY_BROKER_URL") or os.environ.get("REDIS_URL", "redis://redis:6379/0")

app = Celery("reader", broker=BROKER, backend=os.environ.get("CELERY_RESULT_BACKEND", BROKER))


@app.task
def add(a, b):
    return a + b


@app.task
def read(mb, seconds=1):
    """Holds memory for a while, as a task that reads a whole book does."""
    block = bytearray(mb * 1024 * 1024)
    for at in range(0, len(block), 4096):
        block[at] = 1
    time.sleep(seconds)
    return mb
