"""Files of rates in the shapes that central banks and others publish, and hostile ones."""

import unittest
from datetime import date
from decimal import Decimal

from clients.rates import RateFileError, read

DAY = date(2026, 3, 10)


def told(text):
    return {(row.currency, row.day): (row.rate, row.unit) for row in read(text.encode())}


class TestReading(unittest.TestCase):
    def assertRates(self, text, *, day=DAY):
        self.assertEqual(told(text)["USD", day], (Decimal("1.0876"), Decimal(1)))

    def test_xml_with_days_that_hold_cubes(self):
        self.assertRates(
            """<?xml version="1.0" encoding="UTF-8"?>
            <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary">
            <gesmes:subject>Reference rates</gesmes:subject><Cube><Cube time='2026-03-10'>
            <Cube currency='USD' rate='1.0876'/><Cube currency='JPY' rate='161.27'/></Cube></Cube></gesmes:Envelope>"""
        )

    def test_xml_with_elements_and_units(self):
        found = told(
            """<ValCurs Date="10.03.2026"><Valute ID="1"><CharCode>JPY</CharCode><Nominal>100</Nominal>
            <Value>61,2345</Value></Valute></ValCurs>"""
        )
        self.assertEqual(found["JPY", DAY], (Decimal("61.2345"), Decimal(100)))

    def test_csv_a_row_a_currency(self):
        self.assertRates("CURRENCY,TIME_PERIOD,OBS_VALUE\nUSD,2026-03-10,1.0876\nJPY,2026-03-10,161.27\n")

    def test_csv_a_column_a_currency(self):
        self.assertRates("Date,USD,JPY,\n2026-03-10,1.0876,161.27,\n2026-03-09,1.0800,N/A,\n")

    def test_csv_with_the_day_above_and_units(self):
        found = told(
            "10.03.2026 #49\nzemě|měna|množství|kód|kurz\nUSA|dolar|1|USD|22,875\nJaponsko|jen|100|JPY|14,567\n"
        )
        self.assertEqual(found["USD", DAY], (Decimal("22.875"), Decimal(1)))
        self.assertEqual(found["JPY", DAY], (Decimal("14.567"), Decimal(100)))

    def test_json_a_mapping(self):
        self.assertRates('{"base": "EUR", "date": "2026-03-10", "rates": {"USD": 1.0876, "JPY": 161.27}}')

    def test_json_days_of_mappings(self):
        self.assertRates('{"rates": {"2026-03-09": {"USD": 1.08}, "2026-03-10": {"USD": 1.0876}}}')

    def test_json_lists_of_rows(self):
        self.assertRates('[{"effectiveDate": "2026-03-10", "rates": [{"code": "USD", "mid": 1.0876}]}]')

    def test_a_rate_keeps_every_digit(self):
        found = told('{"date": "2026-03-10", "rates": {"USD": 1.08761234567891}}')
        self.assertEqual(found["USD", DAY][0], Decimal("1.08761234567891"))

    def test_a_file_without_a_day(self):
        self.assertEqual(told('{"rates": {"USD": 1.08}}')["USD", None][0], Decimal("1.08"))

    def test_what_is_no_rate_is_left_out(self):
        found = told("Date,USD,JPY,XXX\n2026-03-10,1.0876,-161.27,0\n2026-03-10,1.0877,NaN,Infinity\n")
        self.assertEqual(list(found), [("USD", DAY)])

    def test_hostile_files(self):
        bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a currency="USD" rate="1">&b;</a>'
        for text in (bomb, "", "<a>", "{", "[" * 5000 + "]" * 5000, "<html><body>Login</body></html>", "a,b\n1,2\n"):
            with self.subTest(text[:20]), self.assertRaises(RateFileError):
                read(text.encode())
        with self.assertRaises(RateFileError) as caught:
            read(b"a" * (8 * 1024 * 1024 + 1))
        self.assertEqual(caught.exception.reason, "too_large")

    def test_no_day_that_is_none(self):
        self.assertEqual([row.day for row in read(b"Date,USD\n2026-02-31,1.08\n2026-03-10,1.09\n")], [DAY])
