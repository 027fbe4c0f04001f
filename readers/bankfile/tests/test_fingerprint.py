"""Keys of lines: twins, overlaps, reused ids."""

from __future__ import annotations

import unittest
from dataclasses import replace
from datetime import date
from decimal import Decimal

from .. import BankFile, Statement, StatementLine, file_keys, keys


def line(day: int = 1, amount: str = "-5.00", text: str = "Coffee", **values) -> StatementLine:
    """A line of January 2024."""
    return StatementLine(date(2024, 1, day), Decimal(amount), text, **values)


def statement(*lines: StatementLine, name: str = "") -> Statement:
    """A statement of one account."""
    return Statement("DE1", "EUR", lines, name=name)


class TestKeys(unittest.TestCase):
    def test_twins_differ(self):
        self.assertEqual(len(set(keys(statement(line(), line(), line(2))))), 3)

    def test_overlapping_files_agree(self):
        lines = [line(day, text=text) for day in range(1, 32) for text in ("a", "a", "b")]
        first = keys(statement(*(item for item in lines if item.date.day <= 15)))
        second = keys(statement(*(item for item in lines if item.date.day >= 10)))
        self.assertEqual(len(set(first) & set(second)), 6 * 3)
        self.assertEqual(len(set(first) | set(second)), len(lines))

    def test_order_of_the_file_does_not_count(self):
        lines = [line(text=text) for text in "abab"]
        self.assertEqual(set(keys(statement(*lines))), set(keys(statement(*lines[::-1]))))

    def test_writing_does_not_count(self):
        plain = line(text="ACME GmbH, 17", account_number="DE 12")
        other = line(amount="-5", text="Acme  gmbh\n17", account_number="DE12")
        self.assertEqual(keys(statement(plain)), keys(statement(other)))

    def test_bank_id_holds_when_the_text_changes(self):
        first, second = line(bank_id="B1"), line(text="Other", bank_id="B1")
        self.assertEqual(keys(statement(first)), keys(statement(second)))
        self.assertNotEqual(keys(statement(first)), keys(statement(line(bank_id="B2"))))

    def test_reused_ids(self):
        reused = statement(line(text="a", bank_id="R"), line(text="b", bank_id="R"))
        first, second = keys(reused)
        self.assertNotEqual(first, second)
        self.assertTrue(first.startswith("fp:"))
        payment_and_return = statement(line(bank_id="R"), line(amount="5.00", bank_id="R"))
        self.assertEqual(len(set(keys(payment_and_return))), 2)

    def test_placeholders_are_no_ids(self):
        for bank_id in ("0", "NONREF", "NOTPROVIDED", "000000"):
            plain = keys(statement(line()))
            self.assertEqual(keys(statement(line(bank_id=bank_id))), plain)

    def test_accounts_are_apart_and_can_be_replaced(self):
        other = replace(statement(line()), account_number="DE2")
        self.assertNotEqual(keys(other), keys(statement(line())))
        self.assertEqual(keys(other, "de 1"), keys(statement(line())))


class TestFiles(unittest.TestCase):
    def test_twins_in_two_statements_of_a_file(self):
        bank_file = BankFile("mt940", (statement(line(), name="1"), statement(line(), name="2")))
        (first,), (second,) = file_keys(bank_file)
        self.assertNotEqual(first, second)

    def test_the_same_statement_twice(self):
        bank_file = BankFile("mt940", (statement(line(), line()), statement(line(), line())))
        first, second = file_keys(bank_file)
        self.assertEqual(first, second)


if __name__ == "__main__":
    unittest.main()
