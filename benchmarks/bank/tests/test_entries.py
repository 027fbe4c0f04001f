"""Expected entries on handmade lines, reckoned by hand."""

import unittest
from dataclasses import replace
from datetime import date
from decimal import Decimal

from benchmarks.bank.entries import Bookkeeper
from benchmarks.bank.generator import generate
from benchmarks.bank.values import (
    Booking,
    Difference,
    Document,
    DocumentLine,
    Line,
    Part,
    Settlement,
    Truth,
)

DAY = date(2025, 3, 3)


def document(kind, lines, taxes, term="days30", currency="EUR", rate="1"):
    untaxed = sum(line.net for line in lines)
    total = untaxed + sum(tax for _key, tax in taxes)
    company = (total / Decimal(rate)).quantize(Decimal("0.01"))
    part = Part(1, DAY, total, company)
    return Document(
        key=1, kind=kind, partner=1, date=DAY, number="INV/2025/00001", reference="", currency=currency,
        rate=Decimal(rate), lines=tuple(lines), term=term, untaxed=untaxed, taxes=tuple(taxes), parts=(part,),
    )  # fmt: skip


class TestEntries(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        year = generate(1000, 20)
        cls.base = replace(year, payments=(), lines=(), truths={})

    def entry(self, invoice, amount, *differences, fee_tax=None, **line):
        settled = invoice.total * invoice.sign
        booked = Settlement(9, 1, settled if "foreign" not in line else Decimal(amount), settled)
        foreign = line.pop("foreign", None)
        company = replace(self.base.company, fee_tax=fee_tax)
        bank = Line(1, line.get("journal", 1), DAY, Decimal(amount), "EUR", "")
        if foreign:
            bank = replace(bank, foreign_amount=settled, foreign_currency=foreign)
        truth = Truth(1, "one", Booking((booked,), differences, partner=1), "")
        year = replace(self.base, company=company, documents=(invoice,), lines=(bank,), truths={1: truth})
        return Bookkeeper(year).entry(bank, truth)

    def rows(self, entry):
        return sorted((part.role, part.part, part.tax, str(part.balance)) for part in entry.lines)

    def test_included_discount_corrects_base_and_tax_of_both_rates(self):
        lines = [DocumentLine(Decimal("100.00"), "sale21"), DocumentLine(Decimal("50.00"), "sale15")]
        taxes = [("sale15", Decimal("7.50")), ("sale21", Decimal("21.00"))]
        invoice = document("invoice", lines, taxes, "discount_included")
        taken = Difference(8, "cash_discount", Decimal("-3.57"), item=1)
        self.assertEqual(
            self.rows(self.entry(invoice, "174.93", taken)),
            [
                ("bank1", "plain", "", "174.93"),
                ("discount_loss", "base", "sale15", "1.00"),
                ("discount_loss", "base", "sale21", "2.00"),
                ("receivable", "plain", "", "-178.50"),
                ("tax_sale", "tax", "sale15", "0.15"),
                ("tax_sale", "tax", "sale21", "0.42"),
            ],
        )

    def test_excluded_discount_is_one_line(self):
        lines = [DocumentLine(Decimal("100.00"), "purchase21")]
        bill = document("bill", lines, [("purchase21", Decimal("21.00"))], "discount_excluded")
        taken = Difference(8, "cash_discount", Decimal("3.00"), item=1)
        self.assertEqual(
            self.rows(self.entry(bill, "-118.00", taken)),
            [
                ("bank1", "plain", "", "-118.00"),
                ("discount_gain", "plain", "", "-3.00"),
                ("payable", "plain", "", "121.00"),
            ],
        )

    def test_fee_with_tax(self):
        invoice = document("invoice", [DocumentLine(Decimal("500.00"), "sale0")], [])
        kept = Difference(8, "bank_fee", Decimal("-12.10"))
        self.assertEqual(
            self.rows(self.entry(invoice, "487.90", kept, fee_tax="purchase21")),
            [
                ("bank1", "plain", "", "487.90"),
                ("fee", "base", "purchase21", "10.00"),
                ("receivable", "plain", "", "-500.00"),
                ("tax_purchase", "tax", "purchase21", "2.10"),
            ],
        )

    def test_exchange_gain(self):
        lines = [DocumentLine(Decimal("1100.00"), "sale0")]
        invoice = document("invoice", lines, [], currency="USD", rate="1.10")
        entry = self.entry(invoice, "1012.50", foreign="USD")
        self.assertEqual(entry.exchange, Decimal("12.50"))
        self.assertEqual(sum(part.balance for part in entry.lines), 0)

    def test_cash_basis_tax_becomes_due(self):
        lines = [DocumentLine(Decimal("100.00"), "sale21cash")]
        invoice = document("invoice", lines, [("sale21cash", Decimal("21.00"))])
        self.assertEqual(self.entry(invoice, "121.00").cash_basis, (("sale21cash", Decimal("-21.00")),))


if __name__ == "__main__":
    unittest.main()
