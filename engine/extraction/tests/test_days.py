"""Dates in the orders and languages of the world."""

import unittest
from datetime import date

from ..days import find, order


class TestDays(unittest.TestCase):
    def test_one_date(self):
        for text, told in (
            ("19 april 2014", "2014-04-19"),
            ("August 3 , 2014", "2014-08-03"),
            ("du 02 Juillet 2015", "2015-07-02"),
            ("8-9-2022", "2022-09-08"),
            ("03/20/2023", "2023-03-20"),
            ("01-03-18 5:23:26 PM", "2018-03-01"),
            ("10 MAR 2018 18:24", "2018-03-10"),
            ("2022. november 28.", "2022-11-28"),
            ("28. 11. 2022", "2022-11-28"),
            ("20140519", "2014-05-19"),
            ("3 de agosto de 2014", "2014-08-03"),
            ("1er mars 2020", "2020-03-01"),
            ("2nd of May 2021", "2021-05-02"),
            ("15 września 2026", "2026-09-15"),
            ("5 Μαΐου 2026", "2026-05-05"),
            ("7 ноября 2025", "2025-11-07"),
            ("21/NOV/2026", "2026-11-21"),
        ):
            with self.subTest(text):
                self.assertEqual([str(day.value) for day in find(text)], [told])

    def test_no_date(self):
        for text in ("07-386 7524", "31.02.2026", "RE-20140519/499", "1.234,56", "99/99/2026"):
            with self.subTest(text):
                self.assertEqual(find(text), [])

    def test_months_first(self):
        self.assertEqual(find("02/03/2026", False)[0].value, date(2026, 2, 3))
        self.assertEqual(find("02/03/2026", True)[0].value, date(2026, 3, 2))
        self.assertTrue(find("02/03/2026")[0].is_open)
        # What can be read in one way only is.
        self.assertEqual(find("02/13/2026", True)[0].value, date(2026, 2, 13))

    def test_order_is_told_by_other_dates(self):
        self.assertIs(order(["02/03/2026", "02/28/2026"]), False)
        self.assertIs(order(["28/02/2026"]), True)
        self.assertIsNone(order(["02/03/2026"]))

    def test_a_month_that_is_another_elsewhere(self):
        self.assertEqual(find("3. listopada 2026", language="hr")[0].value, date(2026, 10, 3))
        self.assertEqual(find("3 listopada 2026", language="pl")[0].value, date(2026, 11, 3))
