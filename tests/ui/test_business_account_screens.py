"""A first day and the months after it, in a browser: from statement files to an issued reconciliation statement."""

from datetime import date

from odoo.tests import new_test_user, tagged

from ...benchmarks.bank.books.business_account import BusinessAccount, make_tax
from ..common_browser import BrowserCase

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"
TODAY = date(2026, 11, 21)


@tagged("post_install", "-at_install")
class TestBusinessAccountScreens(BrowserCase):
    """What the figures must be is told by tests/depth/test_business_account.py; here a person gets there by clicks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.story = BusinessAccount(cls.env, TODAY, make_tax(cls.env, "sale"), make_tax(cls.env, "purchase"))
        manager = new_test_user(cls.env, login="story_manager", groups=f"{GROUP}manager")
        cls.reviewer = new_test_user(cls.env, login="story_reviewer", groups=f"{GROUP}reviewer")
        cls.story.build().configure(cls.env(user=manager))
        cls.env["ir.attachment"].create(
            [
                {"name": name, "raw": content, "public": True, "url": f"/ai_bookkeeper/{name}", "type": "binary"}
                for name, content in cls.story.files().items()
            ]
        )

    def tour(self, name, url="/odoo/bank-lines"):
        self.start_tour(url, f"ai_bookkeeper_business_account{name}", login=self.reviewer.login, timeout=180)
        self.env.invalidate_all()

    def test_story(self):
        self.tour("")
        final = self.story.invoice_at_last()
        self.tour("_invoice", f"/odoo/account.move/{final.id}")
        self.tour("_statement", "/odoo/action-ai_bookkeeper.ai_suggestion_desk_action")
        self.assertEqual(final.payment_state, "paid")
        statement = self.env["ai.bank.reconciliation"].search([("journal_id", "=", self.story.journal.id)])
        self.assertEqual((statement.bank_balance, statement.difference), (4437.26, 0.0))
