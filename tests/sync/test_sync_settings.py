from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged

ROLE = "base.group_user,ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestSyncSettings(TransactionCase):
    """The manager's page: limits, ages, and the metrics' token."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.env["res.company"].search([])
        cls.manager = new_test_user(
            cls.env, "sync_settings", groups=f"{ROLE}manager", company_ids=[Command.set(companies.ids)]
        )

    def page(self, **values):
        page = self.env["ai.settings"].with_user(self.manager).create({})
        page.write(values)
        return page

    def test_saved_and_logged(self):
        self.page(ai_sync_pending_minutes=15, ai_sync_keep_jobs_days=90).action_save()
        self.assertEqual(self.env.company.ai_sync_pending_minutes, 15)
        self.assertGreaterEqual(self.env["sync.retention"]._days("jobs"), 90)
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "setting_changed")], limit=1)
        self.assertEqual(log.payload["ai_sync_pending_minutes"], "15")

    def test_refused(self):
        for values in ({"ai_sync_tick_minutes": 0}, {"ai_sync_keep_jobs_days": -1}, {"ai_sync_failure_limit": 10**9}):
            with self.assertRaises(ValidationError):
                self.page(**values).action_save()

    def test_token_is_shown_once(self):
        page = self.page()
        self.assertFalse(page.has_metrics_token)
        action = page.action_make_metrics_token()
        token = action["context"]["default_token"]
        self.assertIn(token, action["context"]["default_example"])
        page.invalidate_recordset()
        self.assertTrue(page.has_metrics_token)
        self.assertNotIn(token, str(page.read()))
        page.action_drop_metrics_token()
        page.invalidate_recordset()
        self.assertFalse(page.has_metrics_token)

    def test_nobody_else(self):
        for role in ("reviewer", "auditor"):
            user = new_test_user(self.env, f"settings_{role}", groups=f"{ROLE}{role}")
            with self.assertRaises(AccessError):
                self.page().with_user(user).action_make_metrics_token()
