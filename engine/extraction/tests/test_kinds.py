"""What is no bill is told by its title, in all languages."""

import unittest
from datetime import date

from .. import Context, extract
from .sheets import page

CONTEXT = Context(date(2026, 11, 21))
BODY = """
Alpha Beta Ltd
Street 5, 12345 Town

{title}
Nr. 2026-118

Date 03.11.2026

Item A             2     50,00    100,00
Total                            100,00 EUR
"""
TITLES = {
    "reminder": "Payment Reminder|Mahnung|2. Mahnung|Zahlungserinnerung|Rappel de paiement|Herinnering|Aanmaning|"
    "Recordatorio de pago|Sollecito di pagamento|Wezwanie do zapłaty|Upomínka|Betalningspåminnelse|Rykker|Purring|"
    "Maksumuistutus|Fizetési felszólítás|Somație de plată|Opomena|FINAL NOTICE",
    "proforma": "Proforma Invoice|Pro-Forma-Rechnung|Facture pro forma|Proforma factuur|Factura proforma|"
    "Fattura proforma|Faktura proforma|Zálohová faktura|Proformafaktura|Díjbekérő|Angebot|Devis|Presupuesto|Quotation",
    "order_confirmation": "Order Confirmation|Auftragsbestätigung|Confirmation de commande|Orderbevestiging|"
    "Confirmación de pedido|Conferma d'ordine|Potwierdzenie zamówienia|Potvrzení objednávky|Ordrebekræftelse|"
    "Tilausvahvistus|Visszaigazolás|Confirmação de encomenda",
    "delivery_note": "Delivery Note|Packing Slip|Lieferschein|Bon de livraison|Pakbon|Albarán|Documento di trasporto|"
    "Guia de remessa|Dodací list|Följesedel|Følgeseddel|Lähete|Szállítólevél|Otpremnica",
    "statement": "Statement of Account|Kontoauszug|Relevé de compte|Rekeningoverzicht|Estado de cuenta|"
    "Estratto conto|Kontoutdrag|Wyciąg z konta|Tiliote",
    "credit_note": "Credit Note|Credit Memo|Gutschrift|Rechnungskorrektur|Avoir|Creditnota|Nota de crédito|"
    "Factura rectificativa|Nota di credito|Faktura korygująca|Dobropis|Kreditfaktura|Hyvityslasku|Jóváíró számla",
    "receipt": "Receipt|Quittung|Reçu|Kassabon|Recibo|Scontrino|Paragon|Účtenka|Kvitto|Kvittering|Kuitti|Nyugta",
    "bill": "Invoice|Tax Invoice|Rechnung|Facture|Factuur|Factura|Fatura|Fattura|Faktura|Faktúra|Lasku|Számla|"
    "Factură|Račun|Τιμολόγιο|Фактура|Arve|Rēķins|Sąskaita faktūra|Schlussrechnung|Nota fiscal",
}


class TestKinds(unittest.TestCase):
    def test_titles(self):
        for kind, titles in TITLES.items():
            for title in titles.split("|"):
                with self.subTest(title):
                    self.assertEqual(extract((page(BODY.format(title=title)),), CONTEXT).kind, kind)

    def test_a_bill_that_speaks_of_other_documents_is_a_bill(self):
        text = BODY.format(title="Rechnung") + "\nLieferschein Nr. 77 vom 01.11.2026 siehe Auftragsbestätigung 4711\n"
        self.assertEqual(extract((page(text),), CONTEXT).kind, "bill")

    def test_why_is_told(self):
        reading = extract((page(BODY.format(title="Mahnung")),), CONTEXT)
        self.assertEqual(reading.reasons, (("title", {"text": "Mahnung"}),))

    def test_a_negative_bill_is_a_credit_note_with_positive_sums(self):
        text = BODY.format(title="Rechnung").replace("100,00 EUR", "-100,00 EUR")
        reading = extract((page(text),), CONTEXT)
        self.assertEqual((reading.kind, reading.value("total")), ("credit_note", "100.00"))
