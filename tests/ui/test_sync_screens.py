from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase

ROLE = "base.group_user,ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestSyncScreens(BrowserCase):
    """The sync desk in a real browser, as the people who work with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute(
            "DELETE FROM sync_job; DELETE FROM sync_job_history; DELETE FROM sync_trouble; DELETE FROM sync_event"
        )
        companies = [Command.set(cls.env["res.company"].search([]).ids)]
        cls.people = {
            role: new_test_user(
                cls.env, f"sync_{role}", groups=f"{ROLE}{role},base.group_partner_manager", company_ids=companies
            )
            for role in ("reviewer", "manager", "auditor")
        }
        cls.now = fields.Datetime.now()
        for name in ("sequencer", "runner", "worker", "watchdog"):
            cls.env.cr.execute(
                "INSERT INTO sync_tick (name, at) VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at",
                (name, cls.now),
            )

    def fill(self):
        """Two done jobs, one that failed, one that waits for long, and its alarm."""
        partner = self.env["res.partner"].create({"name": "Northwind Traders Ltd"})
        webhook = self.env["sync.webhook"].create({"name": "Web shop", "url": "https://shop.example/hook"})
        [event_id] = self.env["sync.event"]._emit("partner.changed", partner)
        about = {
            "kind": "deliver",
            "company_id": self.env.company.id,
            "res_model": "res.partner",
            "res_id": partner.id,
            "webhook_id": webhook.id,
            "endpoint": f"webhook:{webhook.id}",
            "event_id": event_id,
        }
        ids = self.env["sync.job"]._enqueue([about] * 3)
        early = self.now - timedelta(hours=2)
        self.env.cr.execute(
            """UPDATE sync_job SET state = 'failed', reason = 'http_404', error = 'The address answers 404.',
                      fix = 'Look at the address.', attempts = 1, finished_at = %s WHERE id = %s;
               UPDATE sync_job SET state = 'done', attempts = 1, finished_at = %s WHERE id = %s;
               UPDATE sync_job SET created_at = %s, next_at = %s, event_id = NULL WHERE id = %s""",
            (self.now, ids[0], self.now, ids[1], early, early, ids[2]),
        )
        done = {**about, "state": "done", "created_at": self.now, "finished_at": self.now, "id": ids[2] + 10**6}
        done.pop("event_id")
        self.env.cr.execute(
            f"INSERT INTO sync_job_history ({', '.join(done)}) VALUES ({', '.join(['%s'] * len(done))})",
            list(done.values()),
        )
        self.env.cr.execute("UPDATE sync_job SET event_id = NULL WHERE id = %s", (ids[1],))
        self.env["sync.watchdog"]._look()
        self.env.invalidate_all()
        return self.env["sync.job"].browse(ids[0])

    def tour(self, name, path, role="reviewer"):
        self.start_tour(f"/odoo/{path}", f"ai_bookkeeper_sync_{name}", login=self.people[role].login)
        self.env.invalidate_all()

    def test_dashboard(self):
        self.fill()
        for role in self.people:
            self.tour("dashboard", "sync-dashboard", role)

    def test_nothing_yet(self):
        self.env["sync.webhook"].search([]).unlink()
        self.env["sync.connection"].search([]).unlink()
        self.env.cr.execute("DELETE FROM sync_event")
        self.tour("empty", "sync-dashboard", "manager")

    def test_retry(self):
        job = self.fill()
        self.tour("queue", "sync-queue")
        self.assertEqual((job.state, job.error), ("pending", False))

    def test_auditors_change_nothing(self):
        job = self.fill()
        self.tour("auditor", "sync-queue", "auditor")
        self.assertEqual(job.state, "failed")

    def test_cancel(self):
        job = self.fill()
        self.tour("cancel", "sync-queue", "manager")
        self.assertEqual(job.state, "cancelled")

    def test_alarm(self):
        self.fill()
        self.tour("alarm", "sync-alarms", "manager")

    def test_token(self):
        self.start_tour(
            "/odoo/action-ai_bookkeeper.ai_settings_action",
            "ai_bookkeeper_sync_token",
            login=self.people["manager"].login,
        )
        self.assertTrue(self.env["sync.metrics"]._has_token())
