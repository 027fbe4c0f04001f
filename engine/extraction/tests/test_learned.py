"""Layouts: what a person corrected is found on the next bill, wherever it moved; what is not his is left alone."""

import json
import unittest
from dataclasses import replace
from datetime import date

from .. import Box, Buyer, Context, Found, Layout, Reading
from ..learned import apply, learn
from .drawn import page

CONTEXT = Context(today=date(2026, 11, 21), buyer=Buyer(("Our Company Ltd",), "GB999999973"))
NAME, VAT = "Paper Mill Ltd", "GB123456782"


def bill(number="Q/77-A", total="115.00", day="03/04/2026", down=0.0, extra=(), code="20260001", name=NAME, vat=VAT):
    """A bill with odd labels; ``down`` moves everything below its head."""
    rows = [
        (0.05, 0.05, name),
        (0.05, 0.07, f"VAT {vat}"),
        (0.05, 0.09, "1 River Street"),
        (0.6, 0.15 + down, "Our sign"),
        (0.75, 0.15 + down, number),
        (0.6, 0.17 + down, "Booking code"),
        (0.75, 0.17 + down, code),
        (0.6, 0.19 + down, "Day of writing"),
        (0.75, 0.19 + down, day),
        (0.05, 0.4 + down, "Copy paper"),
        (0.75, 0.4 + down, total),
        *extra,
        (0.5, 0.7 + down, "Sum asked"),
        (0.75, 0.7 + down, total),
    ]
    return (page(rows),)


def corrected(**values):
    return {name: Found(value, value, None, 1.0, "person") for name, value in values.items()}


class TestLearned(unittest.TestCase):
    def setUp(self):
        self.layout = self.learned(bill(), number="Q/77-A", total="115.00", date="2026-04-03")

    def learned(self, pages, previous=None, reading=None, **values):
        told = corrected(vendor=NAME, vendor_vat=VAT, **values)
        return learn(pages, reading or Reading("bill"), told, previous, CONTEXT, "mill")

    def read(self, pages, reading=None, layouts=None):
        layouts = [self.layout] if layouts is None else layouts
        return apply(pages, reading or Reading("bill"), replace(CONTEXT, layouts=tuple(layouts)))

    def values(self, pages, **known):
        reading = self.read(pages, **known)
        return {name: reading.value(name) for name in ("number", "date", "total", "vendor")}

    def test_other_values_in_the_same_places(self):
        self.assertEqual(
            self.values(bill("Q/78-B", "9,230.00", "05/06/2026")),
            {"number": "Q/78-B", "date": "2026-06-05", "total": "9230.00", "vendor": NAME},
        )

    def test_a_longer_table_and_a_lower_block(self):
        extra = [(0.05, 0.42 + at * 0.02, "More paper 0.00") for at in range(8)]
        found = self.values(bill("Q/79-C", "80.00", "07/08/2026", 0.06, extra))
        self.assertEqual((found["number"], found["date"], found["total"]), ("Q/79-C", "2026-08-07", "80.00"))

    def test_the_reason_names_the_layout(self):
        reading = self.read(bill("Q/78-B"))
        [(code, values)] = reading.reasons
        self.assertEqual((code, values["key"], values["seen"]), ("layout", "mill", 1))
        self.assertIn("number", values["fields"])
        self.assertEqual(reading.fields["number"].source, "layout")
        self.assertIsNotNone(reading.fields["number"].box)

    def test_day_and_month_as_this_vendor_writes_them(self):
        american = self.learned(bill(), number="Q/77-A", date="2026-03-04")
        american = learn(
            bill(),
            Reading("bill"),
            {"date": Found("2026-03-04", "03/04/2026", Box(1, 0.75, 0.19, 0.9, 0.21), 1.0, "person")},
            american,
            CONTEXT,
        )
        self.assertEqual(self.read(bill(day="05/06/2026"), layouts=[american]).value("date"), "2026-05-06")

    def test_a_strangers_bill_is_left_alone(self):
        reading = Reading("bill", {"number": Found("X-1", confidence=0.5)})
        stranger = bill("X-2", name="Other Press GmbH", vat="DE136695976")
        self.assertIs(self.read(stranger, reading), reading)

    def test_another_vat_number_is_another_vendor(self):
        other = bill("X-2", vat="DE136695976")
        reading = Reading("bill", {"vendor_vat": Found("DE136695976", confidence=0.9)})
        self.assertIs(self.read(other, reading), reading)

    def test_two_vendors_that_are_equally_like_are_not_guessed(self):
        twin = Layout("twin", json.loads(json.dumps(self.layout.data)))
        reading = Reading("bill")
        self.assertIs(self.read(bill(), reading, [self.layout, twin]), reading)

    def test_what_is_read_surely_stays_where_nobody_corrected_it(self):
        reading = Reading("bill", {"number": Found("Q/77-A", "Q/77-A", None, 0.99)})
        layout = learn(bill(), reading, {}, None, CONTEXT, "mill")
        other = Reading("bill", {"number": Found("RIGHT-1", "RIGHT-1", None, 0.99), "vendor": Found(NAME, "", None, 1)})
        self.assertEqual(self.read(bill("Q/78-B"), other, [layout]).value("number"), "RIGHT-1")

    def test_a_bank_account_counts_only_where_it_is_printed(self):
        iban = "DE89370400440532013000"
        extra = [(0.05, 0.9, f"IBAN {iban}")]
        layout = self.learned(bill(extra=extra), vendor_iban=iban)
        self.assertEqual(self.read(bill("Q/78-B"), layouts=[layout]).value("vendor_iban"), "")
        moved = [(0.05, 0.9, "IBAN GB29NWBK60161331926819")]
        found = self.read(bill("Q/78-B", extra=moved), layouts=[layout])
        self.assertEqual(found.value("vendor_iban"), "GB29NWBK60161331926819")

    def test_a_due_date_that_is_not_printed_follows_the_date(self):
        layout = self.learned(bill(), date="2026-04-03", due_date="2026-05-03")
        found = self.read(bill(day="10/06/2026"), layouts=[layout])
        self.assertEqual(found.value("due_date"), "2026-07-10")

    def test_a_field_that_people_clear_is_left_out(self):
        layout = learn(bill(), Reading("bill"), {**corrected(vendor=NAME), "terms": Found("")}, None, CONTEXT, "mill")
        reading = Reading("bill", {"terms": Found("1 River Street", confidence=0.5)})
        self.assertEqual(self.read(bill("Q/78-B"), reading, [layout]).value("terms"), "")

    def test_places_that_were_right_by_chance_are_dropped(self):
        """A total that equals another number is parted from it by the next bill."""
        first = bill(total="50.00", extra=[(0.5, 0.75, "Cash given"), (0.75, 0.75, "50.00")])
        layout = self.learned(first, total="50.00")
        second = bill("Q/78-B", "30.00", extra=[(0.5, 0.75, "Cash given"), (0.75, 0.75, "100.00")])
        layout = self.learned(second, layout, number="Q/78-B", total="30.00")
        third = bill("Q/79-C", "42.00", extra=[(0.5, 0.75, "Cash given"), (0.75, 0.75, "60.00")])
        self.assertEqual(self.read(third, layouts=[layout]).value("total"), "42.00")
        self.assertEqual(layout.data["seen"], 2)

    def test_what_is_learned_is_plain_json(self):
        data = json.loads(json.dumps(self.layout.data))
        self.assertEqual(self.read(bill("Q/78-B"), layouts=[Layout("mill", data)]).value("number"), "Q/78-B")

    def test_what_is_learned_does_not_grow_for_ever(self):
        layout = self.layout
        for at in range(30):
            layout = self.learned(bill(f"Q/{at}-A", f"{at}.50"), layout, number=f"Q/{at}-A", total=f"{at}.50")
        self.assertLess(len(json.dumps(layout.data)), 30_000)

    def test_hostile_texts_are_texts(self):
        nasty = "(((((a+)+)+ .*[ %s {0} <b>"
        layout = self.learned(bill(nasty), number=nasty)
        self.assertEqual(self.read(bill("Q/78-B"), layouts=[layout]).value("vendor"), NAME)

    def test_nothing_on_the_page(self):
        self.assertEqual(self.read((page([]),)).fields, {})
        self.assertEqual(self.learned((page([]),), number="1").data["seen"], 1)
