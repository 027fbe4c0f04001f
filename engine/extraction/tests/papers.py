"""More papers, as in ``test_papers``."""

PAPERS = {
    "marketplace": (
        """
Rechnung                                                  Zahlbetrag 23,79 €
                                                          Verkauft von TechHaus Vertriebs GmbH
Northwind Books Ltd                                       USt-IDNr. DE136695976
Hauptstr. 1
10115 Berlin                                              Rechnungsdatum/Lieferdatum 14 Oktober 2026
                                                          Rechnungsnummer INV-DE-2026-88123
                                                          Bestelldatum 12 Oktober 2026
                                                          Bestellnummer 304-1234567-7654321

Beschreibung         Menge   Stückpreis   USt. %   Stückpreis    Zwischensumme
                             (ohne USt.)           (inkl. USt.)  (inkl. USt.)
USB-C Kabel          1       19,99 €      19%      23,79 €       23,79 €
                                                   Gesamtpreis   23,79 €
USt. %               Zwischensumme (ohne USt.)     USt.
19%                  19,99 €                       3,80 €
Gesamt               19,99 €                       3,80 €
""",
        {
            "number": "INV-DE-2026-88123",
            "date": "2026-10-14",
            "total": "23.79",
            "net": "19.99",
            "tax": "3.80",
            "vendor": "TechHaus Vertriebs GmbH",
            "order_reference": "304-1234567-7654321",
            "kind": "bill",
        },
    ),
    "hosting": (
        """
OVERCLOUD SAS                                                     FACTURE FR60012345
2 rue Kellermann                                                  Émise le : 01/10/2026
59100 Roubaix                                                     Échéance : 06/10/2026
Tél : 09 72 10 10 07
                                       Northwind Books SAS
                                       5 quai du Port
                                       13002 Marseille

Référence     Description               Quantité   PU HT     Montant HT
vps-1234      Serveur VPS - octobre     1          6,00 €    6,00 €
domaine.fr    Renouvellement            1          8,99 €    8,99 €
                                        Prix HT              14,99 €
                                        TVA (20.00%)          3,00 €
                                        Total TTC            17,99 €
Période du 01/10/2026 au 31/10/2026
OVERCLOUD SAS au capital de 10 174 560 € - RCS Lille 424 761 419 00045 - N° TVA : FR 22 424 761 419
""",
        {
            "number": "FR60012345",
            "date": "2026-10-01",
            "due_date": "2026-10-06",
            "net": "14.99",
            "tax": "3.00",
            "total": "17.99",
            "vendor": "OVERCLOUD SAS",
            "service_from": "2026-10-01",
            "service_to": "2026-10-31",
            "kind": "bill",
        },
    ),
    "ride": (
        """
Total                              £14.62
October 3, 2026
Thanks for riding, Anna
Trip fare                          £12.18
Subtotal                           £12.18
VAT                                 £2.44
Payments
Visa ••••1234                      £14.62
Ridely London Ltd
""",
        {
            "total": "14.62",
            "date": "2026-10-03",
            "currency": "GBP",
            "vendor": "Ridely London Ltd",
            "kind": "receipt",
        },
    ),
    "phone_at": (
        """
Alpen Telekom Austria GmbH
Lassallestraße 9, 1020 Wien
UID: ATU62895905

Firma
Northwind Books GmbH
Graben 1
1010 Wien

Kundennummer: 7788123          Rechnungsnummer: 9001234567
Rechnungsdatum: 05.10.2026     Verrechnungszeitraum: 01.09.2026 - 30.09.2026

Grundgebühr                                  29,90
Gesprächsgebühren                             4,12
Summe netto                                  34,02
20% USt                                       6,80
Rechnungsbetrag EUR                          40,82
Der Rechnungsbetrag wird am 15.10.2026 von Ihrem Konto abgebucht.
""",
        {
            "number": "9001234567",
            "date": "2026-10-05",
            "net": "34.02",
            "tax": "6.80",
            "total": "40.82",
            "vendor": "Alpen Telekom Austria GmbH",
            "vendor_vat": "ATU62895905",
            "customer_number": "7788123",
            "service_from": "2026-09-01",
            "service_to": "2026-09-30",
            "currency": "EUR",
            "buyer": "Northwind Books GmbH",
            "kind": "bill",
        },
    ),
    "be_bilingual": (
        """
FACTUUR / FACTURE
Drukkerij De Kraan BV                         Nr. / N°: 2026/0455
Stationsstraat 14                             Datum / Date: 12/10/2026
9000 Gent                                     Vervaldag / Échéance: 11/11/2026
BTW BE 0477.472.701                           Uw ref. / Votre réf.: PO-7781

Northwind Books NV
Meir 50
2000 Antwerpen

Omschrijving        Aantal   Prijs    Bedrag
Folders A5           1.000    0,21    210,00
                    Totaal excl. BTW   210,00
                    BTW 21%             44,10
                    Te betalen         254,10 EUR
Gestructureerde mededeling: +++090/9337/55493+++
IBAN: BE68 5390 0754 7034  BIC: TRIOBEBB
""",
        {
            "number": "2026/0455",
            "date": "2026-10-12",
            "due_date": "2026-11-11",
            "net": "210.00",
            "tax": "44.10",
            "total": "254.10",
            "vendor": "Drukkerij De Kraan BV",
            "vendor_vat": "BE0477472701",
            "order_reference": "PO-7781",
            "vendor_iban": "BE68539007547034",
            "payment_reference": "090/9337/55493",
            "currency": "EUR",
            "kind": "bill",
        },
    ),
    "se": (
        """
Norrsken Konsult AB                         FAKTURA
Storgatan 3                                 Fakturanr      30112
111 51 Stockholm                            Fakturadatum   2026-10-02
                                            Förfallodatum  2026-11-01
Northwind Books AB                          OCR            301127
Box 12                                      Er referens    Anna Berg
411 03 Göteborg

Benämning              Antal  À-pris      Belopp
Konsulttimmar             12  950,00   11 400,00

Netto 11 400,00   Moms 25%  2 850,00   Att betala SEK 14 250,00
Bankgiro 123-4567   Org.nr 556677-8899   Momsreg.nr SE556677889901   Godkänd för F-skatt
""",
        {
            "number": "30112",
            "date": "2026-10-02",
            "due_date": "2026-11-01",
            "net": "11400.00",
            "tax": "2850.00",
            "total": "14250.00",
            "vendor": "Norrsken Konsult AB",
            "payment_reference": "301127",
            "currency": "SEK",
            "kind": "bill",
        },
    ),
    "gr": (
        """
ΑΦΟΙ ΠΑΠΑΔΟΠΟΥΛΟΥ Α.Ε.
Λεωφ. Κηφισίας 10, 115 26 Αθήνα
ΑΦΜ: 094014201

ΤΙΜΟΛΟΓΙΟ ΠΩΛΗΣΗΣ
Αριθμός: Α 1204        Ημερομηνία: 07/10/2026
Πελάτης: Northwind Books ΕΠΕ

Καθαρή αξία            100,00
ΦΠΑ 24%                 24,00
Πληρωτέο ποσό          124,00 €
""",
        {
            "number": "Α 1204",
            "date": "2026-10-07",
            "net": "100.00",
            "tax": "24.00",
            "total": "124.00",
            "vendor": "ΑΦΟΙ ΠΑΠΑΔΟΠΟΥΛΟΥ Α.Ε.",
            "currency": "EUR",
            "kind": "bill",
        },
    ),
    "brazil": (
        """
NOTA FISCAL DE SERVIÇOS ELETRÔNICA - NFS-e
Número da NFS-e: 000123         Data de Emissão: 08/10/2026

PRESTADOR DE SERVIÇOS
Sol Nascente Tecnologia Ltda
CNPJ: 12.345.678/0001-95
TOMADOR DE SERVIÇOS
Northwind Livros Ltda
CNPJ: 98.765.432/0001-98

Valor dos serviços: R$ 5.000,00
Valor do ISS: R$ 250,00
VALOR TOTAL DA NOTA = R$ 5.000,00
""",
        {
            "number": "000123",
            "date": "2026-10-08",
            "total": "5000.00",
            "vendor": "Sol Nascente Tecnologia Ltda",
            "currency": "BRL",
            "vendor_vat": "12345678000195",
            "buyer": "Northwind Livros Ltda",
            "kind": "bill",
        },
    ),
    "canada": (
        """
Maple Leaf Printing Inc.                 INVOICE 5567
88 Queen St W                            Date: Oct. 9, 2026
Toronto, ON M5H 2N2                      Due: Nov. 8, 2026

Bill To: Northwind Books Inc.

Business cards        500    0.12      60.00
                      Subtotal         60.00
                      HST 13%           7.80
                      TOTAL CAD       $67.80
GST/HST # 123456789 RT0001
""",
        {
            "number": "5567",
            "date": "2026-10-09",
            "due_date": "2026-11-08",
            "net": "60.00",
            "tax": "7.80",
            "total": "67.80",
            "currency": "CAD",
            "vendor": "Maple Leaf Printing Inc.",
            "kind": "bill",
        },
    ),
    "cz": (
        """
FAKTURA - DAŇOVÝ DOKLAD č. 260100045
Dodavatel:                                 Odběratel:
Modrá Hvězda s.r.o.                        Northwind Books s.r.o.
Dlouhá 10                                  Krátká 2
110 00 Praha 1                             602 00 Brno
IČ: 25596641  DIČ: CZ25596641              DIČ: CZ12345678
Datum vystavení: 1. 10. 2026               Variabilní symbol: 260100045
Datum splatnosti: 15. 10. 2026
Datum uskutečnění plnění: 30. 9. 2026

Položka                 Množství  Cena/ks   DPH   Celkem
Grafické práce              5 h   1 200,00  21%   7 260,00
Základ daně 21%: 6 000,00   DPH: 1 260,00
Celkem k úhradě: 7 260,00 Kč
""",
        {
            "number": "260100045",
            "date": "2026-10-01",
            "due_date": "2026-10-15",
            "net": "6000.00",
            "tax": "1260.00",
            "total": "7260.00",
            "vendor": "Modrá Hvězda s.r.o.",
            "currency": "CZK",
            "vendor_vat": "CZ25596641",
            "payment_reference": "260100045",
            "buyer": "Northwind Books s.r.o.",
            "kind": "bill",
        },
    ),
}
