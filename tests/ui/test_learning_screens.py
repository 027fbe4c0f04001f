from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestLearningScreens(BrowserCase):
    """A manager learns from history, stops it, goes on and sees what was learned; a reviewer sees the lessons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.manager = new_test_user(cls.env, login="tour_manager", groups=f"base.group_user,{GROUP}manager")
        cls.reviewer = new_test_user(cls.env, login="tour_reviewer", groups=f"base.group_user,{GROUP}reviewer")
        cls.fuel = cls.env["account.account"].create({"name": "Fuel", "code": "990001", "account_type": "expense"})
        for day in range(1, 7):
            cls.code(f"CARD SHELL {4700 + day}", -50.0 - day, f"2026-03-{day:02}")

    @classmethod
    def code(cls, text, amount, date):
        """As a person codes it in Odoo: the suspense line gets the account."""
        values = {"journal_id": cls.books.bank.id, "payment_ref": text, "amount": amount, "date": date}
        line = cls.env["account.bank.statement.line"].create(values)
        suspense = line._seek_for_lines()[1]
        suspense.with_context(skip_readonly_check=True).write({"account_id": cls.fuel.id})
        return line

    def test_learning(self):
        self.start_tour("/odoo/bookkeeping-history", "ai_bookkeeper_learn_from_history", login=self.manager.login)
        self.env.invalidate_all()
        history = self.env["ai.learning.history"].search([])
        self.assertEqual((history.state, history.user_id), ("running", self.manager))
        while not history._carry_on(lambda: False):
            self.env.invalidate_all()
        snapshot = self.env["ai.learning.model"]._build(history.company_id)
        self.assertEqual(snapshot.lesson_count, 6)
        self.start_tour("/odoo/bookkeeping-history", "ai_bookkeeper_learned", login=self.manager.login)
        self.start_tour("/odoo/bookkeeping-learned", "ai_bookkeeper_snapshots", login=self.manager.login)
        self.start_tour("/odoo/bookkeeping-lessons", "ai_bookkeeper_lessons", login=self.reviewer.login)

    def test_accounts(self):
        self.start_tour("/odoo/bookkeeping-accounts", "ai_bookkeeper_account_notes", login=self.manager.login)
        self.env.invalidate_all()
        self.assertIn(self.fuel.id, self.books.company._ai_forbidden_accounts())
