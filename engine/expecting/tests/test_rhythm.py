"""Days of payments, and the rhythm that is read from them."""

import random
from datetime import date, timedelta

import pytest

from engine.expecting.rhythm import AFTER, BEFORE, MONTH_END, PERIODS, Rhythm, fit

from .samples import monthly, weekly


@pytest.mark.parametrize("day", [1, 5, 15, 28])
@pytest.mark.parametrize("shift", ["same", BEFORE, AFTER])
def test_a_day_of_the_month_is_found_with_its_shift(day, shift):
    found = fit(monthly(18, day, shift=shift)).rhythm
    assert (found.period, found.day) == ("month", day)
    assert [found.due(found.nearest(each)) for each in monthly(18, day, shift=shift)] == monthly(18, day, shift=shift)


def test_month_end_follows_the_length_of_the_month():
    days = monthly(14, MONTH_END)
    assert date(2025, 2, 28) in days and date(2025, 3, 31) in days
    found = fit(days)
    assert found.rhythm.day == MONTH_END and found.deviation == 0
    assert found.rhythm.after(days[-1]) == date(2026, 3, 31)


def test_the_last_working_day_is_the_month_end_moved_before_a_weekend():
    found = fit(monthly(14, MONTH_END, shift=BEFORE)).rhythm
    assert (found.day, found.shift) == (MONTH_END, BEFORE)
    assert found.due(found.nearest(date(2026, 5, 29))) == date(2026, 5, 29)


@pytest.mark.parametrize(("name", "days"), [("week", 7), ("fortnight", 14), ("four_weeks", 28)])
def test_weeks(name, days):
    assert fit(weekly(12, days=days)).rhythm.period == name


@pytest.mark.parametrize(("name", "months"), [("two_months", 2), ("quarter", 3), ("half_year", 6), ("year", 12)])
def test_months(name, months):
    days = [Rhythm("month", date(2020, 1, 20), 20).due(number * months) for number in range(6)]
    found = fit(days).rhythm
    assert found.period == name
    assert found.after(days[-1]) == Rhythm("month", date(2020, 1, 20), 20).due(6 * months)


def test_a_few_days_off_and_one_missing_are_still_a_rhythm():
    rng = random.Random(4)
    days = [day + timedelta(days=rng.randint(-2, 2)) for day in monthly(14, 10)]
    del days[6]
    found = fit(days)
    assert found.rhythm.period == "month" and found.covered > 0.9


def test_days_by_chance_are_no_rhythm():
    found = 0
    for seed in range(300):
        rng = random.Random(seed)
        day, days = date(2025, 1, 1), []
        while len(days) < 12:
            day += timedelta(days=rng.randint(1, 60))
            days.append(day)
        found += fit(days) is not None
    assert found <= 6, "of 300 payees who pay by chance, at most 2 % look regular"


def test_too_few_are_no_rhythm():
    assert fit(monthly(3)) is None
    assert fit([]) is None
    assert fit([date(2025, 1, 1)] * 9) is None


def test_dues_are_in_order_and_nearest_to_themselves():
    for name, period in PERIODS.items():
        rhythm = Rhythm(name, date(2024, 2, 29), 31 if period.months else 0, BEFORE)
        dues = rhythm.between(date(2024, 1, 1), date(2027, 1, 1))
        assert [day for _slot, day in dues] == sorted({day for _slot, day in dues})
        assert all(rhythm.nearest(day) == slot for slot, day in dues)
        assert rhythm.after(dues[0][1]) == dues[1][1]
