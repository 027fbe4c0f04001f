from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import ReceiptCase


@tagged("post_install", "-at_install")
class TestExpected(ReceiptCase):
    """Payments out that wait for a bill or an expense."""

    def marked(self, amount=-115.0, text="UNKNOWN SHOP 17", how="action_ai_expect_bill"):
        line = self.line(text, amount)
        self.assertIs(getattr(line.with_user(self.reviewer), how)(), True)
        return line

    def waiting(self):
        domain = [("ai_expected", "!=", False), ("is_reconciled", "=", False)]
        return self.lines.search(domain, order="date")

    def test_one_click_puts_it_into_the_list_with_who_and_when(self):
        line = self.marked()
        self.assertEqual((line.ai_expected, line.ai_expected_by_id), ("bill", self.reviewer))
        self.assertTrue(line.ai_expected_at)
        self.assertIn(line, self.waiting())
        self.assertFalse(line.is_reconciled, "nothing is booked")
        self.assertEqual(
            self.env["ai.audit.log"].sudo().search([], order="id desc", limit=1).event, "expectation_changed"
        )

    def test_an_expense_is_told_apart(self):
        self.assertEqual(self.marked(how="action_ai_expect_expense").ai_expected, "expense")

    def test_the_list_ages(self):
        line = self.marked()
        self.assertGreater(line.ai_age, 30)
        self.assertIn(line.id, self.lines.search([("ai_age", ">", 30), ("ai_expected", "=", "bill")]).ids)
        self.assertNotIn(line.id, self.lines.search([("ai_age", "<", 30)]).ids)

    def test_a_coding_that_was_proposed_goes(self):
        line = self.line("UNKNOWN SHOP 17", -115.0)
        row = {"account_id": self.expense.id, "amount": "-115.00"}
        suggestion = self.submitted(line, {"lines": [row], "remainder": "0"}, "bank_coding")
        line.with_user(self.reviewer).action_ai_expect_bill()
        self.assertEqual(suggestion.state, "superseded")

    def test_the_bill_that_comes_is_matched_and_the_line_leaves_the_list(self):
        line = self.marked(-50.0, "Northwind Traders R-17")
        bill = self.bill(self.northwind, 50.0, ref="R-17")
        self.by_hand(line, [(self.term_line(bill), "-50.00")])
        self.assertNotIn(line, self.waiting())
        self.assertFalse(self.receipt_of(line), "the bill is its document")

    def test_nothing_is_expected_any_more(self):
        line = self.marked()
        line.with_user(self.reviewer).action_ai_expect_nothing()
        self.assertEqual((line.ai_expected, line.ai_expected_at, line.ai_expected_by_id.id), (False, False, False))
        self.assertEqual(line.ai_finding, "todo")

    def test_only_open_payments_out_wait(self):
        for line in (self.line("in", 20.0), self.bought(taxed=False)):
            with self.assertRaisesRegex(UserError, "no open payment out"):
                line.with_user(self.reviewer).action_ai_expect_bill()

    def test_a_new_document_opens_with_what_the_bank_knows(self):
        line = self.marked(-80.0)
        line.partner_id = self.northwind
        action = line.with_user(self.reviewer).action_ai_new_document()
        form = Form(self.env["account.move"].with_user(self.reviewer).with_context(**action["context"]))
        self.assertEqual(form.partner_id, self.northwind)
        self.assertEqual(str(form.invoice_date), "2026-03-10")
        bill = form.save()
        self.assertEqual((bill.move_type, bill.state), ("in_invoice", "draft"))
        self.assertEqual(bill.amount_total, 80.0, "what was paid, tax included")

    def test_rights(self):
        line = self.line("UNKNOWN", -10.0)
        for user in (self.manager, self.auditor):
            with self.assertRaises(AccessError):
                line.with_user(user).action_ai_expect_bill()
        hidden = self.line("secret", -10.0, journal=self.closed_to_reviewer())
        with self.assertRaises(AccessError):
            hidden.with_user(self.reviewer).action_ai_expect_bill()

    # === WHAT CODING DOES WITH IT === #

    def known_payee(self):
        """A shop that people coded to cost with input VAT, time and again."""
        for day in range(1, 9):
            self.bought(f"CORNER SHOP {day}", -115.0, date=f"2026-02-{day:02}", partner_name="Corner Shop")
        return self.line("CORNER SHOP 9", -115.0, partner_name="Corner Shop")

    def proposed_taxes(self, line):
        suggestion = self.propose(line)
        self.assertEqual(suggestion.kind, "bank_coding", line.ai_finding_text)
        rows = suggestion.proposal.get("lines") or suggestion.evidence["alternatives"][0]["proposal"]["lines"]
        return [tax_id for row in rows for tax_id in row.get("tax_ids") or []]

    def test_no_account_is_proposed_while_a_document_is_awaited(self):
        line = self.known_payee()
        line.with_user(self.reviewer).action_ai_expect_bill()
        self.assertFalse(self.propose(line))
        line.with_user(self.reviewer).action_ai_expect_nothing()
        self.assertEqual(self.propose(line).kind, "bank_coding")

    def test_vat_is_proposed_where_the_company_claims_it_before_the_receipt(self):
        self.assertEqual(self.proposed_taxes(self.known_payee()), self.tax.ids)

    def test_gross_is_proposed_where_it_does_not(self):
        line = self.known_payee()
        self.company.ai_claims_without_document = False
        self.assertEqual(self.proposed_taxes(line), [])

    def test_a_document_that_is_there_lets_it_claim(self):
        line = self.known_payee()
        self.company.ai_claims_without_document = False
        self.attach(line)
        self.assertEqual(self.proposed_taxes(line), self.tax.ids)
