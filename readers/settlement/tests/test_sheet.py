"""Settlement sheets: dialects of providers, arithmetic that tells signs, files that must be refused."""

import unittest
from datetime import date
from decimal import Decimal

from ...bankfile.values import BankFileError
from .. import SettlementMapping, preview, read, with_kinds

HEADS = (
    "id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Available On (UTC),Description,Transfer,order_id (metadata)"
)
STRIPE = f"""{HEADS}
txn_1,charge,ch_1,120.00,3.73,116.27,eur,2026-03-02 10:11,2026-03-04,Invoice,po_1,INV/2026/00001
txn_2,refund,re_1,-20.00,0.00,-20.00,eur,2026-03-02 11:11,2026-03-04,Refund,po_1,
txn_3,adjustment,dp_1,-50.00,15.00,-65.00,eur,2026-03-03 11:11,2026-03-04,Chargeback withdrawal,po_1,
txn_4,charge,ch_2,80.00,2.00,78.00,eur,2026-03-05 10:11,2026-03-06,Invoice,po_2,INV/2026/00002
"""
WALLET = """"Datum";"Typ";"Brutto";"Entgelt";"Netto";"Währung";"Rechnungsnummer";"Name"
02.03.2026;Zahlung;1.119,00;-12,34;1.106,66;EUR;RE-1;Meier
03.03.2026;Rückzahlung;-19,00;0,00;-19,00;EUR;RE-0;Schulz
04.03.2026;Abbuchung;-1.000,00;0,00;-1.000,00;EUR;T-9;
05.03.2026;Zahlung;40,00;-1,00;39,00;EUR;RE-2;Meier
"""


class TestSheet(unittest.TestCase):
    def test_payouts_by_their_reference(self):
        found = read(STRIPE.encode(), "stripe.csv")
        self.assertEqual([payout.reference for payout in found.payouts], ["po_1", "po_2"])
        first = found.payouts[0]
        self.assertEqual((first.amount, first.date, first.currency), (Decimal("31.27"), date(2026, 3, 4), "EUR"))
        self.assertEqual([row.kind for row in first.rows], ["sale", "refund", "chargeback"])
        self.assertEqual(first.rows[2].fee, Decimal("15.00"))
        self.assertEqual(first.rows[0].references, ("INV/2026/00001",))
        self.assertFalse(first.kept)

    def test_transfers_between_rows_end_payouts(self):
        found = read(WALLET.encode("cp1252"), "wallet.csv")
        self.assertEqual([payout.amount for payout in found.payouts], [Decimal("1000.00"), Decimal(0)])
        first, rest = found.payouts
        self.assertEqual((first.reference, first.kept), ("T-9", Decimal("87.66")))
        self.assertEqual(rest.kept, Decimal("39.00"))
        self.assertIn("kept", [code for code, _values in found.notes])

    def test_newest_first_is_read_backwards(self):
        head, *rows = WALLET.splitlines()
        found = read("\n".join([head, *reversed(rows)]).encode("cp1252"), "wallet.csv")
        self.assertEqual([payout.kept for payout in found.payouts], [Decimal("87.66"), Decimal("39.00")])

    def test_tax_beside_the_fee_is_told_by_the_arithmetic(self):
        text = "Date,Reference,Gross,Fee,VAT,Net\n2026-03-02,A-100,100.00,2.00,0.40,97.60\n"
        row = read(text.encode(), "x.csv").payouts[0].rows[0]
        self.assertEqual((row.fee, row.tax, row.net), (Decimal("2.40"), Decimal("0.40"), Decimal("97.60")))

    def test_only_net_and_fee(self):
        text = "Date,Reference,Net,Fee\n2026-03-02,A-100,97.60,2.40\n"
        row = read(text.encode(), "x.csv").payouts[0].rows[0]
        self.assertEqual((row.amount, row.fee), (Decimal("100.00"), Decimal("2.40")))

    def test_reserve_and_fee_rows(self):
        text = (
            "Date,Type,Amount,Fee,Net\n2026-03-02,Rolling reserve,-10.00,0,-10.00\n"
            "2026-03-02,Reserve release,4.00,0,4.00\n2026-03-03,Monthly fee,-5.00,0,-5.00\n"
            "2026-03-03,Sale,50.00,1.00,49.00\n"
        )
        rows = read(text.encode(), "x.csv").payouts[0].rows
        self.assertEqual([row.kind for row in rows], ["reserve_held", "reserve_released", "fee", "sale"])
        self.assertEqual((rows[2].amount, rows[2].fee), (Decimal(0), Decimal("5.00")))

    def test_a_row_that_contradicts_itself_names_its_line(self):
        text = STRIPE.replace("120.00,3.73,116.27", "120.00,3.73,110.00")
        with self.assertRaises(BankFileError) as raised:
            read(text.encode(), "x.csv")
        self.assertEqual((raised.exception.code, raised.exception.line), ("bad_row", 2))

    def test_remembered_columns_learn_new_words(self):
        """A file that has a chargeback is read with what was kept of one that had none."""
        first = preview("\n".join(STRIPE.splitlines()[:2]).encode())
        kept = SettlementMapping.from_json(first.mapping.to_json())
        again = preview(STRIPE.encode())
        self.assertEqual(kept.on(again.mapping).kinds["refund"], "refund")
        told = with_kinds(kept, {"charge": "adjustment"}).on(again.mapping)
        self.assertEqual(told.kinds["charge"], "adjustment")

    def test_customers_currency(self):
        text = (
            "Date,Reference,Gross,Fee,Net,Currency,Original amount,Original currency\n"
            "2026-03-02,A-1,92.00,2.00,90.00,EUR,100.00,USD\n2026-03-02,A-2,-46.00,0.00,-46.00,EUR,50.00,USD\n"
        )
        rows = read(text.encode(), "x.csv").payouts[0].rows
        self.assertEqual([row.original_amount for row in rows], [Decimal("100.00"), Decimal("-50.00")])

    def test_currencies_make_payouts_of_their_own(self):
        text = "Date,Reference,Gross,Fee,Net,Currency\n2026-03-02,A,10.00,0,10.00,EUR\n2026-03-02,B,20.00,0,20.00,USD\n"
        self.assertEqual([p.currency for p in read(text.encode(), "x.csv").payouts], ["EUR", "USD"])

    def test_hostile_and_broken_files(self):
        """One kind of error, whatever the bytes."""
        samples = [
            b"",
            b"\x00" * 5000,
            b"%PDF-1.7 nothing",
            b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            b"PK\x03\x04broken",
            b"Date,Amount\n" + b"2026-01-01,1e999\n",
            b"Date,Amount\n2026-01-01,NaN\n",
            b"a,b,c\n1,2,3\n",
            b"Date,Gross,Fee,Net\n31/02/2026,1,1,0\n",
            b"Date,Gross\n2026-01-01,99999999999999999999\n",
            b'Date,Gross\n2026-01-01,"12\n',
        ]
        for sample in samples:
            with self.subTest(sample=sample[:20]), self.assertRaises(BankFileError):
                read(sample, "x.csv")

    def test_formulas_and_markup_stay_text(self):
        text = "Date,Customer,Reference,Gross\n2026-03-02,\"=cmd|'/c calc'!A1\",<script>1</script>,10.00\n"
        row = read(text.encode(), "x.csv").payouts[0].rows[0]
        self.assertEqual((row.customer, row.references), ("=cmd|'/c calc'!A1", ("<script>1</script>",)))

    def test_mappings_from_outside_are_checked(self):
        for text in (
            '{"date": -1, "amount": 0}',
            '{"date": 0, "amount": "x"}',
            "[]",
            '{"date": 0, "amount": 1, "kinds": {"a": "b"}}',
        ):
            with self.subTest(text=text), self.assertRaises(BankFileError):
                SettlementMapping.from_json(text)
