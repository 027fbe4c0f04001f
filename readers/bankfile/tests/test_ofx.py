"""OFX 1 and 2: odd order, encodings, marks, missing parts."""

from __future__ import annotations

import unittest
from datetime import date
from decimal import Decimal

from .. import BankFileError, read
from .samples import OFX_HEAD, ofx, transaction

LEDGER = "<LEDGERBAL><BALAMT>100.00<DTASOF>202401311200</LEDGERBAL>\n"


def lines_of(text: str, encoding: str = "cp1252"):
    """All lines of the only statement."""
    return read(text.encode(encoding), "a.ofx").statements[0].lines


class TestReading(unittest.TestCase):
    def test_sgml(self):
        answer = read(ofx(transaction(name="Café & Co"), LEDGER).encode("cp1252"))
        (statement,) = answer.statements
        (line,) = statement.lines
        self.assertEqual((statement.account_number, statement.currency), ("DE021203", "EUR"))
        self.assertEqual((statement.balance_end, statement.date), (Decimal(100), date(2024, 1, 31)))
        self.assertEqual((line.date, line.amount), (date(2024, 1, 2), Decimal("-12.50")))
        self.assertEqual((line.bank_id, line.code, line.source_line), ("F1", "DEBIT", 11))
        self.assertEqual((line.partner_name, line.text), ("Café & Co", "Café & Co card payment"))

    def test_xml_in_utf8_and_headers_on_one_line(self):
        xml = '<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200"?>\n'
        one_line = "OFXHEADER:100 DATA:OFXSGML ENCODING:UTF-8 "
        for head in (xml, one_line, ""):
            (line,) = lines_of(ofx(transaction(name="Café &amp; Co"), head=head), "utf-8")
            self.assertEqual(line.partner_name, "Café & Co")

    def test_no_ledger_and_no_fitid(self):
        answer = read(ofx(transaction().replace("<FITID>F1\n", "")).encode())
        self.assertIsNone(answer.statements[0].balance_end)
        self.assertEqual(answer.statements[0].lines[0].bank_id, "")

    def test_decimal_marks(self):
        for amount, mark in (
            ("-1,50", "-1.50"),
            ("-1,000.50", "-1000.50"),
            ("1.000,50", "1000.50"),
        ):
            self.assertEqual(lines_of(ofx(transaction(amount)))[0].amount, Decimal(mark))

    def test_comments_are_not_data(self):
        text = ofx(transaction() + "<!-- " + transaction("-1.00") + " -->")
        self.assertEqual(len(lines_of(text)), 1)

    def test_two_accounts(self):
        both = ofx(transaction()) + ofx(transaction(), head="")
        self.assertEqual(len(read(both.encode()).statements), 2)

    def test_other_account(self):
        to = "<BANKACCTTO><BANKID>9<ACCTID>777<ACCTTYPE>CHECKING</BANKACCTTO>\n</STMTTRN>"
        answer = read(ofx(transaction().replace("</STMTTRN>", to)).encode()).statements[0]
        self.assertEqual(answer.lines[0].account_number, "777")
        self.assertEqual(answer.account_number, "DE021203")


class TestRefusals(unittest.TestCase):
    def refused(self, text: str) -> BankFileError:
        """The error that reading this text raises."""
        with self.assertRaises(BankFileError) as caught:
            read(text.encode(), "a.ofx")
        return caught.exception

    def test_missing_amount_names_the_line(self):
        error = self.refused(ofx(transaction().replace("<TRNAMT>-12.50\n", "")))
        self.assertEqual((error.code, error.line, error.values["field"]), ("missing_field", 10, "TRNAMT"))

    def test_bad_values_name_the_line(self):
        self.assertEqual(self.refused(ofx(transaction("NaN"))).line, 13)
        error = self.refused(ofx(transaction().replace("20240102", "20240230")))
        self.assertEqual((error.code, error.line), ("bad_date", 12))

    def test_truncated(self):
        self.assertEqual(self.refused(ofx(transaction() * 2)[:-80]).code, "truncated")

    def test_foreign_transaction(self):
        foreign = "<CURRENCY><CURRATE>1.1<CURSYM>USD</CURRENCY>\n</STMTTRN>"
        error = self.refused(ofx(transaction().replace("</STMTTRN>", foreign)))
        self.assertEqual(error.code, "mixed_currency")

    def test_nothing_inside(self):
        self.assertEqual(self.refused(OFX_HEAD + "<OFX></OFX>").code, "no_statement")


if __name__ == "__main__":
    unittest.main()
