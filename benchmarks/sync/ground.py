"""Where the measurements run: a PostgreSQL of their own with fsync on, a receiver, servers with two cron workers."""

from __future__ import annotations

import sys
from contextlib import contextmanager

from ground.settings import CHECKOUT

sys.path.append(str(CHECKOUT / "tests" / "real"))

from cluster import Cluster
from receiver import Receiver

import harness

__all__ = ["Cluster", "Receiver", "harness", "served", "sync_bench"]

#: Processes of scheduled actions, as the goal says.
CRON_WORKERS = 2
PREFORK = {"workers": 1, "crons": CRON_WORKERS}
_WEBHOOKS = """
urls = {urls!r}
result = []
for url in urls:
    values = {{"name": url, "url": url, "events": ["partner.changed"], "timeout": 10}}
    result.append(env["sync.webhook"].create(values).id)

"""


@contextmanager
def sync_bench(template: str, addresses: int = 1, fsync: bool = True, addons=None):
    """(cluster, receiver) with a database in which so many webhooks wait for ``partner.changed``."""
    with (
        Cluster(template, fsync=fsync, settings="track_commit_timestamp = on") as cluster,
        Receiver(is_kept=False) as receiver,
    ):
        urls = [f"{receiver.url}/hook{number}" for number in range(addresses)]
        harness.shell(cluster.name, _WEBHOOKS.format(urls=urls))
        yield cluster, receiver


@contextmanager
def served(name: str, **options):
    """A server with real worker processes; ready, and its first scheduled actions have run."""
    with harness.Server(name, **{**PREFORK, **options}) as server:
        yield server
