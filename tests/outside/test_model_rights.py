"""Who decides what leaves, who reads what left, and what nobody reads."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import OutsideCase


@tagged("post_install", "-at_install")
class TestOutsideRights(OutsideCase):
    def test_managers_decide_and_auditors_read(self):
        provider = self.provider()
        self.assertEqual(provider.with_user(self.auditor).model, "small-1")
        for user in (self.auditor, self.reviewer, self.stranger):
            with self.assertRaises(AccessError):
                provider.with_user(user).write({"is_on": False})
            with self.assertRaises(AccessError):
                provider.with_user(user).store_key("x")
        with self.assertRaises(AccessError):
            provider.with_user(self.reviewer).read(["url"])

    def test_the_ledger_is_read_by_managers_and_auditors_and_written_by_nobody(self):
        self.provider()
        self.odd()
        row = self.ledger()
        for user in (self.manager, self.auditor):
            self.assertIn("Lamps repaired", row.with_user(user).request)
            for change in (lambda mine: mine.write({"request": "x"}), lambda mine: mine.unlink()):
                with self.assertRaises(AccessError):
                    change(row.with_user(user))
        for user in (self.reviewer, self.stranger):
            with self.assertRaises(AccessError):
                row.with_user(user).read(["request"])

    def test_another_companys_model_and_ledger_are_not_seen(self):
        provider = self.provider()
        self.odd()
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        stranger = self.make_user("outside_other", "manager", company=other)
        self.assertFalse(self.env["ai.model.provider"].with_user(stranger).search([]))
        self.assertFalse(self.env["ai.model.ledger"].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            provider.with_user(stranger).store_key("x")

    def test_the_key_is_stored_and_never_read(self):
        provider = self.provider()
        dialog = self.env["ai.model.key"].with_user(self.manager).create({"provider_id": provider.id, "key": "s3cret"})
        dialog.action_store()
        self.assertEqual((provider.key_state, provider._key()), ("stored", "s3cret"))
        self.assertNotIn("s3cret", str(dialog.read()))
        self.assertNotIn("s3cret", str(provider.with_user(self.manager).read()))
        events = self.env["ai.audit.log"].sudo().search([("res_model", "=", provider._name)])
        self.assertTrue(events)
        self.assertNotIn("s3cret", str(events.mapped("payload")))
        provider.forget_key()
        self.assertEqual(provider.key_state, "none")

    def test_a_new_address_forgets_the_key(self):
        provider = self.provider()
        provider.store_key("s3cret")
        provider.url = f"{provider.url}/other"
        self.assertEqual(provider._key(), "s3cret")
        provider.url = "https://collector.example.com/v1"
        self.assertIsNone(provider._key())

    def test_addresses_and_values_that_are_refused(self):
        for url in (
            "http://api.example.com/v1",
            "ftp://127.0.0.1/",
            "api.example.com",
            "https://user:pw@example.com",
            "",
        ):
            with self.subTest(url=url), self.assertRaises(UserError):
                self.provider(url=url)
        with self.assertRaises(ValidationError):
            self.provider(timeout=600)
        provider = self.provider()
        with self.assertRaises(ValidationError):
            provider.allowance_ids[0].field_names = "total, vendor_iban"
        for key in ("", "   ", "é" * 5, "x" * 1000, None):
            with self.assertRaises(UserError):
                provider.store_key(key)
