"""Twins are found however they are written; the next bill, the corrected one and next year's are none."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine.anomaly import numbers
from engine.anomaly.duplicates import CREDIT_NOTE, Bill, Bills

DAY = date(2026, 3, 10)
BILL = Bill(
    1, vendor=7, names=("Acme Widgets BV",), number="INV-2026-00417", date=DAY, amount=Decimal("121.37"), currency="EUR"
)


def how(bill, *known):
    twins = Bills(known or (BILL,)).twins(bill)
    return twins[0].how if twins else None


def copy(**values):
    return replace(BILL, key=2, **values)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, "number"),
        ({"number": "inv 2026/417"}, "number"),
        ({"number": "INV2O26-OO417"}, "number"),  # letters O for zeros
        ({"number": "00417"}, "lost_prefix"),
        ({"number": "INV-2026-00471"}, "retyped"),
        ({"number": "INV-2026-0417"}, "number"),
        ({"date": DAY + timedelta(5)}, "number"),
        ({"date": DAY + timedelta(60)}, "number"),  # sent once more as a reminder
        ({"amount": Decimal("60.00")}, "other_amount"),  # pages scanned one by one
        ({"vendor": 8, "names": ("ACME WIDGETS",)}, "number"),
        ({"vendor": 8, "names": ("Quite Another",)}, "other_vendor"),
        ({"vendor": None, "names": ()}, "other_vendor"),
        ({"number": ""}, "no_number"),
        ({"number": "INV-2026-00418"}, None),
        ({"number": "INV-2026-00418", "amount": Decimal("99.00")}, None),
        ({"number": "", "date": DAY + timedelta(30)}, None),
        ({"kind": CREDIT_NOTE}, None),
        ({"number": "", "amount": Decimal(0)}, None),
        ({"currency": "USD", "number": "INV-2026-00418"}, None),
    ],
)
def test_one_bill_and_its_copy(values, found):
    assert how(copy(**values)) == found


def test_numbers_that_restart_each_year():
    january = replace(BILL, number="17", date=date(2025, 1, 5))
    assert how(replace(january, key=2, date=date(2026, 1, 5)), january) is None
    assert how(replace(january, key=2, date=date(2025, 1, 9)), january) == "number"


def test_a_number_of_the_customer_is_none():
    months = [
        replace(BILL, key=n, number="8812345", date=date(2026, n, 1), amount=Decimal(50 + n)) for n in range(1, 6)
    ]
    assert how(replace(months[0], key=9, date=date(2026, 6, 1), amount=Decimal(90)), *months) is None
    assert how(replace(months[0], key=9, date=date(2026, 6, 1), amount=Decimal(90)), *months[:2]) == "other_amount"


def test_the_same_file():
    known = replace(BILL, contents=frozenset({"aa"}))
    assert how(Bill(2, contents=frozenset({"aa"})), known) == "content"


def test_a_corrected_bill_after_a_credit_note():
    note = replace(BILL, key=3, kind=CREDIT_NOTE, number="CN-1", date=DAY + timedelta(1))
    again = copy(number="", date=DAY + timedelta(2))
    assert how(again) == "no_number"
    assert how(again, BILL, note) is None
    assert how(copy(date=DAY + timedelta(2)), BILL, note) == "number", "the very same number is a copy all the same"
    assert how(again, replace(BILL, is_credited=True)) is None


def test_two_credit_notes_are_twins():
    note = replace(BILL, kind=CREDIT_NOTE)
    assert how(copy(kind=CREDIT_NOTE), note) == "number"


def test_receipts_of_one_shop_repeat():
    parking = Bill(1, vendor=3, date=DAY, amount=Decimal("2.50"), currency="EUR")
    assert how(replace(parking, key=2), parking) == "no_number"
    assert how(replace(parking, key=3), parking, replace(parking, key=2)) is None


def test_what_stops_comes_first():
    near = replace(BILL, key=5, vendor=8, names=("Quite Another",), number="00417")
    assert [twin.severity for twin in Bills((near, BILL)).twins(copy())] == ["stop", "warn"]


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("1904937495", "1904937496", numbers.SEQUENCE),
        ("2026-9", "2026-10", numbers.SEQUENCE),
        ("2026-1", "2026-11", numbers.SEQUENCE),
        ("1904937495", "1904397495", numbers.SLIP),
        ("1904937495", "19049374955", numbers.SLIP),
        ("AB12345", "12345", numbers.PREFIX),
        ("12345", "12345/A", numbers.PREFIX),
        ("17", "INV-17", numbers.OTHER),
        ("", "17", numbers.MISSING),
        ("№", "17", numbers.MISSING),
    ],
)
def test_numbers(one, other, relation):
    assert numbers.compare(one, other) == numbers.compare(other, one) == relation
