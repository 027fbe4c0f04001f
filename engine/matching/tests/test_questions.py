"""What can't be known is asked or left alone, with reasons that say what would decide it."""

import unittest
from dataclasses import replace
from datetime import timedelta

from .. import match
from .samples import ACME, BOLT, DAY, answer, answers, facts, item, line, paid, settles, writes_off

NAME = "ACME TRADING"


def codes(found):
    return [code for code, _values in found.reasons]


class TestQuestions(unittest.TestCase):
    def test_two_equal_invoices_are_a_question_in_due_order(self):
        items = [item(6, 100, "INV/2026/00018", days=20), item(5, 100, "INV/2026/00017", days=21)]
        found = answer(line(100, "", name=NAME), items)
        self.assertEqual(found.outcome, "asked")
        self.assertEqual([settles(reading) for reading in found.readings[:2]], [{5: "100.00"}, {6: "100.00"}])
        self.assertIn(("equal_readings", {"count": 2}), found.reasons)
        self.assertEqual(len({reading.key for reading in found.readings}), len(found.readings))

    def test_two_sums_that_fit_are_a_question(self):
        items = [item(n, amount, f"INV/2026/{n:05d}", days=20) for n, amount in ((5, 30), (6, 40), (7, 50), (8, 20))]
        self.assertEqual(answer(line(70, "", name=NAME), items).outcome, "asked")

    def test_two_partners_of_one_name_are_a_question(self):
        twin = replace(ACME, key=4, names=("Acme Trading NV",), accounts=())
        items = [item(5, 100, "INV/2026/00017"), item(6, 100, "INV/2026/00018", partner=4)]
        found = answer(line(100, "", name=NAME), items, parties=(ACME, twin, BOLT))
        self.assertEqual(found.outcome, "asked")

    def test_two_equal_lines_pay_two_equal_items(self):
        items = [item(5, 100, "INV/2026/00017", days=21), item(6, 100, "INV/2026/00018", days=20)]
        lines = [line(100, "", key=2, name=NAME), line(100, "", key=1, name=NAME, date=DAY - timedelta(days=1))]
        found = answers(lines, items)
        self.assertEqual([found[k].outcome for k in (1, 2)], ["proposed"] * 2)
        self.assertEqual([settles(found[k].readings[0]) for k in (1, 2)], [{5: "100.00"}, {6: "100.00"}])

    def test_two_equal_lines_for_three_equal_items_are_asked(self):
        items = [item(n, 100, f"INV/2026/{n:05d}", days=20) for n in (5, 6, 7)]
        found = answers([line(100, "", key=k, name=NAME) for k in (1, 2)], items)
        self.assertEqual({a.outcome for a in found.values()}, {"asked"})

    def test_elimination_decides_what_is_left(self):
        items = [item(5, 100, "INV/2026/00017"), item(6, 100, "INV/2026/00018")]
        found = answers([line(100, "", key=1, name=NAME), line(100, "INV/2026/00018", key=2, name=NAME)], items)
        self.assertEqual(settles(found[2].readings[0]), {6: "100.00"})
        self.assertEqual((found[1].outcome, settles(found[1].readings[0])), ("proposed", {5: "100.00"}))

    def test_a_double_payment_beside_an_invoice_of_that_amount_is_a_question(self):
        found = answer(
            line(121, "INV/2026/00001", name=NAME), [item(6, 121, "INV/2026/00018")], [paid(5, 121, "INV/2026/00001")]
        )
        self.assertEqual(found.outcome, "asked")

    def test_money_without_a_word_is_not_parked_beside_open_items(self):
        items = [item(5, 300, "INV/2026/00017"), item(6, 777, "INV/2026/00018")]
        found = answer(line(500, "", name=NAME), items)
        self.assertNotEqual(found.outcome, "proposed")

    def test_a_rejected_booking_is_not_proposed_again(self):
        one, items = line(121, "INV/2026/00017", name=NAME), [item(5, 121, "INV/2026/00017")]
        first = answer(one, items).readings[0]
        again = answer(one, items, rejected={1: frozenset({first.match.fingerprint()})})
        self.assertNotIn(first.key, [reading.key for reading in again.readings])


class TestNothing(unittest.TestCase):
    def test_a_plain_expense_of_an_open_bills_amount_is_not_guessed(self):
        found = answer(line(-75.5, "KARTENZAHLUNG TANKSTELLE 4711"), [item(5, -75.5, "RE-2026-0042", 2)])
        self.assertNotEqual(found.outcome, "proposed")

    def test_an_amount_alone_is_not_proposed(self):
        self.assertNotEqual(answer(line(121, ""), [item(5, 121, "INV/2026/00017")]).outcome, "proposed")

    def test_an_unknown_payer_is_named_as_what_is_missing(self):
        found = answer(line(33, "SOMEBODY"))
        self.assertEqual(found.outcome, "nothing")
        self.assertIn("no_partner", codes(found))

    def test_a_blocked_item_is_named_and_not_proposed(self):
        found = answer(
            line(-75.5, "RE-2026-0042", name="Bolt Supplies"), [item(5, -75.5, "RE-2026-0042", 2, blocked=True)]
        )
        self.assertFalse([reading for reading in found.readings if 5 in settles(reading)])
        self.assertNotEqual(found.outcome, "proposed")
        self.assertIn(("blocked", {"item": 5, "name": "RE-2026-0042"}), found.reasons)

    def test_a_held_item_is_not_available(self):
        found = match(
            facts([line(121, "INV/2026/00017", name=NAME)], [item(5, 121, "INV/2026/00017")], held=frozenset({5}))
        )[0]
        self.assertFalse([reading for reading in found.readings if 5 in settles(reading)])
        self.assertNotEqual(found.outcome, "proposed")
        self.assertIn("held", codes(found))

    def test_an_item_goes_to_one_line_only(self):
        lines = [line(121, "INV/2026/00017", key=1), line(121, "", key=2, name=NAME)]
        found = answers(lines, [item(5, 121, "INV/2026/00017")])
        self.assertEqual([k for k in (1, 2) if any(5 in settles(r) for r in found[k].readings[:1])], [1])

    def test_an_item_of_the_other_sign_is_never_settled(self):
        found = answer(line(-121, "INV/2026/00017", name=NAME), [item(5, 121, "INV/2026/00017")])
        self.assertFalse([reading for reading in found.readings if settles(reading)])

    def test_a_line_of_nothing_has_no_answer(self):
        self.assertEqual(
            answer(line(0, "INV/2026/00017", name=NAME), [item(5, 121, "INV/2026/00017")]).outcome, "nothing"
        )

    def test_a_named_stranger_does_not_pay_somebody_elses_invoice_unasked(self):
        found = answer(line(121, "", name="Coral Reef Foods"), [item(5, 121, "INV/2026/00017")])
        self.assertFalse(found.outcome == "proposed" and settles(found.readings[0]))
        self.assertFalse([off for r in found.readings for off in writes_off(r) if off[0] not in ("on_account",)])


if __name__ == "__main__":
    unittest.main()
