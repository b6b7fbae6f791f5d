"""Jobs that keep what they take, as a Celery application; run as a program it queues them."""
import ctypes
import mmap
import os
import subprocess
import sys

from celery import Celery

app = Celery("leaking", broker=os.environ["BROKER"])
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    broker_connection_retry_on_startup=True,
)

kept = []
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p


def leak(kind, size):
    if kind == "heap":
        return bytearray(b"x" * size)
    if kind == "direct":
        area = mmap.mmap(-1, size)
        area.write(b"x" * size)
        return area
    if kind == "native":
        area = libc.malloc(ctypes.c_size_t(size))
        if not area:
            raise MemoryError("malloc")
        ctypes.memset(area, 1, size)
        return area
    return subprocess.Popen(["/bin/sh", "-c", f"(head -c {size} /dev/zero; sleep 3600) | tail -c {size}"],
                            stdout=subprocess.DEVNULL)


@app.task
def work(kind, number, megabytes):
    if megabytes:
        kept.append(leak(kind, megabytes << 20))
    with open(os.environ["LEAKING_WORK_EFFECTS"], "a") as effects:
        effects.write(f"{kind}-{number}\n")


if __name__ == "__main__":
    jobs, megabytes = int(sys.argv[1]), int(sys.argv[2])
    kinds = ["heap", "direct", "native", "subprocess"]
    with app.producer_pool.acquire(block=True) as producer:
        for number in range(jobs):
            app.send_task("leaking.work", (kinds[number % 4], number, megabytes), producer=producer)
