"""The crash tests judged: without faults nothing is found, and who does it twice or not at all is convicted."""

import pytest
from crashes import Cell, new_world, run
from sync_world import SyncWorld

from harness import wait_for


@pytest.mark.parametrize("kind", ["deliver", "push", "intake", "import"])
def test_without_faults_everything_arrives_once(kind):
    with new_world(kind) as world:
        for _turn in range(2):
            world.cause()
            wait_for(world.jobs, seconds=30)
            world.settle()
        assert world.problems() == []
        if world.path:
            assert world.requests_per_effect() == 1
            assert len(world.effects()) == len(world.wanted) == 6


def test_who_sends_again_without_asking_is_convicted():
    with SyncWorld("push", is_naive=True, environment={"AIB_SABOTAGE": "blind"}) as world:
        problems = run(world, Cell("push-naive", "taken")).problems
    assert any("is there 2 times" in problem for problem in problems), problems


def test_who_never_sent_is_convicted():
    with SyncWorld("push", environment={"AIB_SABOTAGE": "deaf"}) as world:
        problems = run(world, Cell("push", "before_record")).problems
    assert any("is lost" in problem for problem in problems), problems
