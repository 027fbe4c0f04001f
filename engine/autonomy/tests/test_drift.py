"""Drift: a change of habit is noticed within few lines, a gate that is well is left alone."""

import random
import unittest
from datetime import date, timedelta

from engine.autonomy import Trial, drift, too_many_undone

START = date(2026, 1, 1)


def series(pattern):
    """``x`` is an error, ``.`` a right one."""
    return [
        Trial(n, 0.99, START + timedelta(days=n), error="account" if sign == "x" else "")
        for n, sign in enumerate(pattern)
    ]


class TestDrift(unittest.TestCase):
    def test_three_errors_soon_after_each_other(self):
        found = drift(series("." * 300 + "x..x.x"), 0.02)
        self.assertTrue(found.is_drift)
        self.assertEqual((found.errors, found.n, found.since), (3, 6, START + timedelta(days=300)))

    def test_two_are_none(self):
        self.assertFalse(drift(series("." * 300 + "xx"), 0.02).is_drift)

    def test_errors_far_apart_are_none(self):
        self.assertFalse(drift(series(("x" + "." * 99) * 20), 0.02).is_drift)

    def test_any_order(self):
        self.assertTrue(drift(reversed(series("." * 30 + "xxx")), 0.02).is_drift)

    def test_how_soon_and_how_seldom_wrongly(self):
        """False alarms within 1,000 trials of a machine at half the tolerated rate; delay after a change to 30 %."""
        source = random.Random(11)
        runs, false, delays = 200, 0, []
        for _run in range(runs):
            good = ["x" if source.random() < 0.01 else "." for _n in range(1000)]
            false += drift(series(good), 0.02).is_drift
            bad = ["x" if source.random() < 0.3 else "." for _n in range(100)]
            delays.append(next(n for n in range(1, 101) if drift(series("." * 50 + "".join(bad[:n])), 0.02).is_drift))
        self.assertLess(false / runs, 0.16, false)
        self.assertLess(sorted(delays)[runs // 2], 15, sorted(delays)[runs // 2])

    def test_taken_back(self):
        self.assertFalse(too_many_undone(2, 10, 0.02))
        self.assertTrue(too_many_undone(3, 100, 0.02))
        self.assertFalse(too_many_undone(3, 1000, 0.02))
