from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from ...models.sync.queue.sync_job import STATES

ROLE = "base.group_user,ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestJobWords(TransactionCase):
    """What the screens of queue, done jobs and events say, and where their buttons lead."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviewer = new_test_user(cls.env, "words_reviewer", groups=f"{ROLE}reviewer,base.group_partner_manager")
        cls.manager = new_test_user(cls.env, "words_manager", groups=f"{ROLE}manager")
        cls.partner = cls.env["res.partner"].create({"name": "Spoken About"})
        cls.webhook = cls.env["sync.webhook"].create({"name": "Shop", "url": "https://shop.example/hook"})
        cls.event_id = cls.env["sync.event"]._emit("partner.changed", cls.partner)[0]
        cls.event = cls.env["sync.event"].browse(cls.event_id)

    def job(self, **values):
        about = {"res_model": "res.partner", "res_id": self.partner.id, "company_id": self.env.company.id}
        [job_id] = self.env["sync.job"]._enqueue(
            [
                {
                    "kind": "deliver",
                    "webhook_id": self.webhook.id,
                    "endpoint": f"webhook:{self.webhook.id}",
                    "event_id": self.event_id,
                    "correlation_id": self.event.correlation_id,
                    **about,
                }
            ]
        )
        if values:
            self.env.cr.execute(
                f"UPDATE sync_job SET {', '.join(f'{name} = %s' for name in values)} WHERE id = %s",
                [*values.values(), job_id],
            )
            self.env.invalidate_all()
        return self.env["sync.job"].with_user(self.reviewer).browse(job_id)

    def test_every_state_has_words(self):
        for state in STATES:
            job = self.job(state=state)
            self.assertTrue(job.summary, state)
            self.assertEqual(job.record_name, "Spoken About")
            self.assertEqual(job.subscriber_name, "Shop")
            self.assertIn("Shop", job.display_name)

    def test_what_failed_says_why(self):
        self.assertEqual(self.job(state="failed", error="The address answers 404.").summary, "The address answers 404.")
        dead = self.job(state="dead", error="Nobody answers.", attempts=10)
        self.assertEqual(dead.summary, "Given up after 10 attempts. Nobody answers.")
        again = self.job(error="Nobody answers.", attempts=2, next_at=fields.Datetime.now() + timedelta(minutes=5))
        self.assertIn("tried again at", again.summary)
        self.assertIn("Nobody answers.", again.summary)

    def test_spans(self):
        jobs = self.env["sync.job"]
        spans = {0.25: "250 ms", 1: "1 s", 119: "119 s", 600: "10 min", 7200 * 3: "6 h", 86400 * 9: "9 days"}
        self.assertEqual({seconds: jobs._span(seconds) for seconds in spans}, spans)

    def test_ways(self):
        job = self.job()
        self.assertEqual(job.action_open_record()["res_id"], self.partner.id)
        self.assertEqual(job.action_open_event()["res_id"], self.event_id)
        self.assertEqual(job.with_user(self.manager).action_open_subscriber()["res_id"], self.webhook.id)
        with self.assertRaises(AccessError):
            job.action_open_subscriber()
        other = self.job()
        self.assertEqual(other.sibling_count, 1)
        siblings = self.env["sync.job"].search(other.action_open_siblings()["domain"])
        self.assertEqual(siblings.ids, [other.id, job.id])
        event = self.event.with_user(self.reviewer)
        self.assertEqual(event.job_count, 2)
        self.assertEqual(event.action_open_jobs()["res_model"], "sync.job")
        self.assertEqual(event.record_name, "Spoken About")

    def test_what_is_gone(self):
        job = self.job(res_id=10**8)
        self.assertEqual(job.record_name, "")
        with self.assertRaises(UserError):
            job.action_open_record()
        no_event = self.job(event_id=10**8)
        with self.assertRaises(UserError):
            no_event.action_open_event()

    def test_hidden_targets(self):
        job = self.job()
        self.partner.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            job.action_open_record()
        self.assertNotIn(job, job.search([]))

    def test_retry_all(self):
        job = self.job(state="failed", reason="http_404", finished_at=fields.Datetime.now())
        self.env["sync.job"].with_user(self.reviewer).action_retry_all()
        self.env.invalidate_all()
        self.assertEqual(job.state, "pending")
        with self.assertRaises(UserError):
            self.env["sync.job"].with_user(self.reviewer).action_retry_all()

    def test_constant_queries(self):
        names = ["summary", "record_name", "subscriber_name", "age", "state", "display_name"]
        counts = []
        for more in (1, 20):
            for _number in range(more):
                self.job()
            jobs = self.env["sync.job"].with_user(self.reviewer).search([("webhook_id", "=", self.webhook.id)])
            jobs.read(names)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            jobs.read(names)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
