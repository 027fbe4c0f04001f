"""The switch that stops syncing: for a company, its branches, or all."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import BankCase


@tagged("post_install", "-at_install")
class TestPause(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")
        cls.other = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.branch = cls.env["res.company"].create({"name": "Branch", "parent_id": cls.company.id})
        cls.owner = cls.make_user("owner", "manager", company=cls.company)
        cls.owner.company_ids = cls.env["res.company"].search([])

    def pauses(self, user=None):
        return self.env["sync.pause"].with_user(user or self.manager)

    def test_a_company_and_its_branches(self):
        self.pauses().pause(reason="Year end")
        self.assertTrue(self.company._sync_is_paused())
        self.assertTrue(self.branch._sync_is_paused())
        self.assertFalse(self.other._sync_is_paused())
        self.assertFalse(self.env["res.company"]._sync_is_paused())
        self.assertEqual(self.env["sync.pause"]._paused_ids(), {self.company.id, self.branch.id})
        state = self.pauses(self.reviewer).pause_state()
        self.assertEqual((state["company"], state["all"], state["reason"]), (True, False, "Year end"))
        self.assertFalse(state["may_switch"])
        self.assertIn(self.manager.name, state["text"])
        self.assertIn("Year end", state["text"])
        self.pauses().resume()
        self.assertFalse(self.company._sync_is_paused())
        self.assertEqual(self.pauses().pause_state()["text"], "")

    def test_all_companies(self):
        with self.assertRaises(UserError):
            self.pauses().pause(all_companies=True)
        self.assertFalse(self.pauses().pause_state()["may_switch_all"])
        self.pauses(self.owner).pause(all_companies=True)
        self.assertTrue(self.other._sync_is_paused())
        self.assertTrue(self.env["res.company"]._sync_is_paused())
        self.assertIn(None, self.env["sync.pause"]._paused_ids())
        self.assertTrue(self.pauses().pause_state()["all"])
        with self.assertRaisesRegex(UserError, "All companies are paused"):
            self.pauses().resume()
        self.pauses(self.owner).resume(all_companies=True)
        self.assertFalse(self.other._sync_is_paused())

    def test_it_is_logged(self):
        self.pauses().pause(reason="Year end")
        self.pauses().pause(reason="again")
        self.pauses().resume()
        with self.assertRaisesRegex(UserError, "not paused"):
            self.pauses().resume()
        domain = [("event", "in", ("sync_paused", "sync_resumed")), ("company_id", "=", self.company.id)]
        logs = self.env["ai.audit.log"].sudo().search(domain, order="id")
        self.assertEqual(logs.mapped("event"), ["sync_paused", "sync_resumed"])
        self.assertEqual(set(logs.mapped("user_id")), {self.manager.id})

    def test_a_restored_database_outranks_a_person(self):
        pauses = self.env["sync.pause"].sudo()
        pauses._pause(self.env["res.company"], "Look first.", "restored")
        pauses._pause(self.env["res.company"], "mine")
        self.assertEqual(pauses.search([]).cause, "restored")
        self.assertIn("Look first.", self.pauses(self.reviewer).pause_state()["text"])

    def test_rights(self):
        auditor = self.make_user("auditor", "auditor")
        for user in (self.reviewer, auditor, self.make_user("plain", groups="account.group_account_user")):
            with self.assertRaises(AccessError):
                self.pauses(user).pause()
            with self.assertRaises(AccessError):
                self.pauses(user).create({"since": "2026-01-01 00:00:00"})
        with self.assertRaises(AccessError):
            self.pauses(self.manager).create({"since": "2026-01-01 00:00:00"})
        self.assertEqual(self.pauses(auditor).pause_state()["text"], "")
        with self.assertRaises(AccessError):
            self.pauses(self.make_user("plainer")).pause_state()
