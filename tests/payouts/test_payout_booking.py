"""Payouts from their files to the bank, to the cent and back."""

from odoo.tests import tagged

from .payout_case import PayoutCase


@tagged("post_install", "-at_install")
class TestPayoutBooking(PayoutCase):
    def test_gross_fee_refund_chargeback_reserve(self):
        """A payout with everything: receivables, clearing, fee with tax, credit note, reopened invoice, reserve."""
        paid = self.document(self.adatum, 50.0, date="2026-02-01")
        earlier = self.take(self.rows(("charge", paid.name, "", "50.00", "1.20", "0.20")).replace("po_1", "po_0"))
        earlier.suggestion_id.action_accept()
        self.assertOpen(paid, 0.0, "paid")
        first = self.document(self.northwind, 100.0)
        second = self.document(self.yonder, 240.0)
        note = self.document(self.northwind, 30.0, "out_refund")
        before = self.books(exact=False)
        payout = self.take(
            self.rows(
                ("charge", first.name, "Northwind", "100.00", "2.40", "0.40"),
                ("charge", second.name, "", "240.00", "6.00", "1.00"),
                ("refund", note.name, "", "-30.00", "0.00", "0.00"),
                ("chargeback", paid.name, "", "-50.00", "15.00", "2.50"),
                ("reserve", "", "", "-20.00", "0.00", "0.00"),
            )
        )
        self.assertEqual(len(payout), 1)
        suggestion = payout.suggestion_id
        self.assertFalse(suggestion.is_question, suggestion.card)
        self.assertEqual(suggestion.case, "settlement")
        self.assertBooks(before, exact=False)
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        self.assertOpen(first, 0.0, "paid")
        self.assertOpen(second, 0.0, "paid")
        # Core calls a credit note so whose counterpart is an entry.
        self.assertOpen(note, 0.0, "reversed")
        self.assertOpen(paid, 50.0, "not_paid")
        net = 100 + 240 - 30 - 50 - 20 - 23.4
        self.assertBalances(
            {
                self.clearing: net + 48.8,
                self.reserve: 20.0,
                self.fees: 19.5 + 1.0,
                self.input_tax: 3.9 + 0.2,
                self.receivable: 50.0,
            }
        )
        self.assertEqual(self.tagged_sums(), {"fee base": "20.50", "fee tax": "4.10"})
        self.assertEqual(payout.status, "bank")
        self.assertEqual((payout.bank_left, payout.rows_left), (net, 0.0))
        self.assertUndone(suggestion, before, exact=False)
        self.assertEqual(payout.status, "to_book")

    def test_the_bank_line_after_the_payout(self):
        """The line of the provider settles what the payout left for it, and the clearing account comes to zero."""
        invoice = self.document(self.northwind, 100.0)
        payout = self.take(self.rows(("charge", invoice.name, "", "100.00", "2.40", "0.40")))
        payout.suggestion_id.action_accept()
        line = self.line("CARDPAY EUROPE PAYOUT PO_1 REF 88", 97.6, date="2026-03-06")
        self.document(self.adatum, 97.6)
        suggestion = self.booked(line, "payout")
        self.assertBalances({self.clearing: 0.0, self.receivable: 97.6, self.fees: 2.0, self.input_tax: 0.4})
        self.assertEqual(payout.status, "settled")
        self.assertEqual(self.provider.clearing_balance, 0.0)
        before = {self.clearing: 97.6, self.suspense: -97.6}
        self.assertIs(suggestion.action_undo(), True)
        self.assertBalances(before)

    def test_the_bank_line_before_the_file(self):
        """A person puts the line on the clearing account; the payout that comes later settles it."""
        self.document(self.adatum, 300.0)
        line = self.line("CARDPAY EUROPE PAYOUT", 97.6, date="2026-03-08")
        self.booked(line, "payout", asked=True)
        self.assertBalances({self.clearing: -97.6})
        invoice = self.document(self.northwind, 100.0)
        payout = self.take(self.rows(("charge", invoice.name, "", "100.00", "2.40", "0.40")))
        payout.suggestion_id.action_accept()
        self.assertBalances({self.clearing: 0.0})
        self.assertEqual(payout.status, "settled")

    def test_two_payouts_in_one_line_and_one_over_two(self):
        invoices = [self.document(self.northwind, amount) for amount in (100.0, 200.0, 310.0)]
        for number, invoice in enumerate(invoices):
            amount = f"{invoice.amount_total:.2f}"
            text = self.rows(("charge", invoice.name, "", amount, "0.00", "0.00")).replace("po_1", f"po_{number}")
            self.take(text).suggestion_id.action_accept()
        both = self.line("CARDPAY EUROPE", 300.0, date="2026-03-05")
        self.booked(both, "payout")
        halves = self.line("CARDPAY EUROPE 1/2", 210.0, date="2026-03-05") + self.line(
            "CARDPAY EUROPE 2/2", 100.0, date="2026-03-05"
        )
        first = self.propose(halves).filtered(lambda suggestion: not suggestion.is_question)
        self.assertEqual(first.mapped("case"), ["payout"])
        first.action_accept()
        self.booked(halves - first.statement_line_id, "payout")
        self.assertBalances({self.clearing: 0.0, self.suspense: 0.0})

    def test_without_a_file_only_one_set(self):
        """Sales stand on the clearing account: one set is proposed, two that fit are asked about."""
        self._sale(100.0)
        self._sale(50.0)
        self._sale(31.0)
        line = self.line("CARDPAY EUROPE", 150.0, date="2026-03-09")
        self.booked(line, "payout")
        self._sale(20.0)
        self._sale(11.0)
        self.assertTrue(self.propose(self.line("CARDPAY EUROPE", 31.0, date="2026-03-09")).is_question)

    def _sale(self, amount, date="2026-03-03"):
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": date,
                "line_ids": [
                    (0, 0, {"account_id": self.clearing.id, "debit": amount}),
                    (0, 0, {"account_id": self.income.id, "credit": amount}),
                ],
            }
        )
        entry.action_post()
        return entry.line_ids.filtered(lambda item: item.account_id == self.clearing)

    def test_sales_on_the_clearing_account(self):
        """Registered payments and sales entries are settled there; a day's rows pay its one entry."""
        single, day = self._sale(80.0), self._sale(150.0, date="2026-03-02")
        rows = self.rows(
            ("charge", "", "", "80.00", "2.40", "0.40"),
        )
        rows += "charge,2026-03-02,,,70.00,0.00,0.00,70.00,po_1\ncharge,2026-03-02,,,80.00,0.00,0.00,80.00,po_1\n"
        rows = rows.replace("charge,2026-03-02,,,80.00,2.40", "charge,2026-03-03,,,80.00,2.40")
        payout = self.take(rows)
        payout.suggestion_id.action_accept()
        self.assertTrue(single.reconciled and day.reconciled, payout.line_ids.mapped("how"))
        self.assertBalances({self.clearing: 80.0 + 150.0 - 2.4})
        self.assertEqual(payout.rows_left, 0.0)

    def test_a_provider_that_bills_its_fees(self):
        """The fee pays the provider's bill; nothing is a cost twice."""
        vendor = self.make_partner("Cardpay Europe Ltd")
        self.provider.with_user(self.manager).write({"bills_fee": True, "vendor_id": vendor.id})
        bill = self.bill(vendor, 2.4)
        invoice = self.document(self.northwind, 100.0)
        self.take(self.rows(("charge", invoice.name, "", "100.00", "2.40", "0.40"))).suggestion_id.action_accept()
        self.assertEqual(bill.amount_residual, 0.0)
        self.assertBalances({self.clearing: 97.6, self.fees: 0.0, self.expense: 2.4, self.payable: 0.0})

    def test_payout_below_zero(self):
        """More comes back than was sold: the bank is debited."""
        paid = self.document(self.adatum, 50.0, date="2026-02-01")
        first = self.take(self.rows(("charge", paid.name, "", "50.00", "0.00", "0.00")))
        first.suggestion_id.action_accept()
        text = self.rows(("chargeback", paid.name, "", "-50.00", "15.00", "2.50")).replace("po_1", "po_2")
        payout = self.take(text)
        payout.suggestion_id.action_accept()
        self.booked(self.line("CARDPAY EUROPE", -65.0, date="2026-03-04"), "payout")
        self.assertOpen(paid, 50.0, "not_paid")
        self.assertBalances({self.clearing: 50.0, self.receivable: 50.0, self.fees: 12.5, self.input_tax: 2.5})

    def test_a_sale_that_is_disputed_in_its_own_payout(self):
        """The invoice stays open, nothing is left on the clearing account."""
        invoice = self.document(self.northwind, 121.0)
        payout = self.take(
            self.rows(
                ("charge", invoice.name, "", "121.00", "2.40", "0.40"),
                ("chargeback", invoice.name, "", "-121.00", "12.00", "2.00"),
            )
        )
        payout.suggestion_id.action_accept()
        self.assertOpen(invoice, 121.0, "not_paid")
        self.assertEqual((payout.rows_left, payout.bank_left), (0.0, -14.4))
        self.assertBalances({self.clearing: -14.4, self.receivable: 121.0, self.fees: 12.0, self.input_tax: 2.4})
