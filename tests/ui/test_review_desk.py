from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestDesk(BrowserCase):
    """The review desk in a real browser, by keyboard."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.books.add_documents()

    def user(self, role):
        return new_test_user(self.env, login=f"desk_{role}", groups=f"{GROUP}{role}")

    def tour(self, name, role="reviewer"):
        self.start_tour("/odoo/review-desk", f"ai_bookkeeper_{name}", login=self.user(role).login)
        self.env.invalidate_all()

    def test_a_days_work(self):
        lines = self.books.add_lines()
        trial_balance = self.books.trial_balance()
        self.tour("desk")
        found = {line.payment_ref: line.ai_status for line in lines}
        self.assertEqual([text for text, status in found.items() if status == "reconciled"], [lines[0].payment_ref])
        self.assertNotEqual(self.books.trial_balance(), trial_balance)
        lines[0].ai_suggestion_id.action_undo()
        self.assertEqual(self.books.trial_balance(), trial_balance, "all else was undone to the cent")
        opened = self.env["ai.suggestion"].search([("opened_at", "!=", False), ("res_id", "in", lines.ids)])
        self.assertIn(lines[0].id, opened.mapped("res_id"), "what was decided had been looked at")

    def test_nothing_waits(self):
        self.tour("desk_empty")

    def test_auditor(self):
        lines = self.books.add_lines()
        self.tour("desk_auditor", "auditor")
        self.assertNotIn("reconciled", lines.mapped("ai_status"))
