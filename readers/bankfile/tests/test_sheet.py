"""CSV and XLSX: guessing columns, formats and signs; reading with a chosen mapping."""

from __future__ import annotations

import unittest
from dataclasses import replace
from datetime import date
from decimal import Decimal

from .. import BankFileError, SheetMapping, preview, read
from ..sheet_mapping import signature
from .samples import GERMAN_CSV, workbook


def lines_of(text: str):
    """All lines of the only statement."""
    return read(text.encode(), "a.csv").statements[0].lines


def refused(data: bytes, mapping: SheetMapping | None = None) -> BankFileError:
    """The error that reading these bytes raises."""
    try:
        read(data, "a.csv", mapping)
    except BankFileError as error:
        return error
    raise AssertionError("the file was read")


class TestGuess(unittest.TestCase):
    def test_german_bank(self):
        for name in ("utf-8", "cp1252", "utf-16"):
            answer = read(GERMAN_CSV.encode(name), "a.csv")
            (statement,) = answer.statements
            self.assertEqual(statement.account_number, "DE02120300000000202051")
            self.assertEqual(statement.balance_start, Decimal("1000.00"))
            self.assertEqual(statement.balance_end, Decimal("2140.00"))
            first, last = statement.lines
            self.assertEqual((first.date, first.amount), (date(2024, 2, 2), Decimal("-50.00")))
            self.assertEqual((last.partner_name, last.text), ("Müller GmbH", "Rechnung 17"))
            self.assertEqual(last.source_line, 5)

    def test_header_words_of_many_languages(self):
        headers = (
            "Date;Details;Paid out;Paid in;Balance",
            "Date opération;Libellé;Débit;Crédit;Solde",
            "Boekdatum;Omschrijving;Af;Bij;Saldo",
            "Fecha;Concepto;Cargo;Abono;Saldo",
            "Data contabile;Descrizione;Addebiti;Accrediti;Saldo",
            "Data mov.;Descrição;Débito;Crédito;Saldo",
            "Data operacji;Opis operacji;Obciążenia;Uznania;Saldo",
            "Buchungstag;Verwendungszweck;Soll;Haben;Kontostand",
        )
        for header in headers:
            with self.subTest(header):
                first, second = lines_of(f"{header}\n13.01.2024;a;5,00;;95,00\n14.01.2024;b;;7,00;102,00\n")
                self.assertEqual((first.amount, second.amount), (Decimal(-5), Decimal(7)))
                self.assertEqual(first.text, "a")

    def test_debits_that_carry_their_minus(self):
        first, _second = lines_of("Date,Text,Debit,Credit\n13/01/2024,a,-5.00,\n14/01/2024,b,,7.00\n")
        self.assertEqual(first.amount, Decimal(-5))

    def test_flag_column(self):
        lines = lines_of("Datum;Omschrijving;Af Bij;Bedrag\n20240113;a;Af;5,00\n20240114;b;Bij;7,00\n")
        self.assertEqual([line.amount for line in lines], [Decimal(-5), Decimal(7)])

    def test_inverse_sign_is_found_from_the_balance(self):
        text = (
            "Date,Text,Amount,Balance\n13/01/2024,a,5.00,95.00\n14/01/2024,b,-7.00,102.00\n15/01/2024,c,2.00,100.00\n"
        )
        self.assertEqual(preview(text.encode(), "a.csv").mapping.inverse_sign, True)
        self.assertEqual(lines_of(text)[0].amount, Decimal(-5))

    def test_no_header(self):
        mapping = preview(b"2024-01-13,Rent May,-5.00,95.00\n2024-01-14,Sale,7.00,102.00\n").mapping
        self.assertEqual((mapping.header_row, mapping.date, mapping.amount), (None, 0, 2))
        self.assertEqual((mapping.balance, mapping.texts), (3, (1,)))

    def test_day_and_month(self):
        head = "Date,Text,Amount\n"
        for dates, first in (
            (("01/02/2024", "02/13/2024"), date(2024, 1, 2)),
            (("01/02/2024", "13/02/2024"), date(2024, 2, 1)),
            (("01/02/2024", "02/02/2024", "05/02/2024", "01/03/2024"), date(2024, 2, 1)),
            (("1 mars 2024", "2 avril 2024"), date(2024, 3, 1)),
            (("2024-02-01", "2024-03-01"), date(2024, 2, 1)),
        ):
            text = head + "".join(f"{day},x,1.00\n" for day in dates)
            self.assertEqual(lines_of(text)[0].date, first, dates)
            self.assertNotIn("ambiguous_dates", dict(read(text.encode()).notes))
        notes = dict(read(f"{head}01/02/2024,x,1.00\n".encode()).notes)
        self.assertEqual(notes["ambiguous_dates"]["example"], "01/02/2024")

    def test_ambiguous_amounts(self):
        notes = dict(read(b"Date;Text;Amount\n2024-01-01;x;1,525\n").notes)
        self.assertEqual(notes["ambiguous_amounts"]["decimal_mark"], ".")

    def test_row_numbers_are_no_ids(self):
        head = "Transaction ID,Date,Text,Amount\n"
        for ids, known in ((("1", "2"), ["", ""]), (("T7", "T9"), ["T7", "T9"])):
            lines = lines_of(head + "".join(f"{name},2024-01-01,x,1.00\n" for name in ids))
            self.assertEqual([line.bank_id for line in lines], known)

    def test_several_currencies(self):
        answer = read(b"Date,Text,Currency,Amount\n2024-01-01,a,USD,1.00\n2024-01-02,b,EUR,2.00\n")
        self.assertEqual([s.currency for s in answer.statements], ["USD", "EUR"])
        self.assertIn("several_currencies", dict(answer.notes))


class TestRows(unittest.TestCase):
    def test_totals_are_skipped_and_noted(self):
        answer = read(b"Date,Text,Amount\n2024-01-01,a,1.00\nTotal,,1.00\n")
        self.assertEqual(dict(answer.notes)["rows_skipped"], {"count": 1, "lines": [3]})

    def test_broken_running_balance_is_noted(self):
        text = "Date,Text,Amount,Balance\n" + "".join(
            f"2024-01-0{day},x,1.00,{balance}.00\n" for day, balance in enumerate((1, 2, 9, 10), 1)
        )
        values = dict(note for note in read(text.encode()).notes if note[1].get("line"))["balance_gap"]
        self.assertEqual((values["line"], values["gap"], values["count"]), (4, "6.00", 1))

    def test_stated_balances(self):
        text = "Opening balance,,10.00\nDate,Text,Amount\n2024-01-01,a,1.00\nClosing balance,,12.00\n"
        values = dict(read(text.encode()).notes)["balance_gap"]
        self.assertEqual((values["expected"], values["found"]), ("11.00", "12.00"))

    def test_empty_list(self):
        self.assertIn("empty", dict(read(b"Date,Text,Amount\n").notes))

    def test_bad_cells_name_their_line(self):
        head = b"Date,Text,Amount\n2024-01-01,a,1.00\n"
        error = refused(head + b"2024-02-30,a,1.00\n")
        self.assertEqual((error.code, error.line), ("bad_date", 3))
        error = refused(head + b"2024-02-03,a,much\n2024-02-03,a,1\n")
        self.assertEqual((error.code, error.line), ("bad_amount", 3))
        error = refused(head + b"2024-02-03,a," + b"9" * 30 + b"\n")
        self.assertEqual((error.code, error.line), ("amount_out_of_range", 3))

    def test_truncated(self):
        self.assertEqual(refused(b'Date,Text,Amount\n2024-01-01,"a').code, "truncated")
        self.assertEqual(refused(b"Date,Text,Amount\n2024-01-01,a,1\n2024-01-02,b").code, "truncated")

    def test_line_breaks_in_cells(self):
        lines = lines_of('Date,Text,Amount\n2024-01-01,"a\nb",1.00\n2024-01-02,c,2.00\n')
        self.assertEqual([(x.text, x.source_line) for x in lines], [("a b", 2), ("c", 4)])


class TestWorkbook(unittest.TestCase):
    def test_typed_cells(self):
        data = workbook([["Date", "Text", "Amount"], [date(2024, 1, 31), "=A1+1", 0.1 + 0.2],
                         ["01/02/2024", "x", "1.234,50 EUR"], [None, "TOTAL", 5]])  # fmt: skip
        answer = read(data, "a.xlsx")
        first, second = answer.statements[0].lines
        self.assertEqual((first.amount, first.date), (Decimal("0.3"), date(2024, 1, 31)))
        self.assertEqual(second.amount, Decimal("1234.50"))
        self.assertEqual(dict(answer.notes)["rows_skipped"]["lines"], [4])


class TestMapping(unittest.TestCase):
    def test_json_round_trip(self):
        mapping = preview(GERMAN_CSV.encode(), "a.csv").mapping
        self.assertEqual(SheetMapping.from_json(mapping.to_json()), mapping)
        for text in ("", "[]", '{"date": "x", "amount": 1}', '{"date": -1, "amount": 1}', "{}"):
            with self.assertRaises(BankFileError):
                SheetMapping.from_json(text)

    def test_preview(self):
        shown = preview(GERMAN_CSV.encode("cp1252"), "a.csv")
        self.assertEqual(shown.columns[4], "Betrag (EUR)")
        self.assertEqual((shown.row_count, shown.rows[1][4]), (2, "-50,00"))
        guess = shown.mapping
        self.assertEqual((guess.encoding, guess.delimiter), ("cp1252", ";"))
        self.assertEqual((guess.date_format, guess.decimal_mark, guess.header_row), ("DMY", ",", 2))
        self.assertEqual(shown.signature, signature(["buchungstag", *shown.columns[1:]]))

    def test_remembered_mapping_follows_the_header(self):
        remembered = replace(preview(GERMAN_CSV.encode(), "a.csv").mapping, inverse_sign=True)
        later = ("Noch eine Zeile;;;;;\n" + GERMAN_CSV).encode("cp1252")
        mapping = preview(later, "a.csv").adopt(remembered)
        answer = read(later, "a.csv", mapping)
        self.assertEqual(answer.statements[0].lines[1].amount, Decimal("-1190.00"))

    def test_mapping_that_does_not_fit(self):
        self.assertEqual(refused(b"a,b\n1,2\n", SheetMapping(date=0, amount=7)).code, "bad_mapping")
        for odd in (
            {"header_row": 9},
            {"delimiter": "ab"},
            {"date_format": "%d"},
            {"texts": (-1,)},
        ):
            mapping = SheetMapping(**{"date": 0, "amount": 1, **odd})
            self.assertEqual(refused(b"a,b\n1,2\n", mapping).code, "bad_mapping")
        self.assertEqual(refused(b"a,b\n1,2\n", SheetMapping(amount=1)).code, "no_date")
        self.assertEqual(refused(b"a,b\n1,2\n", SheetMapping(date=1)).code, "no_amount")

    def test_other_formats_have_no_columns(self):
        with self.assertRaises(BankFileError) as caught:
            preview(b"!Type:Bank\n^\n")
        self.assertEqual(caught.exception.code, "not_a_sheet")


if __name__ == "__main__":
    unittest.main()
