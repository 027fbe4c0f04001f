from odoo import Command
from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestApprovalScreens(BrowserCase):
    """Rules, the list of approvals and the approver's page, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviewer = new_test_user(cls.env, login="tour_approvals", groups=f"{GROUP}reviewer")
        cls.manager = new_test_user(cls.env, login="tour_approvals_manager", groups=f"{GROUP}manager")
        cls.boss = cls.env["res.partner"].create({"name": "Ada Boss", "email": "boss@example.com"})
        cls.vendor = cls.env["res.partner"].create({"name": "Northwind Traders Ltd"})

    def posted(self):
        lines = [Command.create({"name": "Fair", "price_unit": 900.0, "tax_ids": False})]
        values = {"move_type": "in_invoice", "partner_id": self.vendor.id, "invoice_date": "2026-03-01"}
        move = self.env["account.move"].with_user(self.reviewer).create({**values, "invoice_line_ids": lines})
        move.action_post()
        return move

    def test_from_the_rule_to_the_approval(self):
        self.start_tour("/odoo/bookkeeping-approval-rules", "ai_bookkeeper_approval_rule", login=self.manager.login)
        move = self.posted()
        self.assertEqual((move.ai_approval_state, move.payment_state), ("waiting", "blocked"))
        self.start_tour("/odoo/bookkeeping-approvals", "ai_bookkeeper_approval_asked", login=self.reviewer.login)
        self.assertEqual(move.ai_approval_ids.reminder_count, 1)
        self.start_tour(move.ai_approval_ids.sudo()._path(), "ai_bookkeeper_approval_page", login=None)
        self.env.invalidate_all()
        self.assertEqual((move.ai_approval_state, move.payment_state), ("approved", "not_paid"))

    def test_a_manager_does_without(self):
        self.env["ai.approval.rule"].create({"name": "All", "approver_ids": [Command.set(self.boss.ids)]})
        move = self.posted()
        self.start_tour("/odoo/bookkeeping-approvals", "ai_bookkeeper_approval_withdrawn", login=self.manager.login)
        self.env.invalidate_all()
        self.assertEqual((move.ai_approval_state, move.payment_state), ("none", "not_paid"))
