"""Items in another currency than the line: three rates, a limit, and no guess without a rate."""

import unittest
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from .samples import DAY, answer, item, line, money, rate, settles

NAME = "ACME TRADING"


def dollars(key, amount, name, **more):
    return item(key, amount, name, currency="USD", residual_company=money(amount) / 2, **more)


def told(amount, foreign, text="INV/2026/00017", **more):
    return line(amount, text, name=NAME, foreign_amount=money(foreign), foreign_currency="USD", **more)


class TestCurrency(unittest.TestCase):
    def setUp(self):
        self.item = dollars(5, 1000, "INV/2026/00017")
        self.rates = {("USD", DAY): rate("USD", 2)}

    def test_the_banks_own_original_amount_settles_the_item(self):
        found = answer(told(495.1, 1000), [self.item], rates=self.rates)
        self.assertEqual((found.outcome, found.readings[0].case), ("proposed", "currency"))
        part = found.readings[0].match.counterparts[0]
        self.assertEqual((part.amount, part.item_amount, part.item_currency), (money(495.1), money(1000), "USD"))

    def test_the_table_judges_a_line_that_tells_no_rate(self):
        found = answer(line(495.1, "INV/2026/00017", name=NAME), [self.item], rates=self.rates)
        self.assertEqual((found.outcome, found.readings[0].case), ("proposed", "currency"))

    def test_a_rate_beyond_the_limit_is_a_question(self):
        for one in (told(460, 1000), line(460, "INV/2026/00017", name=NAME)):
            found = answer(one, [self.item], rates=self.rates)
            self.assertNotEqual(found.outcome, "proposed")
            self.assertIn("rate_far", [code for r in found.readings for code, _v in r.reasons])

    def test_a_missing_or_stale_rate_abstains_and_says_so(self):
        old = {("USD", DAY): rate("USD", 2, DAY - timedelta(days=8))}
        for rates, code in (({}, "rate_missing"), (old, "rate_stale")):
            with self.subTest(code):
                found = answer(line(495.1, "INV/2026/00017", name=NAME), [self.item], rates=rates)
                self.assertNotEqual(found.outcome, "proposed")
                self.assertIn(code, [c for c, _values in found.reasons])
                self.assertNotEqual(answer(told(495.1, 1000), [self.item], rates=rates).outcome, "proposed")

    def test_several_items_share_the_line_in_proportion(self):
        items = [self.item, dollars(6, 500, "INV/2026/00018")]
        found = answer(told(742.33, 1500, "INV/2026/00017 INV/2026/00018"), items, rates=self.rates)
        self.assertEqual(settles(found.readings[0]), {5: "494.89", 6: "247.44"})

    def test_a_dollar_account_settles_dollar_items_plainly(self):
        found = answer(line(1000, "INV/2026/00017", name=NAME, currency="USD"), [self.item], rates=self.rates)
        part = found.readings[0].match.counterparts[0]
        self.assertEqual((found.outcome, part.amount, part.item_amount), ("proposed", money(1000), None))

    def test_a_dollar_account_settles_an_item_in_euros(self):
        found = answer(
            line(198.5, "INV/2026/00019", name=NAME, currency="USD"), [item(7, 100, "INV/2026/00019")], rates=self.rates
        )
        part = found.readings[0].match.counterparts[0]
        self.assertEqual((found.outcome, part.item_amount, part.item_currency), ("proposed", money(100), "EUR"))

    def test_places_of_the_currency_are_kept(self):
        yen = replace(item(8, 1000, "INV/2026/00020", currency="JPY"), residual=Decimal("1000"), total=Decimal("1000"))
        one = replace(line(1000, "INV/2026/00020", name=NAME), currency="JPY", amount=Decimal("1000"))
        found = answer(one, [yen], rates={("JPY", DAY): rate("JPY", 160)})
        self.assertEqual(str(found.readings[0].match.counterparts[0].amount), "1000")


if __name__ == "__main__":
    unittest.main()
