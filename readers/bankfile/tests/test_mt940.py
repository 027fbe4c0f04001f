"""MT940 and MT942: pages, signs, dates and the dialects of field 86."""

from __future__ import annotations

import unittest
from datetime import date
from decimal import Decimal

from .. import BankFileError, read
from ..mt940_details import read_details
from .samples import MT940


def with_line(field_61: str, more: str = "") -> bytes:
    """A statement with one :61:."""
    return (
        f":20:X\n:25:NL71RABO0123456789\n:28C:1\n:60F:C240101EUR0,\n:61:{field_61}\n{more}:62F:C240102EUR0,\n-\n"
    ).encode()


class TestFile(unittest.TestCase):
    def setUp(self):
        self.answer = read(MT940.encode(), "a.sta")
        (self.statement,) = self.answer.statements

    def test_pages_become_one_statement(self):
        self.assertEqual((self.answer.format, self.statement.name), ("mt940", "5/1"))
        self.assertEqual(len(self.statement.lines), 3)
        self.assertEqual(self.statement.balance_end, Decimal("1000.00"))
        self.assertEqual(self.statement.currency, "EUR")
        self.assertEqual(self.answer.notes, ())

    def test_signs_and_reversals(self):
        amounts = [line.amount for line in self.statement.lines]
        self.assertEqual(amounts, [Decimal("-50.25"), Decimal("-10.00"), Decimal("60.25")])

    def test_booking_date_across_the_year(self):
        line = self.statement.lines[1]
        self.assertEqual((line.date, line.value_date), (date(2024, 1, 2), date(2023, 12, 31)))

    def test_german_line(self):
        line = self.statement.lines[0]
        self.assertEqual(line.text, "Rechnung 2024-001 vom Januar")
        self.assertEqual(line.partner_name, "Stadtwerke Musterstadt GmbH")
        self.assertEqual(line.account_number, "DE89370400440532013000")
        self.assertEqual(line.references, ("RE-2024-001", "M1"))
        self.assertEqual((line.bank_id, line.code, line.source_line), ("B123", "105", 6))

    def test_dutch_line(self):
        line = self.statement.lines[2]
        self.assertEqual((line.text, line.partner_name), ("Factuur 17", "J. Jansen"))
        self.assertEqual((line.account_number, line.bank_id), ("NL46ABNA0499998748", ""))
        self.assertIn("E2E-17", line.references)


class TestDetails(unittest.TestCase):
    def test_ing_counterparty(self):
        found = read_details([["/CNTP/NL32INGB0000012345/INGBNL2A/ING Demo///REMI/USTD//Text 1/"]])
        self.assertEqual((found.account, found.name), ("NL32INGB0000012345", "ING Demo"))
        self.assertEqual(found.text, "Text 1")

    def test_structured_remittance(self):
        found = read_details([["/EREF/E1//REMI/STRD/CUR/9876543210/"]])
        self.assertEqual(found.references, ("9876543210", "E1"))

    def test_free_text_lines(self):
        self.assertEqual(read_details([["one ", "two"], ["three"]]).text, "one two three")
        full = "x" * 65
        self.assertEqual(read_details([[full, "y"]]).text, full + "y")

    def test_return_reason(self):
        found = read_details([["108?00RUECKLASTSCHRIFT?20Konto?34914"]])
        self.assertEqual(found.code, "108 914")

    def test_colon_keywords(self):
        found = read_details([["EREF: E1 SVWZ: Miete Mai"]])
        self.assertEqual((found.text, found.references), ("Miete Mai", ("E1",)))


class TestOddFiles(unittest.TestCase):
    def refused(self, data: bytes) -> BankFileError:
        """The error that reading these bytes raises."""
        with self.assertRaises(BankFileError) as caught:
            read(data, "a.sta")
        return caught.exception

    def test_absurd_dates(self):
        answer = read(with_line("2402300302D1,00NTRFNONREF"))
        self.assertEqual(answer.statements[0].lines[0].value_date, date(2024, 2, 29))
        self.assertEqual(dict(answer.notes)["date_adjusted"]["line"], 5)
        error = self.refused(with_line("2413320302D1,00NTRFNONREF"))
        self.assertEqual((error.code, error.line), ("bad_date", 5))

    def test_bad_field_names_its_line(self):
        error = self.refused(with_line("rubbish"))
        self.assertEqual((error.code, error.line), ("bad_field", 5))
        self.assertEqual(self.refused(with_line("240102D,NTRF")).code, "bad_amount")

    def test_wrapped_time_is_no_field(self):
        data = with_line("240102D1,00NTRFNONREF", ":86:at 12\n:26:37 h\n")
        self.assertEqual(read(data).statements[0].lines[0].text, "at 12 :26:37 h")

    def test_long_reference(self):
        data = with_line("240102D1,00NTRFBIPI-dvT1FzfMqvzF5HaU4oetlH7//2022070616391534000")
        self.assertEqual(read(data).statements[0].lines[0].bank_id, "2022070616391534000")

    def test_truncated(self):
        self.assertEqual(self.refused(MT940[: MT940.index(":62F:")].encode()).code, "truncated")

    def test_missing_last_page_is_noted(self):
        answer = read(MT940[: MT940.rindex(":20:")].encode())
        self.assertEqual(dict(answer.notes)["unfinished"], {"statement": "5/1"})

    def test_interim_report(self):
        data = b":20:X\n:25:1234567\n:28C:1\n:34F:EURD0,\n:13D:2401021200+0000\n:61:240102C1,00NTRFX\n"
        answer = read(data)
        self.assertEqual((answer.format, answer.statements[0].currency), ("mt942", "EUR"))
        self.assertIn("interim", dict(answer.notes))

    def test_gap_between_statements(self):
        first = with_line("240102C0,00NTRFX").decode()
        values = dict(read((first + first.replace("EUR0,", "EUR5,")).encode()).notes)["balance_gap"]
        self.assertEqual((values["where"], values["gap"]), ("between", "5"))

    def test_old_encodings(self):
        for name in ("cp1252", "utf-8-sig", "utf-16", "cp852"):
            data = with_line("240102C1,00NTRFX", ":86:Gebühr für Übertrag\n").decode().encode(name)
            self.assertEqual(read(data).statements[0].lines[0].text, "Gebühr für Übertrag")


if __name__ == "__main__":
    unittest.main()
