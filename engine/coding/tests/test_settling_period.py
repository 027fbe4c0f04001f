"""Periods as tax offices, funds and people write them."""

import unittest
from datetime import date

from ..settling_period import period_of

DAY = date(2026, 10, 20)


class TestPeriod(unittest.TestCase):
    def test_read(self):
        quarter = ("2026-07-01", "2026-09-30")
        september = ("2026-09-01", "2026-09-30")
        for text, expected in {
            "VAT Q3 2026": quarter,
            "VAT Q3/26": quarter,
            "BTW 3e kwartaal 2026": quarter,
            "Umsatzsteuer III. Quartal 2026": quarter,
            "USt 3. Vj 2026": quarter,
            "TVA T3 2026": quarter,
            "TVA 3eme trimestre 2026": quarter,
            "BTW 3T26": quarter,
            "VAT 2026Q3 paid 20.10.2026": quarter,
            "VAT Q3": quarter,
            "VAT Q4 2025": ("2025-10-01", "2025-12-31"),
            "VAT Q4": None,
            "USt 09/2026": september,
            "UST 2026-09": september,
            "Lohnsteuer September 2026": september,
            "PAYE SEPT26": september,
            "LOHNST 09/26": september,
            "PAYE DEC": ("2025-12-01", "2025-12-31"),
            "H1 2026 GST": ("2026-01-01", "2026-06-30"),
            "Corporate tax FY 2025": ("2025-01-01", "2025-12-31"),
            "VAT 20/10/2026": None,
            "VAT 20.10.26": None,
            "REF 0912345678": None,
            "VAT Q2 AND Q3 2026": None,
            "VAT": None,
        }.items():
            found = period_of(text, DAY)
            told = found and (found.first.isoformat(), found.last.isoformat())
            # A quarter that has begun may be paid before it ends, but not months before.
            self.assertEqual(told, expected, text)
