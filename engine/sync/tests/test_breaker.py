import random
import unittest

from engine.sync import breaker
from engine.sync.breaker import Breaker


def half():
    return 0.5


class TestBreaker(unittest.TestCase):
    def failing(self, times, now=100.0):
        state = Breaker()
        for _time in range(times):
            state = breaker.failed(state, now, half)
        return state

    def test_opens_after_failures_in_a_row(self):
        self.assertEqual(self.failing(4).state, breaker.CLOSED)
        state = self.failing(5)
        self.assertEqual((state.state, state.trips), (breaker.OPEN, 1))
        self.assertEqual(breaker.may_pass(state, 100.0), 0)
        self.assertEqual(breaker.may_pass(state, state.until), 1)
        self.assertIsNone(breaker.may_pass(Breaker(), 0.0))

    def test_an_answer_between_counts_anew(self):
        state = breaker.succeeded(self.failing(4))
        self.assertEqual(state, Breaker())
        self.assertEqual(breaker.failed(state, 0.0, half).state, breaker.CLOSED)

    def test_one_attempt_finds_out(self):
        state = breaker.tried(self.failing(5), 200.0)
        self.assertEqual((state.state, breaker.may_pass(state, 201.0)), (breaker.HALF_OPEN, 0))
        self.assertEqual(breaker.may_pass(state, 200.0 + breaker.TRIAL), 1, "the one that tried may have died")
        self.assertEqual(breaker.succeeded(state), Breaker())

    def test_pauses_double_up_to_a_limit(self):
        state, now, pauses = self.failing(5), 1000.0, []
        for _time in range(12):
            state = breaker.failed(breaker.tried(state, now), now, half)
            pauses.append(state.until - now)
            now = state.until
        self.assertEqual(pauses[:2], [22.5, 45.0])
        self.assertEqual(pauses[-1], breaker.LONGEST * 0.75)

    def test_late_failures_change_nothing(self):
        state = self.failing(5)
        self.assertEqual(breaker.failed(state, 101.0, half).until, state.until)

    def test_who_asks_to_wait_is_left_alone(self):
        state = breaker.failed(Breaker(), 100.0, half, 60.0)
        self.assertEqual((state.state, state.until), (breaker.OPEN, 160.0))
        self.assertEqual(breaker.failed(state, 110.0, half, 10.0).until, 160.0, "the longest wish counts")

    def test_any_sequence_keeps_its_promises(self):
        seeded = random.Random(3)
        for _run in range(200):
            state, now = Breaker(), 0.0
            for _step in range(60):
                now += seeded.random() * 40
                passes = breaker.may_pass(state, now)
                if passes == 0:
                    self.assertGreater(state.until, now)
                    continue
                if passes == 1:
                    state = breaker.tried(state, now)
                good = seeded.random() < 0.3
                state = breaker.succeeded(state) if good else breaker.failed(state, now, seeded.random)
                self.assertIn(state.state, breaker.STATES)
                self.assertEqual(state.state == breaker.CLOSED, state.until == 0.0)
                self.assertLessEqual(state.until - now, max(breaker.LONGEST, breaker.TRIAL))
