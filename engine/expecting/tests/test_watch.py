"""What did not come, came twice, at another time or with another amount."""

from datetime import date, timedelta
from decimal import Decimal

from engine.expecting.rhythm import Rhythm
from engine.expecting.values import Amounts
from engine.expecting.watch import Watched, findings, paired

from .samples import monthly, moved

GROUP = ("partner:7", "out", "EUR")
KNOWN = date(2026, 1, 20)


def watched(number=1, expected=1200, since=date(2025, 1, 1), margin=5, known=KNOWN, **values):
    amounts = Amounts("fixed", *(Decimal(each) for each in (expected, expected - margin, expected + margin)))
    return Watched(number, GROUP, Rhythm("month", date(2025, 1, 1), 1), amounts, since, known, **values)


def told(movements, *members, known=KNOWN):
    members = members or (watched(known=known),)
    times = paired(members, {GROUP: movements})
    return [(found.code, found.key, found.values) for each in members for found in findings(each, times[each.id])]


def codes(*args, **values):
    return [code for code, _key, _values in told(*args, **values)]


def test_all_came():
    assert told(moved(monthly(13), -1200)) == []


def test_rent_eleven_of_twelve():
    movements = moved(monthly(13), -1200)
    del movements[9]
    ((code, key, values),) = told(movements)
    assert (code, key) == ("expected_missing", "missing:2025-10-01")
    assert (values["seen"], values["due"], values["date"], values["amount"]) == (11, 12, "2025-10-01", "1200")


def test_what_may_still_come_is_not_missing():
    movements = moved(monthly(12), -1200)
    assert codes(movements, known=date(2026, 1, 6)) == []
    assert codes(movements, known=date(2026, 1, 8)) == ["expected_not_come"]


def test_three_in_a_row_seem_to_have_ended():
    ((code, _key, values),) = told(moved(monthly(10), -1200))
    assert (code, values["count"], values["last"]) == ("expected_stopped", 3, "2025-10-01")


def test_a_missing_wage_run_is_called_so():
    movements = moved(monthly(13), -1200)[:-1]
    assert codes(movements, watched(purpose="wages")) == ["expected_wages_missing"]


def test_twice_then_doubled():
    days = monthly(13)
    movements = moved(days, -1200) + moved([days[-1] + timedelta(days=2)], -1200, first_id=90)
    assert codes(movements) == ["expected_twice"]
    movements += moved([days[-2] + timedelta(days=2)], -1200, first_id=91)
    assert sorted(codes(movements)) == ["expected_doubled", "expected_twice"]


def test_another_amount():
    ((code, _key, values),) = told(moved(monthly(13), [-1200] * 12 + [-1350]))
    assert (code, values["amount"], values["usual"]) == ("expected_amount", "1350", "1200")


def test_late_and_early():
    days = monthly(13)
    assert codes(moved([*days[:-1], days[-1] + timedelta(days=9)], -1200)) == ["expected_late"]
    assert codes(moved([*days[:-1], days[-1] - timedelta(days=9)], -1200)) == ["expected_early"]


def test_what_is_quite_another_payment_is_not_it():
    movements = moved(monthly(12), -1200) + moved([date(2026, 1, 2)], -15, first_id=99)
    assert codes(movements) == ["expected_not_come"]


def test_another_amount_at_another_time_is_another_payment():
    assert codes(moved(monthly(13), -1200) + moved([date(2026, 1, 18)], -1500, first_id=99)) == []


def test_a_pause_asks_nothing():
    movements = moved(monthly(12), -1200)
    assert codes(movements, watched(paused=(date(2025, 12, 15), None))) == []
    assert codes(movements, watched(paused=(date(2025, 12, 15), date(2025, 12, 31)))) == ["expected_not_come"]


def test_what_ended_asks_nothing():
    assert codes(moved(monthly(12), -1200), watched(until=date(2025, 12, 31))) == []


def test_two_of_one_payee_are_told_apart_by_amount():
    days = monthly(13)
    small = watched(2, expected=20, margin=0)
    movements = moved(days, -1200) + moved(days[:-1], -20, first_id=50)
    ((code, _key, values),) = told(movements, watched(), small)
    assert (code, values["amount"]) == ("expected_not_come", "20")


def test_nothing_is_said_of_what_never_came():
    assert told([]) == []


def test_what_ended_and_comes_again():
    ((code, _key, values),) = told(moved(monthly(13), -1200), watched(until=date(2025, 12, 31)))
    assert (code, values["last"], values["date"]) == ("expected_again", "2025-12-31", "2026-01-01")
