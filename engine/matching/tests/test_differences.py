"""A difference is explained, asked about, or stays open; it is never just written off."""

import unittest
from datetime import timedelta
from decimal import Decimal

from ...facts import WriteOffAccount
from .samples import DAY, DISCOUNT, FEE, ROUNDING, WITHHOLDING, answer, discount, item, line, settles, writes_off

NAME = "ACME TRADING"


def quoting(amount, *items, **more):
    return answer(line(amount, "INV/2026/00017", name=NAME), items, **more)


class TestDifferences(unittest.TestCase):
    def test_a_cash_discount_in_time_is_granted(self):
        found = quoting(118.58, item(5, 121, "INV/2026/00017", discount=discount(118.58)))
        first = found.readings[0]
        self.assertEqual((found.outcome, first.case), ("proposed", "discount"))
        self.assertEqual(writes_off(first), [("cash_discount", DISCOUNT, "-2.42")])
        self.assertEqual((first.match.write_offs[0].item, first.match.write_offs[0].taxes), (5, (3,)))

    def test_a_vendors_cash_discount_is_taken(self):
        found = answer(
            line(-98, "RE-2026-0042", name="Bolt Supplies"), [item(5, -100, "RE-2026-0042", 2, discount=discount(-98))]
        )
        self.assertEqual(writes_off(found.readings[0]), [("cash_discount", DISCOUNT, "2.00")])

    def test_two_discounts_are_taken_at_once(self):
        found = answer(
            line(294, "", name=NAME),
            [
                item(5, 100, "INV/2026/00017", discount=discount(98)),
                item(6, 200, "INV/2026/00018", discount=discount(196)),
            ],
        )
        self.assertEqual(found.outcome, "proposed")
        self.assertEqual([off[2] for off in writes_off(found.readings[0])], ["-2.00", "-4.00"])

    def test_a_discount_taken_late_stays_open(self):
        late = discount(118.58, DAY - timedelta(days=1))
        found = quoting(118.58, item(5, 121, "INV/2026/00017", discount=late))
        self.assertEqual((found.outcome, found.readings[0].case), ("proposed", "partial"))
        self.assertEqual(writes_off(found.readings[0]), [])

    def test_withholding_is_exact_to_the_cent(self):
        found = quoting(111, item(5, 121, "INV/2026/00017", untaxed=Decimal("100.00")))
        self.assertEqual(writes_off(found.readings[0]), [("withholding", WITHHOLDING, "-10.00")])
        near = quoting(111.01, item(5, 121, "INV/2026/00017", untaxed=Decimal("100.00")))
        self.assertNotIn("withholding", [reading.case for reading in near.readings])

    def test_some_cents_are_rounded(self):
        found = quoting(120.98, item(5, 121, "INV/2026/00017"))
        self.assertEqual(
            (found.outcome, writes_off(found.readings[0])), ("proposed", [("rounding", ROUNDING, "-0.02")])
        )

    def test_a_fee_that_the_bank_tells_is_booked(self):
        found = answer(line(990.32, "INV/2026/00017 CHARGES 9.68", name=NAME), [item(5, 1000, "INV/2026/00017")])
        self.assertEqual((found.outcome, writes_off(found.readings[0])), ("proposed", [("bank_fee", FEE, "-9.68")]))
        self.assertEqual(found.readings[0].match.write_offs[0].taxes, (7,))

    def test_a_fee_is_added_to_our_payment(self):
        found = answer(
            line(-1009.68, "RE-2026-0042 SPESEN 9.68", name="Bolt Supplies"), [item(5, -1000, "RE-2026-0042", 2)]
        )
        self.assertEqual(settles(found.readings[0]), {5: "-1000.00"})
        self.assertEqual(writes_off(found.readings[0]), [("bank_fee", FEE, "-9.68")])


class TestNoWriteOff(unittest.TestCase):
    def test_an_untold_shortage_is_a_question(self):
        found = quoting(990.32, item(5, 1000, "INV/2026/00017"))
        self.assertEqual(found.outcome, "asked")
        self.assertEqual({reading.case for reading in found.readings} & {"fee", "partial"}, {"fee", "partial"})

    def test_what_is_not_configured_is_not_proposed(self):
        none = {"fee": WriteOffAccount(), "rounding": WriteOffAccount(), "withholding": WriteOffAccount()}
        for amount in (990.32, 999.99, 900):
            with self.subTest(amount):
                found = quoting(amount, item(5, 1000, "INV/2026/00017"), settings=none)
                self.assertEqual(
                    [off for reading in found.readings for off in writes_off(reading) if off[0] != "on_account"], []
                )

    def test_a_fee_over_its_cap_is_not_proposed(self):
        found = answer(line(970, "INV/2026/00017 CHARGES 30.00", name=NAME), [item(5, 1000, "INV/2026/00017")])
        self.assertNotIn("fee", [reading.case for reading in found.readings])

    def test_the_cap_for_all_write_offs_holds(self):
        caps = {"write_off_cap": Decimal("5.00")}
        found = answer(
            line(990.32, "INV/2026/00017 CHARGES 9.68", name=NAME), [item(5, 1000, "INV/2026/00017")], settings=caps
        )
        self.assertNotIn("fee", [reading.case for reading in found.readings])

    def test_rounding_stays_under_its_cap(self):
        found = quoting(120.9, item(5, 121, "INV/2026/00017"))
        self.assertNotIn("rounding", [reading.case for reading in found.readings])

    def test_an_exact_open_item_comes_before_a_write_off(self):
        items = [item(5, 1000, "INV/2026/00017"), item(6, 990.32, "INV/2026/00018")]
        found = answer(line(990.32, "", name=NAME), items)
        self.assertEqual((found.outcome, settles(found.readings[0])), ("proposed", {6: "990.32"}))

    def test_cents_are_not_rounded_while_other_instalments_fit_exactly(self):
        amounts = (71.22, 71.22, 71.23)
        parts = [
            item(5 + n, a, "INV/2026/00017", document=5, due=DAY + timedelta(days=n)) for n, a in enumerate(amounts)
        ]
        found = quoting(71.23, *parts)
        self.assertFalse(found.outcome == "proposed" and found.readings[0].case == "rounding", found.readings[0])


if __name__ == "__main__":
    unittest.main()
