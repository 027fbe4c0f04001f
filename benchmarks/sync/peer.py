"""The peer: OCA queue_job doing the same requests, with as many workers, on the same PostgreSQL."""

from __future__ import annotations

import time
from pathlib import Path

from ground import templates
from ground.settings import ADDONS

from .delivering import _delivered
from .ground import CRON_WORKERS, Cluster, Receiver, harness

_ADDONS = Path(__file__).with_name("addons")
_ENQUEUE = """
import time
peer = env["aib.bench.peer"]
for number in range({count}):
    peer.with_delay(channel="root")._deliver({url!r}, f"peer-{{number}}", "{{}}" + " " * 600)
env.cr.commit()
result = time.time()
"""


def template() -> str:
    """A database with ``account`` and queue_job, and the peer's one method."""
    queue = templates.queue_job_addons()
    return templates._ensure(
        templates._base_name("aib_bench_peer", str(queue)),
        templates.base(),
        "aib_bench_peer",
        (queue, _ADDONS),
        templates.queue_job_environment(),
    )


def rate(source: str, count: int, channels: int) -> dict:
    """Jobs committed at once; how long until the last request arrived."""
    folders = (ADDONS, templates.queue_job_addons(), _ADDONS)
    with Cluster(source, fsync=True) as cluster, Receiver(is_kept=False) as receiver:
        settings = {"server_wide_modules": "base,web,queue_job"}
        options = ["--load", settings["server_wide_modules"]]
        environment = {**templates.queue_job_environment(), "ODOO_QUEUE_JOB_CHANNELS": f"root:{channels}"}
        with harness.Server(
            cluster.name, workers=CRON_WORKERS, crons=0, options=options, addons=folders, environment=environment
        ) as server:
            environment["ODOO_QUEUE_JOB_PORT"] = str(server.port)
            time.sleep(3)
            code = _ENQUEUE.format(count=count, url=f"{receiver.url}/peer")
            committed = harness.shell(cluster.name, code, addons=folders)
            effects = _delivered(receiver, count)
        moments = sorted(effect["at"] for effect in effects)
    seconds = moments[-1] - committed
    return {"deliveries": count, "channels": channels, "seconds": seconds, "per_second": count / seconds}
