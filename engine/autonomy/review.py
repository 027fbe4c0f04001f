"""Monetary-unit sampling: how much is wrongly posted at most, from looking at a few bookings.

Cell selection: the money is laid in a row and cut into cells of one interval; from each cell one unit of money is
drawn, and the booking it lies in is looked at. Bookings of an interval or more are all looked at. The bound is
Stringer's (K. Stringer, "Practical aspects of statistical sampling in auditing", ASA Business and Economic Statistics
Section (1963)): taintings from the largest to the smallest, each weighed with the step of the Poisson limit; see also
D. Leslie, A. Teitlebaum, R. Anderson, "Dollar-unit sampling" (1979), and AICPA "Audit Sampling". It is known to lie on
the safe side in practice, without a general proof for small samples.

The sample finds what is overstated in what was booked. It does not find what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_UP, Decimal
from random import Random
from typing import Any

from .bounds import ALPHA, poisson_upper

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Item:
    """A booking; ``amount`` without sign in the company's currency."""

    key: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """``interval``: money per drawn unit. ``large``: keys of bookings of an interval or more, all of them.
    ``drawn``: keys with how many units were drawn in them. ``cells``: how many units were drawn in all."""

    interval: Decimal
    total: Decimal
    large: tuple[int, ...]
    drawn: tuple[tuple[int, int], ...]
    cells: int

    @property
    def keys(self) -> tuple[int, ...]:
        return (*self.large, *(key for key, _hits in self.drawn))

    def to_json(self) -> dict[str, Any]:
        return {
            "interval": str(self.interval),
            "total": str(self.total),
            "large": list(self.large),
            "drawn": [list(row) for row in self.drawn],
            "cells": self.cells,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Plan:
        drawn = tuple((key, hits) for key, hits in values["drawn"])
        interval, total = Decimal(values["interval"]), Decimal(values["total"])
        return cls(interval, total, tuple(values["large"]), drawn, values["cells"])


@dataclass(frozen=True, slots=True)
class Conclusion:
    """All in money: ``known`` errors in what was looked at entirely, ``likely`` in all (projected), ``upper``: the
    wrongly posted value is below it, with the certainty asked for. ``errors``: bookings found wrong."""

    known: Decimal
    likely: Decimal
    upper: Decimal
    errors: int
    is_met: bool


def plan(items: Sequence[Item], tolerable: Decimal, seed: int, alpha: float = ALPHA) -> Plan:
    """Which bookings to look at, so that finding none wrong bounds the wrongly posted value by ``tolerable``.

    :param items: in a fixed order; those of no amount are never drawn
    :param seed: of the drawing; the same seed draws the same again
    """
    factor = Decimal(repr(poisson_upper(0, alpha))).quantize(Decimal("0.000001"), ROUND_UP)
    interval = tolerable / factor
    large = tuple(item.key for item in items if item.amount >= interval)
    small = [item for item in items if ZERO < item.amount < interval]
    total = sum((item.amount for item in items), ZERO)
    drawn, cells = _draw(small, interval, Random(seed))
    return Plan(interval, total, large, drawn, cells)


def _draw(items, interval, chance):
    """One unit of each cell; what lies beyond the end of the money is a unit without error."""
    laid = sum((item.amount for item in items), ZERO)
    cells = int((laid / interval).to_integral_value(ROUND_CEILING))
    hits: dict[int, int] = {}
    position, reached = 0, ZERO
    for cell in range(cells):
        point = interval * (cell + Decimal(repr(chance.random())))
        while position < len(items) and reached + items[position].amount <= point:
            reached += items[position].amount
            position += 1
        if position < len(items):
            key = items[position].key
            hits[key] = hits.get(key, 0) + 1
    return tuple(hits.items()), cells


def conclude(
    drawn_up: Plan,
    items: Mapping[int, Decimal],
    wrong: Mapping[int, Decimal],
    tolerable: Decimal,
    alpha: float = ALPHA,
) -> Conclusion:
    """What the sample says.

    :param items: {key: amount} of what was looked at
    :param wrong: {key: how much of it stands wrong}; what is left out was right
    """
    known = sum((wrong.get(key, ZERO) for key in drawn_up.large), ZERO)
    taints = []
    for key, hits in drawn_up.drawn:
        taint = min(wrong.get(key, ZERO) / items[key], Decimal(1))
        taints += [taint] * hits if taint else []
    likely = known + drawn_up.interval * sum(taints, ZERO)
    upper = known
    if drawn_up.cells:
        upper += drawn_up.interval * _stringer(sorted(taints, reverse=True), alpha)
    laid = drawn_up.total - sum((items[key] for key in drawn_up.large), ZERO)
    # More than all that lies there can't be wrong.
    upper = min(upper, known + laid)
    errors = sum(1 for key in drawn_up.keys if wrong.get(key))
    return Conclusion(known, likely, upper, errors, upper <= tolerable)


def _stringer(taints, alpha):
    """Units of money wrong at most, in intervals."""
    found, before = Decimal(repr(poisson_upper(0, alpha))), poisson_upper(0, alpha)
    for number, taint in enumerate(taints, 1):
        step = poisson_upper(number, alpha)
        found += Decimal(repr(step - before)) * taint
        before = step
    return found
