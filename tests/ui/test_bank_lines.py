from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"


@tagged("post_install", "-at_install")
class TestBankLines(BrowserCase):
    """From the bank's file to booked lines and back, by a reviewer in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.books.add_documents()
        cls.reviewer = new_test_user(cls.env, login="tour_reviewer", groups=REVIEWER)

    def tour(self, name, url="/odoo/bank-lines"):
        self.start_tour(url, f"ai_bookkeeper_{name}", login=self.reviewer.login)
        self.env.invalidate_all()

    def status(self):
        lines = self.env["account.bank.statement.line"].search([("journal_id", "=", self.books.bank.id)])
        return {line.payment_ref: line.ai_status for line in lines}

    def test_import_decide_undo(self):
        before_import = self.status()
        self.env["ir.attachment"].create(
            {
                "name": "tour_statement.csv",
                "raw": self.books.statement_file().encode(),
                "mimetype": "text/csv",
                "public": True,
                "url": "/ai_bookkeeper/tour_statement.csv",
                "type": "binary",
            }
        )
        self.tour("import")
        status = self.status()
        self.assertEqual(len(status) - len(before_import), 7)
        self.assertEqual(status["SEPA CREDIT AZ-1001 thank you"], "proposed")
        self.assertEqual(status["Virement Deco Addict facture mars"], "asked")
        self.assertEqual(status["POS 4412 SHELL STATION 0231"], "nothing")
        trial_balance, documents = self.books.trial_balance(), self.books.open_documents()

        self.tour("decide")
        status = self.status()
        self.assertEqual(status["SEPA CREDIT AZ-1001 thank you"], "reconciled")
        self.assertEqual(status["Virement Deco Addict facture mars"], "reconciled")
        self.assertEqual(status["GE-3003 less charges"], "reconciled")
        self.assertEqual(status["POS 4412 SHELL STATION 0231"], "reconciled")
        self.assertEqual(status["PAPERWORKS LTD PW-20931"], "nothing", "rejected")
        self.assertNotEqual(self.books.trial_balance(), trial_balance)
        self.assertEqual(self.books.open_documents()["AZ-1001"], (0.0, "paid"))
        self.assertEqual(self.books.open_documents()["PW-20931"], documents["PW-20931"])

        self.tour("undo")
        self.assertNotIn("reconciled", set(self.status().values()))
        self.assertEqual(self.books.trial_balance(), trial_balance, "back to the cent")
        self.assertEqual(self.books.open_documents(), documents)

    def test_keys(self):
        self.books.add_lines()
        trial_balance = self.books.trial_balance()
        self.tour("keys")
        self.assertEqual(self.status()["GE-3001 and GE-3002"], "reconciled")
        self.assertEqual(self.status()["GE-3003 less charges"], "proposed", "booked and undone")
        line = self.env["account.bank.statement.line"].search([("payment_ref", "=", "GE-3001 and GE-3002")])
        line.with_user(self.reviewer).action_ai_undo()
        self.assertEqual(self.books.trial_balance(), trial_balance)

    def test_match_by_hand(self):
        lines = self.books.add_lines()
        self.tour("by_hand")
        line = lines.filtered(lambda line: line.payment_ref == "GE-3003 less charges")
        self.assertTrue(line.is_reconciled)
        self.assertEqual(self.books.open_documents()["GE-3003"], (19.1, "partial"))
        self.assertEqual(self.books.documents["short"].amount_total - 19.1, 1400.0)
        coded = line.line_ids.filtered(lambda item: item.account_id.code == "600000")
        self.assertEqual(coded.mapped("balance"), [-11.6])
