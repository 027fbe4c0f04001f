"""What starts the queue: the seam between it and the two back ends."""

import os
import threading
import time
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import config

from .queue_case import QueueCase, trouble


@tagged("post_install", "-at_install")
class TestQueueRunner(QueueCase):
    def setUp(self):
        super().setUp()
        self.runner = self.env["sync.runner"]
        self.env.cr.execute("DELETE FROM ir_cron_trigger")

    def started(self):
        """{(lane, number): seconds from now} of the runs that were asked for."""
        if "queue.job" in self.env:
            found = {}
            for job in self.env["queue.job"].search([("identity_key", "=like", "ai_bookkeeper.sync.%")]):
                _product, _sync, lane, number, *_later = job.identity_key.split(".")
                found[lane, int(number)] = (job.eta - job.date_created).total_seconds() if job.eta else 0.0
            return found
        self.env.cr.execute(
            """SELECT data.name, max(EXTRACT(EPOCH FROM trigger.call_at - clock_timestamp() AT TIME ZONE 'UTC'))
                 FROM ir_cron_trigger trigger JOIN ir_model_data data
                   ON data.model = 'ir.cron' AND data.res_id = trigger.cron_id AND data.module = 'ai_bookkeeper'
                GROUP BY data.name"""
        )
        names = {"ir_cron_sync_work_": "work", "ir_cron_sync_": "http"}
        return {(names[name[:-1]], int(name[-1]) - 1): float(seconds) for name, seconds in self.env.cr.fetchall()}

    def wake_now(self):
        """What happens after the commit."""
        with self.enter_registry_test_mode():
            self.runner._wake_now()
        self.env.invalidate_all()

    def test_jobs_wake_their_lane_once_a_transaction(self):
        calls = []
        self.patch(type(self.runner), "_start", lambda runner, lane, number=0, after=0.0: calls.append(lane))
        self.env.cr.postcommit.data.clear()
        for _number in range(3):
            self.enqueue()
        self.enqueue("toil")
        self.wake_now()
        self.assertEqual(calls, ["http", "work"])
        self.wake_now()
        self.assertEqual(calls, ["http", "work"])

    def test_the_first_runner_is_started_at_once(self):
        self.env.cr.postcommit.data.clear()
        self.enqueue()
        self.wake_now()
        [(key, after)] = self.started().items()
        self.assertEqual(key, ("http", 0))
        self.assertLess(after, 0.5)

    def test_a_busy_runner_starts_the_next(self):
        for number in range(10):
            self.enqueue(endpoint="webhook:1", order_key=f"r{number}")
        self.patch(type(self.Job), "_slots", lambda jobs: 4)
        with self.enter_registry_test_mode():
            self.runner._run_lane_now("http", 0)
        self.assertIn(("http", 1), self.started())

    def test_what_is_due_soon_is_looked_at_then(self):
        job = self.enqueue()
        self.script.answers[job.id] = trouble(503)
        self.patch(type(self.Job), "_ladder_wait", lambda jobs, rung, retry_after=None, most=10: 25.0)
        with self.enter_registry_test_mode():
            self.runner._run_lane_now("http", 1)
        [(key, after)] = self.started().items()
        self.assertEqual(key, ("http", 1))
        self.assertTrue(20 < after < 28, after)

    def test_scheduled_actions_never_raise(self):
        for error in (ValueError("x"), psycopg2.OperationalError("gone"), psycopg2.InterfaceError("closed")):
            with (
                patch.object(type(self.Job), "_run", side_effect=error),
                patch.object(type(self.runner), "_start", side_effect=error),
                patch.object(type(self.Job), "_reap", side_effect=error),
                self.assertLogs("odoo.addons.ai_bookkeeper.models.sync", "ERROR"),
                self.enter_registry_test_mode(),
            ):
                self.runner._cron_run("http")
                self.runner._cron_run("work", 1)
                self.runner._cron_tidy()

    def test_no_run_begins_near_the_limit_of_scheduled_actions(self):
        thread = threading.current_thread()
        self.patch(self.runner.pool["sync.runner"], "_run_lane_now", lambda runner, *args: self.fail("it began"))
        self.addCleanup(setattr, thread, "start_time", getattr(thread, "start_time", None))
        thread.start_time = time.time() - 80
        with patch.dict(config.options, {"limit_time_real_cron": -1, "limit_time_real": 120}):
            self.assertLess(self.runner._seconds_left(), 0)
            with self.enter_registry_test_mode():
                self.runner._cron_run("http", 1)
            self.assertEqual(set(self.started()), set() if "queue.job" in self.env else {("http", 1)})
        with patch.dict(config.options, {"limit_time_real_cron": 0}):
            self.assertEqual(self.runner._seconds_left(), float("inf"))

    def test_every_scheduled_action_runs(self):
        job, toil = self.enqueue(), self.enqueue("toil")
        for number in ("1", "2", "work_1", "work_2", "tidy"):
            with self.enter_registry_test_mode():
                cron = self.env.ref(f"ai_bookkeeper.ir_cron_sync_{number}")
                self.assertTrue(cron.active)
                self.assertIs(cron.method_direct_trigger(), True)
        self.env.invalidate_all()
        if "queue.job" in self.env:
            self.assertEqual(set(self.started()), {("http", 0), ("work", 0)})
            self.assertStates([job, toil], "pending", "pending")
        else:
            self.assertStates([job, toil], "done", "done")


if os.environ.get("AIB_QUEUE_BACKEND") == "queue_job":
    # Tests of the lane queue_job only.

    @tagged("post_install", "-at_install")
    class TestQueueOnQueueJob(TestQueueRunner):
        def test_a_failed_run_is_told_and_followed_by_another(self):
            self.runner._start("http")
            made = self.env["queue.job"].search([("identity_key", "=", "ai_bookkeeper.sync.http.0")])
            from odoo.addons.queue_job.job import Job

            job = Job.load(self.env, made.uuid)
            self.assertEqual(job.on_fail_method_name, "_queue_job_failed")
            made.unlink()
            with self.enter_registry_test_mode(), self.assertLogs("odoo.addons.ai_bookkeeper.models.sync", "ERROR"):
                job.on_fail({"exc_info": "…", "exc_name": "ValueError", "exc_message": "x"})
            self.assertEqual(set(self.started()), {("http", 0), ("work", 0)})

        def test_crons_step_in_when_queue_job_sleeps(self):
            job = self.enqueue()
            self.runner._start("http")
            self.env.flush_all()
            self.env.cr.execute("UPDATE queue_job SET date_created = date_created - interval '1 hour'")
            with self.enter_registry_test_mode(), self.assertLogs("odoo.addons.ai_bookkeeper.models.sync", "WARNING"):
                self.runner._cron_run("http")
            self.env.invalidate_all()
            self.assertEqual(job.state, "done")

        def test_a_setting_keeps_the_crons(self):
            self.env["ir.config_parameter"].set_param("ai_bookkeeper.sync_backend", "cron")
            job = self.enqueue()
            with self.enter_registry_test_mode():
                self.runner._cron_run("http")
            self.env.invalidate_all()
            self.assertEqual(job.state, "done")
