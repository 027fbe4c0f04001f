"""QIF."""

from __future__ import annotations

import unittest
from datetime import date
from decimal import Decimal

from .. import BankFileError, SheetMapping, read
from .samples import QIF


class TestQif(unittest.TestCase):
    def test_records(self):
        first, second = read(QIF.encode(), "a.qif").statements[0].lines
        self.assertEqual((first.date, first.amount), (date(2004, 1, 25), Decimal("-1000.00")))
        self.assertEqual((first.text, first.references), ("Delta books", ("17",)))
        self.assertEqual((second.partner_name, second.source_line), ("Alpha", 8))

    def test_dates_that_read_both_ways(self):
        data = b"!Type:Bank\nD1/2/24\nT1.00\n^\n"
        answer = read(data)
        self.assertIn("ambiguous_dates", dict(answer.notes))
        self.assertEqual(answer.statements[0].lines[0].date, date(2024, 1, 2))
        chosen = read(data, sheet=SheetMapping(date_format="DMY"))
        self.assertNotIn("ambiguous_dates", dict(chosen.notes))
        self.assertEqual(chosen.statements[0].lines[0].date, date(2024, 2, 1))

    def test_refusals(self):
        for text, code in (
            ("!Type:Invst\nD1/2/24\n^\n", "unsupported_type"),
            ("!Type:Bank\nD1/25/24\nT-4", "truncated"),
            ("!Type:Bank\nD1/25/24\nPx\n^\n", "missing_field"),
            ("!Type:Bank\nD13/32/24\nT1\n^\n", "bad_date"),
        ):
            with self.assertRaises(BankFileError) as caught:
                read(text.encode(), "a.qif")
            self.assertEqual(caught.exception.code, code)

    def test_account_names(self):
        data = b"!Account\nNGiro\nTBank\n^\n!Type:Bank\nD2024-01-25\nT1\n^\n"
        self.assertEqual(read(data).statements[0].name, "Giro")


if __name__ == "__main__":
    unittest.main()
