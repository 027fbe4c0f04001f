"""Forecasts as they would have been: at each Monday of the past, from what was known on that day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from .forecast import Past
from .habits import Habits
from .outlook import Coming, Event, Flow, by_week, claims_ahead, recurring_ahead
from .recognise import recognise
from .values import FIXED, INDEXED, Claim, Movement, Series
from .weeks import HORIZON, monday

ZERO = Decimal(0)
#: Forecasts of the past that are made again.
REPLAYED = 52
#: Weeks after which habits are read anew: they change slowly.
_HABITS = 4
#: Weeks of past before the first.
_BEFORE = 13
#: The chance that the next one comes as foretold, by the rule of succession: for the weeks ahead, for a finding when it
#: does not come.
LEAST_LIKELY, LEAST_SURE = 0.6, 0.75


def chance(hits: int, trials: int) -> float:
    """That the next one comes as foretold, after so many that did: Laplace's rule of succession."""
    return (hits + 1) / (trials + 2)


def is_likely(series: Series) -> bool:
    """Whether it stands among the weeks ahead."""
    return series.trials > 0 and chance(series.hits, series.trials) >= LEAST_LIKELY


def is_sure(series: Series) -> bool:
    """Whether it is a finding when it does not come."""
    return series.trials > 1 and chance(series.hits, series.trials) >= LEAST_SURE


def tells_amount(pattern: str, hits: int, held: int) -> bool:
    """Whether it is a finding when it comes with another amount: of a price always, of what varies by its record."""
    if pattern in (FIXED, INDEXED):
        return True
    return hits > 1 and chance(held, hits) >= LEAST_SURE


def weekly(movements: Sequence[Movement]) -> dict[date, tuple[Decimal, Decimal]]:
    """{Monday: (in, out)}; every week from the first to the last."""
    found: dict[date, tuple[Decimal, Decimal]] = {}
    for movement in movements:
        week = monday(movement.day)
        came, went = found.get(week, (ZERO, ZERO))
        found[week] = (came + movement.amount, went) if movement.amount > 0 else (came, went + movement.amount)
    if found:
        week, last = min(found), max(found)
        while week < last:
            found.setdefault(week, (ZERO, ZERO))
            week += timedelta(weeks=1)
    return found


def coming_of(series: Series, number: int = 0) -> Coming:
    kind, _sep, told = series.key.partition(":")
    partner = int(told) if kind == "partner" else None
    return Coming(number, partner, series.direction, series.rhythm, series.amounts, series.last, purpose=series.purpose)


def ahead(claims: Sequence[Claim], habits: Habits, coming: Sequence[Coming], at: date) -> list[Event]:
    """All that is known on ``at`` of the weeks ahead."""
    items = claims_ahead(claims, habits, at)
    return items + recurring_ahead(coming, items, at)


def replay(movements: Sequence[Movement], claims: Sequence[Claim], until: date) -> list[Past]:
    """What would have been foretold on the Mondays before ``until``, beside what came.

    :param movements: in order of day
    :param claims: all, with the day on which they were settled
    :param until: the bank is known before this day
    """
    if not movements:
        return []
    flows, days = weekly(movements), [movement.day for movement in movements]
    last = monday(until)
    first = max(monday(movements[0].day) + timedelta(weeks=_BEFORE), last - timedelta(weeks=REPLAYED))
    memo: dict = {}
    found: list[Past] = []
    habits = Habits((), first)
    at = first
    while at < last:
        if len(found) % _HABITS == 0:
            habits = Habits(claims, at)
        known = movements[: bisect_left(days, at)]
        coming = [coming_of(series) for series in recognise(known, at, memo) if is_likely(series)]
        open_then = [claim for claim in claims if claim.known < at and (claim.settled is None or claim.settled >= at)]
        events = ahead(open_then, habits, coming, at)
        weeks = min(HORIZON, (last - at).days // 7)
        came = [flows.get(at + timedelta(weeks=week), (ZERO, ZERO)) for week in range(weeks)]
        actual = Flow([pair[0] for pair in came], [pair[1] for pair in came])
        found.append(Past(at, by_week(events, at), actual))
        at += timedelta(weeks=1)
    return found
