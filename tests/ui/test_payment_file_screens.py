from odoo.tests import new_test_user, tagged

from ...readers.payment_file.tests.samples import credit_file
from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"
OWN = "BE71096123456769"


@tagged("post_install", "-at_install")
class TestPaymentFileScreens(BrowserCase):
    """A payment file in a real browser: read, an order refused and sent again, its bank line proposed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.people = {
            role: new_test_user(cls.env, login=f"tour_files_{role}", groups=f"{GROUP}{role}")
            for role in ("reviewer", "auditor")
        }
        cls.books.bank.bank_account_id = cls.env["res.partner.bank"].create(
            {"acc_number": OWN, "partner_id": cls.books.company.partner_id.id}
        )
        vendors = [
            cls.books._partner("Lakeside Paper", "BE68539007547034"),
            cls.books._partner("Harbour Cleaning", "NL91ABNA0417164300"),
        ]
        cls.bills = [
            cls.books._document("in_invoice", vendor, "2026-02-10", net, f"B-{net:.0f}")
            for vendor, net in zip(vendors, (210.0, 95.0), strict=True)
        ]
        orders = [
            {
                "end_to_end": f"E2E-{number:04}",
                "amount": f"{bill.amount_total:.2f}",
                "name": bill.partner_id.name,
                "account": bill.partner_id.bank_ids.acc_number,
                "currency": cls.books.company.currency_id.name,
            }
            for number, bill in enumerate(cls.bills)
        ]
        cls.env["ir.attachment"].create(
            {
                "name": "payments.xml",
                "raw": credit_file(orders, account=OWN, name="PAY-2026-0077"),
                "mimetype": "application/octet-stream",
                "public": True,
                "url": "/ai_bookkeeper/tour_payments.xml",
                "type": "binary",
            }
        )
        cls.line = cls.env["account.bank.statement.line"].create(
            {
                "journal_id": cls.books.bank.id,
                "payment_ref": "SEPA CT 8812",
                "amount": -sum(bill.amount_total for bill in cls.bills),
                "date": "2026-03-11",
            }
        )

    def test_read_refused_proposed(self):
        self.start_tour("/odoo/bank-lines", "ai_bookkeeper_payment_files", login=self.people["reviewer"].login)
        self.env.invalidate_all()
        suggestion = self.line.ai_suggestion_id
        self.assertEqual((suggestion.case, suggestion.is_question), ("payment_run", False))
        self.start_tour("/odoo/payment-files", "ai_bookkeeper_payment_files_read", login=self.people["auditor"].login)
