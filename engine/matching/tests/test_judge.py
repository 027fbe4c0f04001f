"""A reading that somebody else made is weighed like the engine's own."""

import unittest

from .. import judge, match, quotes_of
from .samples import facts, item, line

NAME = "ACME TRADING"


def told(item_key, amount, **more):
    return {"counterparts": [{"move_line_id": item_key, "amount": amount}], **more}


class TestJudge(unittest.TestCase):
    def setUp(self):
        self.facts = facts(
            [line(100, "INV/2026/00018", name=NAME)], [item(5, 100, "INV/2026/00017"), item(6, 100, "INV/2026/00018")]
        )
        [self.own] = match(self.facts)
        self.key = self.own.line

    def test_the_engines_own_reading_has_its_measured_confidence(self):
        found = judge(self.facts, self.key, told(6, "100.00"))
        self.assertEqual(found.reading.confidence, self.own.readings[0].confidence)
        self.assertEqual(found.reading.support, self.own.readings[0].support)
        self.assertEqual(found.own, self.own)

    def test_spelling_of_amounts_does_not_matter(self):
        self.assertIsNotNone(judge(self.facts, self.key, told(6, "+100")).reading)

    def test_a_weaker_reading_has_less(self):
        found = judge(self.facts, self.key, told(5, "100.00"))
        self.assertLess(found.reading.confidence, 0.2)
        self.assertEqual(found.own, self.own)

    def test_a_reading_that_the_engine_does_not_find_has_none(self):
        self.assertIsNone(judge(self.facts, self.key, told(7, "100.00")).reading)
        self.assertIsNone(judge(self.facts, self.key, told(6, "60.00", remainder="40.00")).reading)
        self.assertIsNone(judge(self.facts, self.key, told(6, "100.00", partner_id=999)).reading)

    def test_a_line_without_facts_is_not_judged(self):
        self.assertIsNone(judge(self.facts, 999, told(6, "100.00")))

    def test_which_items_the_text_names(self):
        self.assertEqual(quotes_of(self.facts, self.key), {6: ("full", "INV/2026/00018")})
        self.assertEqual(quotes_of(self.facts, 999), {})
