"""Weights move towards what was right; bins rise and count what they saw."""

import random
import unittest

from .. import fitting
from ..scoring import BINS, calibrated


class TestFitting(unittest.TestCase):
    def test_the_feature_of_right_readings_gains(self):
        names = {"bias": 0}
        samples = [fitting.encode([{"good": 1.0}, {"bad": 1.0}], {0}, names) for _n in range(60)]
        start = [0.0] * len(names)
        weights = fitting.fit(samples, start, ridge=0.1, rounds=10)
        self.assertGreater(weights[names["good"]], weights[names["bad"]])
        self.assertLess(fitting.loss(samples, weights), fitting.loss(samples, start))

    def test_bins_rise_and_count(self):
        rng = random.Random(1)
        points = [(raw, rng.random() < raw) for raw in (rng.random() for _n in range(3000))]
        bins = fitting.isotonic(points)
        self.assertEqual(sum(row[2] for row in bins), 3000)
        self.assertEqual([row[1] for row in bins], sorted(row[1] for row in bins))

    def test_the_shipped_bins_rise_and_claim_no_certainty(self):
        shares = [calibrated(step / 100)[0] for step in range(101)]
        self.assertEqual(shares, sorted(shares))
        self.assertTrue(BINS)
        self.assertLess(shares[-1], 1.0)


if __name__ == "__main__":
    unittest.main()
