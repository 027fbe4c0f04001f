"""Documents of a few lines, read as a whole."""

import unittest
from datetime import date

from .. import Context, extract
from .sheets import page

CONTEXT = Context(date(2026, 11, 21))

GERMAN = """
Nordlicht Elektro GmbH                              Nordlicht Elektro GmbH
Kaiserweg 12 - 24103 Kiel                           Kaiserweg 12
                                                    24103 Kiel
Muster AG                                           Tel: 0431 123456
Hauptstr. 1                                         info@nordlicht-elektro.de
10115 Berlin

Rechnung Nr. RE-2026-0815
Rechnungsdatum: 03.11.2026
Zahlbar bis: 17.11.2026

Bezeichnung                  Menge     Einzelpreis     Gesamt
Kabel                           10            5,00      50,00
Montage                          1        1.200,00   1.200,00

                              Nettobetrag            1.250,00 EUR
                              MwSt 19%                 237,50 EUR
                              Gesamtbetrag           1.487,50 EUR

USt-IdNr. DE136695976   IBAN: DE88 2008 0000 0970 3757 00   BIC COBADEFFXXX
"""


class TestExtract(unittest.TestCase):
    def test_german_bill(self):
        reading = extract((page(GERMAN),), CONTEXT)
        told = {
            "vendor": "Nordlicht Elektro GmbH",
            "number": "RE-2026-0815",
            "date": "2026-11-03",
            "due_date": "2026-11-17",
            "net": "1250.00",
            "tax": "237.50",
            "total": "1487.50",
            "currency": "EUR",
            "vendor_iban": "DE88200800000970375700",
            "vendor_vat": "DE136695976",
            "vendor_bic": "COBADEFFXXX",
        }
        self.assertEqual({name: reading.value(name) for name in told}, told)
        self.assertEqual((reading.kind, reading.language), ("bill", "de"))
        self.assertEqual(reading.problems, ())

    def test_values_lead_back_to_the_page(self):
        found = extract((page(GERMAN),), CONTEXT).fields["total"]
        self.assertEqual(found.text, "1.487,50 EUR")
        self.assertTrue(0.2 < found.box.y0 < found.box.y1 < 1)

    def test_nothing_is_read_from_nothing(self):
        reading = extract((), CONTEXT)
        self.assertEqual((reading.kind, dict(reading.fields)), ("unknown", {}))
        reading = extract((page("\n"),), CONTEXT)
        self.assertEqual((reading.kind, dict(reading.fields)), ("unknown", {}))
