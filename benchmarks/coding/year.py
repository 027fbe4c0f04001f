"""Twelve months in a row: what is accepted alone teaches nothing, a sample of it is looked at, people do the rest."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from . import figures
from .methods import Method
from .rows import Row, Split
from .run import CHOOSING, PRECISION, guess

SAMPLE = 0.05
LEAST_ROWS = 1000


@dataclass
class Month:
    name: str
    rows: int = 0
    right: int = 0
    accepted: int = 0
    accepted_right: int = 0


@dataclass
class Year:
    """``feeds_on_itself``: the contrast, in which entries made alone are learned from as if people had made them."""

    threshold: float
    feeds_on_itself: bool
    months: list[Month] = field(default_factory=list)

    def halves(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """(right, accepted) of the first and of the second six months."""
        middle = len(self.months) // 2
        return tuple(
            (sum(month.accepted_right for month in part), sum(month.accepted for month in part))
            for part in (self.months[:middle], self.months[middle:])
        )


def last_year(split: Split) -> Split | None:
    """The same rows, cut so that twelve calendar months follow; None for a short or small past.

    Half a year must come before, and the months must hold 1,000 rows.
    """
    rows = (*split.past, *split.future)
    end = rows[-1].case.date
    cut = date(end.year, 1, 1) if end.month == 12 else date(end.year - 1, end.month + 1, 1)
    past = tuple(row for row in rows if row.case.date < cut)
    if not past or (cut - past[0].case.date).days < 180 or len(rows) - len(past) < LEAST_ROWS:
        return None
    return Split(split.name, cut, past, rows[len(past) :])


def run(make: Callable[[], Method], split: Split, feeds_on_itself: bool = False, seed: int = 1) -> Year:
    """Line by line: guess; over the threshold it is booked alone, else a person decides and it is learned."""
    at = len(split.past) - max(1, round(CHOOSING * len(split.past)))
    method, draw = make(), random.Random(seed)
    method.fit(split.past[:at])
    chosen = figures.scored(split.past[at:], guess(method, split.past[at:], "line"))
    year = Year(figures.touches(chosen, PRECISION)[2], feeds_on_itself)
    for row in split.future:
        found = method.guess_many([row])[0]
        is_right = found.label == row.truth
        is_alone = found.label is not None and found.confidence >= year.threshold
        _count(year, row, is_right, is_alone)
        if not is_alone or draw.random() < SAMPLE:
            method.learn(row)
        elif feeds_on_itself:
            method.learn(replace(row, truth=found.label))
    return year


def _count(year: Year, row: Row, is_right: bool, is_alone: bool) -> None:
    name = f"{row.case.date:%Y-%m}"
    if not year.months or year.months[-1].name != name:
        year.months.append(Month(name))
    month = year.months[-1]
    month.rows += 1
    month.right += is_right
    month.accepted += is_alone
    month.accepted_right += is_alone and is_right
