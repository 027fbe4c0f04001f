"""The subset search finds every answer of small pools and bounded ones of large pools."""

import random
import unittest
from itertools import combinations

from ..subsets import Pool, luck, patterns


class TestPool(unittest.TestCase):
    def test_it_finds_what_brute_force_finds(self):
        rng = random.Random(4)
        for _round in range(30):
            amounts = [rng.choice((-1, 1, 1)) * rng.randint(1, 60) for _n in range(rng.randint(2, 10))]
            wanted = rng.randint(-50, 150)
            brute = {
                c
                for size in range(2, len(amounts) + 1)
                for c in combinations(range(len(amounts)), size)
                if sum(amounts[k] for k in c) == wanted
            }
            hits = Pool(amounts).find(wanted)
            if hits.complete:
                self.assertEqual(set(hits.subsets), brute)
            else:
                self.assertLessEqual(set(hits.subsets), brute)

    def test_a_large_pool_finds_few_and_all_but_few(self):
        rng = random.Random(5)
        amounts = [rng.randint(10_000, 9_999_999) for _n in range(60)]
        pool = Pool(amounts)
        self.assertIn((3, 9, 40), pool.find(amounts[3] + amounts[9] + amounts[40]).subsets)
        without = tuple(k for k in range(60) if k not in (7, 8))
        self.assertIn(without, pool.find(sum(amounts) - amounts[7] - amounts[8]).subsets)
        self.assertIn(tuple(range(60)), pool.find(sum(amounts)).subsets)
        self.assertFalse(pool.find(1).complete)

    def test_patterns_follow_the_dates(self):
        found = patterns([1, 1, 5, 9], [1, 1, 2, 3], 5)
        self.assertEqual(found["all"], [(0, 1, 2, 3)])
        self.assertIn((0, 1, 2), found["due"])
        self.assertIn((0, 1), found["date"])
        self.assertEqual(found["fifo"], [(0, 1), (0, 1, 2)])

    def test_luck_grows_with_the_pool_and_with_round_amounts(self):
        odd, round_ = [10_001 + 37 * n for n in range(20)], [10_000 * n for n in range(1, 21)]
        self.assertLess(luck(odd[:5], 2), luck(odd, 2))
        self.assertLess(luck(odd, 2), luck(round_, 2))


if __name__ == "__main__":
    unittest.main()
