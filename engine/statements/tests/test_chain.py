"""Balances by bank and their breaks: hand-made cases, and the identity on random chains."""

import random
import unittest
from datetime import date, timedelta
from decimal import Decimal

from ..chain import BACKWARDS, CLOSED, GAP, INSIDE, OVERLAP, REST, SINCE, UNTOLD, Told, chain
from ..reconciling import BETWEEN, CHANGED, ENTRIES, OPENING, SHARED, UNEXPLAINED, Ledger, reconcile

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


def told(number, first, last, start, end, moved=None, until=None, **more):
    start, end = Decimal(start), Decimal(end)
    moved = end - start if moved is None else Decimal(moved)
    until = moved if until is None else Decimal(until)
    more = {name: Decimal(value) for name, value in more.items()}
    return Told(number, f"S{number}", first, last, start, end, moved, until, **more)


class TestChain(unittest.TestCase):
    def test_closed(self):
        found = chain([told(1, JANUARY, date(2026, 1, 31), "100", "150")], date(2026, 1, 31))
        self.assertEqual((found.balance, found.basis, found.opening, found.breaks), (150, CLOSED, 100, ()))

    def test_lines_since(self):
        found = chain([told(1, JANUARY, date(2026, 1, 20), "100", "150", loose=9, loose_until=7)], date(2026, 1, 31))
        self.assertEqual((found.balance, found.basis), (157, SINCE))

    def test_inside(self):
        found = chain([told(1, JANUARY, date(2026, 1, 31), "100", "150", until="20")], date(2026, 1, 15))
        self.assertEqual((found.balance, found.basis, found.breaks), (120, INSIDE, ()))

    def test_inside_does_not_know_the_rest(self):
        found = chain([told(1, JANUARY, date(2026, 1, 31), "100", "150", moved="45", until="20")], date(2026, 1, 15))
        self.assertEqual((found.balance, found.breaks), (120, ()))

    def test_before_the_first(self):
        found = chain([told(1, FEBRUARY, FEBRUARY, "100", "150")], JANUARY, Decimal("30"), Decimal("10"))
        self.assertEqual((found.balance, found.basis, found.opening), (80, BACKWARDS, 70))

    def test_nothing_told(self):
        found = chain([], JANUARY, Decimal("30"), Decimal("10"))
        self.assertEqual((found.balance, found.basis, found.anchor), (10, UNTOLD, None))

    def test_gap_and_rest(self):
        first = told(1, JANUARY, date(2026, 1, 31), "100", "150", moved="45")
        second = told(2, FEBRUARY, FEBRUARY, "170", "180", loose=0)
        found = chain([first, second], FEBRUARY)
        self.assertEqual(
            [(each.code, each.statement.id, each.amount) for each in found.breaks], [(REST, 1, 5), (GAP, 2, 20)]
        )
        self.assertEqual(found.balance, 180)

    def test_loose_lines_close_a_gap(self):
        first = told(1, JANUARY, date(2026, 1, 31), "100", "150", loose=20, loose_until=20)
        found = chain([first, told(2, FEBRUARY, FEBRUARY, "170", "180")], FEBRUARY)
        self.assertEqual(found.breaks, ())

    def test_overlap(self):
        first = told(1, JANUARY, date(2026, 2, 20), "100", "150", moved="50", until="30")
        found = chain([first, told(2, FEBRUARY, FEBRUARY, "150", "160")], FEBRUARY)
        self.assertEqual([(each.code, each.amount) for each in found.breaks], [(OVERLAP, 20)])


class TestReconcile(unittest.TestCase):
    def reasons(self, told_chain, is_told=True, **sums):
        values = {key: value if isinstance(value, dict) else Decimal(value) for key, value in sums.items()}
        found = reconcile(told_chain, Ledger(**values), is_told)
        self.assertEqual(sum(reason.amount for reason in found.reasons), found.difference)
        return {reason.code: reason.amount for reason in found.reasons}, found

    def test_agreed(self):
        account = chain([told(1, JANUARY, JANUARY, "100", "150")], JANUARY)
        reasons, found = self.reasons(account, balance="150", before="100")
        self.assertEqual((reasons, found.difference), ({}, 0))

    def test_opening_of_the_same_day(self):
        account = chain([told(1, JANUARY, JANUARY, "100", "150")], JANUARY)
        reasons, found = self.reasons(account, balance="150", same_day="100")
        self.assertEqual(reasons, {})
        self.assertTrue(found.with_same_day)

    def test_entry_of_the_same_day_is_an_entry(self):
        account = chain([told(1, JANUARY, JANUARY, "100", "150")], JANUARY)
        reasons, _found = self.reasons(account, balance="157", before="100", same_day="7")
        self.assertEqual(reasons, {ENTRIES: 7})

    def test_no_opening_entry(self):
        account = chain([told(1, JANUARY, JANUARY, "100", "150")], JANUARY)
        reasons, _found = self.reasons(account, balance="50")
        self.assertEqual(reasons, {OPENING: -100})

    def test_everything_at_once(self):
        first = told(1, JANUARY, date(2026, 1, 31), "100", "150", moved="45")
        account = chain([first, told(2, FEBRUARY, FEBRUARY, "170", "180")], FEBRUARY)
        sums = {"before": "90", "entries": "4", "shared": {5: Decimal("6")}, "changed": "-1"}
        reasons, _found = self.reasons(account, balance=90 + 45 + 10 + 4 + 6 - 1, **sums)
        self.assertEqual(reasons, {OPENING: -10, REST: -5, "gap": -20, ENTRIES: 4, SHARED: 6, CHANGED: -1})

    def test_backwards(self):
        account = chain([told(1, FEBRUARY, FEBRUARY, "100", "150")], JANUARY)
        reasons, _found = self.reasons(account, balance="70", before="100", between="30")
        self.assertEqual(reasons, {BETWEEN: -30})
        reasons, _found = self.reasons(account, balance="0", same_day="100")
        self.assertEqual(reasons, {BETWEEN: -100})

    def test_a_fault_of_ours_is_shown(self):
        account = chain([told(1, JANUARY, JANUARY, "100", "150")], JANUARY)
        reasons, _found = self.reasons(account, balance="151", before="100")
        self.assertEqual(reasons, {UNEXPLAINED: 1})


class TestIdentity(unittest.TestCase):
    """Random statements, loose lines, entries and faults: nothing is ever left unexplained."""

    def test_random(self):
        for seed in range(300):
            with self.subTest(seed=seed):
                self.check(random.Random(seed))

    def check(self, rng):
        def amount():
            return Decimal(rng.randint(-9999, 9999)).scaleb(-2)

        begin = date(2026, 1, 1)
        day = begin + timedelta(days=rng.randint(-20, 100))
        statements, lines = [], []
        loose_before = [(begin - timedelta(days=rng.randint(1, 30)), amount()) for _ in range(rng.randint(0, 3))]
        first_day = begin
        for number in range(rng.randint(1, 5)):
            days = sorted(first_day + timedelta(days=rng.randint(0, 25)) for _ in range(rng.randint(1, 6)))
            days[0] = first_day
            own = [(each, amount()) for each in days]
            next_day = first_day + timedelta(days=rng.randint(1, 30))
            loose = [
                (first_day + timedelta(days=rng.randint(0, (next_day - first_day).days - 1)), amount())
                for _ in range(rng.randint(0, 2))
            ]
            sums = [
                sum((a for d, a in found if d <= limit), Decimal(0))
                for found in (own, loose)
                for limit in (date.max, day)
            ]
            start = amount()
            end = start + sums[0] + rng.choice([Decimal(0), amount()])
            statements.append(Told(number, "", own[0][0], max(days), start, end, sums[0], sums[1], sums[2], sums[3]))
            lines += own + loose
            first_day = next_day
        lines += loose_before
        before_sums = [sum((a for d, a in loose_before if d <= limit), Decimal(0)) for limit in (date.max, day)]
        entries = [(begin + timedelta(days=rng.randint(-40, 60)), amount()) for _ in range(rng.randint(0, 6))]
        until = sum((a for d, a in lines + entries if d <= day), Decimal(0))
        ledger = Ledger(
            balance=until,
            before=sum((a for d, a in entries if d < begin), Decimal(0)),
            same_day=sum((a for d, a in entries if d == begin), Decimal(0)),
            entries=sum((a for d, a in entries if begin < d <= day), Decimal(0)),
            between=sum((a for d, a in entries if day < d < begin), Decimal(0)),
        )
        found = reconcile(chain(statements, day, *before_sums), ledger, True)
        self.assertNotIn(UNEXPLAINED, [reason.code for reason in found.reasons])
        self.assertEqual(sum(reason.amount for reason in found.reasons), found.difference)
        self.assertEqual({reason.code for reason in found.reasons if reason.code == GAP} - {GAP}, set())
