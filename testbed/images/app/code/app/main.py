"""The web side: one endpoint for each thing that a test wants to cause or to see.

DATABASE_URL and REDIS_URL name the servers; DB_POOL_SIZE (5) and DB_MAX_OVERFLOW (10) bound the connections of each worker
process. APP_VERSION is shown, APP_BROKEN=1 makes the health check fail, APP_START_DELAY (seconds) makes it fail at first.
"""

import os
import re
import socket
import time
from functools import cache

import redis
import sqlalchemy
from fastapi import FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

VERSION = os.environ.get("APP_VERSION", "1")
BROKEN = os.environ.get("APP_BROKEN") == "1"
READY_AT = time.monotonic() + float(os.environ.get("APP_START_DELAY", "0"))
PAGE = 4096

REQUESTS = Counter("http_requests", "Requests answered.", ["method", "path", "status"])
DURATION = Histogram("http_request_duration_seconds", "Time to answer.", ["path"])

app = FastAPI()
held = []


@cache
def database():
    url = re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql+psycopg2://", os.environ["DATABASE_URL"])
    return sqlalchemy.create_engine(
        url,
        pool_size=int(os.environ.get("DB_POOL_SIZE", "5")),
        max_overflow=int(os.environ.get("DB_MAX_OVERFLOW", "10")),
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5},
    )


@cache
def store():
    return redis.Redis.from_url(os.environ["REDIS_URL"], socket_timeout=5)


@app.middleware("http")
async def count(request: Request, call_next):
    started = time.perf_counter()
    status = 500
    try:
        response = await call_next(request)
        status = response.status_code
        return response
    finally:
        route = request.scope.get("route")
        path = route.path if route else "unknown"
        REQUESTS.labels(request.method, path, status).inc()
        DURATION.labels(path).observe(time.perf_counter() - started)


@app.get("/")
def root():
    return {"version": VERSION, "host": socket.gethostname(), "pid": os.getpid()}


@app.get("/health")
def health(response: Response):
    if BROKEN or time.monotonic() < READY_AT:
        response.status_code = 503
        return {"status": "unavailable", "version": VERSION}
    return {"status": "ok", "version": VERSION}


@app.get("/db")
def query(ms: int = 0):
    """Holds a connection of the pool for the time given."""
    with database().connect() as connection:
        connection.execute(sqlalchemy.text("select pg_sleep(:seconds)"), {"seconds": ms / 1000})
    return {"status": "ok"}


@app.get("/cache")
def hit():
    return {"hits": store().incr("hits")}


@app.get("/alloc")
def alloc(mb: int):
    """Takes memory for good and touches every page of it."""
    block = bytearray(mb * 1024 * 1024)
    block[::PAGE] = b"\1" * len(range(0, len(block), PAGE))
    held.append(block)
    return {"held_mb": sum(map(len, held)) // (1024 * 1024), "pid": os.getpid()}


@app.get("/burn")
def burn(ms: int = 100):
    rounds = 0
    end = time.monotonic() + ms / 1000
    while time.monotonic() < end:
        rounds += 1
    return {"rounds": rounds}


@app.get("/metrics")
def metrics():
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
