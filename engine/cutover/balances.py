"""The bank's balance at the end of each day on which it moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Stretch:
    """One statement: what it opens and closes with, where it tells, and its movements as (day, amount)."""

    start: Decimal | None
    end: Decimal | None
    moves: tuple[tuple[date, Decimal], ...]


def running(stretches: list[Stretch]) -> tuple[Decimal | None, dict[date, Decimal]]:
    """(balance before the first movement, {day: balance at its end}).

    Statements that tell a balance are believed each for itself, so a missing statement between two of them spoils
    neither; what lies before the first one that tells is reckoned back. Nothing is known when none tells.
    """
    ordered = sorted((s for s in stretches if s.moves), key=lambda s: (s.moves[0][0], s.moves[-1][0]))
    opening = _opening(ordered)
    if opening is None:
        return None, {}
    balance, found = opening, {}
    for stretch in ordered:
        start = _start(stretch)
        balance = balance if start is None else start
        for day, amount in stretch.moves:
            balance += amount
            found[day] = balance
    return opening, found


def _start(stretch: Stretch) -> Decimal | None:
    if stretch.start is not None or stretch.end is None:
        return stretch.start
    return stretch.end - _sum(stretch)


def _sum(stretch: Stretch) -> Decimal:
    return sum((amount for _day, amount in stretch.moves), Decimal(0))


def _opening(ordered: list[Stretch]) -> Decimal | None:
    before = Decimal(0)
    for stretch in ordered:
        start = _start(stretch)
        if start is not None:
            return start - before
        before += _sum(stretch)
    return None
