"""Payouts in other currencies than the company's or the customer's, balances that providers keep, tax in fees."""

from odoo.tests import tagged

from .payout_case import PayoutCase

HEAD = "Type,Date,Reference,Gross,Fee,Net,Currency,Original amount,Original currency,Payout"


@tagged("post_install", "-at_install")
class TestPayoutCurrencies(PayoutCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.company.currency_id.name
        cls.other = cls.env["res.currency"].with_context(active_test=False).search([("name", "=", "CHF")])
        cls.other.active = True
        for day, rate in (("2026-02-01", 2.0), ("2026-03-05", 2.5), ("2026-03-09", 2.4)):
            cls.env["res.currency.rate"].create(
                {"currency_id": cls.other.id, "name": day, "rate": rate, "company_id": cls.company.id}
            )

    def test_customer_in_another_currency(self):
        """200 CHF were worth 100 when they were invoiced; the provider gives 85 for them."""
        invoice = self.document(self.northwind, 200.0, date="2026-02-02", currency_id=self.other.id)
        text = f"{HEAD}\ncharge,2026-03-05,{invoice.name},85.00,2.40,82.60,{self.own},200.00,CHF,po_1\n"
        payout = self.take(text)
        payout.suggestion_id.action_accept()
        self.assertEqual(payout.suggestion_id.state, "applied", payout.suggestion_id.error)
        self.assertOpen(invoice, 0.0, "paid")
        loss = self.company.expense_currency_exchange_account_id
        self.assertBalances({self.receivable: 0.0, self.clearing: 82.6, loss: 15.0})
        self.booked(self.line("CARDPAY EUROPE", 82.6, date="2026-03-06"), "payout")
        self.assertBalances({self.clearing: 0.0})

    def test_payout_in_another_currency(self):
        """Invoice, payout and bank account in CHF, at three rates: what is left over is exchange difference."""
        bank = self.make_journal("BCHF", currency=self.other)
        invoice = self.document(self.northwind, 200.0, date="2026-02-02", currency_id=self.other.id)
        text = f"{HEAD}\ncharge,2026-03-05,{invoice.name},200.00,5.00,195.00,CHF,,,po_1\n"
        payout = self.take(text)
        payout.suggestion_id.action_accept()
        self.assertEqual(payout.suggestion_id.state, "applied", payout.suggestion_id.error)
        self.assertOpen(invoice, 0.0, "paid")
        self.assertBalances({self.receivable: 0.0, self.clearing: 78.0})
        self.booked(self.line("CARDPAY EUROPE", 195.0, date="2026-03-09", journal=bank), "payout")
        self.assertBalances({self.clearing: 0.0})
        self.assertEqual(payout.status, "settled")

    def test_a_balance_that_the_provider_keeps(self):
        """What is not transferred stays on the clearing account, and the next transfer uses it up."""
        invoice = self.document(self.northwind, 100.0)
        head = "Type,Date,Reference,Gross,Fee,Net"
        self.take(
            f"{head}\ncharge,2026-03-02,{invoice.name},100.00,0.00,100.00\npayout,2026-03-04,T1,-80.00,0.00,-80.00\n"
        ).suggestion_id.action_accept()
        self.booked(self.line("CARDPAY EUROPE", 80.0, date="2026-03-05"), "payout")
        self.assertBalances({self.clearing: 20.0})
        self.take(f"{head}\npayout,2026-04-04,T2,-20.00,0.00,-20.00\n").suggestion_id.action_accept()
        self.booked(self.line("CARDPAY EUROPE", 20.0, date="2026-04-05"), "payout")
        self.assertBalances({self.clearing: 0.0})
        self.assertEqual(self.provider.clearing_open, 0.0)

    def test_tax_on_a_part_of_the_fee(self):
        """The file tells less tax than the rate makes of the whole fee: the rest carries none."""
        invoice = self.document(self.northwind, 100.0)
        payout = self.take(self.rows(("charge", invoice.name, "", "100.00", "8.40", "0.40")))
        payout.suggestion_id.action_accept()
        self.assertBalances({self.fees: 8.0, self.input_tax: 0.4, self.clearing: 91.6})
        self.assertEqual(self.tagged_sums(), {"fee base": "2.00", "fee tax": "0.40"})

    def test_fee_without_tax_and_reverse_charge(self):
        first, second = self.document(self.northwind, 100.0), self.document(self.northwind, 50.0)
        self.take(self.rows(("charge", first.name, "", "100.00", "2.40", "0.00"))).suggestion_id.action_accept()
        self.assertEqual(self.tagged_sums(), {"fee base": "0.00", "fee tax": "0.00"})
        self.provider.with_user(self.manager).fee_tax_ids = self.make_tax("Reverse", 20, (100, -100))
        text = self.rows(("charge", second.name, "", "50.00", "1.00", "0.00")).replace("po_1", "po_2")
        self.take(text).suggestion_id.action_accept()
        self.assertEqual(self.tagged_sums(), {"fee base": "1.00", "fee tax": "0.20"})
        self.assertBalances({self.fees: 3.4, self.input_tax: 0.0})

    def test_the_bill_for_fees_that_are_cost_already(self):
        """A provider that was not set up to bill sends one: a finding says that its fees are booked."""
        invoice = self.document(self.northwind, 100.0)
        self.take(self.rows(("charge", invoice.name, "", "100.00", "2.40", "0.40"))).suggestion_id.action_accept()
        vendor = self.make_partner("Cardpay Europe Ltd")
        bill = self.bill(vendor, 2.4, date="2026-03-31")
        costs = self.env["ai.facts.finding"]._fees(self.company, [2.4], bill.date, bill.date)
        self.assertFalse(costs)
        first = self.provider.with_user(self.reviewer).payout_ids.date
        [cost] = self.env["ai.facts.finding"]._fees(self.company, [2.4], first, bill.date)
        self.assertEqual((cost.model, str(cost.amount)), ("account.move", "2.40"))
