from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .webhook_case import WebhookCase


@tagged("post_install", "-at_install")
class TestTiredWebhooks(WebhookCase):
    """A webhook that failed for days is switched off by itself, and says so."""

    def setUp(self):
        super().setUp()
        self.tired = self.hook(name="Tired")
        self.company = self.tired.company_id.sudo()
        self.now = fields.Datetime.now()

    def attempt(self, days_ago, is_good=False, hook=None, is_test=False):
        self.env.cr.execute(
            """INSERT INTO sync_delivery (webhook_id, company_id, job_id, at, is_good, status, error, res_model, res_id)
               VALUES (%s, %s, %s, %s, %s, %s, %s, 'res.partner', %s)""",
            (
                *((hook or self.tired).id, self.company.id, None if is_test else 1),
                *(self.now - timedelta(days=days_ago), is_good, 200 if is_good else 500),
                *(None if is_good else "The other side answered 500.", self.northwind.id),
            ),
        )

    def switched_off(self):
        hooks = self.env["sync.webhook"].sudo()
        with self.enter_registry_test_mode():
            found = hooks._switch_off_tired()
        self.env.invalidate_all()
        return found

    def test_after_five_days_of_failures(self):
        self.attempt(9, is_good=True)
        self.attempt(4.9)
        self.attempt(0)
        self.assertFalse(self.switched_off(), "not five days yet")
        self.company.ai_sync_webhook_days = 4
        self.assertEqual(self.switched_off(), self.tired.sudo())
        self.assertRecordValues(self.tired.sudo(), [{"state": "off", "is_by_machine": True}])
        self.assertIn("answered 500", self.tired.reason)
        self.assertIn("4 days", self.tired.message_ids[0].body)
        self.assertIn(
            ("webhook_off", f"webhook:{self.tired.id}", self.company.id),
            self.env["sync.watchdog"].sudo()._find_webhook_off(),
        )
        self.assertFalse(self.switched_off(), "once")

    def test_what_waits_is_cancelled(self):
        job = self.fan_out(self.event("partner.changed", self.northwind))
        self.attempt(6)
        self.attempt(0)
        self.switched_off()
        with self.enter_registry_test_mode():
            self.tired.sudo()._cancel_waiting()
        job.invalidate_recordset()
        self.assertEqual(job.state, "cancelled")

    def test_one_success_in_between_or_a_test_that_arrived(self):
        self.attempt(6)
        self.attempt(3, is_good=True)
        self.attempt(0)
        self.assertFalse(self.switched_off())
        other = self.hook(name="Tested")
        self.attempt(6, hook=other)
        self.attempt(3, is_good=True, hook=other, is_test=True)
        self.attempt(0, hook=other)
        self.assertFalse(self.switched_off())

    def test_nothing_to_send_is_no_failure(self):
        self.attempt(20)
        self.attempt(19)
        self.assertFalse(self.switched_off())

    def test_a_start_and_another_address_begin_anew(self):
        self.attempt(6)
        self.tired.action_pause()
        self.tired.action_start()
        self.attempt(0)
        self.assertFalse(self.switched_off())
        other = self.hook(name="Moved")
        self.attempt(6, hook=other)
        other.url = self.url + "2"
        self.attempt(0, hook=other)
        self.assertFalse(self.switched_off())

    def test_days_are_checked(self):
        with self.assertRaises(ValidationError):
            self.company.ai_sync_webhook_days = 0

    def test_the_watchdog_does_it(self):
        self.attempt(6)
        self.attempt(0)
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env["sync.watchdog"].sudo()._look()
        self.env.invalidate_all()
        self.assertEqual(self.tired.state, "off")
        trouble = self.env["sync.trouble"].sudo().search([("kind", "=", "webhook_off")])
        self.assertEqual(trouble.facts["res_id"], self.tired.id)
