"""Real servers wake by themselves when jobs are made, with Odoo's crons and with OCA's queue_job."""

import time

import pytest

from ground import templates
from harness import ADDONS, Server, database, query, shell, wait_for

# Nobody knows this kind of job: it fails in words, which takes the whole way through either lane.
ENQUEUE = """
ids = env["sync.job"]._enqueue([{"kind": "unheard", "priority": 3, "endpoint": f"e{n}"} for n in range(5)])
env.cr.execute("UPDATE sync_job SET lane = 'http' WHERE id = ANY(%s)", (ids[:3],))
env["sync.job"]._wake()
env.cr.commit()
result = ids
"""
AT_ONCE = 5


def failed(name):
    return query(name, "SELECT count(*) FROM sync_job WHERE state = 'failed' AND reason = 'no_handler'")[0][0]


@pytest.fixture(params=["cron", "queue_job"])
def server(request):
    if request.param == "cron":
        with database() as name, Server(name, crons=2) as found:
            yield found
        return
    addons = (ADDONS, templates.queue_job_addons())
    environment = {**templates.queue_job_environment(), "ODOO_QUEUE_JOB_CHANNELS": "root:4"}
    options = ("--load", "base,web,rpc,queue_job")
    with (
        database(templates.with_queue_job()) as name,
        Server(name, crons=2, addons=addons, environment=environment, options=options) as found,
    ):
        found.addons = addons
        wait_for(lambda: "database connections ready" in found.log, 60)
        yield found


def test_jobs_begin_when_they_are_committed(server):
    name, addons = server.database, getattr(server, "addons", (ADDONS,))
    assert len(shell(name, ENQUEUE, addons)) == 5
    committed = time.monotonic()
    wait_for(lambda: failed(name) == 5, 90)
    assert time.monotonic() - committed < AT_ONCE, "nobody was woken, the minute came"
    runs = query(name, "SELECT count(*) FROM ir_model WHERE model = 'queue.job'")[0][0]
    if runs:
        jobs = query(name, "SELECT state, channel FROM queue_job WHERE identity_key LIKE 'ai_bookkeeper.sync.%'")
        assert {channel for _state, channel in jobs} == {"root.ai_bookkeeper_http", "root.ai_bookkeeper_work"}
        assert "failed" not in {state for state, _channel in jobs}
        assert "Commit is forbidden" not in server.log
    beats = dict(query(name, "SELECT name, ticks FROM sync_tick"))
    assert beats.get("runner") and beats.get("worker")


def test_a_killed_server_goes_on_where_it_was(server):
    name, addons = server.database, getattr(server, "addons", (ADDONS,))
    server.kill()
    shell(name, ENQUEUE, addons)
    assert failed(name) == 0
    server.start()
    wait_for(lambda: failed(name) == 5, 90)
