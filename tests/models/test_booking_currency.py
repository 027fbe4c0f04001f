"""Other currencies: the bank's rate is booked, the exchange difference is core's, and a missing rate abstains."""

from odoo import Command
from odoo.tests import tagged

from ..common import BankCase, cents


@tagged("post_install", "-at_install")
class TestBookingCurrency(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours = cls.company.currency_id
        cls.foreign = cls.setup_other_currency(
            "CHF", rates=[("2026-01-01", 2.0), ("2026-03-01", 2.0), ("2026-03-09", 2.5), ("2026-03-10", 2.5)]
        )
        cls.foreign_bank = cls.make_journal("CHF1", cls.foreign)

    def exchange_moves(self, move):
        items = move.line_ids
        partials = items.matched_debit_ids + items.matched_credit_ids
        return partials.exchange_move_id

    def assertExchange(self, move, balance):
        """One exchange entry, whose result is ``balance`` (negative: a gain)."""
        exchange = self.exchange_moves(move)
        self.assertEqual(len(exchange), 1)
        accounts = self.company.income_currency_exchange_account_id + self.company.expense_currency_exchange_account_id
        result = exchange.line_ids.filtered(lambda item: item.account_id in accounts)
        self.assertEqual(cents(sum(result.mapped("balance"))), cents(balance))

    def test_foreign_invoice_on_a_company_currency_journal(self):
        # 1,000 CHF are 500 when invoiced; the bank paid in 405: 2.469 a unit, the table says 2.5.
        invoice = self.document(self.northwind, 1000.0, currency_id=self.foreign.id)
        line = self.line(f"NORTHWIND {invoice.name}", 405.0)
        before = self.books()
        suggestion = self.booked(line, "currency", asked=None)
        self.assertEntry(
            line,
            [(self.receivable, -405.0, {"amount_currency": -1000.0, "currency_id": self.foreign, "reconciled": True})],
            self.northwind,
        )
        self.assertOpen(invoice, 0.0, "paid")
        self.assertExchange(invoice, 95.0)
        self.assertUndone(suggestion, before)

    def test_foreign_bill_on_a_company_currency_journal(self):
        bill = self.bill(self.yonder, 1000.0, currency_id=self.foreign.id, ref="BY-CHF-1")
        line = self.line("BLUE YONDER GMBH BY-CHF-1", -398.0)
        before = self.books()
        suggestion = self.booked(line, "currency", asked=None)
        self.assertEntry(
            line, [(self.payable, 398.0, {"amount_currency": 1000.0, "currency_id": self.foreign})], self.yonder
        )
        self.assertOpen(bill, 0.0, "paid")
        self.assertExchange(bill, -102.0)
        self.assertUndone(suggestion, before)

    def test_foreign_journal_with_an_invoice_of_its_currency(self):
        invoice = self.document(self.northwind, 1000.0, currency_id=self.foreign.id)
        line = self.line(f"NORTHWIND {invoice.name}", 1000.0, journal=self.foreign_bank)
        before = self.books()
        suggestion = self.booked(line, "one", asked=None)
        self.assertEntry(
            line,
            [(self.receivable, -400.0, {"amount_currency": -1000.0, "currency_id": self.foreign, "reconciled": True})],
            self.northwind,
        )
        self.assertOpen(invoice, 0.0, "paid")
        self.assertExchange(invoice, 100.0)
        self.assertUndone(suggestion, before)

    def test_foreign_journal_pays_part_of_an_invoice_of_its_currency(self):
        invoice = self.document(self.northwind, 1000.0, currency_id=self.foreign.id)
        line = self.line(f"NORTHWIND part payment {invoice.name}", 250.0, journal=self.foreign_bank)
        before = self.books()
        suggestion = self.booked(line, "partial", asked=None)
        self.assertEntry(line, [(self.receivable, -100.0, {"amount_currency": -250.0})], self.northwind)
        self.assertOpen(invoice, 750.0, "partial")
        self.assertUndone(suggestion, before)

    def test_foreign_journal_with_an_invoice_of_the_company_currency(self):
        invoice = self.document(self.northwind, 400.0)
        line = self.line(f"NORTHWIND {invoice.name}", 1000.0, journal=self.foreign_bank)
        before = self.books()
        suggestion = self.booked(line, "currency", asked=None)
        self.assertEntry(
            line,
            [(self.receivable, -400.0, {"amount_currency": -400.0, "currency_id": self.ours, "reconciled": True})],
            self.northwind,
        )
        self.assertOpen(invoice, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_foreign_journal_pays_a_company_currency_invoice_at_the_banks_rate(self):
        invoice = self.document(self.northwind, 405.0)
        line = self.line(f"NORTHWIND {invoice.name}", 1000.0, journal=self.foreign_bank)
        before = self.books()
        suggestion = self.booked(line, "currency", asked=None)
        self.assertOpen(invoice, 0.0, "paid")
        self.assertReconciled(line)
        self.assertEntry(
            line, [(self.receivable, -405.0), (self.company.expense_currency_exchange_account_id, 5.0)], self.northwind
        )
        self.assertUndone(suggestion, before)

    def test_line_that_tells_the_original_currency(self):
        invoice = self.document(self.northwind, 1000.0, currency_id=self.foreign.id)
        line = self.line(
            f"NORTHWIND {invoice.name}", 404.0, foreign_currency_id=self.foreign.id, amount_currency=1000.0
        )
        before = self.books()
        suggestion = self.booked(line, "currency", asked=None)
        self.assertEntry(
            line,
            [(self.receivable, -404.0, {"amount_currency": -1000.0, "currency_id": self.foreign, "reconciled": True})],
            self.northwind,
        )
        self.assertOpen(invoice, 0.0, "paid")
        self.assertReconciled(line)
        self.assertExchange(invoice, 96.0)
        self.assertUndone(suggestion, before)

    def test_line_of_a_foreign_journal_that_tells_the_original_currency(self):
        invoice = self.document(self.northwind, 400.0)
        line = self.line(
            f"NORTHWIND {invoice.name}",
            1000.0,
            journal=self.foreign_bank,
            foreign_currency_id=self.ours.id,
            amount_currency=400.0,
        )
        before = self.books()
        suggestion = self.booked(line, "currency", asked=None)
        self.assertEntry(
            line, [(self.receivable, -400.0, {"amount_currency": -400.0, "reconciled": True})], self.northwind
        )
        self.assertOpen(invoice, 0.0, "paid")
        self.assertReconciled(line)
        self.assertUndone(suggestion, before)

    def test_coding_by_hand_on_a_foreign_journal_books_the_tax_at_the_lines_rate(self):
        line = self.line("Hotel Zurich", -115.0, journal=self.foreign_bank)
        before = self.books()
        rows = [{"account_id": self.expense.id, "amount": "-115.00", "tax_ids": self.tax_purchase_a.ids}]
        suggestion = self.by_hand(line, write_off=rows)
        tax_account = self.tax_purchase_a.invoice_repartition_line_ids.account_id
        self.assertEntry(
            line,
            [
                (self.expense, 40.0, {"amount_currency": 100.0, "currency_id": self.foreign}),
                (tax_account, 6.0, {"amount_currency": 15.0, "currency_id": self.foreign}),
            ],
        )
        self.assertUndone(suggestion, before)

    def test_part_by_hand_in_another_currency(self):
        invoice = self.document(self.northwind, 1000.0, currency_id=self.foreign.id)
        line = self.line("partly", 200.0)
        before = self.books()
        suggestion = self.by_hand(line, [(self.term_line(invoice), "200.00")])
        self.assertEntry(
            line, [(self.receivable, -200.0, {"currency_id": self.foreign, "reconciled": True})], self.northwind
        )
        self.assertEqual(invoice.payment_state, "partial")
        self.assertReconciled(line)
        self.assertUndone(suggestion, before)

    # === RATES === #

    def test_missing_rate_abstains(self):
        other = self.setup_other_currency("NOK", rates=[])
        self.env["res.currency.rate"].search([("currency_id", "=", other.id)]).unlink()
        invoice = self.document(self.northwind, 1000.0, currency_id=other.id)
        self.assertAbstains(self.line(f"NORTHWIND {invoice.name}", 95.0), invoice)

    def test_stale_rate_abstains(self):
        invoice = self.document(self.northwind, 1000.0, currency_id=self.foreign.id)
        self.assertAbstains(self.line(f"NORTHWIND {invoice.name}", 405.0, date="2026-04-20"), invoice)

    def test_rate_beyond_the_limit_is_a_question(self):
        invoice = self.document(self.northwind, 1000.0, currency_id=self.foreign.id)
        line = self.line(f"NORTHWIND {invoice.name}", 370.0)
        before = self.books()
        suggestion = self.booked(line, "currency", asked=True)
        self.assertEntry(line, [(self.receivable, -370.0, {"amount_currency": -1000.0})], self.northwind)
        self.assertOpen(invoice, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def assertAbstains(self, line, invoice):
        """Nothing is proposed that would settle the invoice in another currency; the line says why."""
        item = self.term_line(invoice)
        for suggestion in self.propose(line):
            self.assertTrue(suggestion.is_question)
            self.assertNotIn(item, suggestion.item_ids.move_line_id)
        self.assertIn(line.ai_status, ("asked", "nothing"))
        self.assertIn("rate", str(line.ai_finding_note))


@tagged("post_install", "-at_install")
class TestBookingCashBasis(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.tax_exigibility = True
        cls.waiting = cls.make_account("VAT not yet due", "liability_current", reconcile=True)
        cls.due = cls.make_account("VAT due", "liability_current")
        country = cls.tax_sale_a.country_id
        tags = cls.env["account.account.tag"].create(
            [{"name": f"cb {name}", "applicability": "taxes", "country_id": country.id} for name in "bt"]
        )
        cls.base_tag, cls.tax_tag = tags

        def repartition():
            return [
                Command.create({"repartition_type": "base", "tag_ids": [Command.set(cls.base_tag.ids)]}),
                Command.create(
                    {"repartition_type": "tax", "account_id": cls.due.id, "tag_ids": [Command.set(cls.tax_tag.ids)]}
                ),
            ]

        cls.cash_tax = cls.env["account.tax"].create(
            {
                "name": "21 % on payment",
                "amount": 21,
                "type_tax_use": "sale",
                "tax_exigibility": "on_payment",
                "cash_basis_transition_account_id": cls.waiting.id,
                "invoice_repartition_line_ids": repartition(),
                "refund_repartition_line_ids": repartition(),
            }
        )

    def cash_basis_moves(self, invoice):
        return self.env["account.move"].search([("tax_cash_basis_origin_move_id", "=", invoice.id)])

    def due_balance(self):
        items = self.env["account.move.line"].search(
            [("account_id", "=", self.due.id), ("parent_state", "=", "posted")]
        )
        return cents(sum(items.mapped("balance")))

    def tax_report(self):
        """Balance by tag of the entries that the tax report reads: posted, on both of the tax's tags."""
        items = self.env["account.move.line"].search(
            [("tax_tag_ids", "in", (self.base_tag + self.tax_tag).ids), ("parent_state", "=", "posted")]
        )
        items = items.filtered(lambda item: item.move_id.tax_cash_basis_origin_move_id)
        return {
            tag.name: cents(sum(item.balance for item in items if tag in item.tax_tag_ids))
            for tag in self.base_tag + self.tax_tag
        }

    def test_payment_makes_the_tax_due_and_undo_takes_it_back(self):
        invoice = self.document(self.northwind, 1000.0, taxes=self.cash_tax)
        line = self.line(f"NORTHWIND {invoice.name}", 1210.0)
        before = self.books()
        self.assertEqual(self.due_balance(), "0.00")
        suggestion = self.booked(line, "one")
        made = self.cash_basis_moves(invoice)
        self.assertEqual(len(made), 1)
        self.assertEqual(made.state, "posted")
        self.assertEqual(str(made.date), "2026-03-10")
        self.assertEqual(self.due_balance(), "-210.00")
        self.assertEqual(self.tax_report(), {"cb b": "-1000.00", "cb t": "-210.00"})
        self.assertUndone(suggestion, before)
        self.assertEqual(self.due_balance(), "0.00")
        self.assertEqual(self.tax_report(), {"cb b": "0.00", "cb t": "0.00"})
        self.assertTrue(made.reversal_move_ids)

    def test_part_payment_makes_its_share_of_the_tax_due(self):
        invoice = self.document(self.northwind, 1000.0, taxes=self.cash_tax)
        line = self.line(f"NORTHWIND part payment {invoice.name}", 605.0)
        before = self.books()
        suggestion = self.booked(line, "partial")
        self.assertEqual(self.due_balance(), "-105.00")
        self.assertEqual(self.tax_report(), {"cb b": "-500.00", "cb t": "-105.00"})
        self.assertUndone(suggestion, before)
        self.assertEqual(self.due_balance(), "0.00")

    def test_returned_payment_takes_the_tax_back_and_undo_makes_it_due_again(self):
        invoice = self.document(self.northwind, 1000.0, taxes=self.cash_tax)
        self.booked(self.line(f"NORTHWIND {invoice.name}", 1210.0), "one")
        back = self.line(f"RETURNED DEBIT NORTHWIND {invoice.name}", -1210.0, "2026-03-15")
        suggestion = self.booked(back, "returned", asked=None)
        self.assertOpen(invoice, 1210.0, "not_paid")
        self.assertEqual(self.due_balance(), "0.00")
        suggestion.action_undo()
        self.assertOpen(invoice, 0.0, "paid")
        self.assertEqual(self.due_balance(), "-210.00")
