"""What a bank kept for converting is read from its text, and nothing else is taken for it."""

import unittest
from datetime import date
from decimal import Decimal

from engine.facts import BankLine, MatchingFacts, MatchingSettings, OpenItem, Party, Rate, WriteOffAccount
from engine.matching import match

DAY = date(2026, 3, 10)
PAYER = Party(1, ("Northwind Traders Ltd",), receivable=10, is_customer=True)
INVOICE = OpenItem(
    key=5,
    company=1,
    account=10,
    kind="invoice",
    document=5,
    partner=1,
    date=date(2026, 3, 1),
    due=date(2026, 3, 9),
    residual=Decimal("1000.00"),
    currency="CHF",
    residual_company=Decimal("500.00"),
    total=Decimal("1000.00"),
    names=("INV/2026/00042",),
    label="INV/2026/00042",
)


def answer(text, amount, fee=True, rate_day=DAY):
    settings = MatchingSettings(1, "EUR", fee=WriteOffAccount(99 if fee else None))
    line = BankLine(7, 1, 1, DAY, Decimal(amount), "EUR", f"NORTHWIND TRADERS LTD INV/2026/00042 {text}")
    rates = {("CHF", DAY): Rate("CHF", Decimal("2.5"), rate_day)}
    [found] = match(MatchingFacts(settings, (line,), (INVOICE,), parties=(PAYER,), rates=rates))
    return found


def offs(found):
    return [str(off.amount) for off in found.readings[0].match.write_offs]


class TestFee(unittest.TestCase):
    def test_a_fee_that_the_text_tells(self):
        for text in ("CHARGES 5.00", "CHG: 5,00", "FEE EUR 5", "SPESEN 5", "1000.00 CHF LESS FEES 5.00"):
            with self.subTest(text):
                found = answer(text, "395.00")
                self.assertEqual((found.outcome, offs(found)), ("proposed", ["-5.00"]))
                self.assertEqual(str(found.readings[0].match.counterparts[0].amount), "400.00")

    def test_what_is_no_fee(self):
        for text in ("", "5.00", "SHA", "CHARGES 395.00", "CHARGES 1000.00", "CHARGES 80.00", "CHARGES 5.00 AND 4.00"):
            with self.subTest(text):
                self.assertEqual(offs(answer(text, "395.00")), [])

    def test_without_an_account_for_fees(self):
        self.assertEqual(offs(answer("CHARGES 5.00", "395.00", fee=False)), [])

    def test_a_stale_rate_is_no_rate(self):
        found = answer("", "400.00", rate_day=date(2026, 2, 1))
        self.assertEqual(found.outcome, "nothing")
        self.assertIn("rate_stale", dict(found.reasons))
