"""Several workers, as processes, on one queue: nothing twice, nothing lost, when they are stopped or killed too."""

import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from harness import ADDONS, PYTHON, STATE, database, query, wait_for

JOBS = 400
# A kind of job that writes a line to a file where a real one sends.
WORKER = """
import os, time
from dataclasses import dataclass, field
from odoo.addons.ai_bookkeeper.models.sync.queue import sync_job_run, sync_runner
LOG, NAP, LEASE, SECONDS = {log!r}, {nap!r}, {lease!r}, {seconds!r}

@dataclass
class Note:
    line: str
    headers: dict = field(default_factory=dict)

def say(word, text):
    descriptor = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{{word}} {{os.getpid()}} {{time.monotonic()}} {{text}}\\n".encode())
    os.close(descriptor)

class Trial:
    _name = "sync.handler.trial"
    _lane = "http"
    _lease = LEASE
    def _prepare(self, job):
        return Note(f"{{job.id}} {{job.order_key}}")
    def _send(self, request):
        say("begin", request.line)
        time.sleep(NAP)
        say("end", request.line)
        return {{"status": 200, "headers": {{}}, "body": b""}}
    def _record(self, job, reply):
        job.env.cr.execute("INSERT INTO effects (job_id) VALUES (%s)", (job.id,))
    def _probe(self, job):
        say("probe", f"{{job.id}} {{job.order_key}}")
        return None

class Toil:
    _name = "sync.handler.toil"
    _lane = "work"
    def _work(self, job, seconds):
        say("begin", f"{{job.id}} {{job.order_key}}")
        time.sleep(NAP)
        job.env.cr.execute("INSERT INTO effects (job_id) VALUES (%s)", (job.id,))
        say("end", f"{{job.id}} {{job.order_key}}")
        return True

base = env.registry["sync.handler"]
for each in (Trial, Toil):
    env.registry.models[each._name] = type(each._name, (each, base), {{"pool": env.registry, "_register": False}})
env.cr.commit()
lane = {lane!r}
ends = time.monotonic() + SECONDS
say("ready", lane)
while time.monotonic() < ends:
    env["sync.job"]._run(lane, ends - time.monotonic(), 1.0)
    env.cr.rollback()
    time.sleep(0.1)
"""
ENQUEUE = """
INSERT INTO sync_job (kind, lane, state, priority, endpoint, order_key, idempotency_key, fence, attempts, rung, losses,
                      created_at, next_at)
SELECT %(kind)s, %(lane)s, 'pending', number %% 3, 'e' || number %% 7, 'r' || number %% 40, 'k' || number, 0, 0, 0, 0,
       now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC' - interval '1 minute' + number * interval '1 millisecond'
  FROM generate_series(1, %(count)s) number
"""


class Worker:
    def __init__(self, name, log, lane="http", nap=0.01, lease=120, seconds=60.0):
        code = WORKER.format(log=str(log), nap=nap, lease=lease, seconds=seconds, lane=lane)
        self.output = tempfile.TemporaryFile("w+")  # noqa: SIM115 # open as long as the worker lives
        command = [PYTHON, "-m", "odoo", "shell", "-d", name, "--no-http", "--log-level=warn"]
        command += ["--addons-path", str(ADDONS), "--shell-interface=python"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=self.output, stderr=subprocess.STDOUT, text=True, cwd=STATE
        )
        self.process.stdin.write(code)
        self.process.stdin.close()

    def signal(self, number):
        os.kill(self.process.pid, number)

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.output.seek(0)
        sys.stdout.write(self.output.read()[-3000:])


class Scene:
    """A database, a file that stands for the other side, and workers."""

    def __init__(self, name, folder):
        self.name = name
        self.log = Path(folder) / "other-side.log"
        self.log.touch()
        self.workers = []
        query(name, "CREATE TABLE effects (job_id int)")

    def start(self, **options):
        worker = Worker(self.name, self.log, **options)
        self.workers.append(worker)
        return worker

    def enqueue(self, count, kind="trial", lane="http"):
        query(self.name, ENQUEUE, {"kind": kind, "lane": lane, "count": count})

    def said(self, word):
        rows = [line.split() for line in self.log.read_text().splitlines()]
        return [(int(pid), float(at), *rest) for first, pid, at, *rest in rows if first == word]

    def states(self):
        return dict(query(self.name, "SELECT state, count(*) FROM sync_job GROUP BY state"))

    def effects(self):
        return Counter(row[0] for row in query(self.name, "SELECT job_id FROM effects"))

    def wait_until_done(self, count, seconds=90):
        wait_for(lambda: self.states() == {"done": count}, seconds)

    def assert_order(self):
        """Jobs of one record began one after the other had ended, in the order in which they were made."""
        begun = sorted((at, "begin", *rest) for _pid, at, *rest in self.said("begin"))
        ended = sorted((at, "end", *rest) for _pid, at, *rest in self.said("end"))
        last, under_way = {}, {}
        for _at, word, job_id, key in sorted([*begun, *ended]):
            if word == "end":
                under_way.pop(key, None)
                continue
            assert key not in under_way, f"{job_id} began while {under_way[key]} of {key} was under way"
            assert int(job_id) > last.get(key, 0), f"{job_id} of {key} came after {last[key]}"
            last[key], under_way[key] = int(job_id), job_id


@pytest.fixture
def scene(tmp_path):
    with database() as name:
        found = Scene(name, tmp_path)
        try:
            yield found
        finally:
            for worker in found.workers:
                worker.end()


def test_workers_share_the_queue(scene):
    # Fewer slots than there are records, else the first one takes a job of each.
    query(scene.name, "INSERT INTO ir_config_parameter (key, value) VALUES ('ai_bookkeeper.sync_slots', '8')")
    for _number in range(3):
        scene.start(nap=0.05)
    wait_for(lambda: len(scene.said("ready")) == 3, 90)
    scene.enqueue(JOBS)
    scene.wait_until_done(JOBS)
    begun = Counter(rest[0] for _pid, _at, *rest in scene.said("begin"))
    assert len(begun) == JOBS and set(begun.values()) == {1}
    assert scene.effects() == Counter({int(job_id): 1 for job_id in begun})
    assert len({pid for pid, *_rest in scene.said("begin")}) == 3, "all of them worked"
    scene.assert_order()


def test_a_killed_worker_leaves_a_doubt_and_no_loss(scene):
    scene.enqueue(60)
    worker = scene.start(nap=0.4, lease=3)
    wait_for(lambda: len(scene.said("end")) > 3, 60)
    worker.signal(signal.SIGKILL)
    worker.process.wait()
    running = query(scene.name, "SELECT count(*) FROM sync_job WHERE state = 'running'")[0][0]
    assert running
    query(scene.name, "UPDATE sync_job SET lease_until = now() AT TIME ZONE 'UTC' WHERE state = 'running'")
    scene.start(nap=0.01)
    scene.wait_until_done(60)
    assert set(scene.effects().values()) == {1}
    begun = Counter(rest[0] for _pid, _at, *rest in scene.said("begin"))
    asked = {rest[0] for _pid, _at, *rest in scene.said("probe")}
    twice = {job_id for job_id, times in begun.items() if times > 1}
    assert twice <= asked, "what was sent again was asked for before"


def test_a_worker_that_slept_past_its_lease_is_not_heard(scene):
    """Stopped in the middle of a call; another one takes over; then the first wakes and comes with its answer."""
    scene.enqueue(1)
    sleeper = scene.start(nap=1.5, lease=2, seconds=90)
    wait_for(lambda: scene.said("begin"), 60)
    sleeper.signal(signal.SIGSTOP)
    other = scene.start(nap=0.01)
    scene.wait_until_done(1)
    assert scene.said("probe")
    fence = query(scene.name, "SELECT fence, finished_at FROM sync_job")
    sleeper.signal(signal.SIGCONT)
    wait_for(lambda: len(scene.said("end")) == 2, 30)
    wait_for(lambda: sleeper.process.poll() is None and "not accepted" in read(sleeper), 30)
    assert query(scene.name, "SELECT fence, finished_at FROM sync_job") == fence
    assert set(scene.effects().values()) == {1}
    assert other.process.poll() is None


def test_work_is_done_once_though_a_worker_overran_its_lease(scene):
    scene.enqueue(1, "toil", "work")
    sleeper = scene.start(lane="work", nap=1.0)
    wait_for(lambda: scene.said("begin"), 60)
    sleeper.signal(signal.SIGSTOP)
    query(scene.name, "UPDATE sync_job SET lease_until = now() AT TIME ZONE 'UTC' - interval '1 second'")
    scene.start(lane="work", nap=0.01)
    wait_for(lambda: len(scene.said("ready")) == 2, 60)
    wait_for(lambda: query(scene.name, "SELECT fence FROM sync_job")[0][0] >= 3, 30)
    assert len(scene.said("begin")) == 1, "the first one still holds its lock"
    sleeper.signal(signal.SIGCONT)
    scene.wait_until_done(1)
    assert scene.effects() == Counter({query(scene.name, "SELECT id FROM sync_job")[0][0]: 1})


def test_work_of_a_killed_worker_is_done_again_and_once(scene):
    scene.enqueue(6, "toil", "work")
    worker = scene.start(lane="work", nap=0.5)
    wait_for(lambda: len(scene.said("begin")) > 2, 60)
    worker.signal(signal.SIGKILL)
    worker.process.wait()
    query(scene.name, "UPDATE sync_job SET lease_until = now() AT TIME ZONE 'UTC' WHERE state = 'running'")
    scene.start(lane="work", nap=0.01)
    scene.wait_until_done(6)
    assert sorted(scene.effects().values()) == [1] * 6


def read(worker):
    worker.output.flush()
    return Path(f"/proc/self/fd/{worker.output.fileno()}").read_text()
