"""Pages and readings survive their way through JSON."""

import json
import unittest
from decimal import Decimal

from .. import Box, Found, Item, Page, Reading, TaxPart


class TestJson(unittest.TestCase):
    def test_page(self):
        told = {
            "number": 2,
            "width": 595,
            "height": 842,
            "source": "ocr",
            "words": [["Total", 0.1, 0.2, 0.3, 0.4, 7, 0.9]],
        }
        [word] = Page.from_json(told).words
        self.assertEqual((word.text, word.line, word.confidence), ("Total", 7, 0.9))
        self.assertEqual(word.box, Box(2, 0.1, 0.2, 0.3, 0.4))

    def test_reading(self):
        reading = Reading(
            "bill",
            {"total": Found("12.50", "12,50", Box(1, 0.1, 0.2, 0.3, 0.4), 0.5)},
            (Item("Paper", Decimal("10.50"), Decimal(3)),),
            (TaxPart(Decimal(19), Decimal("10.50"), Decimal("2.00")),),
            (("totals", {"by": "0.01"}),),
        )
        self.assertEqual(Reading.from_json(json.loads(json.dumps(reading.to_json()))), reading)
        self.assertEqual(reading.amount("total"), Decimal("12.50"))
