"""What the card foretells is what Odoo books: rates, gain or loss, account, date, and what a lock re-dates."""

from odoo import fields
from odoo.tests import tagged

from ..common import BankCase, cents


@tagged("post_install", "-at_install")
class TestCards(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls.setup_other_currency(
            "CHF", rates=[("2026-01-01", 2.0), ("2026-03-01", 2.0), ("2026-03-09", 2.5), ("2026-03-10", 2.5)]
        )
        cls.third = cls.setup_other_currency(
            "GBP", rates=[("2026-01-01", 0.8), ("2026-03-01", 0.8), ("2026-03-10", 1.0)]
        )
        cls.foreign_bank = cls.make_journal("CHF1", cls.foreign)
        cls.gain_account = cls.company.income_currency_exchange_account_id
        cls.loss_account = cls.company.expense_currency_exchange_account_id

    def exchange(self, suggestion):
        suggestion.invalidate_recordset(["card"])
        return suggestion.card["exchange"]

    def rates(self, outlook):
        return {row["what"]: (row["base"], row["rate"], row["currency"], row["date"]) for row in outlook["rates"]}

    def assertForetold(self, line, gain, account=None, case="currency", asked=None):
        """The card's gain is what profit and loss shows after accepting, on the account and date that it names."""
        [suggestion] = self.propose(line)
        foretold = self.exchange(suggestion)
        self.assertEqual(cents(foretold["gain"]), cents(gain), foretold)
        before = self.balances()
        self.booked(line, case, asked=asked)
        moved = {key: value - before.get(key, 0.0) for key, value in self.balances().items()}
        moved = {key: cents(-value) for key, value in moved.items() if cents(value) != "0.00"}
        expected = {}
        for row in foretold["results"]:
            key = (row["account"], row["date"])
            expected[key] = expected.get(key, 0.0) + row["amount"]
        self.assertEqual(moved, {key: cents(value) for key, value in expected.items()})
        if account:
            self.assertEqual({row["account"] for row in foretold["results"]}, {account.display_name})
        booked = self.exchange(suggestion)
        self.assertEqual(cents(booked["gain"]), cents(gain), booked)
        self.assertEqual(
            sorted((row["account"], row["date"]) for row in booked["results"]),
            sorted((row["account"], row["date"]) for row in foretold["results"]),
        )
        self.foretold = suggestion
        return foretold

    def balances(self):
        """Profit and loss of exchange: {(account, date): balance}."""
        self.env.flush_all()
        items = self.env["account.move.line"].search(
            [("account_id", "in", (self.gain_account + self.loss_account).ids), ("parent_state", "=", "posted")]
        )
        found = {}
        for item in items:
            key = (item.account_id.display_name, str(item.date))
            found[key] = found.get(key, 0.0) + item.balance
        return found

    # === CASES === #

    def test_foreign_invoice_paid_in_our_currency(self):
        invoice = self.document(self.northwind, 1000.0, currency_id=self.foreign.id)
        line = self.line(f"NORTHWIND {invoice.name}", 405.0)
        outlook = self.assertForetold(line, -95.0, self.loss_account)
        rates = self.rates(outlook)
        ours, theirs = self.company.currency_id.name, self.foreign.name
        self.assertEqual(rates["document"], (ours, "2.0000", theirs, "2026-03-01"))
        self.assertEqual(rates["bank"], (ours, "2.4691", theirs, "2026-03-10"))
        self.assertEqual(rates["table"], (ours, "2.5000", theirs, "2026-03-10"))

    def test_foreign_bill_is_a_gain(self):
        bill = self.bill(self.yonder, 1000.0, currency_id=self.foreign.id, ref="BY-CHF-1")
        self.assertForetold(self.line(f"BLUE YONDER GMBH {bill.ref}", -398.0), 102.0, self.gain_account)

    def test_our_invoice_paid_to_a_foreign_account(self):
        invoice = self.document(self.northwind, 405.0)
        line = self.line(f"NORTHWIND {invoice.name}", 1000.0, journal=self.foreign_bank)
        outlook = self.assertForetold(line, -5.0, self.loss_account)
        rates = self.rates(outlook)
        self.assertEqual(rates["bank"][1], "2.4691")
        self.assertEqual(rates["booked"][1], "2.5000")
        self.assertNotIn("document", rates)

    def test_foreign_account_and_its_own_currency(self):
        invoice = self.document(self.northwind, 1000.0, currency_id=self.foreign.id)
        line = self.line(f"NORTHWIND {invoice.name}", 1000.0, journal=self.foreign_bank)
        outlook = self.assertForetold(line, -100.0, self.loss_account, case="one")
        self.assertEqual(self.rates(outlook)["booked"][1], "2.5000")

    def test_part_of_a_foreign_invoice(self):
        invoice = self.document(self.northwind, 1000.0, currency_id=self.foreign.id)
        line = self.line(f"NORTHWIND part payment {invoice.name}", 250.0, journal=self.foreign_bank)
        self.assertForetold(line, -25.0, self.loss_account, case="partial")
        self.assertOpen(invoice, 750.0, "partial")

    def test_third_currency(self):
        invoice = self.document(self.northwind, 800.0, currency_id=self.third.id)
        # 800 GBP are 1,000 when invoiced and 800 when paid: 2,000 CHF.
        line = self.line(f"NORTHWIND {invoice.name}", 2000.0, journal=self.foreign_bank)
        outlook = self.assertForetold(line, -200.0, self.loss_account)
        rows = [(row["what"], row["base"], row["rate"], row["currency"]) for row in outlook["rates"]]
        ours = self.company.currency_id.name
        self.assertIn(("bank", "CHF", "0.4000", "GBP"), rows)
        self.assertIn(("document", ours, "0.8000", "GBP"), rows)
        self.assertIn(("table", ours, "1.0000", "GBP"), rows)
        self.assertIn(("table", ours, "2.5000", "CHF"), rows)
        self.assertOpen(invoice, 0.0, "paid")

    def test_the_bank_tells_amount_and_fee(self):
        self.company.ai_fee_account_id = self.make_account("Bank charges", "expense")
        invoice = self.document(self.northwind, 1000.0, currency_id=self.foreign.id)
        line = self.line(f"NORTHWIND {invoice.name} CHARGES 5.00", 395.0)
        before = self.books()
        self.assertForetold(line, -100.0, self.loss_account)
        self.assertEntry(
            line,
            [(self.receivable, -400.0, {"amount_currency": -1000.0}), (self.company.ai_fee_account_id, 5.0)],
            self.northwind,
        )
        self.assertOpen(invoice, 0.0, "paid")
        self.assertUndone(self.foretold, before)

    def test_nothing_is_shown_where_no_currency_is_concerned(self):
        invoice = self.document(self.northwind, 100.0)
        [suggestion] = self.propose(self.line(f"NORTHWIND {invoice.name}", 100.0))
        self.assertNotIn("exchange", suggestion.card)

    def test_a_company_without_accounts_for_differences_is_told(self):
        invoice = self.document(self.northwind, 1000.0, currency_id=self.foreign.id)
        [suggestion] = self.propose(self.line(f"NORTHWIND {invoice.name}", 405.0))
        self.company.expense_currency_exchange_account_id = False
        self.assertIn("manager", self.exchange(suggestion)["problem"])

    # === LOCKS === #

    def test_a_lock_re_dates_the_exchange_entry(self):
        """Odoo refuses a lock while bank lines of the period are open, but a restored or migrated database has them."""
        invoice = self.document(self.northwind, 1000.0, currency_id=self.foreign.id)
        line = self.line(f"NORTHWIND {invoice.name}", 405.0)
        [suggestion] = self.propose(line)
        self.assertEqual(self.exchange(suggestion)["redated"], [])
        self.env.cr.execute(
            "UPDATE res_company SET fiscalyear_lock_date = '2026-03-31' WHERE id = %s", [self.company.id]
        )
        self.env.invalidate_all()
        foretold = self.exchange(suggestion)
        [text] = foretold["redated"]
        self.assertIn("locked until 03/31/2026", text)
        [result] = foretold["results"]
        self.assertGreater(fields.Date.to_date(result["date"]), fields.Date.to_date("2026-03-31"))

    def test_a_tax_lock_re_dates_the_cash_basis_entry(self):
        self.company.tax_exigibility = True
        waiting = self.make_account("VAT not yet due", "liability_current", reconcile=True)
        tax = self.env["account.tax"].create(
            {
                "name": "21 % on payment",
                "amount": 21,
                "type_tax_use": "sale",
                "tax_exigibility": "on_payment",
                "cash_basis_transition_account_id": waiting.id,
            }
        )
        tags = self.env["account.account.tag"].create(
            {"name": "x1", "applicability": "taxes", "country_id": tax.country_id.id}
        )
        tax.invoice_repartition_line_ids.tag_ids = tags
        tax.invoice_repartition_line_ids[1].account_id = self.make_account("VAT due", "liability_current")
        invoice = self.document(self.northwind, 1000.0, taxes=tax)
        line = self.line(f"NORTHWIND {invoice.name}", 1210.0)
        [suggestion] = self.propose(line)
        self.assertNotIn("exchange", suggestion.card)
        self.company.tax_lock_date = "2026-03-31"
        [text] = self.exchange(suggestion)["redated"]
        self.assertIn(invoice.name, text)
        suggestion.action_accept()
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        made = self.env["account.move"].search([("tax_cash_basis_origin_move_id", "=", invoice.id)])
        self.assertEqual(len(made), 1)
        self.assertIn(self.format_date(made.date), text)

    def format_date(self, day):
        return day.strftime("%m/%d/%Y")

    # === MANY === #

    def test_many_cards_cost_no_query_each(self):
        lines = self.env["account.bank.statement.line"]
        for number in range(12):
            invoice = self.document(self.northwind, 1000.0 + number, currency_id=self.foreign.id)
            lines += self.line(f"NORTHWIND {invoice.name}", 405.0 + number)
        suggestions = self.propose(lines)
        self.assertEqual(len(suggestions), 12)

        def queries(found):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len([suggestion.card["exchange"] for suggestion in found]), len(found))
            return self.env.cr.sql_log_count - before

        queries(suggestions)
        few, many = queries(suggestions[:3]), queries(suggestions)
        self.assertLessEqual(many - few, 3, (few, many))
