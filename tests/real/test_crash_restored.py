"""Yesterday's dump is restored: noticed, paused, the other side read back by its keys, nothing sent twice."""

import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from crashes import new_world

from ground import databases
from harness import wait_for


def dump(name, path):
    subprocess.run(["pg_dump", "-Fc", "-Z0", "-f", path, name], check=True)


def restore(name, path):
    databases._execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    databases._execute(f'CREATE DATABASE "{name}"')
    subprocess.run(["pg_restore", "-O", "-x", "-j", "2", "-d", name, path], check=True)


def sent(world):
    return {each["key"]: each["attempts"] for each in world.effects()}


def forget_what_tells_of_the_restore(world):
    """Webhooks are told of it whatever they chose; it is not one of the things caused here."""
    told = [event_id for (event_id,) in world.query("SELECT id FROM sync_event WHERE name = 'sync.restored'")]
    mine = [job for job in world.jobs() if job["event_id"] in told]
    assert told and bool(mine) == (world.kind == "deliver"), "who was told of the restore"
    world._earlier |= {job["id"] for job in mine}
    world._noise |= {job["key"] for job in mine}


@pytest.mark.parametrize("kind", ["push-naive", "deliver-naive", "deliver"])
def test_a_restored_dump_sends_nothing_twice(kind):
    with new_world(kind) as world, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "yesterday.dump"
        world.cause()
        world.settle()
        # Made and not sent yet when the dump is taken: one half is in jobs, the other not even numbered.
        world.server.call("sync.pause", "pause", world.key, all_companies=True)
        world.cause()
        wait_for(lambda: len(world.jobs()) == len(world.caused), seconds=30)
        world.server.stop()
        world.wanted.append("Partner of the shell")
        world.shell('env["res.partner"].create({"name": "Partner of the shell"})')
        world._made()
        dump(world.database, path)
        # The day goes on: all that is sent, and more happens.
        world.server.start()
        world.server.call("sync.pause", "resume", world.key, all_companies=True)
        world.settle()
        assert world.problems() == []
        known = list(world.wanted)
        world.cause()
        world.settle()
        before = sent(world)
        assert len(before) == len(world.caused) == 10
        world.server.stop()

        restore(world.database, path)
        world.server.start()
        world.nudge()
        wait_for(lambda: world.query("SELECT cause FROM sync_pause") == [("restored",)], seconds=60)
        for _second in range(3):
            world.nudge()
            time.sleep(1)
        assert sent(world) == before, "paused: nothing leaves"
        states = {job["state"] for job in world.jobs() if job["state"] not in ("done",)}
        assert states == {"indeterminate"}

        world.server.call("sync.pause", "resume", world.key, all_companies=True)
        world.settle()
        forget_what_tells_of_the_restore(world)
        world.wanted = known
        world._made()
        # What the restored books never heard of stays there; a key is settled when a job is sent or asked about.
        unknown = set(before) - {job["key"] for job in world.jobs()}
        assert len(unknown) == 3
        world._noise |= unknown
        after = sent(world)
        assert list(world.problems()) == []
        if kind != "deliver":
            assert all(after[key] == before[key] for key in after), "asked, not sent again"
        world.cause()
        world.settle()
        assert world.problems() == []
