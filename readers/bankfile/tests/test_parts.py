"""Amounts, dates, encodings, containers and detection."""

from __future__ import annotations

import sys
import unittest
from datetime import date
from decimal import Decimal
from unittest import mock

from .. import BankFileError, day, detect, encoding, number, read
from .samples import MT940, OFX_HEAD, QIF, archive, camt, workbook

MIB = 1024 * 1024


def code_of(call, *arguments) -> str:
    """The code of the BankFileError that a call raises."""
    try:
        call(*arguments)
    except BankFileError as error:
        return error.code
    raise AssertionError("nothing was raised")


class TestAmounts(unittest.TestCase):
    def test_written(self):
        for text, mark, value in (
            ("1.234,56", ",", "1234.56"), ("1,234.56", ".", "1234.56"),
            ("1'234.50", ".", "1234.50"),
            ("1 234,5", ",", "1234.5"), ("(12.00)", ".", "-12.00"), ("12,00-", ",", "-12.00"),
            ("\u221212", ".", "-12"), ("+3.10 EUR", ".", "3.10"), ("€ 5", ".", "5"),
            ("12,50 S", ",", "-12.50"), ("12.50 CR", ".", "12.50"),
            ("1,00,000.00", ".", "100000.00"), (".5", ".", "0.5"),
        ):  # fmt: skip
            self.assertEqual(number.written(text, mark), Decimal(value), text)

    def test_not_amounts(self):
        for text in (
            "",
            "abc",
            "1.2.3",
            "12.50.",
            "--1",
            "1-2",
            "NaN",
            "Infinity",
            "1,23",
            "x" * 99,
        ):
            self.assertEqual(code_of(number.written, text, "."), "bad_amount", text)
        for text in ("", "nan", "inf", "1e3", "1.000,5", "٣"):
            self.assertEqual(code_of(number.plain, text), "bad_amount", text)
        self.assertEqual(code_of(number.plain, "9" * 16), "amount_out_of_range")
        self.assertEqual(code_of(number.plain, "0.000000001"), "amount_out_of_range")
        self.assertEqual(code_of(number.from_cell, float("inf")), "bad_amount")

    def test_decimal_mark(self):
        self.assertEqual(number.decimal_mark(["1,000", "12.5"]), (".", True))
        self.assertEqual(number.decimal_mark(["1.000", "12,5"]), (",", True))
        self.assertEqual(number.decimal_mark(["1.000"]), (",", False))
        self.assertEqual(number.decimal_mark(["1.000.000"]), (",", True))
        self.assertEqual(number.decimal_mark(["5"]), (".", True))


class TestDates(unittest.TestCase):
    def test_orders(self):
        for text, order in (("31.12.24", "DMY"), ("12/31/2024", "MDY"), ("2024-12-31 10:00", "YMD"),
                            ("20241231", "YMD"), ("31122024", "DMY"), ("31 déc. 2024", "DMY"),
                            ("Dec 31, 2024", "MDY"), ("31-grudnia-2024", "DMY")):  # fmt: skip
            self.assertEqual(day.attempt(text, order), date(2024, 12, 31), text)

    def test_impossible(self):
        for text in ("", "30.02.2024", "1.1.1", "99/99/9999", "01.01.1492", "²/²/²⁰²⁴", "a.b.c"):
            self.assertIsNone(day.attempt(text, "DMY"), text)


class TestEncodings(unittest.TestCase):
    def test_round_trips(self):
        texts = {"Überweisung für Müller": ("cp1252", "utf-8", "utf-16", "utf-16-le", "cp852"),
                 "été à l’hôtel n° 5": ("cp1252",), "Świętokrzyska żółw": ("cp1250", "utf-8"),
                 "Оплата счета, Перевод": ("cp1251",)}  # fmt: skip
        for text, names in texts.items():
            for name in names:
                self.assertEqual(encoding.decode(text.encode(name))[0].lstrip("\ufeff"), text, name)

    def test_binary(self):
        for data in (bytes(range(256)) * 9, b"\x00\x01\x02" * 99, b"\xff\xfe\x00"):
            self.assertEqual(code_of(encoding.decode, data), "not_text")


class TestContainers(unittest.TestCase):
    def test_size_is_checked_before_anything_else(self):
        self.assertEqual(code_of(read, bytes(26 * MIB).replace(b"\0", b"x"), "a.xml"), "too_large")
        self.assertEqual(code_of(read, QIF.encode(), "a.qif", None, 10), "too_large")
        for data in (b"", b"  \r\n", b"\xef\xbb\xbf", bytes(100)):
            self.assertEqual(code_of(read, data), "empty_file")

    def test_bombs(self):
        self.assertEqual(code_of(read, archive({"a.xml": bytes(50 * MIB)})), "zip_bomb")
        many = {f"{index}.xml": b"x" for index in range(300)}
        self.assertEqual(code_of(read, archive(many)), "zip_bomb")
        sheet = {"[Content_Types].xml": b"<x/>", "xl/a.xml": b"<a/>" * 20 * MIB}
        self.assertEqual(code_of(read, archive(sheet)), "zip_bomb")

    def test_odd_archives(self):
        self.assertEqual(code_of(read, archive({})), "empty_file")
        self.assertEqual(code_of(read, archive({"a.zip": archive({"b": b"x"})})), "nested_zip")
        self.assertEqual(code_of(read, archive({"a.qif": QIF.encode()})[:-30]), "broken_zip")
        with self.assertRaises(BankFileError) as caught:
            read(archive({"a.qif": QIF.encode(), "b.qif": b"!Type:Bank\nD1/1/24\n^\n"}))
        self.assertEqual((caught.exception.values["file"], caught.exception.line), ("b.qif", 2))

    def test_workbook_with_entities(self):
        data = {
            "[Content_Types].xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>",
            "xl/workbook.xml": b"",
        }
        self.assertEqual(code_of(read, archive(data)), "entities_forbidden")

    def test_missing_library(self):
        for name, data in (("mt940", MT940.encode()), ("openpyxl", workbook([["a"]])),
                           ("lxml.etree", camt(""))):  # fmt: skip
            with mock.patch.dict(sys.modules, {name: None, f"{name}.tags": None}):
                with self.assertRaises(BankFileError) as caught:
                    read(data)
                self.assertEqual(caught.exception.code, "library_missing")
                self.assertEqual(caught.exception.values["extra"], "bank")


class TestDetection(unittest.TestCase):
    def test_content_decides(self):
        for data, name in (
            (camt(""), "camt.053"), (MT940.encode(), "mt940"), (QIF.encode(), "qif"),
            ((OFX_HEAD + "<OFX>").encode(), "ofx"), (b"a;b\n1;2\n", "csv"),
            (workbook([["a"]]), "xlsx"), (archive({"a": b"x"}), "zip"),
            (b":20:X\n:34F:EUR1,\n", "mt942"),
        ):  # fmt: skip
            self.assertEqual(detect(data, "a.txt"), name)

    def test_refusals(self):
        for data, code in (
            (b"%PDF-1.7\n", "pdf"),
            (b"<html></html>", "unknown_xml"),
            (b"", "empty_file"),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "not_text"),
        ):
            self.assertEqual(code_of(detect, data, "a"), code)
        self.assertEqual(code_of(read, b"\xd0\xcf\x11\xe0\xa1\xb1", "a.xls"), "old_workbook")


if __name__ == "__main__":
    unittest.main()
