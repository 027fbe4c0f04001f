from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestReceiptScreens(BrowserCase):
    """Payments that wait for a bill, and receipts that are chased, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.books.add_documents()
        cls.lines = cls.books.add_lines()
        cls.shell = cls.lines.filtered(lambda line: line.payment_ref.startswith("POS 4412"))
        cls.reviewer = new_test_user(cls.env, login="tour_receipts", groups=f"{GROUP}reviewer")
        cls.auditor = new_test_user(cls.env, login="tour_receipts_read", groups=f"{GROUP}auditor")
        cls.clara = cls.env["res.partner"].create({"name": "Clara Client", "email": "clara@client.example"})
        cls.books.company.write({"ai_claims_without_document": True, "ai_receipts_from": "2020-01-01"})

    def test_a_payment_waits_for_its_bill(self):
        self.start_tour("/odoo/bank-lines", "ai_bookkeeper_expect_bill", login=self.reviewer.login)
        self.env.invalidate_all()
        self.assertEqual((self.shell.ai_expected, self.shell.ai_expected_by_id), ("bill", self.reviewer))
        self.start_tour("/odoo/bills-expected", "ai_bookkeeper_bills_expected", login=self.reviewer.login)
        self.assertFalse(
            self.env["account.move"].search([("move_type", "=", "in_invoice"), ("state", "=", "draft")]),
            "opened, not saved",
        )

    def test_the_card_holder_is_asked(self):
        row = {"account_id": self.books.expense.id, "amount": str(self.shell.amount)}
        row["tax_ids"] = self.books.company.account_purchase_tax_id.ids
        self.shell.with_user(self.reviewer).ai_book_by_hand({"write_off": [row]})
        self.start_tour("/odoo/missing-receipts", "ai_bookkeeper_receipts_read", login=self.auditor.login)
        self.start_tour("/odoo/missing-receipts", "ai_bookkeeper_missing_receipts", login=self.reviewer.login)
        mail = self.env["mail.mail"].sudo().search([("recipient_ids", "in", self.clara.ids)])
        self.assertEqual(len(mail), 1)
