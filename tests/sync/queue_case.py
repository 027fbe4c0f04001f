"""Base of the queue's tests: a kind of job whose behaviour the test says, and the real runner."""

import itertools
from collections import defaultdict
from dataclasses import dataclass, field
from unittest.mock import patch

from odoo.tests import TransactionCase

from ...clients.errors import ClientError


@dataclass(frozen=True)
class Note:
    """What a trial handler sends."""

    job_id: int
    headers: dict = field(default_factory=dict)
    idempotency_key: str | None = None


class Script:
    """What the trial handlers do, and what they were asked: shared with their threads."""

    def __init__(self):
        self.calls = defaultdict(list)
        self.answers = {}
        self.prepare = self.record = self.work = self.probe = self.probed = self.explain = None

    def ids(self, name):
        return [job_id for job_id, *_rest in self.calls[name]]


def handlers(registry, script):
    """Two kinds, ``trial`` (lane http) and ``toil`` (lane work)."""
    base = registry["sync.handler"]

    class Trial:
        _name = "sync.handler.trial"
        _lane = "http"

        def _prepare(self, job):
            script.calls["prepare"].append((job.id,))
            return script.prepare(job) if script.prepare else Note(job.id)

        def _send(self, request):
            script.calls["send"].append((request.job_id, request.headers))
            answer = script.answers.get(request.job_id, script.answers.get("all"))
            if callable(answer):
                answer = answer(request)
            if isinstance(answer, list):
                answer = answer.pop(0) if answer else None
            if isinstance(answer, BaseException):
                raise answer
            return answer or {"status": 200, "headers": {}, "body": b"ok"}

        def _record(self, job, reply):
            script.calls["record"].append((job.id, reply))
            return script.record(job, reply) if script.record else None

        def _attempted(self, job, request, reply, error, duration_ms):
            script.calls["attempted"].append((job.id, reply, error))

        def _probe(self, job):
            script.calls["probe"].append((job.id,))
            return script.probe(job) if script.probe else None

        def _probed(self, job, reply, error):
            script.calls["probed"].append((job.id, reply, error))
            return script.probed(job, reply, error) if script.probed else ("again", None)

        def _explain(self, job, reason):
            return script.explain(job, reason) if script.explain else ("", "")

    class Toil:
        _name = "sync.handler.toil"
        _lane = "work"

        def _work(self, job, seconds):
            script.calls["work"].append((job.id, seconds))
            return script.work(job) if script.work else True

    # As Odoo makes the classes of its registry.
    return {
        each._name: type(each._name, (each, base), {"pool": registry, "_register": False}) for each in (Trial, Toil)
    }


class QueueCase(TransactionCase):
    """Cursors of the runner live in the test's transaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Job = cls.env["sync.job"]
        cls.company = cls.env.company

    def setUp(self):
        super().setUp()
        self.script = Script()
        for name, model in handlers(self.registry, self.script).items():
            self.registry.models[name] = model
            self.addCleanup(self.registry.models.pop, name, None)
        self.numbers = itertools.count(1)
        self.patch(type(self.Job), "_before_batch", lambda jobs: None)
        self.patch(type(self.env["sync.tick"]), "_beat", lambda ticks, name: None)

    def enqueue(self, kind="trial", **vals):
        [job_id] = self.Job._enqueue([{"kind": kind, "company_id": self.company.id, **vals}])
        return self.Job.browse(job_id)

    def run_lane(self, lane="http", seconds=20, linger=0.0):
        """One run of the back end that is installed; its report."""
        if "queue.job" in self.env:
            return self.run_by_queue_job(lane, linger)
        with self.enter_registry_test_mode():
            return self.Job._run(lane, seconds, linger)

    def run_by_queue_job(self, lane, linger=0.0):
        """As queue_job's own controller does it: the job is made, loaded and performed, and may not commit."""
        from odoo.addons.queue_job.controllers.main import _prevent_commit
        from odoo.addons.queue_job.job import Job

        from ...models.sync.queue import sync_runner_queue_job as backend

        runner, reports = self.env["sync.runner"], []
        run = type(self.Job)._run

        def listened(jobs, *args):
            reports.append(run(jobs, *args))
            return reports[-1]

        self.env["queue.job"].search([("identity_key", "=like", "ai_bookkeeper.%")]).unlink()
        with (
            self.enter_registry_test_mode(),
            patch.object(backend, "LINGER", linger),
            patch.object(type(self.Job), "_run", listened),
        ):
            runner._start(lane)
            made = self.env["queue.job"].search([("identity_key", "=", runner._run_key(lane, 0))])
            self.assertEqual((len(made), made.channel), (1, backend.CHANNELS[lane]))
            job = Job.load(self.env, made.uuid)
            with _prevent_commit(self.env.cr):
                job.perform()
            job.set_done()
            job.store()
        self.env.invalidate_all()
        [report] = reports
        return report

    def drain(self, *jobs, times=20):
        """Run until nothing is due, making what waits for its next attempt due."""
        for _time in range(times):
            self.make_due()
            if not self.run_lane()["claimed"] and not self.run_lane("work")["claimed"]:
                return
        self.fail("the queue never came to rest")

    def make_due(self):
        self.env.cr.execute(
            """UPDATE sync_job SET next_at = clock_timestamp() AT TIME ZONE 'UTC' - interval '1 second'
                WHERE state IN ('pending', 'indeterminate')"""
        )
        self.env.cr.execute("UPDATE sync_breaker SET until_at = clock_timestamp() AT TIME ZONE 'UTC'")
        self.Job.invalidate_model()

    def vanish(self, job, **columns):
        """Its worker is gone: the lease has run out. ``columns``: what else it left."""
        values = {"state": "running", "worker": "gone", **columns}
        names = ", ".join(f"{name} = %s" for name in values)
        self.env.cr.execute(
            f"""UPDATE sync_job SET {names}, fence = fence + 1,
                   lease_until = clock_timestamp() AT TIME ZONE 'UTC' - interval '1 second' WHERE id = %s""",
            (*values.values(), job.id),
        )
        job.invalidate_recordset()

    def claim(self, lane="http", worker="me", limit=32, lease=120, busy=None, quota=None):
        with self.enter_registry_test_mode():
            return self.Job._claim(lane, worker, limit, lease, busy, quota)[0]

    def assertStates(self, jobs, *states):
        jobs = self.Job.browse([job.id for job in jobs])
        self.assertEqual([job.state for job in jobs], list(states))


def trouble(status=None, permanent=False, retry_after=None, **more):
    return ClientError(f"It answered {status}", permanent, retry_after, status, **more)
