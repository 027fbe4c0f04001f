"""Column layouts as banks of several countries export them, with invented lines."""

from __future__ import annotations

import unittest
from decimal import Decimal

from .. import read

# Name → (text, expected first line as (amount, partner, account, text contains), own account)
LAYOUTS = {
    "savings bank, Germany": (
        '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";'
        '"Glaeubiger ID";"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";'
        '"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";'
        '"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";'
        '"Waehrung";"Info"\n'
        '"DE1";"03.02.24";"03.02.24";"LASTSCHRIFT";"Strom 17";"";"M1";"E1";"";"";"";"Stadtwerke";'
        '"DE89370400440532013000";"COBADEFF";"-50,00";"EUR";"Umsatz gebucht"\n'
        '"DE1";"04.02.24";"04.02.24";"GUTSCHRIFT";"RE 9";"";"";"";"";"";"";"Kunde";'
        '"DE12500105170648489890";"INGDDEFF";"1.190,00";"EUR";"Umsatz gebucht"\n',
        (Decimal("-50.00"), "Stadtwerke", "DE89370400440532013000", "Strom 17"),
        "DE1",
    ),
    "big bank, Germany": (
        "Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN;BIC;Betrag;"
        "Soll;Haben;Währung\n"
        "03.02.2024;03.02.2024;Lastschrift;Stadtwerke;Strom;DE89370400440532013000;X;;-50,00;;EUR\n"
        "04.02.2024;04.02.2024;Gutschrift;Kunde;RE 9;DE12500105170648489890;X;;;70,00;EUR\n",
        (Decimal("-50.00"), "Stadtwerke", "DE89370400440532013000", "Strom"),
        "",
    ),
    "Netherlands, Af Bij": (
        '"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)",'
        '"Mutatiesoort","Mededelingen"\n'
        '"20240203","Jansen BV","NL1","NL46ABNA0499998748","BA","Af","50,00","Betaal","Factuur 9"\n'
        '"20240204","Klant","NL1","NL32INGB0000012345","OV","Bij","1190,00","Over","Order 8"\n',
        (Decimal("-50.00"), "Jansen BV", "NL46ABNA0499998748", "Factuur 9"),
        "NL1",
    ),
    "Netherlands, signed": (
        '"IBAN/BBAN","Munt","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn",'
        '"Tegenrekening IBAN/BBAN","Naam tegenpartij","Omschrijving-1","Omschrijving-2"\n'
        '"NL1","EUR","001","2024-02-03","2024-02-03","-50,00","+950,00","NL46ABNA0499998748",'
        '"Jansen BV","Factuur","9"\n'
        '"NL1","EUR","002","2024-02-04","2024-02-04","+100,00","+1050,00","NL32INGB0000012345",'
        '"Klant","Order",""\n',
        (Decimal("-50.00"), "Jansen BV", "NL46ABNA0499998748", "Factuur 9"),
        "NL1",
    ),
    "app bank": (
        "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
        "CARD,Current,2024-02-03 10:00:00,2024-02-04 11:00:00,Shop,-5.00,0.00,EUR,DONE,95.00\n"
        "TOPUP,Current,2024-02-05 10:00:00,2024-02-05 11:00:00,Pay,10.00,0.00,EUR,DONE,105.00\n",
        (Decimal("-5.00"), "", "", "Shop"),
        "",
    ),
    "United States, trailing comma": (
        "Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #\n"
        "DEBIT,02/14/2024,OFFICE SHOP,-50.00,ACH_DEBIT,950.00,,\n"
        "CREDIT,02/13/2024,PAYMENT 9,100.00,ACH_CREDIT,1000.00,,\n",
        (Decimal("100.00"), "", "", "PAYMENT 9"),
        "",
    ),
    "Poland": (
        "mBank S.A.;;;;\n#Klient;;;;\nJan;;;;\n\n"
        "#Data operacji;#Opis operacji;#Rachunek;#Kategoria;#Kwota;\n"
        '2024-02-03;"BLIK SKLEP";"Konto";"Zakupy";-54,00 PLN;;\n'
        '2024-02-04;"PRZELEW";"Konto";"Wpływy";1 100,00 PLN;;\n',
        (Decimal("-54.00"), "", "", "BLIK SKLEP"),
        "",
    ),
    "France": (
        "Date;Date de valeur;Libellé;Débit Euros;Crédit Euros\n"
        "03/02/2024;03/02/2024;PRLV EDF;50,00;\n14/02/2024;14/02/2024;VIR CLIENT;;1 190,00\n",
        (Decimal("-50.00"), "", "", "PRLV EDF"),
        "",
    ),
}


class TestLayouts(unittest.TestCase):
    def test_first_line_of_each(self):
        for name, (text, expected, own) in LAYOUTS.items():
            with self.subTest(name):
                (statement,) = read(text.encode(), "a.csv").statements
                line = statement.lines[0]
                amount, partner, account, part = expected
                self.assertEqual(line.amount, amount)
                self.assertEqual((line.partner_name, line.account_number), (partner, account))
                self.assertIn(part, line.text)
                self.assertEqual(len(statement.lines), 2)
                self.assertEqual(statement.account_number, own)


if __name__ == "__main__":
    unittest.main()
