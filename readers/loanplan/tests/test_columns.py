"""Plans of lenders as their files have them."""

import io
import unittest
from datetime import date
from decimal import Decimal

from .. import PlanFileError, read

GERMAN = """Darlehen 4711;;;;
Fälligkeit;Rate;Zinsen;Tilgung;Restschuld
01.01.2026;;;;10.000,00
31.01.2026;860,66;50,00;810,66;9.189,34
28.02.2026;860,66;45,95;814,71;8.374,63
"""
ENGLISH = "Due date,Payment,Interest,Principal,Balance\n2026-01-31,860.66,50.00,810.66,9189.34\n"


class TestColumns(unittest.TestCase):
    def test_german_marks_and_the_row_of_the_payment_out(self):
        first, second = read(GERMAN.encode())
        self.assertEqual((first.date, second.date), (date(2026, 1, 31), date(2026, 2, 28)))
        self.assertEqual(
            (first.payment, first.interest, first.principal), tuple(map(Decimal, ("860.66", "50.00", "810.66")))
        )
        self.assertEqual(second.balance, Decimal("8374.63"))

    def test_english(self):
        [row] = read(ENGLISH.encode())
        self.assertEqual((row.payment, row.balance), (Decimal("860.66"), Decimal("9189.34")))

    def test_workbook(self):
        import openpyxl

        book = openpyxl.Workbook()
        book.active.append(["Date", "Interest", "Principal"])
        book.active.append([date(2026, 1, 31), 50, 810.66])
        data = io.BytesIO()
        book.save(data)
        [row] = read(data.getvalue())
        self.assertEqual((row.payment, row.interest, row.principal), (None, Decimal(50), Decimal("810.66")))

    def test_no_plan(self):
        for data in (b"", b"hello", b"a,b,c\n1,2,3\n", b"Date,Payment,Interest\nsoon,1,2\n", b"\x00\xff\xfe\x01"):
            with self.assertRaises(PlanFileError):
                read(data)
