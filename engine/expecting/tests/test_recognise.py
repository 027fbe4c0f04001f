"""Payees' movements become streams with amounts and a record."""

import random
from datetime import date, timedelta
from decimal import Decimal

from engine.expecting.amounts import read
from engine.expecting.recognise import grouped, recognise
from engine.expecting.replay import is_sure

from .samples import monthly, moved, weekly

UNTIL = date(2026, 3, 20)


def test_rent_is_fixed_and_its_record_is_told():
    (rent,) = recognise(moved(monthly(14), -1200), UNTIL)
    assert (rent.direction, rent.rhythm.period, rent.amounts.pattern) == ("out", "month", "fixed")
    assert rent.amounts.expected == Decimal("1200.00")
    assert (rent.hits, rent.trials) == (10, 10)


def test_an_index_continues_the_same_rent():
    found = recognise(moved(monthly(15), [-1200] * 9 + [-1230] * 6), UNTIL)
    assert len(found) == 1
    assert (found[0].amounts.pattern, found[0].amounts.expected) == ("indexed", Decimal("1230.00"))
    assert len(found[0].movements) == 15
    assert found[0].amounts.holds(Decimal("-1290")) and not found[0].amounts.holds(Decimal("-1500"))


def test_one_payment_of_another_amount_is_not_the_price():
    (rent,) = recognise(moved(monthly(14), [-1200] * 13 + [-1450]), UNTIL)
    assert (rent.amounts.pattern, rent.amounts.expected) == ("fixed", Decimal("1200.00"))
    (rent,) = recognise(moved(monthly(15), [-1200] * 12 + [-1450] * 3), UNTIL)
    assert rent.amounts.expected == Decimal("1450.00"), "three at one level are the price"


def test_two_subscriptions_of_one_payee_on_one_day_are_two():
    days = monthly(14, 5)
    group = sorted(moved(days, -49.99) + moved(days, -19.99, first_id=100), key=lambda m: m.day)
    found = recognise(group, UNTIL)
    assert sorted(series.amounts.expected for series in found) == [Decimal("19.99"), Decimal("49.99")]


def test_a_bill_that_varies_is_a_range():
    rng = random.Random(1)
    found = recognise(moved(monthly(14, 20), [-rng.randint(80, 120) for _ in range(14)]), UNTIL)
    assert len(found) == 1 and found[0].amounts.pattern == "range"
    assert found[0].amounts.low < 100 < found[0].amounts.high
    assert found[0].hits >= 0.6 * found[0].trials


def test_heating_is_seasonal():
    days = monthly(36, 15, start=date(2023, 3, 1))
    winter = {1: 400, 2: 380, 3: 300, 4: 200, 5: 120, 6: 60, 7: 50, 8: 50, 9: 90, 10: 180, 11: 280, 12: 370}
    found = read(days, [Decimal(winter[day.month]) for day in days])
    assert (found.pattern, found.expected) == ("seasonal", Decimal("300.00"))


def test_what_ended_is_not_expected():
    assert recognise(moved(monthly(8), -1200), date(2026, 3, 20)) == []


def test_wages_paid_one_by_one_are_one_run():
    movements = []
    for number, day in enumerate(monthly(10, 25, start=date(2025, 5, 1))):
        for who in range(4):
            movements += moved(
                [day], -2000 - who, f"partner:{who}", "Employee", first_id=10 * number + who, account=55, text="Salary"
            )
    found = recognise(movements, UNTIL)
    assert [(series.key, series.amounts.expected) for series in found] == [("settles:55", Decimal("8006.00"))]
    assert found[0].purpose == "wages"


def test_customers_who_pay_by_chance_are_not_expected():
    surely = 0
    for seed in range(60):
        rng = random.Random(seed)
        day, days = date(2025, 1, 1), []
        while day < UNTIL:
            days.append(day)
            day += timedelta(days=rng.randint(5, 55))
        found = recognise(moved(days, [rng.randint(100, 5000) for _ in days]), UNTIL)
        surely += sum(is_sure(series) for series in found)
    assert surely <= 2


def test_a_weekly_payment():
    found = recognise(moved(weekly(60), -75), date(2026, 2, 20))
    assert [series.rhythm.period for series in found] == ["week"]


def test_unbooked_lines_of_a_payee_join_its_run():
    movements = []
    for day in monthly(5, 25, start=date(2025, 5, 1)):
        for who in range(2):
            movements += moved([day], -2000, f"partner:{who}", "Salary", first_id=who, account=55)
    movements += moved([date(2025, 10, 24)], -2000, "partner:0", "Salary", first_id=50, is_booked=False)
    assert set(grouped(movements)) == {("settles:55", "out", "EUR")}


def test_nobody_is_no_payee():
    assert recognise(moved(monthly(14), -10, payee=""), UNTIL) == []
