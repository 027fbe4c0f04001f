"""A person's names go, the chain stays."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AuditCase


@tagged("post_install", "-at_install")
class TestErasing(AuditCase):
    def setUp(self):
        super().setUp()
        self.mine = self.book(100.0, self.northwind)
        self.other = self.book(200.0, self.yonder)
        self.seal()

    def kept(self, suggestion):
        rows = self.log.search([("suggestion_id", "=", suggestion.id)])
        found = self.env["ai.audit.identity"].sudo().search([("log_id", "in", rows.ids)])
        return [identity.value for identity in found if identity.value]

    def erase(self, **values):
        return (
            self.env["ai.audit.identity"]
            .with_user(self.manager)
            .action_erase(**{"reason": "Request 7", "partner_ids": self.northwind.ids, **values})
        )

    def test_names_go_and_the_chain_stays_whole(self):
        self.assertIn(self.northwind.name, self.kept(self.mine))
        preview = self.env["ai.audit.identity"].with_user(self.manager).erase_preview(self.northwind.ids)
        count = self.erase()
        self.assertEqual(count, preview["count"])
        self.env.invalidate_all()
        self.assertEqual(self.kept(self.mine), [])
        self.assertIn(self.yonder.name, self.kept(self.other))
        report = self.verify()
        self.assertTrue(report["ok"], report["problems"])
        self.assertEqual(report["erased"], count)
        log = self.log.search([("event", "=", "erased")])
        self.assertEqual((log.payload["count"], log.payload["partner_ids"]), (count, self.northwind.ids))
        self.assertNotIn("Request 7", str(log.payload))

    def test_texts_that_name_somebody(self):
        self.env["ai.audit.log"]._append("failed", self.other, [{"error": "Northwind Traders Ltd owes 100%"}])
        proposal = {"lines": [{"account_id": 1, "label": "For Northwind's Ann"}]}
        [log_id] = self.env["ai.audit.log"]._append("edited", self.other, [{"after": proposal}])
        self.assertEqual(self.log.browse(log_id).payload["after"], {"lines": [{"account_id": 1}]})
        self.erase(partner_ids=[], words=["Northwind"])
        self.assertFalse([value for value in self.kept(self.other) if "Northwind" in value])
        self.assertTrue(self.verify()["ok"])

    def test_it_needs_a_reason_and_something_to_erase(self):
        with self.assertRaises(UserError):
            self.erase(reason="  ")
        with self.assertRaises(UserError):
            self.erase(partner_ids=self.adatum.ids)
        with self.assertRaises(UserError):
            self.erase(words=["%"])

    def test_managers_only(self):
        for user in (self.auditor, self.reviewer):
            identities = self.env["ai.audit.identity"].with_user(user)
            with self.assertRaises(AccessError):
                identities.action_erase("x", self.northwind.ids)
            with self.assertRaises(AccessError):
                identities.erase_preview(self.northwind.ids)

    def test_the_wizard_shows_first_what_it_empties(self):
        wizard = self.env["ai.audit.erase"].with_user(self.manager).create({"partner_ids": self.northwind.ids})
        self.assertTrue(wizard.found_count)
        self.assertIn(self.northwind.name, wizard.found_text)
        wizard.reason = "Request 8"
        wizard.action_erase()
        self.assertFalse(
            self.env["ai.audit.erase"].with_user(self.manager).new({"partner_ids": self.northwind.ids}).found_count
        )
