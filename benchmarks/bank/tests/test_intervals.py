"""Exact intervals against published values."""

import unittest

from benchmarks.bank.intervals import interval, share


class TestInterval(unittest.TestCase):
    def test_against_tables(self):
        low, high = interval(8, 10)
        self.assertAlmostEqual(low, 0.4439, places=4)
        self.assertAlmostEqual(high, 0.9748, places=4)

    def test_edges(self):
        self.assertEqual(interval(0, 20)[0], 0.0)
        self.assertAlmostEqual(interval(0, 20)[1], 0.1684, places=4)
        self.assertAlmostEqual(interval(20, 20)[0], 0.8316, places=4)
        self.assertEqual(interval(0, 0), (0.0, 1.0))

    def test_large_counts(self):
        low, high = interval(9700, 10000)
        self.assertTrue(0.966 < low < 0.97 < high < 0.974)

    def test_words(self):
        self.assertEqual(share(8, 10), " 80.0 % [44.4, 97.5] of 10")


if __name__ == "__main__":
    unittest.main()
