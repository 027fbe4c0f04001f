"""Whole papers of many countries and trades, as they are printed: software, trades, tills, restaurants, utilities."""

import unittest
from datetime import date
from decimal import Decimal, InvalidOperation

from .. import Context, extract
from . import papers
from .sheets import page

CONTEXT = Context(date(2026, 11, 21))
#: name -> (text, what it says)
PAPERS = {
    "software": (
        """
Invoice
Invoice number   F3B1A2C4-0007
Date of issue    October 5, 2026
Date due         October 5, 2026

Pixelworks Software, Inc.                 Bill to
548 Market Street                         Northwind Books Ltd
San Francisco, California 94104           4 Harbour Road
United States                             Dublin
support@pixelworks.io                     Ireland
                                          IE VAT IE6388047V

$58.80 USD due October 5, 2026

Description                        Qty    Unit price      Amount
Team plan                            4        $12.25      $49.00
Oct 5 – Nov 5, 2026

                                   Subtotal               $49.00
                                   VAT (20%)               $9.80
                                   Total                  $58.80
                                   Amount due         $58.80 USD
""",
        {
            "vendor": "Pixelworks Software, Inc.",
            "number": "F3B1A2C4-0007",
            "date": "2026-10-05",
            "due_date": "2026-10-05",
            "net": "49.00",
            "tax": "9.80",
            "total": "58.80",
            "currency": "USD",
            "buyer": "Northwind Books Ltd",
            "kind": "bill",
        },
    ),
    "us_contractor": (
        """
                                                         INVOICE
Green Valley Landscaping LLC
1200 Oak Avenue                               INVOICE #  1042
Portland, OR 97205                            DATE  06/07/2026
(503) 555-0142
                                              TERMS  Net 30
BILL TO                                       DUE DATE 07/07/2026
Harbor Dental Group
77 Pine St
Portland, OR 97209

DESCRIPTION                          QTY       RATE      AMOUNT
Lawn maintenance - June               1       450.00     450.00
Mulch, cubic yard                     6        42.50     255.00

                                   SUBTOTAL              705.00
                                   TAX (8.5%)             59.93
                                   TOTAL                $764.93
                                   BALANCE DUE          $764.93

Thank you for your business!
""",
        {
            "vendor": "Green Valley Landscaping LLC",
            "number": "1042",
            "date": "2026-06-07",
            "due_date": "2026-07-07",
            "net": "705.00",
            "tax": "59.93",
            "total": "764.93",
            "currency": "USD",
            "kind": "bill",
        },
    ),
    "kassenbon": (
        """
      EDEKA Schmidt e.K.
   Bahnhofstr. 12
   79098 Freiburg
 Tel. 0761 / 123456
 USt-IdNr. DE136695976

                       EUR
Bio Milch 1,5%        1,29 B
Brot                  3,49 B
Spülmittel            1,99 A
------------------------------
SUMME                 6,77
BAR                  10,00
RÜCKGELD             -3,23

MwSt%   Netto  MwSt  Brutto
A 19%    1,67  0,32    1,99
B  7%    4,47  0,31    4,78
03.11.2026   17:42  Bon-Nr. 4711
Vielen Dank für Ihren Einkauf
""",
        {
            "kind": "receipt",
            "vendor": "EDEKA Schmidt e.K.",
            "date": "2026-11-03",
            "total": "6.77",
            "number": "4711",
            "currency": "EUR",
        },
    ),
    "ticket_fr": (
        """
     LE PETIT BISTROT
     12 rue des Lilas
     75011 PARIS
 SIRET 123 456 789 00012

 Table 7    2 couverts
 2 Menu midi        39,80
 1 Café              2,20

 TOTAL TTC          42,00 €
 dont TVA 10%        3,82
 CB                 42,00
 Le 14/10/2026 à 13:22
 Ticket n° 000812
 Merci de votre visite
""",
        {
            "kind": "receipt",
            "vendor": "LE PETIT BISTROT",
            "date": "2026-10-14",
            "total": "42.00",
            "tax": "3.82",
            "currency": "EUR",
        },
    ),
    "us_restaurant": (
        """
    Blue Door Grill
   415 Main Street
   Austin, TX 78701
   512-555-0199
 Server: Amy      Check #2231
 Table 14     10/04/26 7:41 PM
 1 Ribeye            32.00
 2 IPA               14.00
 Subtotal            46.00
 Tax                  3.80
 Total               49.80
 Tip                 10.00
 Amount              59.80
 Visa ****1234       59.80
""",
        {
            "kind": "receipt",
            "vendor": "Blue Door Grill",
            "date": "2026-10-04",
            "total": "49.80",
        },
    ),
    "india": (
        """
TAX INVOICE                                          Original for Recipient
Shree Ganesh Traders
Shop 14, MG Road, Pune 411001
GSTIN: 27AAPFU0939F1ZV   State: Maharashtra

Buyer (Bill to)                     Invoice No.: SGT/25-26/0142
Kaveri Exports Pvt. Ltd.            Dated: 14-Sep-2025
Nagar Road, Pune 411014             Terms of Payment: 15 Days
GSTIN: 27AABCK1234L1Z5

Sl  Description        HSN     Qty     Rate       Amount
1   Cotton yarn 40s    5205    250   1,120.00   2,80,000.00
                                    Taxable Value   2,80,000.00
                                    CGST @ 2.5%         7,000.00
                                    SGST @ 2.5%         7,000.00
                                    Grand Total     ₹ 2,94,000.00
Amount in words: Two lakh ninety four thousand only
""",
        {
            "vendor": "Shree Ganesh Traders",
            "number": "SGT/25-26/0142",
            "date": "2025-09-14",
            "net": "280000.00",
            "tax": "14000.00",
            "total": "294000.00",
            "currency": "INR",
            "vendor_vat": "27AAPFU0939F1ZV",
            "buyer": "Kaveri Exports Pvt. Ltd.",
            "kind": "bill",
        },
    ),
    "swiss": (
        """
Muster Treuhand AG                                    Zürich, 12. Oktober 2026
Seestrasse 10
8002 Zürich
CHE-116.281.710 MWST

                                                      Bergblick Hotel GmbH
                                                      Dorfstrasse 3
                                                      3920 Zermatt
Rechnung Nr. 20261234

Honorar Buchführung Q3                              CHF   4'250.00
MWST 8.1%                                           CHF     344.25
Total inkl. MWST                                    CHF   4'594.25

Zahlbar innert 30 Tagen
IBAN CH93 0076 2011 6238 5295 7
""",
        {
            "vendor": "Muster Treuhand AG",
            "number": "20261234",
            "date": "2026-10-12",
            "tax": "344.25",
            "total": "4594.25",
            "currency": "CHF",
            "vendor_iban": "CH9300762011623852957",
            "terms": "Zahlbar innert 30 Tagen",
            "kind": "bill",
        },
    ),
    "spain_irpf": (
        """
María López García                         FACTURA
NIF: 12345678Z                             Nº factura: 2026/031
C/ Alcalá 45, 28014 Madrid                 Fecha: 30 de septiembre de 2026

CLIENTE: Northwind Books S.L.
CIF: B12345674

Concepto                                          Importe
Traducción de catálogo                           1.500,00 €
                              Base imponible     1.500,00 €
                              IVA (21%)            315,00 €
                              Retención IRPF (15%) -225,00 €
                              TOTAL              1.590,00 €
IBAN ES91 2100 0418 4502 0005 1332
""",
        {
            "number": "2026/031",
            "date": "2026-09-30",
            "net": "1500.00",
            "tax": "315.00",
            "total": "1815.00",
            "to_pay": "1590.00",
            "withheld": "-225.00",
            "currency": "EUR",
            "vendor": "María López García",
            "kind": "bill",
        },
    ),
    "italy": (
        """
ROSSI & BIANCHI S.R.L.
Via Garibaldi 22 - 20121 Milano (MI)
P.IVA 00743110157   REA MI-1234567

FATTURA N. 345/A  DEL 15/10/2026

Spett.le
Northwind Books S.p.A.
Corso Italia 5
10121 Torino

Descrizione                 Q.tà   Prezzo     Importo
Consulenza informatica      10     80,00      800,00

Totale imponibile                  800,00
IVA 22%                            176,00
Totale documento             EUR   976,00
Scadenza: 15/11/2026   Bonifico bancario
""",
        {
            "vendor": "ROSSI & BIANCHI S.R.L.",
            "number": "345/A",
            "date": "2026-10-15",
            "due_date": "2026-11-15",
            "net": "800.00",
            "tax": "176.00",
            "total": "976.00",
            "currency": "EUR",
            "vendor_vat": "00743110157",
            "buyer": "Northwind Books S.p.A.",
            "kind": "bill",
        },
    ),
    "poland": (
        """
Faktura VAT nr FV/10/2026/118
Data wystawienia: 2026-10-09      Miejsce: Kraków
Data sprzedaży: 2026-10-08

Sprzedawca:                         Nabywca:
Zielony Ogród Sp. z o.o.            Northwind Books Sp. z o.o.
ul. Długa 7                         ul. Prosta 1
31-147 Kraków                       00-838 Warszawa
NIP: 5260250274                     NIP: 5213017228

Lp Nazwa            Ilość  Cena netto  Wartość netto  VAT  Wartość brutto
1  Rośliny doniczkowe  10      45,00         450,00   8%         486,00
Razem                                         450,00  36,00      486,00
Do zapłaty: 486,00 PLN
Termin płatności: 2026-10-23
Numer konta: PL61 1090 1014 0000 0712 1981 2874
""",
        {
            "vendor": "Zielony Ogród Sp. z o.o.",
            "number": "FV/10/2026/118",
            "date": "2026-10-09",
            "due_date": "2026-10-23",
            "net": "450.00",
            "tax": "36.00",
            "total": "486.00",
            "currency": "PLN",
            "vendor_iban": "PL61109010140000071219812874",
            "vendor_vat": "5260250274",
            "buyer": "Northwind Books Sp. z o.o.",
            "kind": "bill",
        },
    ),
    "mexico": (
        """
FERRETERÍA EL TORNILLO S.A. DE C.V.         Folio: A 10293
RFC: FTO850101AB1                           Fecha y hora de emisión: 05/09/2026 10:22:11
Av. Juárez 100, 44100 Guadalajara

Receptor: LIBROS DEL NORTE S.A. DE C.V.
RFC: LNO900202XY2

Cantidad  Descripción         Precio unitario   Importe
20        Tornillo 1/4        $ 5.50            $ 110.00
                              Subtotal          $ 110.00
                              IVA 16%           $ 17.60
                              Total             $ 127.60
""",
        {
            "number": "A 10293",
            "date": "2026-09-05",
            "net": "110.00",
            "tax": "17.60",
            "total": "127.60",
            "currency": "MXN",
            "vendor": "FERRETERÍA EL TORNILLO S.A. DE C.V.",
            "kind": "bill",
        },
    ),
    "uk_utility": (
        """
Brightwater Energy plc                           Page 1 of 4
Your electricity bill                  Account number 8500 1234 5678
                                       Bill date 12 October 2026
Northwind Books Ltd                    Bill number 77120034
4 Harbour Road
Bristol BS1 4XX                        Billing period: 1 Sep 2026 - 30 Sep 2026

Previous balance                                £210.15
Payment received - thank you                   -£210.15
Electricity charges this period                 £180.00
VAT at 5%                                         £9.00
Total amount due                                £189.00
We'll collect £189.00 by Direct Debit on or after 26 October 2026

Brightwater Energy plc. Registered in England No 01234567. VAT Reg No GB 980 7806 84
""",
        {
            "vendor": "Brightwater Energy plc",
            "number": "77120034",
            "date": "2026-10-12",
            "tax": "9.00",
            "total": "189.00",
            "currency": "GBP",
            "service_from": "2026-09-01",
            "service_to": "2026-09-30",
            "kind": "bill",
        },
    ),
    "dk": (
        """
FAKTURA
Håndværkerhuset ApS                    Fakturanr.: 20871
Nørregade 5                            Dato: 02-10-2026
8000 Aarhus C                          Kundenr.: 5512
CVR-nr.: 13585628

Northwind Books ApS
Havnegade 4
5000 Odense C

Beskrivelse          Antal   Enhedspris   Beløb
Montering             8        425,00    3.400,00
                      Subtotal           3.400,00
                      Moms (25%)           850,00
                      Total DKK          4.250,00
Betalingsbetingelser: Netto 8 dage - Forfaldsdato: 10-10-2026
""",
        {
            "vendor": "Håndværkerhuset ApS",
            "number": "20871",
            "date": "2026-10-02",
            "due_date": "2026-10-10",
            "net": "3400.00",
            "tax": "850.00",
            "total": "4250.00",
            "currency": "DKK",
            "kind": "bill",
        },
    ),
    "hu": (
        """
SZÁMLA                                  Számla sorszáma: KSZ-2026/00871
Eladó:                                  Vevő:
Kék Duna Kft.                           Northwind Books Kft.
1052 Budapest, Váci utca 8.             1061 Budapest, Andrássy út 2.
Adószám: 12345676-2-41                  Adószám: 98765432-2-42
Számla kelte: 2026.10.05.   Teljesítés: 2026.10.01.   Fizetési határidő: 2026.10.13.
Megnevezés       Menny.  Egységár    Nettó     ÁFA     Bruttó
Tanácsadás        2      50 000    100 000   27 000   127 000
Fizetendő összesen: 127 000 Ft
""",
        {
            "vendor": "Kék Duna Kft.",
            "number": "KSZ-2026/00871",
            "date": "2026-10-05",
            "due_date": "2026-10-13",
            "total": "127000",
            "currency": "HUF",
            "buyer": "Northwind Books Kft.",
            "kind": "bill",
        },
    ),
    "credit": (
        """
Kontor Nord GmbH                             Gutschrift Nr. GS-2026-044
Am Kai 3, 20457 Hamburg                      Datum: 21.10.2026
                                             zu Rechnung RE-2026-0912
Northwind Books Ltd
Rückgabe Bürostuhl              -1   199,00   -199,00
Netto                                         -199,00 €
19% USt                                        -37,81 €
Gutschriftsbetrag                             -236,81 €
""",
        {
            "kind": "credit_note",
            "vendor": "Kontor Nord GmbH",
            "number": "GS-2026-044",
            "date": "2026-10-21",
            "original_number": "RE-2026-0912",
            "net": "199.00",
            "tax": "37.81",
            "total": "236.81",
        },
    ),
    "prepaid": (
        """
Atelier Vert SARL
5 rue du Port, 44000 Nantes
contact@ateliervert.fr  TVA FR40303265045

Facture F-260118 du 18/10/2026         Client : Northwind Books SAS

Table chêne                         1      1 200,00   1 200,00
Total HT                                              1 200,00 €
TVA 20 %                                                240,00 €
Total TTC                                             1 440,00 €
Acompte versé                                           440,00 €
Net à payer                                           1 000,00 €
""",
        {
            "vendor": "Atelier Vert SARL",
            "number": "F-260118",
            "date": "2026-10-18",
            "net": "1200.00",
            "tax": "240.00",
            "total": "1440.00",
            "to_pay": "1000.00",
            "prepaid": "440.00",
            "buyer": "Northwind Books SAS",
            "kind": "bill",
        },
    ),
}


def _amount(text):
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


class TestPapers(unittest.TestCase):
    def test_papers(self):
        for name, (text, wanted) in {**PAPERS, **papers.PAPERS}.items():
            reading = extract((page(text),), CONTEXT)
            for field, value in wanted.items():
                said = reading.kind if field == "kind" else reading.value(field)
                with self.subTest(f"{name} {field}"):
                    self.assertEqual(_amount(said), _amount(value))
