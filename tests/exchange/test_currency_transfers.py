"""Transfers between own accounts in two currencies: both legs close each other, the difference is exchange result."""

from odoo.tests import tagged

from ..common import BankCase, cents


@tagged("post_install", "-at_install")
class TestCurrencyTransfers(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.usd = cls.setup_other_currency("CHF", rates=[("2026-01-01", 2.0), ("2026-03-08", 2.5), ("2026-03-12", 2.5)])
        cls.gbp = cls.setup_other_currency("GBP", rates=[("2026-01-01", 0.8), ("2026-03-08", 1.0), ("2026-03-12", 1.0)])
        cls.foreign_bank = cls.make_journal("CHF1", cls.usd)
        cls.third_bank = cls.make_journal("GBP1", cls.gbp)
        cls.transfer = cls.company.transfer_account_id
        cls.results = cls.company.income_currency_exchange_account_id + cls.company.expense_currency_exchange_account_id

    def balance(self, accounts, field="balance"):
        items = self.env["account.move.line"].search(
            [("account_id", "in", accounts.ids), ("parent_state", "=", "posted")]
        )
        return cents(sum(items.mapped(field)))

    def pair(self, out, into, text="OWN TRANSFER", days=("2026-03-10", "2026-03-11")):
        """(journal, amount, ...) of the leg that leaves and the one that arrives."""
        (from_journal, paid), (to_journal, got) = out, into
        return (
            self.line(text, -paid, days[0], journal=from_journal),
            self.line(text, got, days[1], journal=to_journal),
        )

    def assertClosed(self, lines, result):
        """Nothing is left on suspense or in transit, and the difference of the legs' worth is the exchange result."""
        for line in lines:
            self.assertTrue(line.is_reconciled)
        self.assertEqual(self.balance(self.transfer), "0.00")
        self.assertEqual(self.balance(self.transfer, "amount_residual"), "0.00")
        self.assertEqual(self.balance(self.transfer, "amount_residual_currency"), "0.00")
        self.assertEqual(self.balance(self.results), cents(result))

    def assertPair(self, lines, result):
        """Proposed together and accepted together; then undone, one after the other."""
        lines = lines[0] + lines[1]
        before = self.books()
        suggestions = self.propose(lines)
        self.assertEqual(suggestions.mapped("case"), ["transfer", "transfer"], lines.mapped("ai_finding_text"))
        self.assertEqual(suggestions.mapped("is_question"), [False, False])
        foretold = {cents(suggestion.card["exchange"]["gain"]) for suggestion in suggestions}
        self.assertIs(suggestions.action_accept(), True)
        self.assertEqual(set(suggestions.mapped("state")), {"applied"}, suggestions.mapped("error"))
        self.assertClosed(lines, result)
        self.assertEqual(foretold, {cents(-result)})
        self.assertUndone(suggestions, before)
        self.assertEqual(self.balance(self.results), "0.00")

    def test_from_ours_to_a_foreign_account(self):
        # 1,000 left; 2,470 CHF came, worth 988 by the table: 12 were lost in converting.
        self.assertPair(self.pair((self.bank, 1000.0), (self.foreign_bank, 2470.0)), 12.0)

    def test_from_a_foreign_account_to_ours(self):
        self.assertPair(self.pair((self.foreign_bank, 2500.0), (self.bank, 1010.0)), -10.0)

    def test_between_two_foreign_accounts(self):
        # 2,500 CHF are worth 1,000; 990 GBP are worth 990.
        self.assertPair(self.pair((self.foreign_bank, 2500.0), (self.third_bank, 990.0)), 10.0)

    def test_each_leg_accepted_on_its_own(self):
        first, second = self.pair((self.bank, 1000.0), (self.foreign_bank, 2470.0))
        before = self.books()
        one = self.booked(first, "transfer")
        self.assertEqual(self.balance(self.transfer), "1000.00")
        two = self.booked(second, "transfer")
        self.assertClosed(first + second, 12.0)
        two.action_undo()
        self.assertUndone(one, before)

    def test_the_second_leg_comes_later(self):
        self.foreign_bank.set_bank_account("CH9300762011623852957")
        first = self.line("TRANSFER", -1000.0, "2026-03-10", account_number="CH93 0076 2011 6238 5295 7")
        self.booked(first, "transfer", asked=None)
        self.assertEqual(self.balance(self.transfer), "1000.00")
        second = self.line("OWN TRANSFER", 2470.0, "2026-03-12", journal=self.foreign_bank)
        self.booked(second, "transfer", asked=None)
        self.assertClosed(first + second, 12.0)

    def test_the_card_tells_the_rate_of_the_legs(self):
        first, second = self.pair((self.bank, 1000.0), (self.foreign_bank, 2470.0))
        suggestion = self.propose(first + second).filtered(lambda s: s.res_id == first.id)
        legs = suggestion.card["exchange"]["rates"][0]
        self.assertEqual((legs["what"], legs["rate"], legs["currency"]), ("legs", "2.4700", "CHF"))
        self.assertIn("The other side shows 2470.00 CHF, about as much", suggestion.card["reasons"])

    def test_amounts_that_only_nearly_fit_are_no_transfer(self):
        """Without a word or a number that says so, a payment of another is not taken for the other leg."""
        lines = self.pair((self.bank, 1000.0), (self.foreign_bank, 2470.0), text="INVOICE 77")
        suggestions = self.propose(lines[0] + lines[1])
        self.assertFalse(suggestions.filtered(lambda s: s.case == "transfer" and not s.is_question))

    def test_of_two_that_fit_none_is_guessed(self):
        """That the money is in transit is sure; which of two lines closes it is asked."""
        first = self.line("OWN TRANSFER", -1000.0, "2026-03-10")
        lines = self.line("OWN TRANSFER", 2490.0, "2026-03-10", journal=self.foreign_bank)
        lines += self.line("OWN TRANSFER", 995.0, "2026-03-10", journal=self.third_bank)
        self.booked(first, "transfer", asked=None)
        self.assertEqual(self.balance(self.transfer), "1000.00")
        suggestions = self.propose(lines)
        self.assertEqual(suggestions.mapped("is_question"), [True, True], suggestions.mapped("card"))
