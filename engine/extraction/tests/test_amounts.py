"""Amounts in the ways of the world, and as scans misread them."""

import unittest
from decimal import Decimal

from ..amounts import amount, decimal_mark, find


class TestAmounts(unittest.TestCase):
    def test_one_amount(self):
        for text, value in (
            ("€ 4.904,94", "4904.94"),
            ("4.904,94 €", "4904.94"),
            ("$4.11", "4.11"),
            ("Rs 1939", "1939"),
            ("1 234,56", "1234.56"),
            ("1\u202f234\u202f567,80", "1234567.80"),
            ("CHF 1'234.50", "1234.50"),
            ("RM 1,23,456.78", "123456.78"),
            ("12.50-", "-12.50"),
            ("(12.50)", "-12.50"),
            ("€ -9,32", "-9.32"),
            ("160,-", "160"),
            ("EUR12.50", "12.50"),
            ("99 kr", "99"),
            ("0.025", "0.025"),
            ("1.234.567", "1234567"),
        ):
            with self.subTest(text):
                self.assertEqual(amount(text), Decimal(value))

    def test_no_amount(self):
        for text in ("", "abc", "1.00 2.00", "19%", "K20A"):
            with self.subTest(text):
                self.assertIsNone(amount(text))

    def test_the_mark_of_the_document_decides(self):
        self.assertEqual(decimal_mark(["1.234,56", "7,00", "1.000"]), ",")
        self.assertEqual(decimal_mark(["1,234.56", "7.00"]), ".")
        self.assertEqual(decimal_mark(["2026", "17"]), "")
        self.assertEqual(amount("1.234", "."), Decimal("1.234"))
        self.assertEqual(amount("1.234", ","), Decimal("1234"))

    def test_percent_is_no_money(self):
        [one] = find("19,00 %")
        self.assertTrue(one.is_percent)
        self.assertFalse(one.is_money)

    def test_scans(self):
        for text, value in (
            ("1O.5O", "10.50"),
            ("l2.50", "12.50"),
            ("12. 50", "12.50"),
            ("12 ,50", "12.50"),
            ("€12,S0", "12.50"),
        ):
            with self.subTest(text):
                [one] = find(text, "", True)
                self.assertEqual(one.value, Decimal(value))

    def test_places_lead_back_to_the_text(self):
        text = "Total (21%)  EUR 1.234,56 netto"
        one = find(text)[-1]
        self.assertEqual(text[one.start : one.end], "EUR 1.234,56")
