"""How much a recurring payment will be: the same, the same since a step, as a year ago, or between what it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from .values import FIXED, INDEXED, RANGE, SEASONAL, Amounts

#: Amounts that differ by less are the same: cents of a rate, a fee.
_SAME = Decimal("0.005")
#: An indexed payment may step by so much: the widest rise of rents and wages that is usual in a year.
_STEP = Decimal("0.12")
_LAST = 12
_LEVEL = 3  # payments at one level, before it is believed
_YEAR, _NEAR_YEAR = 365, 20
#: The year before must have told this much better than the last payment did.
_BETTER = Decimal("0.7")
_LEAST_SEASONS = 6
#: What varies has not shown all yet: its range is widened by this part of its width, and of its level.
_WIDER, _MARGIN = Decimal("0.25"), Decimal("0.05")
#: After so many payments what varies has shown between what it does.
_SHOWN = 6
_CENT = Decimal("0.01")


def read(days: Sequence[date], amounts: Sequence[Decimal]) -> Amounts:
    """What the next one will be.

    :param days: of the payments, in order
    :param amounts: of the payments, without sign; at least one
    """
    level = _level(amounts)
    if level:
        return level
    seasonal = _seasonal(days, amounts)
    if seasonal:
        return seasonal
    found = _range(amounts[-_LAST:])
    before = _range(amounts[-_LAST - 1 : -1]) if len(amounts) > _SHOWN else found
    # One payment far from all before it is odd, and no part of what is usual yet.
    return found if before.holds(amounts[-1]) else before


def _range(amounts: Sequence[Decimal]) -> Amounts:
    low, high = min(amounts), max(amounts)
    margin = (high - low) * _WIDER + high * _MARGIN
    return _rounded(RANGE, median(amounts[-6:]), low - margin, high + margin)


def _level(amounts: Sequence[Decimal]) -> Amounts | None:
    """The last payments were the same; before them it may have stood at other levels. One or two payments of another
    amount after a level are not the price yet."""
    for skipped in range(_LEVEL):
        told = amounts[: len(amounts) - skipped]
        same = _same_at_end(told)
        least = _LEVEL if skipped else min(_LEVEL, len(amounts) - 1)
        if same >= least and (same == len(told) or _levels(told) * _LEVEL <= len(told)):
            return _priced(told, same)
    return None


def _same_at_end(amounts: Sequence[Decimal]) -> int:
    same = 0
    for amount in reversed(amounts):
        if not is_same(amount, amounts[-1]):
            break
        same += 1
    return same


def _priced(amounts: Sequence[Decimal], same: int) -> Amounts:
    last = amounts[-1]
    before = amounts[-same - 1] if same < len(amounts) else last
    if before == last or abs(last - before) > _STEP * before:
        # A new contract rather than an index: what it is now counts.
        return _rounded(FIXED, last, last * (1 - _SAME), last * (1 + _SAME))
    return _rounded(INDEXED, last, last * (1 - _SAME), last * (1 + _STEP))


def is_same(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts are one price."""
    return abs(one - other) <= max(abs(one), abs(other)) * _SAME


def _levels(amounts: Sequence[Decimal]) -> int:
    pairs = zip(amounts, amounts[1:], strict=False)
    return 1 + sum(not is_same(before, after) for before, after in pairs)


def _seasonal(days: Sequence[date], amounts: Sequence[Decimal]) -> Amounts | None:
    """The payment a year before told each one better than the one just before it did."""
    pairs = []
    for number, day in enumerate(days):
        before = _year_before(days, number, day)
        if before is not None and number:
            pairs.append((amounts[number], amounts[before], amounts[number - 1]))
    if len(pairs) < _LEAST_SEASONS:
        return None
    by_year = sum(abs(amount - year) for amount, year, _last in pairs)
    by_last = sum(abs(amount - last) for amount, _year, last in pairs)
    if by_year > by_last * _BETTER:
        return None
    gaps = [days[n + 1] - days[n] for n in range(len(days) - 1)]
    coming = days[-1] + sorted(gaps)[len(gaps) // 2]
    base = _year_before(days, len(days), coming)
    if base is None:
        return None
    recent = pairs[-_LAST:]
    growth = sum(amount for amount, _year, _last in recent) / (sum(year for _amount, year, _last in recent) or 1)
    expected = amounts[base] * growth
    error = max(abs(amount - year * growth) for amount, year, _last in recent)
    error = max(error, expected * _MARGIN)
    return _rounded(SEASONAL, expected, expected - error, expected + error)


def _year_before(days: Sequence[date], number: int, day: date) -> int | None:
    """The number of the payment that lies a year before ``day``."""
    best = None
    for other in range(number - 1, -1, -1):
        off = abs((day - days[other]).days - _YEAR)
        if off <= _NEAR_YEAR and (best is None or off < best[0]):
            best = (off, other)
        if (day - days[other]).days > _YEAR + _NEAR_YEAR:
            break
    return best[1] if best else None


def _rounded(pattern: str, expected: Decimal, low: Decimal, high: Decimal) -> Amounts:
    expected, low, high = (
        value.quantize(_CENT, rounding=ROUND_HALF_UP) for value in (expected, max(low, Decimal(0)), high)
    )
    return Amounts(pattern, expected, min(low, expected), max(high, expected))
