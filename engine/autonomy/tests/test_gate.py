"""Gates: exact bounds, the fixed order, pooling, what is missing, and how often a bad machine gets through."""

import random
import unittest
from datetime import date, timedelta
from decimal import Decimal
from math import comb

from engine.autonomy import BACKTEST, CLOSED, OPEN, SAMPLE, SMALL, Trial, judge
from engine.autonomy.bounds import needed, poisson_upper, smallest, upper
from engine.autonomy.gate import THRESHOLDS, least_people, test_thresholds

TODAY = date(2026, 3, 31)
test_thresholds.__test__ = False


def at_most(x, n, p):
    return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(x + 1))


def trials(n, confidence=0.99, errors=0, source="people", error="account", **values):
    """``errors`` of ``n`` wrong, a day apart, the last today."""
    return [
        Trial(
            key=number,
            confidence=confidence,
            day=TODAY - timedelta(days=number),
            source=source,
            error=error if number < errors else "",
            amount=Decimal(100),
            wrong=Decimal(1 if number < errors else 0),
            **values,
        )
        for number in range(n)
    ]


class TestBounds(unittest.TestCase):
    def test_the_upper_bound_has_its_tail(self):
        for errors, n in ((0, 149), (1, 235), (3, 400)):
            self.assertAlmostEqual(at_most(errors, n, upper(errors, n)), 0.05, places=8)

    def test_smallest_by_hand(self):
        self.assertEqual([smallest(rate) for rate in (0.05, 0.02, 0.01)], [59, 149, 299])

    def test_needed_is_the_least(self):
        for errors, n in ((0, 0), (0, 100), (1, 100), (4, 300)):
            more = needed(errors, n, 0.02)
            self.assertLess(at_most(errors, n + more, 0.02), 0.05)
            self.assertGreaterEqual(at_most(errors, n + more - 1, 0.02), 0.05)
        self.assertEqual(needed(0, 500, 0.02), 0)

    def test_factors_of_the_tables(self):
        self.assertEqual([round(poisson_upper(k), 2) for k in range(4)], [3.0, 4.74, 6.3, 7.75])
        self.assertAlmostEqual(poisson_upper(0, 0.1), 2.302585, places=5)


class TestGate(unittest.TestCase):
    def test_nothing_known(self):
        verdict = judge([[], []], 0.02, TODAY)
        self.assertEqual((verdict.state, verdict.why, verdict.missing, verdict.weeks), (CLOSED, "too_few", 149, None))

    def test_opens_at_the_first_that_can(self):
        self.assertEqual(judge([trials(148)], 0.02, TODAY).missing, 1)
        verdict = judge([trials(149)], 0.02, TODAY)
        self.assertEqual((verdict.state, verdict.threshold), (OPEN, 0.8))
        self.assertEqual([step.threshold for step in verdict.steps], [t for t in THRESHOLDS if t <= 0.99])

    def test_pace_in_words(self):
        verdict = judge([trials(37)], 0.02, TODAY)
        # 37 in 56 days are 4.6 a week.
        self.assertEqual((verdict.missing, verdict.weeks), (112, 25))

    def test_stops_at_the_first_failure(self):
        """Below the failing threshold nothing is looked at, however good it looks."""
        sure = trials(400, 0.99)
        shaky = trials(60, 0.96, errors=9)
        clean = trials(5000, 0.85)
        verdict = judge([sure + shaky + clean], 0.02, TODAY)
        self.assertEqual((verdict.state, verdict.threshold), (OPEN, 0.97))
        self.assertEqual([step.passed for step in verdict.steps][-1], False)
        self.assertEqual(verdict.steps[-1].threshold, 0.96)

    def test_the_strictest_that_can_be_tested_decides(self):
        verdict = judge([trials(350, 0.99, errors=5) + trials(5000, 0.9)], 0.02, TODAY)
        self.assertEqual((verdict.state, verdict.why), (CLOSED, "bound"))
        self.assertEqual(len(verdict.steps), 1)
        self.assertEqual(verdict.missing, needed(5, 350, 0.02))

    def test_one_error_among_few_does_not_end_the_testing(self):
        """Among the few that are surest one was wrong; where more is known, the first test is one that bears it."""
        self.assertEqual(judge([trials(160, 0.999, errors=1)], 0.02, TODAY).why, "bound")
        verdict = judge([trials(160, 0.999, errors=1) + trials(2000, 0.97)], 0.02, TODAY)
        self.assertEqual((verdict.state, verdict.steps[0].threshold), (OPEN, 0.97))

    def test_grave_errors_count_twice(self):
        self.assertEqual(judge([trials(250, errors=1, error="sibling")], 0.02, TODAY).state, OPEN)
        verdict = judge([trials(250, errors=1, error="vat")], 0.02, TODAY)
        self.assertEqual((verdict.state, verdict.why), (CLOSED, "bound"))
        self.assertEqual((verdict.people.errors, verdict.people.counted), (1, 2))

    def test_money_weighs(self):
        dear = Trial(999, 0.99, TODAY, error="account", amount=Decimal(5000), wrong=Decimal(5000))
        verdict = judge([[*trials(400), dear]], 0.02, TODAY)
        self.assertEqual((verdict.state, verdict.why, verdict.people.counted), (CLOSED, "money", 2))
        self.assertEqual(judge([[*trials(4000), dear]], 0.02, TODAY).state, OPEN)

    def test_a_backtest_alone_opens_a_little(self):
        verdict = judge([trials(1000, source=BACKTEST)], 0.02, TODAY)
        self.assertEqual((verdict.state, verdict.why, verdict.missing), (SMALL, "backtest_only", 50))
        people = trials(least_people(0.02))
        verdict = judge([people + trials(1000, source=BACKTEST)], 0.02, TODAY)
        self.assertEqual((verdict.state, verdict.people.n, verdict.backtest.n), (OPEN, 50, 1000))

    def test_people_who_disagree_outweigh_a_backtest(self):
        past = trials(5000, source=BACKTEST)
        self.assertEqual(judge([trials(60, errors=2) + past], 0.02, TODAY).why, "people_doubt")
        verdict = judge([trials(60, errors=5) + past], 0.02, TODAY)
        self.assertEqual((verdict.state, verdict.why), (CLOSED, "people_worse"))

    def test_blind_samples_are_people(self):
        self.assertEqual(judge([trials(149, source=SAMPLE)], 0.02, TODAY).state, OPEN)

    def test_thin_segments_pool(self):
        wide = trials(300)
        verdict = judge([wide[:20], wide[:60], wide], 0.02, TODAY)
        self.assertEqual((verdict.state, verdict.level), (OPEN, 2))
        self.assertEqual(judge([wide[:150], wide], 0.02, TODAY).level, 0)

    def test_a_thin_segment_that_is_clearly_worse_stays_closed(self):
        own = trials(10, errors=3)
        verdict = judge([own, own + trials(3000)], 0.02, TODAY)
        self.assertEqual((verdict.state, verdict.why), (CLOSED, "segment_worse"))

    def test_how_often_a_bad_machine_gets_through(self):
        """At every threshold it errs as often as is just not tolerated; at 2,000 tries of 400 trials."""
        source = random.Random(7)
        opened = 0
        for _try in range(2000):
            seen = [
                Trial(n, source.uniform(0.8, 1.0), TODAY, error="account" if source.random() < 0.05 else "")
                for n in range(400)
            ]
            opened += judge([seen], 0.05, TODAY).state != CLOSED
        self.assertLess(opened / 2000, 0.06, opened)
        self.assertGreater(opened, 0)
