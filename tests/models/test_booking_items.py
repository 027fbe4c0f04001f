"""Bank lines that settle open items: the whole entry, what stays open, and undo."""

from odoo.tests import tagged

from ..common import BankCase


@tagged("post_install", "-at_install")
class TestBookingItems(BankCase):
    def test_one_customer_invoice(self):
        invoice = self.document(self.northwind, 1000.0, taxes=self.tax_sale_a)
        line = self.line(f"NORTHWIND TRADERS {invoice.name}", 1150.0)
        before = self.books()
        suggestion = self.booked(line, "one")
        self.assertEntry(line, [(self.receivable, -1150.0, {"reconciled": True})], self.northwind)
        self.assertOpen(invoice, 0.0, "paid")
        self.assertReconciled(line)
        self.assertEqual(suggestion.decided_by_id, self.reviewer)
        self.assertEqual(suggestion.move_ids, line.move_id + invoice)
        self.assertTrue(self.term_line(invoice).full_reconcile_id)
        self.assertUndone(suggestion, before)

    def test_one_vendor_bill(self):
        bill = self.bill(self.yonder, 300.0, taxes=self.tax_purchase_a, ref="BY-2026-77")
        line = self.line("BLUE YONDER GMBH BY-2026-77", -345.0)
        before = self.books()
        suggestion = self.booked(line, "one")
        self.assertEntry(line, [(self.payable, 345.0, {"reconciled": True})], self.yonder)
        self.assertOpen(bill, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_lump_sum_of_several_invoices(self):
        first = self.document(self.northwind, 100.10)
        second = self.document(self.northwind, 250.25, date="2026-03-02")
        third = self.document(self.northwind, 77.77, date="2026-03-03")
        line = self.line(f"Northwind Traders {first.name} {second.name}", 350.35)
        before = self.books()
        suggestion = self.booked(line, "several")
        self.assertEntry(line, [(self.receivable, -100.10), (self.receivable, -250.25)], self.northwind)
        self.assertOpen(first, 0.0, "paid")
        self.assertOpen(second, 0.0, "paid")
        self.assertOpen(third, 77.77, "not_paid")
        self.assertUndone(suggestion, before)

    def test_net_of_a_credit_note(self):
        invoice = self.document(self.northwind, 500.0)
        credit = self.document(self.northwind, 120.0, "out_refund", date="2026-03-02")
        line = self.line(f"Northwind Traders {invoice.name} less {credit.name}", 380.0)
        before = self.books()
        suggestion = self.booked(line, "several")
        self.assertEntry(line, [(self.receivable, -500.0), (self.receivable, 120.0)], self.northwind)
        self.assertOpen(invoice, 0.0, "paid")
        self.assertOpen(credit, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_several_bills_of_one_vendor(self):
        first = self.bill(self.yonder, 80.0, ref="BY-801")
        second = self.bill(self.yonder, 45.5, ref="BY-802")
        line = self.line("BLUE YONDER GMBH BY-801 BY-802", -125.5)
        before = self.books()
        suggestion = self.booked(line, "several")
        self.assertEntry(line, [(self.payable, 80.0), (self.payable, 45.5)], self.yonder)
        self.assertOpen(first, 0.0, "paid")
        self.assertOpen(second, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_instalments_are_paid_in_due_order(self):
        invoice = self.document(self.northwind, 1000.0, invoice_payment_term_id=self.pay_terms_b.id)
        early, late = self.term_line(invoice)
        self.assertEqual((cents_of(early), cents_of(late)), ("300.00", "700.00"))
        first = self.line(f"Northwind {invoice.name} first part", 300.0)
        before = self.books()
        suggestion = self.booked(first, "one")
        self.assertTrue(early.reconciled)
        self.assertFalse(late.reconciled)
        self.assertOpen(invoice, 700.0, "partial")
        second = self.line(f"Northwind {invoice.name} rest", 700.0, date="2026-04-28")
        between = self.books()
        last = self.booked(second, "one")
        self.assertOpen(invoice, 0.0, "paid")
        self.assertUndone(last, between)
        second.with_user(self.reviewer).ai_suggestion_id._supersede()
        second.unlink()
        self.assertUndone(suggestion, before)

    def test_one_line_pays_several_instalments(self):
        invoice = self.document(self.northwind, 1000.0, invoice_payment_term_id=self.pay_terms_b.id)
        line = self.line(f"Northwind {invoice.name}", 1000.0)
        before = self.books()
        suggestion = self.booked(line, "several", asked=None)
        self.assertEntry(line, [(self.receivable, -300.0), (self.receivable, -700.0)], self.northwind)
        self.assertOpen(invoice, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_part_of_an_invoice_leaves_the_rest_open(self):
        invoice = self.document(self.northwind, 500.0, taxes=self.tax_sale_a)
        line = self.line(f"NORTHWIND TRADERS part payment {invoice.name}", 200.0)
        before = self.books()
        suggestion = self.booked(line, "partial")
        self.assertEntry(line, [(self.receivable, -200.0, {"reconciled": True})], self.northwind)
        self.assertOpen(invoice, 375.0, "partial")
        self.assertReconciled(line)
        self.assertTrue(self.term_line(invoice).matching_number.startswith("P"))
        self.assertUndone(suggestion, before)

    def test_part_of_a_bill_leaves_the_rest_open(self):
        bill = self.bill(self.yonder, 500.0, ref="BY-990")
        line = self.line("BLUE YONDER part payment BY-990", -200.0)
        before = self.books()
        suggestion = self.booked(line, "partial")
        self.assertEntry(line, [(self.payable, 200.0)], self.yonder)
        self.assertOpen(bill, 300.0, "partial")
        self.assertUndone(suggestion, before)

    def test_overpayment_is_owed_back(self):
        invoice = self.document(self.northwind, 500.0, taxes=self.tax_sale_a)
        line = self.line(f"NORTHWIND TRADERS LTD {invoice.name}", 600.0)
        before = self.books()
        suggestion = self.booked(line, "overpayment", asked=None)
        self.assertEntry(
            line,
            [
                (self.receivable, -575.0, {"reconciled": True}),
                (self.receivable, -25.0, {"reconciled": False, "amount_residual": -25.0}),
            ],
            self.northwind,
        )
        self.assertOpen(invoice, 0.0, "paid")
        self.assertReconciled(line)
        self.assertUndone(suggestion, before)

    def test_vendor_overpaid_owes_us(self):
        bill = self.bill(self.yonder, 300.0, ref="BY-555")
        line = self.line("BLUE YONDER GMBH BY-555", -330.0)
        before = self.books()
        suggestion = self.booked(line, "overpayment", asked=None)
        self.assertEntry(
            line,
            [(self.payable, 300.0, {"reconciled": True}), (self.payable, 30.0, {"amount_residual": 30.0})],
            self.yonder,
        )
        self.assertOpen(bill, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_on_account_of_a_sure_partner(self):
        self.document(self.northwind, 10.0)
        self.env["res.partner.bank"].create({"partner_id": self.northwind.id, "acc_number": "GB29NWBK60161331926819"})
        line = self.line(
            "NORTHWIND TRADERS LTD advance payment for order",
            444.0,
            account_number="GB29 NWBK 6016 1331 9268 19",
            partner_name="NORTHWIND TRADERS LTD",
        )
        before = self.books()
        suggestion = self.booked(line, "on_account", asked=None)
        self.assertEntry(line, [(self.receivable, -444.0, {"amount_residual": -444.0})], self.northwind)
        self.assertReconciled(line)
        self.assertUndone(suggestion, before)

    def test_paid_out_credit_note(self):
        credit = self.document(self.northwind, 100.0, "out_refund", taxes=self.tax_sale_a)
        line = self.line(f"NORTHWIND TRADERS refund {credit.name}", -115.0)
        before = self.books()
        suggestion = self.booked(line, "refund")
        self.assertEntry(line, [(self.receivable, 115.0)], self.northwind)
        self.assertOpen(credit, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_vendor_pays_a_refund(self):
        refund = self.document(self.yonder, 60.0, "in_refund", ref="BYR-17")
        line = self.line("BLUE YONDER GMBH refund BYR-17", 60.0)
        before = self.books()
        suggestion = self.booked(line, "refund")
        self.assertEntry(line, [(self.payable, -60.0)], self.yonder)
        self.assertOpen(refund, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_deposit_of_many_customers(self):
        customers = [self.northwind, self.yonder, self.adatum]
        invoices = [self.document(partner, 100.0 + 11 * n) for n, partner in enumerate(customers)]
        line = self.line("CHEQUES " + " ".join(invoice.name for invoice in invoices), 333.0)
        before = self.books()
        suggestion = self.booked(line, "batch", asked=None)
        self.assertEntry(
            line,
            [
                (self.receivable, -(100.0 + 11 * n), {"partner_id": partner, "reconciled": True})
                for n, partner in enumerate(customers)
            ],
        )
        self.assertFalse(line.partner_id)
        for invoice in invoices:
            self.assertOpen(invoice, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_one_debit_pays_bills_of_many_vendors(self):
        vendors = [self.northwind, self.yonder, self.adatum]
        bills = [self.bill(partner, 50.0 + 7 * n, ref=f"VB-77{n}1") for n, partner in enumerate(vendors)]
        line = self.line("PAYMENT RUN VB-7701 VB-7711 VB-7721", -171.0)
        before = self.books()
        suggestion = self.booked(line, "payment_run", asked=None)
        self.assertEntry(
            line, [(self.payable, 50.0 + 7 * n, {"partner_id": partner}) for n, partner in enumerate(vendors)]
        )
        for bill in bills:
            self.assertOpen(bill, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_second_payment_is_owed_back_and_never_income(self):
        invoice = self.document(self.northwind, 240.0, taxes=self.tax_sale_a)
        first = self.line(f"NORTHWIND TRADERS {invoice.name}", 276.0, date="2026-03-03")
        self.booked(first, "one")
        line = self.line(f"NORTHWIND TRADERS {invoice.name}", 276.0, date="2026-03-12")
        before = self.books()
        suggestion = self.booked(line, "paid_twice", asked=None)
        self.assertEntry(line, [(self.receivable, -276.0, {"amount_residual": -276.0})], self.northwind)
        self.assertOpen(invoice, 0.0, "paid")
        self.assertIn("2026-03-03", str(suggestion.evidence["reasons"]))
        self.assertUndone(suggestion, before)

    def test_line_without_an_answer_says_what_would_decide_it(self):
        line = self.line("Something odd", -12.34)
        before = self.books()
        self.assertFalse(self.propose(line))
        self.assertEqual(line.ai_status, "nothing")
        self.assertTrue(line.ai_finding_text)
        self.assertBooks(before)

    def test_proposing_books_nothing(self):
        invoice = self.document(self.northwind, 1000.0)
        line = self.line(f"NORTHWIND TRADERS {invoice.name}", 1000.0)
        before = self.books()
        self.assertTrue(self.propose(line))
        self.assertBooks(before)
        self.assertEqual(line.ai_status, "proposed")


def cents_of(item):
    return f"{item.amount_residual:.2f}"
