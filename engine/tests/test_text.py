"""Folding, words, names and money."""

import unittest
from decimal import Decimal

from ..money import Places, share
from ..text import core_name, fold, groups, spellings, squeeze


class TestText(unittest.TestCase):
    def test_folding_keeps_the_length(self):
        for text in ("Müller & Söhne", "Straße", "ŒUVRE", "İstanbul", "ﬁne", "日本 2026", "🏦 bank", "a\u0301e"):
            with self.subTest(text):
                self.assertEqual(len(fold(text)), len(text))
        self.assertEqual(fold("Façade Ørsted straße"), "FACADE ORSTED STRASE")

    def test_names_lose_their_legal_form(self):
        cases = {
            "Acme B.V.": ("ACME",),
            "S.p.A. Foo": ("FOO",),
            "Müller GmbH & Co. KG": ("MULLER",),
            "The Big Life Company": ("BIG", "LIFE"),
            "Co & Co": ("CO", "CO"),
            "Mr John Smith": ("JOHN", "SMITH"),
            "Oravel Stays Private Limited": ("ORAVEL", "STAYS"),
            "Private Tutors Ltd": ("PRIVATE", "TUTORS"),
        }
        for name, core in cases.items():
            with self.subTest(name):
                self.assertEqual(core_name(name), core)

    def test_groups_and_squeeze(self):
        self.assertEqual([group.text for group in groups("INV2026-17")], ["INV", "2026", "17"])
        self.assertEqual(squeeze("be68 5390-0754"), "BE6853900754")
        self.assertEqual(spellings("Müller"), ("Müller", "Mueller"))


class TestMoney(unittest.TestCase):
    def test_minor_units_and_back(self):
        places = Places({"EUR": 2, "JPY": 0, "TND": 3})
        for currency, text in (("EUR", "12.30"), ("JPY", "1230"), ("TND", "1.005"), ("XXX", "-0.01")):
            with self.subTest(currency):
                amount = Decimal(text)
                self.assertEqual(str(places.major(places.minor(amount, currency), currency)), text)
        self.assertEqual(places.minor(Decimal("1.005"), "EUR"), 101)

    def test_shares_round_half_up(self):
        self.assertEqual((share(1005, Decimal("10")), share(-1005, Decimal("10"))), (101, -101))


if __name__ == "__main__":
    unittest.main()
