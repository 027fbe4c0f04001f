from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestPolicyScreens(BrowserCase):
    """A manager tries a policy, saves it, pauses and resumes; a reviewer sends one back and signs off the rest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.books.add_documents()
        cls.lines = cls.books.add_lines()
        cls.manager = new_test_user(cls.env, login="tour_manager", groups=f"base.group_user,{GROUP}manager")
        cls.reviewer = new_test_user(cls.env, login="tour_reviewer", groups=f"base.group_user,{GROUP}reviewer")
        cls.env["ai.suggestion"].with_user(cls.reviewer).propose(cls.lines._name, cls.lines.ids)

    def states(self):
        self.env.invalidate_all()
        return {line.payment_ref: line.ai_suggestion_id.state for line in self.lines.with_user(self.reviewer)}

    def test_try_save_decide_sign_off(self):
        self.start_tour("/odoo/bookkeeping-policies", "ai_bookkeeper_policy_dry_run", login=self.manager.login)
        sure = "SEPA CREDIT AZ-1001 thank you"
        accepted = [text for text, state in self.states().items() if state == "accepted"]
        self.assertIn(sure, accepted)
        self.assertFalse(any(line.is_reconciled for line in self.lines), "nothing is booked before the sign-off")
        self.start_tour("/odoo/bookkeeping-batch", "ai_bookkeeper_sign_off", login=self.reviewer.login)
        found = self.states()
        self.assertEqual(found[sure], "pending")
        self.assertEqual({found[text] for text in accepted if text != sure}, {"applied"})

    def test_a_manager_opens_a_journal(self):
        self.books.bank.restrict_mode_hash_table = True
        address = f"/odoo/account.journal/{self.books.bank.id}"
        self.start_tour(address, "ai_bookkeeper_journal_binding", login=self.manager.login)
        self.assertFalse(self.books.bank.ai_open_to_policies)
        logs = self.env["ai.audit.log"].sudo().search([("event", "=", "setting_changed")], limit=2)
        self.assertEqual(logs.mapped("user_id"), [self.manager.id] * 2)
