"""The other leg of a transfer into another currency."""

import unittest
from dataclasses import replace
from datetime import date
from decimal import Decimal

from engine.facts import BankLine, MatchingFacts, MatchingSettings, OpenItem, OwnAccount, Rate
from engine.matching import match

DAY = date(2026, 3, 10)
OWN = tuple(OwnAccount(n, f"DE0000{n}", (), currency) for n, currency in ((1, "EUR"), (2, "USD"), (3, "GBP")))
RATES = {(name, DAY): Rate(name, Decimal(rate), DAY) for name, rate in (("USD", "1.10"), ("GBP", "0.85"))}


def line(key, journal, amount, currency, text="OWN TRANSFER", **values):
    return BankLine(key, 1, journal, DAY, Decimal(amount), currency, text, **values)


def pairs(*lines, items=(), rates=None):
    """{line: (outcome, the line that it is paired with)}"""
    settings = MatchingSettings(1, "EUR", transfer_account=50)
    facts = MatchingFacts(settings, lines, items, own_accounts=OWN, rates=RATES if rates is None else rates)
    found = {}
    for answer in match(facts):
        offs = answer.readings[0].match.write_offs if answer.readings else ()
        found[answer.line] = (answer.outcome, offs[0].pair if offs else None)
    return found


class TestLegs(unittest.TestCase):
    def test_legs_find_each_other_by_their_worth(self):
        found = pairs(line(1, 1, "-1000.00", "EUR"), line(2, 2, "1090.00", "USD"))
        self.assertEqual(found, {1: ("proposed", 2), 2: ("proposed", 1)})

    def test_a_worth_beyond_the_limit_is_no_leg(self):
        found = pairs(line(1, 1, "-1000.00", "EUR"), line(2, 2, "1000.00", "USD"))
        self.assertEqual({pair for _outcome, pair in found.values()}, {None})

    def test_the_same_currency_goes_first(self):
        others = (line(2, 2, "1090.00", "USD"), replace(line(3, 2, "1000.00", "EUR"), journal=4))
        self.assertEqual(pairs(line(1, 1, "-1000.00", "EUR"), *others)[1][1], 3)

    def test_what_the_bank_tells_needs_no_rate(self):
        told = line(1, 1, "-1000.00", "EUR", foreign_amount=Decimal("1150.00"), foreign_currency="USD")
        found = pairs(told, line(2, 2, "1150.00", "USD"), line(3, 3, "850.00", "GBP"), rates={})
        self.assertEqual(found[1], ("proposed", 2))

    def test_of_two_that_fit_none_is_paired(self):
        found = pairs(line(1, 1, "-1000.00", "EUR"), line(2, 2, "1090.00", "USD"), line(3, 3, "850.00", "GBP"))
        self.assertIsNone(found[1][1])

    def test_a_first_leg_that_two_lines_could_close_is_asked(self):
        leg = OpenItem(
            9, 1, 50, "transfer", 9, None, DAY, None, Decimal("1000.00"), "EUR", Decimal("1000.00"), Decimal("1000.00")
        )
        leg = replace(leg, journal=1)
        alone = pairs(line(2, 2, "1090.00", "USD"), items=(leg,))
        self.assertEqual(alone[2][0], "proposed")
        both = pairs(line(2, 2, "1090.00", "USD"), line(3, 3, "850.00", "GBP"), items=(leg,))
        self.assertEqual({outcome for outcome, _pair in both.values()} - {"asked", "nothing"}, set())
