"""What people click and type."""

import unittest
from datetime import date

from .. import Buyer, Context, normalise

CONTEXT = Context(date(2026, 11, 21), Buyer(country="DE"))


class TestNormalise(unittest.TestCase):
    def test_values(self):
        for field, text, told in (
            ("total", "1.234,50 €", "1234.50"),
            ("total", "Total: 12", "12.00"),
            ("net", "abc", ""),
            ("date", "3. März 2026", "2026-03-03"),
            ("date", "02/03/2026", "2026-03-02"),
            ("date", "soon", ""),
            ("vendor_iban", "IBAN: DE88 2008 0000 0970 3757 00", "DE88200800000970375700"),
            ("vendor_iban", "DE88 2008 0000 0970 3757 01", ""),
            ("vendor_vat", "USt-IdNr.: DE 136 695 976", "DE136695976"),
            ("vendor_bic", "BIC COBADEFFXXX", "COBADEFFXXX"),
            ("currency", "€", "EUR"),
            ("currency", "chf", "CHF"),
            ("currency", "pound", ""),
            ("vendor_phone", "0431 1234567", "+494311234567"),
            ("vendor_email", "Mail: Info@Nordlicht.de", "info@nordlicht.de"),
            ("number", "  RE-2026-17 ", "RE-2026-17"),
            ("vendor", "", ""),
        ):
            with self.subTest(f"{field} {text}"):
                self.assertEqual(normalise(field, text, "de", CONTEXT), told)

    def test_the_order_of_days_is_the_companys(self):
        american = Context(date(2026, 11, 21), is_day_first=False)
        self.assertEqual(normalise("date", "02/03/2026", "en", american), "2026-02-03")
        self.assertEqual(normalise("date", "13/03/2026", "en", american), "2026-03-13")

    def test_text_stays_text(self):
        self.assertEqual(normalise("vendor", "<b>x</b>\n y", "", CONTEXT), "<b>x</b> y")
        self.assertEqual(len(normalise("vendor", "x" * 9999, "", CONTEXT)), 200)
