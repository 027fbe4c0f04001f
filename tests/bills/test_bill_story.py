"""Real files from the drop on the journal to posted bills, through the real queue, by a restricted reviewer."""

from odoo.tests import tagged

from ..documents.common import ROWS, DocumentCase, pdf
from ..documents.test_einvoices import ubl

#: A vendor next door: what tells where it is would make it one from abroad.
LOCAL = [row for row in ROWS if "VAT GB" not in row[2] and "London" not in row[2]]


@tagged("post_install", "-at_install")
class TestBillStory(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        account = cls.company_data["default_account_tax_purchase"]
        lines = [(5, 0, 0), (0, 0, {"repartition_type": "base"})]
        lines.append((0, 0, {"repartition_type": "tax", "account_id": account.id}))
        cls.tax15 = cls.env["account.tax"].create(
            {
                "name": "Input 15%",
                "type_tax_use": "purchase",
                "amount": 15,
                "price_include_override": "tax_excluded",
                "invoice_repartition_line_ids": lines,
                "refund_repartition_line_ids": lines,
            }
        )
        cls.vat = account
        cls.company.account_purchase_tax_id = cls.tax15
        cls.company.ai_accept_bill = "post"
        country = cls.company.country_id.id
        cls.mill = cls.make_partner("Paper Mill Ltd", country_id=country)

    def waiting(self, document):
        domain = [("res_model", "=", "account.move"), ("res_id", "=", document.move_id.id), ("state", "=", "pending")]
        return self.suggestions.search(domain)

    def test_pdf_to_posted_bill_and_back(self):
        document = self.taken_in(("bill.pdf", pdf(LOCAL)))
        move = document.move_id
        self.assertUntouched(move)
        suggestion = self.waiting(document)
        self.assertEqual(len(suggestion), 1, document.error)
        self.assertEqual(suggestion.partner_id, self.mill)
        self.assertEqual(suggestion.proposal["ref"], "PM-2026-117")
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual(
            (move.state, move.amount_untaxed, move.amount_tax, move.amount_total), ("posted", 100, 15, 115)
        )
        self.assertEqual((str(move.invoice_date), str(move.invoice_date_due)), ("2026-03-02", "2026-04-01"))
        self.assertEqual(move.line_ids.filtered(lambda item: item.account_id == self.vat).balance, 15.0)
        suggestion.action_undo()
        self.assertUntouched(move)
        self.assertTrue(document.attachment_id)
        self.assertTrue(self.waiting(document), "it is proposed again")

    def test_memory_of_the_first_bill_codes_the_second(self):
        rent = self.make_account("Storage", "expense")
        suggestion = self.waiting(self.taken_in(("one.pdf", pdf(LOCAL))))
        line = {**suggestion.proposal["lines"][0], "account_id": rent.id}
        suggestion.action_edit({**suggestion.proposal, "lines": [line]})
        suggestion.action_accept()
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        rows = [(x, y, text.replace("117", "118").replace("03-02", "04-02")) for x, y, text in LOCAL]
        second = self.waiting(self.taken_in(("two.pdf", pdf(rows))))
        self.assertEqual((second.tier, second.proposal["lines"][0]["account_id"]), ("memory", rent.id))
        self.assertEqual(second.proposal["ref"], "PM-2026-118")

    def test_e_invoice_from_abroad_is_booked_to_the_cent(self):
        self.mill.write({"vat": "BE0477472701", "country_id": self.env.ref("base.be").id})
        document = self.taken_in(("bill.xml", ubl()))
        suggestion = self.waiting(document)
        self.assertEqual(suggestion.partner_id, self.mill)
        self.assertTrue(all(row["sure"] for row in suggestion.evidence["fields"].values()))
        self.assertIs(suggestion.action_accept(), True)
        move = document.move_id
        line = move.invoice_line_ids
        self.assertEqual((move.state, move.amount_total, line.tax_ids.ids), ("posted", 115.0, []))
        self.assertEqual((line.name, line.price_subtotal), ("Copy paper A4", 115.0), "Belgian tax is cost here")
        self.assertFalse(self.mill.bank_ids, "who may not make bank accounts makes none by accepting")
