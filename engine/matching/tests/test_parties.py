"""Partners are found by number and by the name as banks print it."""

import unittest
from dataclasses import replace

from .. import identify
from .samples import ACME, BOLT, CORAL, JOURNALS, OWN, line

BAKER = replace(ACME, key=4, names=("Bäckerei Müller & Söhne GmbH",), accounts=())
LONG = replace(ACME, key=5, names=("International Engineering Solutions Ltd",), accounts=())
SHORT = replace(ACME, key=6, names=("International Engineering",), accounts=())
PERSON = replace(ACME, key=7, names=("Jean-Luc Lefèvre",), accounts=())
INITIALS = replace(ACME, key=8, names=("P S Recruitment Specialists Ltd",), accounts=())
PARTIES = (ACME, BOLT, CORAL, OWN, BAKER, LONG, SHORT, PERSON, INITIALS)


def best(text="", **more):
    found = identify([line(1, text, **more)], PARTIES, JOURNALS)[1]
    return (found[0].party, found[0].how) if found else None


class TestIdentify(unittest.TestCase):
    def test_what_the_record_says_comes_first(self):
        self.assertEqual(best(name="Bolt Supplies", partner=3), (3, "given"))

    def test_the_account_number_comes_before_the_name(self):
        self.assertEqual(best(name="Bolt Supplies", iban="BE68 5390 0754 7034"), (1, "iban"))

    def test_a_name_without_its_legal_form(self):
        self.assertEqual(best(name="ACME TRADING"), (1, "exact"))

    def test_accents_and_umlauts_in_both_spellings(self):
        for name in ("BACKEREI MULLER & SOHNE", "BAECKEREI MUELLER SOEHNE GMBH", "Bäckerei Müller und Söhne"):
            with self.subTest(name):
                self.assertEqual(best(name=name)[0], 4)

    def test_words_in_another_order(self):
        self.assertEqual(best(name="LEFEVRE JEAN-LUC")[0], 7)

    def test_a_name_cut_by_the_bank(self):
        self.assertEqual(best(name="INTERNATIONAL ENGINEERING SOL")[0], 5)
        self.assertEqual(best("BACKEREI MULLER & S")[0], 4)

    def test_a_name_inside_the_text(self):
        self.assertEqual(best("SEPA CREDIT TRANSFER CORAL REEF FOODS INV/2026/00017 THANK YOU")[0], 3)

    def test_the_longer_name_wins_over_the_one_it_contains(self):
        self.assertEqual(best("TRF INTERNATIONAL ENGINEERING SOLUTIONS 17")[0], 5)
        self.assertEqual(best("TRF INTERNATIONAL ENGINEERING 17")[0], 6)

    def test_a_misspelt_name(self):
        self.assertEqual(best(name="CORAL REFE FOODS"), (3, "fuzzy"))

    def test_initials_written_together(self):
        self.assertEqual(best(name="PS RECRUITMENT SPECIALIST")[0], 8)

    def test_payer_names_that_people_matched(self):
        known = replace(ACME, payer_names=("Familie Holding", "NL02RABO0123456789"))
        found = identify(
            [line(1, "", name="FAMILIE HOLDING"), line(1, "", key=2, iban="NL02RABO0123456789")], [known, BOLT], ()
        )
        self.assertEqual([(found[k][0].party, found[k][0].how) for k in (1, 2)], [(1, "payer_name")] * 2)

    def test_strangers_and_the_company_itself_are_nobody(self):
        for text in ("KARTENZAHLUNG TANKSTELLE 4711", "OUR COMPANY SA", "", "12345 67890"):
            with self.subTest(text):
                self.assertIsNone(best(text))
        self.assertIsNone(best(iban=JOURNALS[1].account_number))

    def test_every_line_has_an_entry(self):
        self.assertEqual(identify([line(1, "", key=k) for k in (1, 2)], (), ()), {1: (), 2: ()})


if __name__ == "__main__":
    unittest.main()
