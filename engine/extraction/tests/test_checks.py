"""Checks in code, and whether a picture says what its XML says."""

import unittest
from datetime import date
from decimal import Decimal

from .. import Context, Found, Item, Reading, TaxPart, agree, is_sure
from ..checks import check

CONTEXT = Context(date(2026, 11, 21))


def reading(taxes=(), items=(), confidence=1.0, source="text", **fields):
    told = {name: Found(value, value, None, confidence, source) for name, value in fields.items()}
    return Reading("bill", told, items, taxes)


class TestChecks(unittest.TestCase):
    def assertProblems(self, one, *codes):
        self.assertEqual(tuple(code for code, _values in check(one, CONTEXT).problems), codes)

    def test_good(self):
        self.assertProblems(
            reading(
                (TaxPart(Decimal(19), Decimal("100"), Decimal("19")),),
                (Item("a", Decimal("100")),),
                net="100.00",
                tax="19.00",
                total="119.00",
                date="2026-11-03",
                due_date="2026-11-17",
                vendor_iban="DE88200800000970375700",
                vendor_vat="DE136695976",
                currency="EUR",
            )
        )

    def test_each_check(self):
        self.assertProblems(reading(net="100", tax="19", total="129"), "totals")
        self.assertProblems(reading((TaxPart(Decimal(19), Decimal(100), Decimal(7)),)), "tax_base")
        self.assertProblems(reading((TaxPart(Decimal(19), Decimal(100), Decimal(19)),), tax="25"), "tax_sum")
        self.assertProblems(reading((), (Item("a", Decimal(90)),), net="100"), "items")
        self.assertProblems(reading(vendor_iban="DE88200800000970375701"), "iban")
        self.assertProblems(reading(vendor_vat="DE136695977"), "vat")
        self.assertProblems(reading(vendor_vat="29ECYJH5601L1Z8"))
        self.assertProblems(reading(date="2027-01-01"), "date_future")
        self.assertProblems(reading(date="2019-01-01"), "date_old")
        self.assertProblems(reading(date="2026-11-03", due_date="2026-10-01"), "due_before_date")
        self.assertProblems(reading(date="2026-11-03", due_date="2028-10-01"), "due_late")
        self.assertProblems(reading(service_from="2026-11-03", service_to="2026-10-01"), "service")
        self.assertProblems(reading(currency="XXQ"), "currency")

    def test_problems_of_others_stay(self):
        one = Reading("bill", problems=(("lines", {}), ("totals", {})))
        self.assertEqual([code for code, _values in check(one, CONTEXT).problems], ["lines"])

    def test_cents_of_cash_are_no_problem(self):
        self.assertProblems(reading(net="45.43", tax="2.73", total="48.15"))


class TestAgree(unittest.TestCase):
    def test_same(self):
        xml = reading(source="xml", total="119.00", number="RE 17", vendor="Alpha GmbH", date="2026-11-03")
        self.assertEqual(agree(xml, reading(total="119", number="RE-17", vendor="ALPHA", date="2026-11-03")), ())

    def test_a_picture_that_says_something_else(self):
        xml = reading(source="xml", total="119.00", vendor_iban="DE88200800000970375700")
        found = agree(xml, reading(total="219.00", vendor_iban="NL50INGB0683251309"))
        self.assertEqual([values["field"] for _code, values in found], ["total", "vendor_iban"])

    def test_what_was_read_badly_contradicts_nothing(self):
        xml = reading(source="xml", total="119.00")
        self.assertEqual(agree(xml, reading(total="219.00", confidence=0.5)), ())

    def test_what_stands_in_the_picture_was_only_misread(self):
        xml = reading(source="xml", number="RE-17")
        self.assertEqual(agree(xml, reading(number="4711"), "Rechnung RE-17 Kunde 4711"), ())

    def test_sure(self):
        self.assertTrue(is_sure("total", Found("1.00", source="xml")))
        self.assertTrue(is_sure("total", Found("1.00", source="person")))
        self.assertTrue(is_sure("total", Found("1.00", confidence=0.995)))
        self.assertFalse(is_sure("total", Found("1.00", confidence=0.98)))
        self.assertFalse(is_sure("total", Found("", source="xml")))
        self.assertFalse(is_sure("total", None))
