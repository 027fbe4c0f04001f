"""What goes wrong around the sync desk: PostgreSQL restarts, servers share and die, the receiver's disk is full."""

import re
import time

import pytest
from cluster import Cluster
from sync_world import SyncWorld

from harness import crash_template, wait_for

#: What a statement may say when PostgreSQL goes away: 57P01, 57P02, 57P03, 08006 and their kin, in psycopg2's words.
GONE = re.compile(
    r"AdminShutdown|CrashShutdown|CannotConnectNow|OperationalError|InterfaceError|terminating connection"
    r"|server closed the connection|connection already closed|cursor already closed|could not connect|starting up"
    r"|shutting down|Connection to the database failed|Couldn't connect|PoolError|recovery mode"
)
RAISED = re.compile(r"^(?:[a-z_A-Z0-9]+\.)*[A-Z]\w*(?:Error|Exception|Shutdown|Now|Failure)\b.*$", re.MULTILINE)


def strange_errors(log):
    """What was raised in the log and does not come from a PostgreSQL that went away."""
    return [line for line in RAISED.findall(log) if not GONE.search(line)]


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_postgresql_restarts_in_the_middle(mode):
    with Cluster(crash_template(), fsync=True) as cluster, SyncWorld("deliver", cluster.name) as world:
        world.receiver.plan(world.path, "slow", "ok")
        for _turn in range(2):
            before = len(world.effects())
            world.cause(20)
            wait_for(lambda known=before: len(world.effects()) > known, seconds=30)
            cluster.restart(mode)
            # What was under way writes down what it can; then Odoo is started again, as a service manager does: its own
            # threads for scheduled actions end for good when PostgreSQL goes away, and so does its main process.
            time.sleep(3)
            world.server.kill()
            world.restart()
            world.settle()
        assert world.problems() == []
        assert strange_errors(world.server.log) == []


def done_in(server):
    return len(re.findall(r"sync job \d+ .*: done", server.log))


def test_two_servers_share_the_work_and_one_dies():
    with SyncWorld("deliver", crons=2) as world, world.new_server() as second:
        world.receiver.plan(world.path, "slow", "ok")
        world.cause(60)
        wait_for(lambda: len(world.effects()) >= 6, seconds=60)
        wait_for(lambda: done_in(second) or done_in(world.server), seconds=60)
        pid = second.pid
        second.kill()
        world.free_claims(pid)
        world.settle(120)
        assert world.problems() == []
        attempts = [each["attempts"] for each in world.effects()]
        assert max(attempts) <= 2 and attempts.count(2) <= 16, "only what was under way in the dead one came again"


def test_a_receiver_whose_disk_is_full_gets_it_later():
    with SyncWorld("deliver") as world:
        world.receiver.fill_disk()
        world.cause(10)
        wait_for(lambda: world.receiver.requests(world.path), seconds=30)
        time.sleep(3)
        # None: just being answered.
        assert {each["status"] for each in world.receiver.requests(world.path)} - {None} == {507}
        jobs = world.jobs()
        assert {job["state"] for job in jobs} <= {"pending", "running", "waiting", "indeterminate"}, jobs
        assert "http_507" in {job["reason"] for job in jobs}
        states = world.server.call("res.partner", "read", world.key, ids=world.caused, fields=["sync_state"])
        assert {each["sync_state"] for each in states} == {"pending"}
        world.receiver.fill_disk(False)
        world.settle(120)
        assert world.problems() == []


def test_a_receiver_that_is_killed_and_comes_back_has_everything_once():
    with SyncWorld("deliver") as world:
        world.receiver.plan(world.path, "slow", "ok")
        world.cause(20)
        wait_for(lambda: len(world.effects()) >= 2, seconds=60)
        world.receiver.kill()
        time.sleep(1)
        world.receiver.start()
        world.settle(120)
        assert world.problems() == []
