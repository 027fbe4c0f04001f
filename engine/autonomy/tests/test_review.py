"""Monetary-unit sampling: what is drawn, what it bounds, and how often the bound holds."""

import random
import unittest
from decimal import Decimal
from math import ceil

from engine.autonomy import Item, Plan, conclude, plan

ZERO = Decimal(0)


def population(n, seed=3):
    source = random.Random(seed)
    return [Item(key, Decimal(source.randint(100, 40000)) / 100) for key in range(1, n + 1)]


class TestPlan(unittest.TestCase):
    def test_every_item_over_the_interval(self):
        items = [*population(200), Item(900, Decimal(5000)), Item(901, Decimal("1000.00"))]
        found = plan(items, Decimal("2995.7"), seed=1)
        self.assertEqual(found.interval.quantize(Decimal("0.1")), Decimal("1000.0"))
        self.assertEqual(found.large, (900, 901))
        self.assertFalse(set(found.large) & {key for key, _hits in found.drawn})

    def test_one_unit_of_each_cell(self):
        items = population(500)
        found = plan(items, Decimal(3000), seed=2)
        laid = sum(item.amount for item in items)
        self.assertEqual(found.cells, ceil(laid / found.interval))
        self.assertIn(sum(hits for _key, hits in found.drawn), (found.cells, found.cells - 1))

    def test_the_same_seed_draws_the_same(self):
        items = population(300)
        self.assertEqual(plan(items, Decimal(2000), 5), plan(items, Decimal(2000), 5))
        self.assertNotEqual(plan(items, Decimal(2000), 5).drawn, plan(items, Decimal(2000), 6).drawn)

    def test_there_and_back(self):
        found = plan(population(50), Decimal(500), 5)
        self.assertEqual(Plan.from_json(found.to_json()), found)

    def test_nothing_booked(self):
        found = plan([], Decimal(100), 1)
        self.assertEqual((found.keys, found.cells), ((), 0))
        self.assertEqual(conclude(found, {}, {}, Decimal(100)).upper, ZERO)

    def test_items_without_amount_are_not_drawn(self):
        found = plan([Item(1, ZERO), Item(2, Decimal(5))], Decimal(10), 1)
        self.assertNotIn(1, found.keys)


class TestConclusion(unittest.TestCase):
    def setUp(self):
        self.items = [*population(400), Item(900, Decimal(4000))]
        self.amounts = {item.key: item.amount for item in self.items}
        self.plan = plan(self.items, Decimal(3000), 4)

    def says(self, wrong):
        return conclude(self.plan, self.amounts, wrong, Decimal(3000))

    def test_nothing_wrong(self):
        found = self.says({})
        self.assertEqual((found.known, found.likely, found.errors, found.is_met), (ZERO, ZERO, 0, True))
        self.assertAlmostEqual(float(found.upper), 3000, places=1)

    def test_one_wrong_by_hand(self):
        """Entirely wrong and drawn once: 4.744 intervals at 95 %."""
        key = next(key for key, hits in self.plan.drawn if hits == 1)
        found = self.says({key: self.amounts[key]})
        self.assertAlmostEqual(float(found.upper / self.plan.interval), 4.7439, places=3)
        self.assertEqual((found.likely, found.is_met), (self.plan.interval, False))

    def test_half_wrong_weighs_half(self):
        key = next(key for key, hits in self.plan.drawn if hits == 1)
        found = self.says({key: self.amounts[key] / 2})
        self.assertAlmostEqual(float(found.upper / self.plan.interval), 2.9957 + (4.7439 - 2.9957) / 2, places=3)

    def test_what_was_looked_at_entirely_is_known(self):
        found = self.says({900: Decimal(250)})
        self.assertEqual((found.known, found.likely), (Decimal(250), Decimal(250)))
        self.assertAlmostEqual(float(found.upper), 3250, places=1)

    def test_never_more_than_lies_there(self):
        small = plan([Item(1, Decimal(10))], Decimal(3000), 1)
        self.assertEqual(conclude(small, {1: Decimal(10)}, {}, Decimal(3000)).upper, Decimal(10))

    def test_how_often_the_bound_holds(self):
        """Books with 2 % of the bookings wrong, entirely or in part: at least 95 of 100 bounds hold."""
        source = random.Random(21)
        items = population(1000, seed=8)
        amounts = {item.key: item.amount for item in items}
        held, runs = 0, 300
        for run in range(runs):
            wrong = {
                item.key: (item.amount * Decimal(source.choice(["1", "0.5", "0.2"]))).quantize(Decimal("0.01"))
                for item in items
                if source.random() < 0.02
            }
            found = conclude(plan(items, Decimal(6000), run), amounts, wrong, Decimal(6000))
            held += found.upper >= sum(wrong.values())
        self.assertGreaterEqual(held / runs, 0.95, held)
