"""Registered payments, own transfers and returned debits: the whole entry and undo."""

from odoo.tests import tagged

from ..common import LINE, BankCase


@tagged("post_install", "-at_install")
class TestBookingPayments(BankCase):
    def test_registered_customer_payment(self):
        invoice = self.document(self.northwind, 200.0, taxes=self.tax_sale_a)
        payment = self.pay(invoice)
        outstanding = self.outstanding(payment)
        self.assertOpen(invoice, 0.0, "paid")
        self.assertFalse(payment.is_matched)
        line = self.line(f"NORTHWIND TRADERS {invoice.name}", 230.0)
        before = self.books()
        suggestion = self.booked(line, "registered")
        self.assertEntry(line, [(outstanding.account_id, -230.0, {"reconciled": True})], self.northwind)
        self.assertTrue(outstanding.reconciled)
        self.assertEqual((payment.state, payment.is_matched), ("paid", True))
        self.assertOpen(invoice, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_registered_vendor_payment(self):
        bill = self.bill(self.yonder, 90.0, ref="BY-31")
        payment = self.pay(bill)
        outstanding = self.outstanding(payment)
        line = self.line("BLUE YONDER GMBH BY-31", -90.0)
        before = self.books()
        suggestion = self.booked(line, "registered")
        self.assertEntry(line, [(outstanding.account_id, 90.0, {"reconciled": True})], self.yonder)
        self.assertEqual((payment.state, payment.is_matched), ("paid", True))
        self.assertUndone(suggestion, before)

    def test_batch_of_registered_payments(self):
        partners = [self.northwind, self.yonder, self.adatum]
        invoices = [self.document(partner, 30.0 + n) for n, partner in enumerate(partners)]
        payments = [self.pay(invoice) for invoice in invoices]
        account = self.outstanding(payments[0]).account_id
        line = self.line("BATCH DEPOSIT", 93.0)
        before = self.books()
        suggestion = self.booked(line, "batch", asked=None)
        rows = [(account, -30.0 - n, {"partner_id": partner}) for n, partner in enumerate(partners)]
        self.assertEntry(line, rows)
        self.assertEqual([payment.is_matched for payment in payments], [True] * 3)
        self.assertUndone(suggestion, before)

    # === TRANSFERS === #

    def transfer_lines(self):
        self.savings = self.make_journal("SAV1", bank_acc_number="NL91ABNA0417164300")
        self.bank.bank_acc_number = "DE89370400440532013000"
        out = self.line("Transfer to savings NL91ABNA0417164300", -500.0, account_number="NL91ABNA0417164300")
        back = self.line(
            "Transfer from DE89370400440532013000",
            500.0,
            "2026-03-11",
            self.savings,
            account_number="DE89370400440532013000",
        )
        return out, back

    def assertTransferred(self, out, back):
        account = self.company.transfer_account_id
        self.assertEntry(out, [(account, 500.0, {"reconciled": True})])
        self.assertEntry(back, [(account, -500.0, {"reconciled": True})])
        self.assertReconciled(out)
        self.assertReconciled(back)
        items = (out.move_id.line_ids + back.move_id.line_ids).filtered(lambda item: item.account_id == account)
        self.assertEqual(len(items.full_reconcile_id), 1)

    def test_transfer_outgoing_leg_first(self):
        out, back = self.transfer_lines()
        before = self.books()
        first = self.booked(out, "transfer")
        self.assertEntry(out, [(self.company.transfer_account_id, 500.0, {"reconciled": False})])
        second = self.booked(back, "transfer")
        self.assertTransferred(out, back)
        self.assertUndone(second, {})
        self.assertEntry(out, [(self.company.transfer_account_id, 500.0, {"reconciled": False})])
        self.assertUndone(first, before)

    def test_transfer_incoming_leg_first(self):
        out, back = self.transfer_lines()
        before = self.books()
        first = self.booked(back, "transfer")
        second = self.booked(out, "transfer")
        self.assertTransferred(out, back)
        self.assertUndone(first, {})
        self.assertUndone(second, before)

    def test_transfer_both_legs_in_one_batch(self):
        out, back = self.transfer_lines()
        before = self.books()
        found = self.propose(out + back)
        self.assertEqual(found.mapped("case"), ["transfer", "transfer"])
        self.assertIs(found.action_accept(), True)
        self.assertTransferred(out, back)
        self.assertUndone(found, before)

    # === RETURNED === #

    def returned(self):
        invoice = self.document(self.northwind, 400.0, taxes=self.tax_sale_a)
        paid = self.line(f"NORTHWIND TRADERS {invoice.name}", 460.0, "2026-03-05")
        self.booked(paid, "one")
        back = self.line(f"RETURNED DEBIT R-transaction NORTHWIND TRADERS {invoice.name}", -460.0, "2026-03-12")
        return invoice, paid, back

    def test_returned_debit_opens_the_invoice_and_undo_pays_it_again(self):
        invoice, paid, back = self.returned()
        before = self.books(exact=False)
        suggestion = self.booked(back, "returned", asked=None)
        payer = paid.move_id.line_ids.filtered(lambda item: item.account_id == self.receivable)
        self.assertEntry(back, [(self.receivable, 460.0, {"reconciled": True})], self.northwind)
        self.assertOpen(invoice, 460.0, "not_paid")
        self.assertTrue(payer.reconciled)
        self.assertReconciled(paid)
        self.assertReconciled(back)
        self.assertUndone(suggestion, before, exact=False)
        self.assertOpen(invoice, 0.0, "paid")

    def test_invoice_is_paid_anew_after_the_return(self):
        invoice, _paid, back = self.returned()
        self.booked(back, "returned", asked=None)
        again = self.line(f"NORTHWIND TRADERS {invoice.name}", 460.0, "2026-03-20")
        before = self.books()
        suggestion = self.booked(again, "one", asked=None)
        self.assertOpen(invoice, 0.0, "paid")
        self.assertUndone(suggestion, before)
        self.assertOpen(invoice, 460.0, "not_paid")

    def test_undo_of_a_return_after_the_invoice_was_paid_anew(self):
        invoice, paid, back = self.returned()
        suggestion = self.booked(back, "returned", asked=None)
        again = self.line(f"NORTHWIND TRADERS {invoice.name}", 460.0, "2026-03-20")
        self.booked(again, "one", asked=None)
        suggestion.action_undo()
        # The later payment stays; the first one is open again on the customer's account.
        self.assertOpen(invoice, 0.0, "paid")
        self.assertReconciled(again)
        payer = paid.move_id.line_ids.filtered(lambda item: item.account_id == self.receivable)
        self.assertEqual(payer.amount_residual, -460.0)
        self.assertFalse(back.is_reconciled)

    def test_returned_part_of_a_partly_paid_invoice(self):
        invoice = self.document(self.northwind, 400.0)
        first = self.line(f"NORTHWIND part payment {invoice.name}", 150.0, "2026-03-05")
        self.booked(first, "partial")
        second = self.line(f"NORTHWIND rest of {invoice.name}", 250.0, "2026-03-06")
        self.booked(second, "one", asked=None)
        self.assertOpen(invoice, 0.0, "paid")
        back = self.line(f"RETURNED DEBIT NORTHWIND {invoice.name}", -250.0, "2026-03-12")
        before = self.books(exact=False)
        suggestion = self.booked(back, "returned", asked=None)
        self.assertOpen(invoice, 250.0, "partial")
        self.assertUndone(suggestion, before, exact=False)
        self.assertOpen(invoice, 0.0, "paid")

    def test_bounced_payment_to_a_vendor(self):
        bill = self.bill(self.yonder, 80.0, ref="BY-4711")
        paid = self.line("BLUE YONDER GMBH BY-4711", -80.0, "2026-03-05")
        self.booked(paid, "one")
        back = self.line("RETURN OF TRANSFER account closed BLUE YONDER GMBH BY-4711", 80.0, "2026-03-09")
        before = self.books(exact=False)
        suggestion = self.booked(back, "returned", asked=None)
        self.assertEntry(back, [(self.payable, -80.0, {"reconciled": True})], self.yonder)
        self.assertOpen(bill, 80.0, "not_paid")
        self.assertUndone(suggestion, before, exact=False)

    def test_undo_after_other_lines_were_reconciled_later(self):
        invoice = self.document(self.northwind, 900.0)
        first = self.line(f"NORTHWIND part payment {invoice.name}", 300.0, "2026-03-05")
        early = self.booked(first, "partial")
        second = self.line(f"NORTHWIND rest of {invoice.name}", 600.0, "2026-03-06")
        late = self.booked(second, "one", asked=None)
        self.assertOpen(invoice, 0.0, "paid")
        early.action_undo()
        self.assertOpen(invoice, 300.0, "partial")
        self.assertReconciled(second)
        self.assertFalse(first.is_reconciled)
        self.assertEntry(second, [(self.receivable, -600.0, {"reconciled": True})], self.northwind)
        late.action_undo()
        self.assertOpen(invoice, 900.0, "not_paid")
        self.assertFalse(self.env[LINE].browse([first.id, second.id]).filtered("is_reconciled"))
