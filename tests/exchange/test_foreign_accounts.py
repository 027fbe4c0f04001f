"""Bank accounts in a foreign currency, and lines that wait for a rate: asked, entered, valued anew, proposed."""

from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import BankCase, cents


@tagged("post_install", "-at_install")
class TestForeignAccounts(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls.setup_other_currency("CHF", rates=[("2026-03-01", 2.0), ("2026-03-09", 2.5)])
        cls.foreign_bank = cls.make_journal("CHF1", cls.foreign)
        cls.company.ai_fee_account_id = cls.make_account("Bank charges", "expense")
        cls.company.ai_rounding_account_id = cls.make_account("Rounding", "expense")

    def bank_side(self, line):
        liquidity = line._seek_for_lines()[0]
        return (cents(liquidity.balance), cents(liquidity.amount_currency))

    # === AT THE RIGHT RATE === #

    def test_a_fee_is_worth_what_the_bank_line_is(self):
        invoice = self.document(self.northwind, 1000.0, currency_id=self.foreign.id)
        line = self.line(f"NORTHWIND {invoice.name} CHARGES 10.00", 990.0, journal=self.foreign_bank)
        before = self.books()
        suggestion = self.booked(line, "fee", asked=None)
        self.assertEntry(
            line,
            [
                (self.receivable, -400.0, {"amount_currency": -1000.0, "currency_id": self.foreign}),
                (self.company.ai_fee_account_id, 4.0, {"amount_currency": 10.0, "currency_id": self.foreign}),
            ],
            self.northwind,
        )
        self.assertOpen(invoice, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_a_rounding_difference_is_capped_in_our_currency(self):
        invoice = self.document(self.northwind, 1000.10, currency_id=self.foreign.id)
        line = self.line(f"NORTHWIND {invoice.name}", 1000.0, journal=self.foreign_bank)
        before = self.books()
        suggestion = self.booked(line, "rounding", asked=None)
        self.assertEntry(
            line, [(self.receivable, -400.04), (self.company.ai_rounding_account_id, 0.04)], self.northwind
        )
        self.assertUndone(suggestion, before)

    def test_what_stays_unexplained_stays_on_suspense_at_the_lines_rate(self):
        line = self.line("partly", -115.0, journal=self.foreign_bank)
        before = self.books()
        values = {"write_off": [{"account_id": self.expense.id, "amount": "-100.00"}], "remainder": "-15.00"}
        suggestion = self.suggestions.browse(line.with_user(self.reviewer).ai_book_by_hand(values))
        self.assertEntry(line, [(self.expense, 40.0), (self.suspense, 6.0, {"amount_currency": 15.0})])
        self.assertReconciled(line, left=-15.0)
        self.assertUndone(suggestion, before)

    # === WITHOUT A RATE === #

    def stale_line(self, amount=1000.0, date="2026-04-20", **values):
        invoice = self.document(self.northwind, amount, currency_id=self.foreign.id)
        return self.line(f"NORTHWIND {invoice.name}", amount, date, journal=self.foreign_bank, **values), invoice

    def entry(self, line, user=None, **values):
        line = line.with_user(user or self.reviewer)
        action = line.action_ai_enter_rate()
        wizard = self.env[action["res_model"]].with_user(user or self.reviewer).with_context(**action["context"])
        form = Form(wizard)
        for name, value in values.items():
            form[name] = value
        return form.save()

    def test_a_line_that_no_fresh_rate_values_is_a_question(self):
        line, _invoice = self.stale_line()
        [suggestion] = self.propose(line)
        self.assertTrue(suggestion.is_question)
        [missing] = suggestion.card["exchange"]["missing"]
        self.assertEqual((missing["currency"], missing["state"], missing["date"]), ("CHF", "rate_stale", "2026-03-09"))
        self.assertIn("too old", " ".join(suggestion.card["reasons"]))

    def test_an_entered_rate_values_the_line_anew_and_proposes(self):
        line, invoice = self.stale_line()
        self.propose(line)
        self.assertEqual(self.bank_side(line), ("400.00", "1000.00"))
        wizard = self.entry(line, rate="1,6")
        self.assertEqual(wizard.sentence, f"1 {self.company.currency_id.name} = 1.6 CHF")
        self.assertIn("2.5000", wizard.last)
        wizard.action_enter()
        self.assertEqual(self.bank_side(line), ("625.00", "1000.00"))
        [suggestion] = self.suggestions.search([("res_id", "=", line.id), ("state", "=", "pending")])
        self.assertFalse(suggestion.is_question)
        self.assertNotIn(
            "missing", [key for key, rows in suggestion.card["exchange"].items() if key == "missing" and rows]
        )
        before = self.books()
        self.assertIs(suggestion.action_accept(), True)
        self.assertEntry(line, [(self.receivable, -625.0, {"amount_currency": -1000.0})], self.northwind)
        self.assertOpen(invoice, 0.0, "paid")
        self.assertUndone(suggestion, before)

    def test_a_rate_written_the_other_way_round(self):
        line, _invoice = self.stale_line()
        self.propose(line)
        self.entry(line, rate="0.625", direction="per_unit").action_enter()
        self.assertEqual(self.bank_side(line), ("625.00", "1000.00"))

    def test_entering_is_audited_with_who_and_what(self):
        line, _invoice = self.stale_line()
        self.propose(line)
        self.entry(line, rate="1.6").action_enter()
        rate = self.env["res.currency.rate"].search(
            [("currency_id", "=", self.foreign.id), ("name", "=", "2026-04-20")]
        )
        self.assertFalse(rate.ai_provider_id)
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "rate_set"), ("res_id", "=", rate.id)])
        self.assertEqual(
            (log.user_id, log.payload["rate"], log.payload["day"]), (self.reviewer.id, "1.6", "2026-04-20")
        )

    def test_what_is_booked_keeps_its_value(self):
        line, _invoice = self.stale_line()
        [suggestion] = self.propose(line)
        suggestion.action_choose(suggestion.evidence["alternatives"][0]["key"])
        other, _second = self.stale_line(500.0)
        self.propose(other)
        self.entry(other, rate="1.6").action_enter()
        self.assertEqual(self.bank_side(line), ("400.00", "1000.00"))
        self.assertEqual(self.bank_side(other), ("312.50", "500.00"))

    def test_lines_with_a_fresh_rate_keep_their_value(self):
        line = self.line("anything", 100.0, "2026-03-10", journal=self.foreign_bank)
        stale, _invoice = self.stale_line()
        self.propose(stale)
        self.entry(stale, rate="1.6").action_enter()
        self.assertEqual(self.bank_side(line), ("40.00", "100.00"))

    def test_a_bank_that_tells_our_amount_needs_no_rate(self):
        line, _invoice = self.stale_line(foreign_currency_id=self.company.currency_id.id, amount_currency=610.0)
        self.assertEqual(self.bank_side(line), ("610.00", "1000.00"))
        [suggestion] = self.propose(line)
        self.assertFalse(suggestion.is_question, suggestion.card)

    def test_coding_a_line_without_a_rate_is_asked_too(self):
        self.env["ai.rule"].with_user(self.reviewer).create(
            {
                "name": "Hotels",
                "tokens": "hotel zurich",
                "company_id": self.company.id,
                "line_ids": [(0, 0, {"account_id": self.expense.id})],
            }
        )
        line = self.line("HOTEL ZURICH", -100.0, "2026-04-20", journal=self.foreign_bank)
        [suggestion] = self.propose(line)
        self.assertEqual(suggestion.kind, "bank_coding")
        self.assertTrue(suggestion.is_question)
        self.assertTrue(suggestion.card["exchange"]["missing"])
        self.entry(line, rate="1.6").action_enter()
        [suggestion] = self.suggestions.search([("res_id", "=", line.id), ("state", "=", "pending")])
        self.assertFalse(suggestion.is_question)
        suggestion.action_accept()
        self.assertEntry(line, [(self.expense, 62.5, {"amount_currency": 100.0})])

    def test_a_line_of_ours_that_pays_a_currency_without_a_rate(self):
        other = self.setup_other_currency("NOK", rates=[])
        self.env["res.currency.rate"].search([("currency_id", "=", other.id)]).unlink()
        invoice = self.document(self.northwind, 1000.0, currency_id=other.id)
        line = self.line(f"NORTHWIND {invoice.name}", 95.0)
        self.propose(line)
        self.assertEqual([row["currency"] for row in line.ai_rate_wanted], ["NOK"])
        self.assertEqual(line.ai_rate_wanted[0]["state"], "rate_missing")
        for question in self.suggestions.search([("res_id", "=", line.id), ("state", "=", "pending")]):
            self.assertEqual([row["currency"] for row in question.card["exchange"]["missing"]], ["NOK"])
        self.entry(line, rate="10.5").action_enter()
        [suggestion] = self.suggestions.search([("res_id", "=", line.id), ("state", "=", "pending")])
        # Without a rate Odoo booked the invoice one for one: its exchange loss never was, so it is asked.
        self.assertEqual((suggestion.case, suggestion.is_question), ("currency", True))
        self.assertIn("booked at a rate of 1.0000 NOK, but it is 10.5000", " ".join(suggestion.card["reasons"]))

    def test_no_cost_is_proposed_while_a_currency_lacks_its_rate(self):
        """An open invoice in another currency may be it: whatever words of the text an account's name has."""
        other = self.setup_other_currency("NOK", rates=[])
        self.env["res.currency.rate"].search([("currency_id", "=", other.id)]).unlink()
        invoice = self.document(self.northwind, 1000.0, currency_id=other.id)
        line = self.line(f"FOREIGN EXCHANGE LOSS NORTHWIND {invoice.name}", 95.0)
        self.assertFalse(self.propose(line).filtered(lambda s: s.kind == "bank_coding"))
        self.assertEqual([row["currency"] for row in line.ai_rate_wanted], ["NOK"])

    # === WHO AND WHAT === #

    def test_only_reviewers_and_managers_enter_rates(self):
        line, _invoice = self.stale_line()
        self.propose(line)
        for role in ("auditor", "agent"):
            user = self.make_user(role, role, groups="base.group_user" if role == "auditor" else None)
            with self.assertRaises(AccessError):
                line.with_user(user).action_ai_enter_rate()

    def test_what_is_no_rate_is_refused(self):
        line, _invoice = self.stale_line()
        self.propose(line)
        for rate in ("0", "-1", "abc", "1e400", "NaN", "Infinity", "1;2"):
            with self.subTest(rate), self.assertRaises(UserError):
                self.entry(line, rate=rate).action_enter()
        self.assertEqual(self.bank_side(line), ("400.00", "1000.00"))

    def test_a_rate_of_a_later_day_is_refused(self):
        line, _invoice = self.stale_line()
        self.propose(line)
        with self.assertRaises(UserError):
            self.entry(line, rate="1.6", day="2026-04-21").action_enter()

    def test_a_rate_that_somebody_entered_is_not_overwritten(self):
        line, _invoice = self.stale_line()
        book = self.env["ai.rate.book"].with_user(self.reviewer)
        book._enter(self.company, self.foreign, line.date, Decimal("1.6"))
        with self.assertRaises(UserError):
            book._enter(self.company, self.foreign, line.date, Decimal("1.7"))

    def test_a_line_that_waits_for_nothing(self):
        line = self.line("anything", 100.0)
        with self.assertRaises(UserError):
            line.with_user(self.reviewer).action_ai_enter_rate()

    def test_a_locked_line_keeps_its_value_and_says_so(self):
        line, _invoice = self.stale_line()
        self.propose(line)
        wizard = self.entry(line, rate="1.6")
        self.env.cr.execute(
            "UPDATE res_company SET fiscalyear_lock_date = '2026-12-31' WHERE id = %s", [self.company.id]
        )
        self.company.invalidate_recordset()
        notice = wizard.action_enter()
        self.assertIn("locked", notice["params"]["message"])
        self.assertEqual(self.bank_side(line), ("400.00", "1000.00"))
