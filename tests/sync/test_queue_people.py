"""The queue and people: who sees, retries and cancels what."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .queue_case import QueueCase, trouble

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestQueuePeople(QueueCase):
    def person(self, role):
        return new_test_user(self.env, f"queue_{role}", groups=f"base.group_user,{GROUP}{role}")

    def failed(self, count=1, **vals):
        jobs = self.Job.concat(*(self.enqueue(**vals) for _number in range(count)))
        for job in jobs:
            self.script.answers[job.id] = [trouble(404, permanent=True)]
        self.run_lane()
        self.assertEqual(set(jobs.mapped("state")), {"failed"})
        return jobs

    def test_roles(self):
        jobs = self.failed()
        for user in (self.person("auditor"), self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                jobs.with_user(user).action_retry()
            with self.assertRaises(AccessError):
                self.Job.with_user(user).retry_all()
        reviewer, manager = self.person("reviewer"), self.person("manager")
        with self.assertRaises(AccessError):
            jobs.with_user(reviewer).action_cancel()
        self.assertTrue(jobs.with_user(reviewer).action_retry())
        self.assertEqual(jobs.state, "pending")
        with self.assertRaises(UserError):
            jobs.with_user(reviewer).action_retry()
        self.assertTrue(jobs.with_user(manager).action_cancel())
        self.assertEqual(jobs.state, "cancelled")
        with self.assertRaises(UserError):
            jobs.with_user(manager).action_cancel()
        events = self.env["ai.audit.log"].search(
            [("event", "in", ("job_retried", "job_cancelled")), ("user_id", "in", (reviewer + manager).ids)]
        )
        self.assertEqual(sorted(events.mapped("event")), ["job_cancelled", "job_retried"])

    def test_all_at_once_after_the_cause_is_gone(self):
        jobs = self.failed(3, endpoint="webhook:1") + self.failed(1, endpoint="webhook:2")
        for _time in range(6):
            with self.enter_registry_test_mode(), self.Job._short_cursor() as cr:
                self.env["sync.breaker"]._learn(cr, [("webhook:1", False, None)])
        reviewer = self.person("reviewer")
        self.assertEqual(self.Job.with_user(reviewer).retry_all([("endpoint", "=", "webhook:1")]), 3)
        self.assertEqual(self.env["sync.breaker"].search([("endpoint", "=", "webhook:1")]).state, "closed")
        self.drain()
        self.assertEqual(jobs.mapped("state"), ["done", "done", "done", "failed"])
        self.assertEqual(self.Job.with_user(reviewer).retry_all(), 1)

    def test_jobs_of_hidden_records_are_invisible(self):
        partner = self.env["res.partner"].create({"name": "Hidden"})
        jobs = self.failed(1, res_model="res.partner", res_id=partner.id)
        reviewer, manager = self.person("reviewer"), self.person("manager")
        self.env["ir.rule"].create(
            {
                "name": "hidden",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain_force": f"[('id', '!=', {partner.id})]",
            }
        )
        for user in (reviewer, manager):
            self.assertNotIn(jobs, self.Job.with_user(user).search([]))
            with self.assertRaises(AccessError):
                jobs.with_user(user).read(["state"])
            with self.assertRaises(AccessError):
                jobs.with_user(user).action_retry()
            self.assertEqual(self.Job.with_user(user).retry_all([("id", "=", jobs.id)]), 0)
        with self.assertRaises(AccessError):
            jobs.with_user(manager).action_cancel()
        self.assertEqual(jobs.state, "failed")

    def test_nobody_writes_jobs(self):
        jobs = self.failed()
        manager = self.person("manager")
        for act in (
            lambda: jobs.with_user(manager).write({"state": "done"}),
            lambda: self.Job.with_user(manager).create({"kind": "deliver"}),
            lambda: jobs.with_user(manager).unlink(),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_what_it_carries_is_for_managers(self):
        job = self.enqueue(payload={"secret": 1})
        with self.assertRaises(AccessError):
            job.with_user(self.person("reviewer")).read(["payload"])
        self.assertEqual(job.with_user(self.person("manager")).payload, {"secret": 1})
