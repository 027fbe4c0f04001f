"""Parts of a payment to the cent, as people split it before."""

import unittest
from decimal import Decimal

from ...learning import Example
from .. import Splits, Template
from .samples import INTEREST, LOAN, RENT, VAT, WAGES, Past, case, line, only, row, rows, run


def taught(*decisions):
    """Each decision: {account: amount}."""
    splits = Splits()
    for number, parts in enumerate(decisions):
        lines = [row(account, amount) for account, amount in parts.items()]
        total = sum(Decimal(str(amount)) for amount in parts.values())
        splits.learn(Example(case(number, "LENDER", total), Template.of_lines(lines).label), lines)
    return splits


def split(splits, amount, *accounts, places=2):
    template = Template.of_lines([row(account, 0) for account in accounts])
    found = splits.amounts(template, "name:LENDER", Decimal(str(amount)), places)
    return found and {part.account: str(each) for part, each in zip(template.parts, found.amounts, strict=True)}, found


def annuity(count, debt="100000.00", rate="0.0025", payment="1000.00"):
    """Payments of a loan: interest on the debt, the rest redeems."""
    debt, found = Decimal(debt), []
    for _month in range(count):
        interest = (debt * Decimal(rate)).quantize(Decimal("0.01"))
        found.append({LOAN: interest - Decimal(payment), INTEREST: -interest})
        debt -= Decimal(payment) - interest
    return found


class TestSplits(unittest.TestCase):
    def test_one_part_is_the_whole(self):
        found, told = split(Splits(), "-12.34", RENT)
        self.assertEqual((found, told.share, told.method), ({RENT: "-12.34"}, 1.0, "whole"))

    def test_nobody_split_it_before(self):
        self.assertIsNone(split(Splits(), "-12.34", RENT, VAT)[1])

    def test_a_loan_to_the_cent(self):
        payments = annuity(13)
        for known in (3, 5, 12):
            found, told = split(taught(*payments[:known]), "-1000.00", LOAN, INTEREST)
            wanted = {account: str(amount) for account, amount in payments[known].items()}
            off = abs(Decimal(found[INTEREST]) - Decimal(wanted[INTEREST]))
            self.assertLessEqual(off, Decimal("0.01"), (known, found, wanted))
            self.assertEqual(told.method, "loan")
            self.assertEqual(sum(told.amounts), Decimal("-1000.00"))

    def test_the_same_payment_again(self):
        rent = {RENT: "-800.00", VAT: "-200.00"}
        found, told = split(taught(rent, rent, rent), "-1000.00", RENT, VAT)
        self.assertEqual((found, told.method), ({RENT: "-800.00", VAT: "-200.00"}, "same"))

    def test_a_fixed_part(self):
        found, told = split(
            taught(
                {RENT: "-15.00", WAGES: "-85.00"}, {RENT: "-15.00", WAGES: "-105.00"}, {RENT: "-15.00", WAGES: "-35.00"}
            ),
            "-77.00",
            RENT,
            WAGES,
        )
        self.assertEqual((found, told.method), ({RENT: "-15.00", WAGES: "-62.00"}, "fixed"))

    def test_proportions_and_every_cent(self):
        third = {RENT: "-10.00", WAGES: "-20.00"}
        found, _told = split(taught(third, {RENT: "-20.00", WAGES: "-40.00"}), "-100.00", RENT, WAGES)
        self.assertEqual(found, {RENT: "-33.33", WAGES: "-66.67"})
        found, _told = split(taught(third, {RENT: "-20", WAGES: "-40"}), "-100", RENT, WAGES, places=0)
        self.assertEqual(found, {RENT: "-33", WAGES: "-67"})

    def test_parts_of_both_signs(self):
        fee = {RENT: "1.50", WAGES: "-101.50"}
        found, _told = split(taught(fee, fee), "-100.00", RENT, WAGES)
        self.assertEqual(found, {RENT: "1.50", WAGES: "-101.50"})

    def test_how_sure_is_measured(self):
        steady = taught(*[{RENT: "-80.00", VAT: "-20.00"}] * 10)
        wild = taught(*[{RENT: str(-50 - n * n % 17), VAT: str(-50 + n * n % 17)} for n in range(10)])
        sure = split(steady, "-100.00", RENT, VAT)[1]
        unsure = split(wild, "-100.00", RENT, VAT)[1]
        self.assertGreater(sure.share, 0.85)
        self.assertLess(unsure.share, 0.5)

    def test_zero_parts_and_nonsense_teach_nothing(self):
        splits = taught({RENT: "-80.00", VAT: "0.00"})
        self.assertIsNone(split(splits, "-80.00", RENT, VAT)[1])

    def test_the_coder_multiplies_both_chances(self):
        past = Past()
        for parts in annuity(8):
            past.add("LENDER LOAN", [row(account, amount) for account, amount in parts.items()])
        answer = only("LENDER LOAN", "-1000.00", past)
        reading = answer.readings[0]
        self.assertEqual((reading.case, len(rows(answer)), reading.match.remainder), ("split", 2, 0))
        self.assertIn("split_loan", [code for code, _values in reading.reasons])
        self.assertEqual(sum(each.amount for each in reading.match.rows), Decimal("-1000.00"))

    def test_two_instalments_in_one_run_follow_each_other(self):
        payments = annuity(10)
        past = Past()
        for parts in payments[:8]:
            past.add("LENDER LOAN", [row(account, amount) for account, amount in parts.items()])
        found = run([line("LENDER LOAN", "-1000.00", key) for key in (1, 2)], past)
        for answer, wanted in zip(found, payments[8:], strict=True):
            got = {account: amount for account, amount, _taxes in rows(answer)}
            self.assertLessEqual(abs(Decimal(got[INTEREST]) - wanted[INTEREST]), Decimal("0.01"))
        self.assertNotEqual(rows(found[0]), rows(found[1]))
