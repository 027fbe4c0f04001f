"""When a payment comes: every so many days or months, at a day of the month, moved off weekends."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from statistics import median
from typing import NamedTuple

MONTH_END = 31
SAME, BEFORE, AFTER = "same", "before", "after"
#: What happens to a day on a Saturday or Sunday.
SHIFTS = (SAME, BEFORE, AFTER)
_SATURDAY, _WEEK = 5, 7
_DAYS_OF_MONTH = 30.44


class Period(NamedTuple):
    """``days`` or ``months`` between two payments; within ``tolerance`` days it is on time; ``least`` payments show
    that it recurs at all."""

    days: int
    months: int
    tolerance: int
    least: int

    @property
    def length(self) -> float:
        return self.days or self.months * _DAYS_OF_MONTH


PERIODS = {
    "week": Period(7, 0, 2, 5),
    "fortnight": Period(14, 0, 3, 5),
    "four_weeks": Period(28, 0, 4, 4),
    "month": Period(0, 1, 5, 4),
    "two_months": Period(0, 2, 7, 4),
    "quarter": Period(0, 3, 10, 4),
    "half_year": Period(0, 6, 14, 3),
    "year": Period(0, 12, 21, 3),
}
#: Of the times at which it should have come, and of the payments, so many must fit.
LEAST_COVERED, LEAST_FITTING = 0.75, 0.75
#: Days of the month that are tried beside the last one.
_TRIED_DAYS = 6
#: Gaps differ from the period by so much at most, for it to be tried at all.
_SHORTEST_GAP, _LONGEST_GAP = 0.6, 1.5


@lru_cache(maxsize=65536)
def _month_day(number: int, day: int, shift: str) -> date:
    """The ``day`` of the month ``number`` (years * 12 + months), at most its last, moved off the weekend."""
    year, month = divmod(number, 12)
    found = date(year, month + 1, min(day, monthrange(year, month + 1)[1]))
    return _moved(found, shift)


def _moved(day: date, shift: str) -> date:
    over = day.weekday() - _SATURDAY
    if over < 0 or shift == SAME:
        return day
    return day - timedelta(days=over + 1) if shift == BEFORE else day + timedelta(days=2 - over)


def month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


@dataclass(frozen=True, slots=True)
class Rhythm:
    """``start``: a day on which it was due; ``day`` of the month (31: its last), unused for rhythms of weeks."""

    period: str
    start: date
    day: int = 0
    shift: str = SAME

    @property
    def tolerance(self) -> int:
        return PERIODS[self.period].tolerance

    @property
    def length(self) -> float:
        return PERIODS[self.period].length

    def due(self, slot: int) -> date:
        """The day of the time number ``slot``, counted from ``start``."""
        period = PERIODS[self.period]
        if period.months:
            return _month_day(month_number(self.start) + slot * period.months, self.day or self.start.day, self.shift)
        return _moved(self.start + timedelta(days=slot * period.days), self.shift)

    def nearest(self, day: date) -> int:
        """The slot whose day is nearest to ``day``; the earlier of two."""
        period = PERIODS[self.period]
        if period.months:
            guess = (month_number(day) - month_number(self.start)) // period.months
        else:
            guess = (day - self.start).days // period.days
        return min(range(guess - 1, guess + 3), key=lambda slot: (abs((self.due(slot) - day).days), slot))

    def between(self, first: date, last: date) -> list[tuple[int, date]]:
        """(slot, day) of all that are due from ``first`` to ``last``, both included."""
        slot = self.nearest(first) - 1
        found = []
        while True:
            day = self.due(slot)
            if day > last:
                return found
            if day >= first:
                found.append((slot, day))
            slot += 1

    def after(self, day: date) -> date:
        """The first that is due later than ``day``."""
        slot = self.nearest(day) - 1
        while self.due(slot) <= day:
            slot += 1
        return self.due(slot)


class Fit(NamedTuple):
    """``deviation``: mean distance in days, as a part of the tolerance."""

    rhythm: Rhythm
    covered: float
    fitting: float
    deviation: float


def fit(days: Sequence[date]) -> Fit | None:
    """The rhythm that these days follow, if they follow one.

    :param days: of the payments, sorted
    """
    distinct = sorted(set(days))
    if len(distinct) < min(period.least for period in PERIODS.values()):
        return None
    gap = median((after - before).days for before, after in zip(distinct, distinct[1:], strict=False))
    found = [
        best
        for name, period in PERIODS.items()
        if len(distinct) >= period.least
        and _SHORTEST_GAP * period.length <= gap <= _LONGEST_GAP * period.length
        and (best := _best(name, days))
    ]
    return min(found, key=_badness, default=None)


def _badness(fit: Fit) -> tuple[float, float]:
    return (round(2 - fit.covered - fit.fitting, 3), fit.deviation)


def _best(name: str, days: Sequence[date]) -> Fit | None:
    period = PERIODS[name]
    times = (days[-1] - days[0]).days / period.length + 1
    if len(days) < LEAST_COVERED * (times - 1) or times + 1 < LEAST_FITTING * len(days):
        return None
    found: Fit | None = None
    for rhythm in _candidates(name, days):
        fit = _measured(rhythm, days)
        if fit and (found is None or _badness(fit) < _badness(found)):
            found = fit
    return found


def _candidates(name: str, days: Sequence[date]) -> Iterable[Rhythm]:
    period = PERIODS[name]
    if not period.months:
        weekdays = Counter(day.weekday() for day in days)
        for weekday, _count in weekdays.most_common(2):
            starts = {(day.toordinal() % period.days): day for day in days if day.weekday() == weekday}
            for start in starts.values():
                yield Rhythm(name, start)
        return
    common = [day for day, _count in Counter(day.day for day in days).most_common(_TRIED_DAYS)]
    middle = sorted(day.day for day in days)[len(days) // 2]
    tried = dict.fromkeys([*common, middle, MONTH_END if max(common) >= 27 else middle])
    for start in {month_number(day) % period.months: day for day in days}.values():
        for day in tried:
            for shift in SHIFTS:
                yield Rhythm(name, start, day, shift)


def _measured(rhythm: Rhythm, days: Sequence[date]) -> Fit | None:
    """None as soon as too many days are no time of it."""
    slots: set[int] = set()
    distance, strangers, tolerance = 0, (1 - LEAST_FITTING) * len(days), rhythm.tolerance
    for day in days:
        slot = rhythm.nearest(day)
        off = abs((rhythm.due(slot) - day).days)
        distance += min(off, 2 * tolerance)
        if off <= tolerance and slot not in slots:
            slots.add(slot)
        else:
            strangers -= 1
            if strangers < 0:
                return None
    span = rhythm.nearest(days[-1]) - rhythm.nearest(days[0]) + 1
    covered = len(slots) / max(span, 1)
    if covered < LEAST_COVERED:
        return None
    return Fit(rhythm, covered, len(slots) / len(days), distance / len(days) / tolerance)
