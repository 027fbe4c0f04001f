"""The count without the library is the library's."""

import random
import unittest

from rapidfuzz.distance import OSA

from engine.slips import _slips, slips


class TestSlips(unittest.TestCase):
    def test_edit_and_swap_count_one_each(self):
        self.assertEqual(slips("INVOICE", "INVOCIE", 2), 1)
        self.assertEqual(slips("12345", "1234", 2), 1)

    def test_more_than_the_cutoff_is_not_counted_on(self):
        self.assertEqual(slips("ALPHA", "OMEGA", 1), 2)

    def test_both_ways_agree(self):
        chance = random.Random(7)
        for _turn in range(3000):
            word, other = ("".join(chance.choice("ABC") for _ in range(chance.randrange(8))) for _ in "xy")
            self.assertEqual(_slips(word, other, 2), OSA.distance(word, other, score_cutoff=2), (word, other))


if __name__ == "__main__":
    unittest.main()
