"""Tax on advances, offers to documents and netting, without any books."""

import random
import unittest
from datetime import date
from decimal import Decimal

from .. import Declared, Due, Money, OpenDocument, Receipt, Side, due, judge, netted, offers

D = Decimal
DAY = date(2026, 3, 1)


class TestTax(unittest.TestCase):
    def test_received(self):
        self.assertEqual(due(D("119.00"), Declared()), Due(D("119.00")))

    def test_nothing_moves(self):
        self.assertFalse(due(D("119.00"), Declared(D("119.00"), D("19.00"))))

    def test_used_whole(self):
        self.assertEqual(due(D(0), Declared(D("119.00"), D("19.00"))), Due(D("-119.00"), D("-19.00")))

    def test_never_declared(self):
        self.assertFalse(due(D("-5.00"), Declared()))

    def test_any_way_of_using_it_ends_at_nothing(self):
        for seed in range(300):
            rng = random.Random(seed)
            gross = D(rng.randint(1, 200_000)) / 100
            tax = (gross * D(19) / D(119)).quantize(D("0.01"))
            declared, left = Declared(gross, tax), gross
            while left:
                left = max(left - D(rng.randint(1, 80_000)) / 100, D(0))
                back = due(left, declared)
                self.assertLessEqual(abs(back.tax), declared.tax)
                declared = Declared(declared.gross + back.gross, declared.tax + back.tax)
                self.assertEqual(declared.gross, left)
            self.assertEqual(declared, Declared(D(0), D(0)))


class TestJudge(unittest.TestCase):
    def outcome(self, text="Thank you", **values):
        return judge(Receipt(text, D(100), **values)).outcome

    def test_cases(self):
        self.assertEqual(self.outcome(), "proposed")
        self.assertEqual(self.outcome(whole=False), "asked")
        self.assertEqual(self.outcome(open_documents=("INV/1",)), "asked")
        self.assertEqual(self.outcome(same_amount=("INV/1",)), "asked")
        self.assertEqual(self.outcome("Anzahlung Küche", open_documents=("INV/1",)), "proposed")


class TestOffers(unittest.TestCase):
    def offer(self, open_amount, money, others=(), names=("17",)):
        document = OpenDocument(1, D(open_amount), DAY, frozenset(names))
        return offers(document, [Money(key, D(amount), DAY, frozenset(said)) for key, amount, said in money], others)

    def test_only_money(self):
        found = self.offer("119", [(7, "50", ())])
        self.assertEqual((found.outcome, found.used), ("proposed", ((7, D(50)),)))

    def test_more_than_the_document(self):
        self.assertEqual(self.offer("119", [(7, "50", ()), (8, "100", ())]).used, ((7, D(50)), (8, D(69))))

    def test_what_names_it_first(self):
        self.assertEqual(self.offer("60", [(7, "50", ()), (8, "100", ("17",))]).used, ((8, D(60)),))

    def test_what_does_not_name_it_stays_beside_what_does(self):
        self.assertEqual(self.offer("600", [(7, "50", ("99",)), (8, "100", ("17",))]).used, ((8, D(100)),))

    def test_numbers_of_their_own_are_asked_about(self):
        self.assertEqual(self.offer("600", [(7, "50", ("99",)), (8, "100", ())]).outcome, "asked")
        self.assertEqual(self.offer("600", [(7, "50", ("99",)), (8, "100", ("99",))]).outcome, "proposed")
        self.assertEqual(self.offer("600", [(7, "50", ("99",))]).outcome, "proposed")

    def test_what_names_another_is_left(self):
        other = OpenDocument(2, D(80), DAY, frozenset(("18",)))
        self.assertFalse(self.offer("60", [(7, "50", ("18",))], [other]))

    def test_rivals_make_it_a_question_unless_it_is_named(self):
        other = OpenDocument(2, D(80), DAY, frozenset(("18",)))
        self.assertEqual(self.offer("60", [(7, "50", ())], [other]).outcome, "asked")
        self.assertEqual(self.offer("60", [(7, "60", ("17",))], [other]).outcome, "proposed")


class TestNetting(unittest.TestCase):
    def sides(self, *amounts):
        return [Side(key, D(amount), DAY) for key, amount in enumerate(amounts)]

    def test_smaller_sum(self):
        found = netted(self.sides("100", "50"), self.sides("120"))
        self.assertEqual((found.amount, found.owed, found.owing), (D(120), ((0, D(100)), (1, D(20))), ((0, D(120)),)))

    def test_credit_notes_make_room(self):
        found = netted(self.sides("100", "-30"), self.sides("200"))
        self.assertEqual((found.amount, found.owed), (D(70), ((1, D(-30)), (0, D(100)))))

    def test_nothing_to_net(self):
        self.assertFalse(netted(self.sides("-10"), self.sides("20")))
        self.assertFalse(netted([], self.sides("20")))

    def test_sides_always_balance(self):
        for seed in range(300):
            rng = random.Random(seed)
            sides = [
                self.sides(*(D(rng.randint(-5_000, 20_000) or 1) / 100 for _each in range(rng.randint(1, 6))))
                for _side in range(2)
            ]
            found = netted(*sides)
            if found:
                self.assertEqual({sum(share for _key, share in side) for side in (found.owed, found.owing)},
                                 {found.amount})  # fmt: skip


if __name__ == "__main__":
    unittest.main()
