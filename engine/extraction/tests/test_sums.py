"""Sums that prove each other: taxes of several rates, receipts with change and rounding, withheld tax."""

import unittest
from datetime import date

from .. import Context, extract
from .sheets import page

CONTEXT = Context(date(2026, 11, 21))


def read(text, **more):
    return extract((page(text, **more),), CONTEXT)


class TestSums(unittest.TestCase):
    def assertSums(self, text, **told):
        reading = read(text)
        self.assertEqual({name: reading.value(name) for name in told}, told)
        return reading

    def test_taxes_of_several_rates_are_summed(self):
        self.assertSums(
            """
            Summe netto:            46.287,61
            Umsatzsteuer 20 %:       8.173,75
            Umsatzsteuer 10 %:         541,89
            Gesamtbetrag:           55.003,25
            """,
            net="46287.61",
            tax="8715.64",
            total="55003.25",
        )

    def test_columns_of_a_table_of_taxes(self):
        self.assertSums(
            """
            TVA %       Montant HT      Montant TVA      Montant TTC
            20,0             24,99             5,00            29,99
            Total            24,99             5,00            29,99
            """,
            net="24.99",
            tax="5.00",
            total="29.99",
        )

    def test_change_tells_the_total(self):
        self.assertSums(
            """
            SUBTOTAL             26.42
            GST 6%                1.58
            AMOUNT               28.00
            CASH                100.00
            CHANGE               72.00
            """,
            total="28.00",
        )

    def test_the_total_after_rounding_is_paid(self):
        self.assertSums(
            """
            TOTAL EXCL GST       45.43
            GST                   2.73
            TOTAL (INCL GST)     48.16
            ROUNDING ADJ         -0.01
            TOTAL                48.15
            CASH                 50.00
            CHANGE                1.85
            """,
            total="48.15",
        )

    def test_withheld_tax_is_no_part_of_the_total(self):
        self.assertSums(
            """
            Base imponible        1.000,00 €
            IVA 21%                 210,00 €
            Retención IRPF 15%     -150,00 €
            Total a pagar         1.060,00 €
            """,
            net="1000.00",
            tax="210.00",
            total="1210.00",
            to_pay="1060.00",
        )

    def test_a_sum_without_the_tax_it_names(self):
        self.assertSums(
            """
            Yhteensä ilman ALV      17 271,61 €
            ALV 25,5 %               4 404,26 €
            Yhteensä                21 675,87 €
            """,
            net="17271.61",
            tax="4404.26",
            total="21675.87",
        )

    def test_sums_that_do_not_add_up_are_a_problem(self):
        reading = read(
            """
            Rechnung
            Nettobetrag        100,00 EUR
            MwSt 19%            19,00 EUR
            Gesamtbetrag       129,00 EUR
            """
        )
        self.assertEqual(reading.value("total"), "129.00")
        self.assertLess(reading.fields["total"].confidence, 0.99)
