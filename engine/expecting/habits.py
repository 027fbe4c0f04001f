"""How late each payer pays, and how late the company itself does: read from what was settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from .values import Claim

#: Claims that were settled in so many days before count; habits change.
_DAYS = 400
#: The newest of one payer.
_NEWEST = 30
#: With fewer own payments, as many of everybody's middle habit are added.
_ENOUGH = 4
#: Nothing is expected any more of what is older than the longest delay that was seen, and this much more.
_LONGER = 30


@dataclass(slots=True)
class Habit:
    """Days from due to paid, sorted."""

    delays: list[int] = field(default_factory=list)

    def day(self, due: date, at: date) -> date | None:
        """When a claim that is still open on ``at`` is paid: the middle of those that took at least as long; None when
        nobody ever took so long."""
        open_for = (at - due).days
        longer = [delay for delay in self.delays if delay >= open_for]
        if longer:
            return due + timedelta(days=longer[(len(longer) - 1) // 2])
        if open_for <= (self.delays[-1] if self.delays else 0) + _LONGER:
            return at
        return None


class Habits:
    """``of(claim)``: the habit behind a claim; what comes in, what goes out and what is registered apart."""

    def __init__(self, settled: Iterable[Claim], at: date) -> None:
        since = at - timedelta(days=_DAYS)
        own: dict[tuple, list[tuple[date, int]]] = defaultdict(list)
        for claim in settled:
            if claim.settled and since <= claim.settled < at:
                delay = (claim.settled - claim.due).days
                own[_side(claim), claim.partner].append((claim.settled, delay))
        everybody: dict[tuple, list[int]] = defaultdict(list)
        for (side, _partner), pairs in own.items():
            everybody[side] += [delay for _day, delay in _newest(pairs)]
        self._all = {side: Habit(_quartered(delays)) for side, delays in everybody.items()}
        self._own: dict[tuple, Habit] = {}
        for (side, partner), pairs in own.items():
            delays = [delay for _day, delay in _newest(pairs)]
            if len(delays) < _ENOUGH:
                delays += [round(median(everybody[side]))] * (_ENOUGH - len(delays))
            self._own[side, partner] = Habit(sorted(delays))

    def of(self, claim: Claim) -> Habit:
        side = _side(claim)
        return self._own.get((side, claim.partner)) or self._all.get(side) or Habit([0])


def _side(claim: Claim) -> tuple[bool, bool]:
    return claim.amount > 0, claim.is_registered


def _newest(pairs: Sequence[tuple[date, int]]) -> list[tuple[date, int]]:
    return sorted(pairs)[-_NEWEST:]


def _quartered(delays: Sequence[int]) -> list[int]:
    """At most 101 of many, evenly."""
    ordered = sorted(delays)
    if len(ordered) <= 101:
        return ordered
    return [ordered[round(step * (len(ordered) - 1) / 100)] for step in range(101)]
