"""Exact intervals against the binomial tails that define them."""

import unittest
from math import comb

from engine.intervals import interval


def tail(successes, n, p):
    return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(successes, n + 1))


class TestIntervals(unittest.TestCase):
    def test_the_ends_have_the_tails_that_define_them(self):
        for successes, n in ((1, 10), (3, 50), (49, 50), (7, 400)):
            low, high = interval(successes, n)
            self.assertAlmostEqual(tail(successes, n, low), 0.025, places=9)
            self.assertAlmostEqual(1 - tail(successes + 1, n, high), 0.025, places=9)

    def test_none_wrong_is_not_never_wrong(self):
        low, high = interval(0, 100)
        self.assertEqual(low, 0.0)
        self.assertAlmostEqual(high, 1 - 0.025 ** (1 / 100), places=9)

    def test_all_wrong_and_nothing_known(self):
        self.assertEqual(interval(5, 5)[1], 1.0)
        self.assertEqual(interval(0, 0), (0.0, 1.0))

    def test_many(self):
        low, high = interval(1000, 100000)
        self.assertTrue(0.0093 < low < 0.0095 < 0.0106 < high < 0.0107, (low, high))
