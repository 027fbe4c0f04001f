from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"


@tagged("post_install", "-at_install")
class TestWizards(BrowserCase):
    """Review of a selection and undo of many, by a reviewer in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.books.add_documents()
        cls.lines = cls.books.add_lines()
        cls.reviewer = new_test_user(cls.env, login="tour_reviewer", groups=REVIEWER)

    def status(self):
        self.env.invalidate_all()
        return {line.payment_ref: line.ai_status for line in self.lines}

    def test_review_and_undo(self):
        trial_balance, documents = self.books.trial_balance(), self.books.open_documents()
        self.start_tour("/odoo/suggestions", "ai_bookkeeper_review", login=self.reviewer.login)
        status = self.status()
        self.assertEqual(status["SEPA CREDIT AZ-1001 thank you"], "reconciled")
        self.assertEqual(status["GE-3003 less charges"], "reconciled", "split by the reviewer")
        self.assertEqual(status["Virement Deco Addict facture mars"], "reconciled", "answered")
        self.assertEqual(status["PAPERWORKS LTD PW-20931"], "nothing", "rejected")
        self.assertNotEqual(self.books.trial_balance(), trial_balance)
        self.start_tour("/odoo/suggestions", "ai_bookkeeper_undo_many", login=self.reviewer.login)
        self.assertNotIn("reconciled", set(self.status().values()))
        self.assertEqual(self.books.trial_balance(), trial_balance, "back to the cent")
        self.assertEqual(self.books.open_documents(), documents)
