import random
import unittest

from engine.sync import ladder


class TestLadder(unittest.TestCase):
    def test_steps_of_the_standard(self):
        waits = [ladder.wait(tried, lambda: 0.999999) for tried in range(1, 10)]
        self.assertEqual([round(wait) for wait in waits], [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400])
        self.assertEqual(ladder.wait(0, lambda: 0.5), 0)
        self.assertIsNone(ladder.wait(10, random.random))

    def test_full_jitter(self):
        seeded = random.Random(7)
        waits = [ladder.wait(2, seeded.random) for _time in range(2000)]
        self.assertTrue(all(0 <= wait < 300 for wait in waits))
        self.assertTrue(140 < sum(waits) / len(waits) < 160)

    def test_who_asks_to_wait_is_never_met_sooner(self):
        for asked in (0.0, 1.0, 90.0, 3600.0):
            for number in (0.0, 0.5, 0.999):
                wait = ladder.wait(1, lambda number=number: number, asked)
                self.assertGreaterEqual(wait, asked)
                self.assertLessEqual(wait, asked + 5)
        self.assertLessEqual(ladder.wait(1, lambda: 0.0, 1e9), 86400)
        self.assertIsNone(ladder.wait(10, random.random, 5.0), "the ladder ends all the same")

    def test_few_attempts_at_the_unexpected(self):
        self.assertIsNotNone(ladder.wait(2, random.random, most=ladder.FEW))
        self.assertIsNone(ladder.wait(3, random.random, most=ladder.FEW))
