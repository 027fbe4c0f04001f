"""The weeks ahead from below: open items by the habit of who pays them, and what recurs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from .habits import Habits
from .rhythm import Rhythm
from .values import IN, Amounts, Claim
from .weeks import HORIZON, monday, week_of

RECEIVABLE, PAYABLE, REGISTERED, RECURRING, UNKNOWN = "receivable", "payable", "registered", "recurring", "unknown"
#: An occurrence is the open item of its partner when their days are no farther apart than this part of its period.
_SAME_TIME = 0.6
#: What is late by so much of its period is not expected any more.
_TOO_LATE = 0.5


@dataclass(frozen=True, slots=True)
class Coming:
    """An expected payment as the outlook needs it. ``last``: day of the last payment that was it."""

    id: int
    partner: int | None
    direction: str
    rhythm: Rhythm
    amounts: Amounts
    last: date | None
    until: date | None = None
    paused: tuple[date, date | None] | None = None
    purpose: str = ""


class Event(NamedTuple):
    """Money on a day: positive what comes in. ``ids``: of the claim or the expected payment; ``due``: of the claim."""

    part: str
    day: date
    amount: Decimal
    low: Decimal
    high: Decimal
    ids: tuple[int, ...] = ()
    due: date | None = None
    partner: int | None = None
    purpose: str = ""


def claims_ahead(claims: Iterable[Claim], habits: Habits, at: date) -> list[Event]:
    """When each claim that is open on ``at`` is paid; those that nobody expects any more are left out.

    What should have been paid before ``at`` is expected in the current week.
    """
    last = monday(at) + timedelta(weeks=HORIZON)
    found = []
    for claim in claims:
        day = habits.of(claim).day(claim.due, at)
        if day is None or day >= last:
            continue
        part = REGISTERED if claim.is_registered else RECEIVABLE if claim.amount > 0 else PAYABLE
        amount = claim.amount
        found.append(Event(part, max(day, at), amount, amount, amount, claim.ids, claim.due, claim.partner))
    return found


def recurring_ahead(coming: Sequence[Coming], open_claims: Sequence[Event], at: date) -> list[Event]:
    """The times at which expected payments are due, but those that stand among the open items already."""
    last = monday(at) + timedelta(weeks=HORIZON) - timedelta(days=1)
    taken = _claimed(open_claims)
    found = []
    for each in coming:
        for day in _due(each, at, last):
            if _is_claimed(taken, each, day):
                continue
            sign = 1 if each.direction == IN else -1
            told = sorted((sign * each.amounts.low, sign * each.amounts.high))
            found.append(
                Event(
                    RECURRING,
                    max(day, at),
                    sign * each.amounts.expected,
                    *told,
                    (each.id,),
                    day,
                    each.partner,
                    each.purpose,
                )
            )
    return found


def _due(each: Coming, at: date, last: date) -> list[date]:
    late = timedelta(days=round(_TOO_LATE * each.rhythm.length))
    slots = each.rhythm.between(at - late, last)
    if each.last:
        done = each.rhythm.nearest(each.last)
        slots = [(slot, day) for slot, day in slots if slot > done]
    return [day for _slot, day in slots if not _is_off(each, day)]


def _is_off(each: Coming, day: date) -> bool:
    if each.until and day > each.until:
        return True
    if not each.paused or day < each.paused[0]:
        return False
    return each.paused[1] is None or day <= each.paused[1]


def _claimed(events: Iterable[Event]) -> dict[tuple[int, bool], list[date]]:
    found: dict[tuple[int, bool], list[date]] = defaultdict(list)
    for event in events:
        if event.partner:
            found[event.partner, event.amount > 0].append(event.day)
    return found


def _is_claimed(taken: dict, each: Coming, day: date) -> bool:
    """Takes the nearest open item of the partner at that time, so that it stands for one occurrence only."""
    days = taken.get((each.partner, each.direction == IN)) if each.partner else None
    if not days:
        return False
    nearest = min(days, key=lambda other: abs((other - day).days))
    if abs((nearest - day).days) > _SAME_TIME * each.rhythm.length:
        return False
    days.remove(nearest)
    return True


class Flow(NamedTuple):
    """Money in and out of each week ahead; out is negative."""

    ins: list[Decimal]
    outs: list[Decimal]

    @property
    def net(self) -> list[Decimal]:
        return [came + went for came, went in zip(self.ins, self.outs, strict=True)]


def by_week(events: Iterable[Event], at: date) -> Flow:
    flow = Flow([Decimal(0)] * HORIZON, [Decimal(0)] * HORIZON)
    for event in events:
        week = week_of(event.day, at)
        if 0 <= week < HORIZON:
            side = flow.ins if event.amount > 0 else flow.outs
            side[week] += event.amount
    return flow
