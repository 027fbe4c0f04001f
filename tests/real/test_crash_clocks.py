"""Clocks six minutes apart: what is refused for it says so, and nobody takes another's work away."""

import glob
from pathlib import Path

import pytest
from sync_world import SyncWorld

from harness import wait_for

MINUTES = 6


def shifted(seconds):
    """Environment of a process whose clock is that much ahead; its stop watches run as ever."""
    [library] = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    return {
        "LD_PRELOAD": library,
        "PYTHONPATH": str(Path(__file__).with_name("faketime")),
        "FAKETIME": f"{seconds:+d}s",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }


def refused(world):
    """The jobs, once all of them ended as refused for the time."""
    jobs = world.jobs()
    return len(jobs) == len(world.caused) and all(job["reason"] == "clock" for job in jobs) and jobs


def retried(world):
    ids = [job["id"] for job in world.jobs()]
    world.server.call("sync.job", "action_retry", world.key, ids=ids)
    world.settle()


@pytest.mark.parametrize(("seconds", "words"), [(60 * MINUTES, "ahead of"), (-60 * MINUTES, "behind")])
def test_a_server_whose_clock_is_off_is_told_so(seconds, words):
    with SyncWorld("deliver", environment=shifted(seconds)) as world:
        world.cause()
        jobs = wait_for(lambda: refused(world), seconds=30)
        assert {job["state"] for job in jobs} == {"failed"}
        found = world.server.call(
            "res.partner", "read", world.key, ids=world.caused, fields=["sync_state", "sync_error"]
        )
        assert {each["sync_state"] for each in found} == {"failed"}
        assert all(f"{MINUTES} minutes {words}" in each["sync_error"] for each in found), found
        assert world.effects() == []
        world.server.stop()
        with world.right_server():
            retried(world)
            assert list(world._problems_of_chips()) == []
        assert [each["rows"] for each in world.effects()] == [1] * len(world.caused)
        assert {job["state"] for job in world.jobs()} == {"done"}


def test_a_receiver_whose_clock_is_off_is_named():
    with SyncWorld("deliver", clock=60 * MINUTES) as world:
        world.cause()
        wait_for(lambda: refused(world), seconds=30)
        [(error, fix)] = world.query("SELECT DISTINCT error, fix FROM sync_job WHERE reason = 'clock'")
        assert f"{MINUTES} minutes behind" in error and "clock" in fix


def test_two_servers_six_minutes_apart_take_nothing_from_each_other():
    with SyncWorld("push", is_naive=True, crons=2) as world, world.new_server(**shifted(60 * MINUTES)):
        world.receiver.plan(world.path, "slow")
        world.cause(40)
        wait_for(lambda: len(world.jobs()) == 40, seconds=60)
        # No time is moved here: leases are by the clock of PostgreSQL.
        wait_for(lambda: not world.open_count(), seconds=120)
        assert world.problems() == []
        assert {each["attempts"] for each in world.effects()} == {1}
