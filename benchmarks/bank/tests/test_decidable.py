"""The definition of *decidable* on handmade books."""

import unittest
from datetime import date
from decimal import Decimal
from random import Random

from benchmarks.bank.company import make_company
from benchmarks.bank.decidable import judge
from benchmarks.bank.identity import Directory, one_slip, slipped, strongly_quoted, weakly_quoted
from benchmarks.bank.ledger import Open
from benchmarks.bank.values import (
    NOTHING,
    Booking,
    CompanyYear,
    Difference,
    Document,
    DocumentLine,
    Habit,
    Line,
    Part,
    Partner,
    Settlement,
    Truth,
)

HABIT = Habit("full", 0, 0.0, 1, True, False)
COMPANY = make_company(Random(1))


def partner(key, name, iban_known=False):
    return Partner(key, name, "BE", False, True, False, f"BE{key:014d}", iban_known, "EUR", "days30", HABIT, "")


def invoice(key, amount, who=1, day=date(2025, 1, 2), term="days30"):
    total = Decimal(amount)
    part = Part(key, date(2025, 2, 1), total, total)
    return Document(
        key=key,
        kind="invoice",
        partner=who,
        date=day,
        number=f"INV/2025/{key:05d}",
        reference=f"INV/2025/{key:05d}",
        currency="EUR",
        rate=Decimal(1),
        lines=(DocumentLine(total, "sale0"),),
        term=term,
        untaxed=total,
        taxes=(("sale0", Decimal("0.00")),),
        parts=(part,),
    )


def line(key, amount, text, day=date(2025, 1, 20)):
    return Line(key, 1, day, Decimal(amount), "EUR", text)


def pays(number, *items, case="one", **more):
    settlements = tuple(Settlement(900 + key, key, Decimal(amount), Decimal(amount)) for key, amount in items)
    return Truth(number, case, Booking(settlements, partner=1, **more), case)


def verdicts(documents, lines, truths):
    partners = {1: partner(1, "Kestrel Trading NV"), 2: partner(2, "Oakfield Foods BV")}
    year = CompanyYear(
        1, date(2025, 1, 1), "month", "normal", COMPANY, partners, tuple(documents), (),
        tuple(lines), {truth.line: truth for truth in truths},
    )  # fmt: skip
    return judge(year).truths


class TestDecidable(unittest.TestCase):
    def assert_verdict(self, expected, documents, lines, truths, number=1):
        truth = verdicts(documents, lines, truths)[number]
        self.assertEqual((truth.decidable, truth.verdict), expected)

    def test_name_and_amount(self):
        self.assert_verdict(
            (True, "one reading"),
            [invoice(1, "100.00"), invoice(2, "70.00")],
            [line(1, "100.00", "TRF KESTREL TRADING")],
            [pays(1, (1, "100.00"))],
        )

    def test_two_equal_items_without_a_reference(self):
        documents = [invoice(1, "100.00"), invoice(2, "100.00")]
        truth = [pays(1, (1, "100.00"))]
        self.assert_verdict((False, "several readings"), documents, [line(1, "100.00", "KESTREL TRADING")], truth)
        quoting = [line(1, "100.00", "KESTREL TRADING INV 2025 00001")]
        self.assert_verdict((True, "one reading"), documents, quoting, truth)

    def test_two_sets_of_one_sum(self):
        documents = [invoice(1, "100.00"), invoice(2, "60.00"), invoice(3, "40.00")]
        self.assert_verdict(
            (False, "several readings"),
            documents,
            [line(1, "100.00", "KESTREL TRADING")],
            [pays(1, (2, "60.00"), (3, "40.00"), case="several")],
        )

    def test_nobody_named(self):
        self.assert_verdict(
            (False, "no reading fits"),
            [invoice(1, "100.00")],
            [line(1, "100.00", "TRANSFER 88123")],
            [pays(1, (1, "100.00"))],
        )

    def test_invoice_of_tomorrow_is_not_meant(self):
        documents = [invoice(1, "100.00"), invoice(2, "100.00", day=date(2025, 1, 25))]
        self.assert_verdict(
            (True, "one reading"),
            documents,
            [line(1, "100.00", "KESTREL TRADING")],
            [pays(1, (1, "100.00"))],
        )

    def test_shortage_under_the_fee_cap(self):
        documents, fee = [invoice(1, "500.00")], Difference(801, "bank_fee", Decimal("-5.00"))
        truth = [pays(1, (1, "500.00"), case="fee", differences=(fee,))]
        silent = [line(1, "495.00", "KESTREL TRADING INV 1")]
        self.assert_verdict((False, "several readings"), documents, silent, truth)
        told = [line(1, "495.00", "KESTREL TRADING INV 1 CHARGES 5.00")]
        self.assert_verdict((True, "one reading"), documents, told, truth)

    def test_discount_in_time_and_too_late(self):
        documents = [invoice(1, "500.00", term="discount_included")]
        taken = Difference(801, "cash_discount", Decimal("-10.00"), item=1)
        in_time = [line(1, "490.00", "KESTREL TRADING", date(2025, 1, 12))]
        self.assert_verdict(
            (True, "one reading"),
            documents,
            in_time,
            [pays(1, (1, "500.00"), case="discount", differences=(taken,))],
        )
        late = [line(1, "490.00", "KESTREL TRADING", date(2025, 1, 13))]
        self.assert_verdict((True, "one reading"), documents, late, [pays(1, (1, "490.00"), case="partial")])

    def test_two_equal_lines_pay_two_equal_items(self):
        documents = [invoice(1, "100.00"), invoice(2, "100.00")]
        lines = [line(1, "100.00", "KESTREL TRADING"), line(2, "100.00", "KESTREL TRADING")]
        truths = [pays(1, (1, "100.00")), pays(2, (2, "100.00"))]
        judged = verdicts(documents, lines, truths)
        self.assertEqual([judged[n].twins for n in (1, 2)], [((1, 2),)] * 2)

    def test_the_other_line_quotes(self):
        documents = [invoice(1, "100.00"), invoice(2, "100.00")]
        lines = [line(1, "100.00", "KESTREL TRADING"), line(2, "100.00", "INV/2025/00002")]
        truths = [pays(1, (1, "100.00")), pays(2, (2, "100.00"))]
        self.assert_verdict((True, "by elimination"), documents, lines, truths)

    def test_second_payment_of_a_quoted_item(self):
        lines = [line(1, "100.00", "INV/2025/00001"), line(2, "100.00", "INV/2025/00001")]
        owed = Difference(801, "paid_twice", Decimal("100.00"), side="receivable")
        truths = [pays(1, (1, "100.00")), pays(2, case="paid_twice", differences=(owed,))]
        self.assert_verdict((True, "one reading"), [invoice(1, "100.00")], lines, truths, 2)

    def test_nothing_and_its_temptation(self):
        nothing = [Truth(1, NOTHING, Booking(remainder=Decimal("100.00")), "stray")]
        lines = [line(1, "100.00", "TERMINAL 4711 CARD TAKINGS")]
        self.assert_verdict((True, "nothing fits"), [invoice(1, "90.00")], lines, nothing)
        self.assert_verdict((False, "tempting"), [invoice(1, "100.00")], lines, nothing)


class TestIdentity(unittest.TestCase):
    def item(self, number):
        return Open(
            key=1, kind="invoice", document=1, partner=1, date=date(2025, 1, 1), due=None,
            residual=Decimal(1), residual_company=Decimal(1), total=Decimal(1), currency="EUR",
            role="receivable", names=(number,),
        )  # fmt: skip

    def test_ways_of_quoting(self):
        for text in ("INV/2025/00012", "inv 2025 00012", "RG 2025/12", "INV202500012", "25/00012"):
            self.assertTrue(strongly_quoted(line(1, "1", text), [self.item("INV/2025/00012")]), text)
        for text in ("INV/2025/00123", "RINV/2025/00012", "2024/00012", "20250001"):
            self.assertFalse(strongly_quoted(line(1, "1", text), [self.item("INV/2025/00012")]), text)

    def test_bare_sequence_and_slip(self):
        self.assertTrue(weakly_quoted(line(1, "1", "FACT 12"), [self.item("INV/2025/00012")]))
        self.assertFalse(weakly_quoted(line(1, "1", "FACT 120"), [self.item("INV/2025/00012")]))
        self.assertTrue(slipped(line(1, "1", "INV/2025/00021"), [self.item("INV/2025/00012")]))

    def test_names(self):
        directory = Directory({1: partner(1, "Maison Dupré Metaal SA"), 2: partner(2, "Weber AG")})
        for text in ("TRF MAISON DUPRE METAA", "MAISON DUPRE METAAL SA", "MAISON DUPER METAAL"):
            self.assertEqual(directory.parties(line(1, "1", text)), {1}, text)
        self.assertEqual(directory.parties(line(1, "1", "WEBERS KIOSK")), set())

    def test_one_slip(self):
        for other in ("1234", "1243", "1235", "123", "12344"):
            self.assertTrue(one_slip("1234", other), other)
        for other in ("4321", "12", "1256"):
            self.assertFalse(one_slip("1234", other), other)


if __name__ == "__main__":
    unittest.main()
