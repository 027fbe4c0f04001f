"""The weeks ahead: habits, what is known, the correction, and an error measured without looking ahead."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from engine.expecting import Claim
from engine.expecting.forecast import NOTHING_LEARNED, Past, learn, measure
from engine.expecting.habits import Habits
from engine.expecting.outlook import Flow, by_week, claims_ahead
from engine.expecting.recognise import recognise
from engine.expecting.replay import ahead, coming_of, replay, weekly
from engine.expecting.weeks import HORIZON, monday

from .samples import monthly, moved

AT = date(2026, 3, 18)


def claim(due, amount=100, partner=7, settled=None, **values):
    return Claim(partner, Decimal(amount), due, due - timedelta(days=30), settled, **values)


def test_a_payer_who_is_always_ten_days_late():
    past = [claim(date(2025, 12, day), settled=date(2025, 12, day) + timedelta(days=10)) for day in range(1, 9)]
    (event,) = claims_ahead([claim(date(2026, 3, 20))], Habits(past, AT), AT)
    assert (event.day, event.amount, event.part) == (date(2026, 3, 30), Decimal(100), "receivable")


def test_what_is_overdue_is_expected_by_those_that_took_as_long():
    delays = [0, 0, 0, 0, 20, 20]
    past = [claim(date(2025, 12, 1), settled=date(2025, 12, 1) + timedelta(days=delay)) for delay in delays]
    (event,) = claims_ahead([claim(date(2026, 3, 10))], Habits(past, AT), AT)
    assert event.day == date(2026, 3, 30)
    assert claims_ahead([claim(date(2025, 9, 10))], Habits(past, AT), AT) == [], "nobody ever paid so late"


def test_an_occurrence_that_has_its_bill_is_not_counted_twice():
    rent = moved(monthly(15), -1200)
    coming = [coming_of(series) for series in recognise(rent, AT)]
    habits = Habits([], AT)
    alone = by_week(ahead([], habits, coming, AT), AT)
    with_bill = by_week(ahead([claim(date(2026, 4, 1), -1200)], habits, coming, AT), AT)
    assert sum(alone.outs) == sum(with_bill.outs) == Decimal("-3600.00")
    assert sum(by_week(ahead([claim(date(2026, 4, 1), -1200, 8)], habits, coming, AT), AT).outs) == Decimal("-4800.00")


def world(seed, weeks=110):
    """A company: rent, wages, invoices that are paid late, small things; everything known as it happens."""
    rng = random.Random(seed)
    start = date(2024, 1, 1)
    movements = moved(monthly(25, 1, start), -3000, "partner:1") + moved(monthly(25, 25, start), -9000, "partner:2")
    claims = []
    for number in range(weeks * 5):
        day = start + timedelta(days=number * 7 // 5)
        due = day + timedelta(days=30)
        partner = rng.randint(10, 20)
        paid = due + timedelta(days=partner - 10 + rng.randint(0, 3))
        amount = Decimal(rng.randint(200, 1500))
        claims.append(Claim(partner, amount, due, day, paid if paid < start + timedelta(weeks=weeks) else None))
        if claims[-1].settled:
            movements += moved([paid], amount, f"partner:{partner}", first_id=1000 + number)
    movements += [
        replace(each, payee="")
        for each in moved([start + timedelta(days=rng.randint(0, 7 * weeks - 1)) for _ in range(weeks)], -120)
    ]
    return sorted(movements, key=lambda m: (m.day, m.ids)), claims, start + timedelta(weeks=weeks)


def test_beats_the_naive_peers_walk_forward():
    for seed in range(3):
        movements, claims, until = world(seed)
        past = replay(movements, claims, until)
        found = measure(past, weekly(movements), until)
        assert found.forecasts >= 20
        assert found.errors[0].median < found.average.median
        assert found.ours_last_year.median < found.last_year.median
        assert len(found.margin) == HORIZON and found.margin[12] > found.margin[0] > 0


def test_nothing_of_the_future_is_known():
    movements, claims, until = world(5)
    cut = monday(until) - timedelta(weeks=20)
    # What happens from the cut on is another world.
    other = [m for m in movements if m.day < cut] + moved([cut + timedelta(days=3)], 999999, "partner:3", first_id=9000)
    changed = [
        replace(each, settled=each.settled if each.settled and each.settled < cut else None)
        for each in claims
        if each.known < cut
    ]
    one = {past.at: past.known for past in replay(movements, claims, until) if past.at <= cut}
    two = {past.at: past.known for past in replay(other, changed, until) if past.at <= cut}
    assert one and one == two


def test_the_correction_uses_weeks_that_are_over_only():
    zero = [Decimal(0)] * HORIZON
    actual = Flow([Decimal(100)] * HORIZON, zero)
    past = [Past(date(2025, 1, 6) + timedelta(weeks=number), Flow(zero, zero), actual) for number in range(20)]
    assert learn(past, date(2025, 1, 6)) == NOTHING_LEARNED
    later = learn(past, date(2026, 1, 5))
    assert later.of(Flow(zero, zero)).ins == [Decimal("100.00")] * HORIZON
    early = learn(past, date(2025, 3, 10))
    assert early.unknown[0] == (Decimal(100), Decimal(0)) and early.unknown[12] == (Decimal(0), Decimal(0))


def test_a_young_company_is_told_no_error():
    movements = moved(monthly(3), -100)
    found = measure(replay(movements, [], date(2025, 4, 1)), weekly(movements), date(2025, 4, 1))
    assert found.errors == {} and found.average.n == 0
    assert replay([], [], AT) == []
