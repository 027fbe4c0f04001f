"""CAMT.054 details: gross and charges, what came back, entries without details."""

import unittest
from decimal import Decimal

from ...bankfile.values import BankFileError
from .. import read

FILE = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><Ntfctn><Id>N1</Id>
<Acct><Id><IBAN>BE68539007547034</IBAN></Id></Acct>
<Ntry><NtryRef>E1</NtryRef><Amt Ccy="EUR">{total}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-03-04</Dt></BookgDt><AcctSvcrRef>PAYOUT-7</AcctSvcrRef>
<NtryDtls>{details}</NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"""
DETAIL = """<TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs><Amt Ccy="EUR">{amount}</Amt>
<CdtDbtInd>{sign}</CdtDbtInd>{charges}<RltdPties><Dbtr><Nm>Northwind</Nm></Dbtr></RltdPties>{back}</TxDtls>"""
CHARGES = '<Chrgs><Rcrd><Amt Ccy="EUR">{fee}</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>'


def detail(reference, amount, sign="CRDT", fee="", back=False):
    charges = CHARGES.format(fee=fee) if fee else ""
    returned = "<RtrInf><Rsn><Cd>MD06</Cd></Rsn></RtrInf>" if back else ""
    return DETAIL.format(reference=reference, amount=amount, sign=sign, charges=charges, back=returned)


def file(total, *details):
    return FILE.format(total=total, details="".join(details)).encode()


class TestCamt(unittest.TestCase):
    def test_amounts_before_charges(self):
        data = file("137.60", detail("INV-1", "100.00", fee="2.40"), detail("INV-2", "90.00"),
                    detail("INV-0", "50.00", "DBIT", back=True))  # fmt: skip
        [payout] = read(data, "x.xml").payouts
        self.assertEqual((payout.reference, payout.amount, payout.kept), ("PAYOUT-7", Decimal("137.60"), Decimal(0)))
        self.assertEqual([row.kind for row in payout.rows], ["sale", "sale", "chargeback"])
        self.assertEqual((payout.rows[0].fee, payout.rows[0].customer), (Decimal("2.40"), "Northwind"))

    def test_amounts_after_charges(self):
        """The entry says which: what adds up to it is right."""
        [payout] = read(file("97.60", detail("INV-1", "97.60", fee="2.40")), "x.xml").payouts
        self.assertEqual((payout.rows[0].amount, payout.kept), (Decimal("100.00"), Decimal(0)))

    def test_no_details_is_no_settlement(self):
        with self.assertRaises(BankFileError) as raised:
            read(file("10.00"), "x.xml")
        self.assertEqual(raised.exception.code, "no_details")

    def test_entities_and_damage_are_refused(self):
        data = file("97.60", detail("INV-1", "97.60"))
        for broken in (data[:400], data.replace(b"<Document", b"<!DOCTYPE d [<!ENTITY x 'y'>]><Document")):
            with self.assertRaises(BankFileError):
                read(broken, "x.xml")
