"""The weeks ahead as expected, corrected by what earlier forecasts did not know, and how far they were off.

Walk-forward: a forecast made at a Monday knows only what was known then, its correction only weeks that were over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from .outlook import Flow
from .weeks import HORIZON

ZERO = Decimal(0)
#: How much of what was known from below is taken, at most all: chosen on the past, for each distance apart.
_WEIGHTS = tuple(Decimal(quarter) / 4 for quarter in range(5))
#: Distances (in weeks) that are corrected alike.
_BUCKETS = ((0, 1), (1, 3), (3, 6), (6, 13))
#: Forecasts whose weeks are over, before a correction is learned; before an error is told.
LEAST_PAST, LEAST_TESTED = 8, 8
#: The newest forecasts teach the correction.
NEWEST = 39
#: Of the past balances, so many were within the range.
_WITHIN = 0.8
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Past:
    """A forecast as it would have been at ``at`` (a Monday), and what came: lists by week."""

    at: date
    known: Flow
    actual: Flow

    @property
    def over(self) -> int:
        """Weeks of it that are over: of a young one not all are."""
        return len(self.actual.ins)


@dataclass(frozen=True, slots=True)
class Correction:
    """``unknown``: (in, out) to be added each week; ``weights``: (in, out) of what is known from below."""

    weights: tuple[tuple[Decimal, Decimal], ...]
    unknown: tuple[tuple[Decimal, Decimal], ...]
    count: int = 0

    def of(self, known: Flow) -> Flow:
        sides = []
        for side, values in enumerate((known.ins, known.outs)):
            told = [
                _cents(self.weights[week][side] * value + self.unknown[week][side]) for week, value in enumerate(values)
            ]
            sides.append([max(value, ZERO) if side == 0 else min(value, ZERO) for value in told])
        return Flow(*sides)


NOTHING_LEARNED = Correction(((Decimal(1), Decimal(1)),) * HORIZON, ((ZERO, ZERO),) * HORIZON)


def learn(past: Sequence[Past], at: date) -> Correction:
    """From forecasts made before ``at``, and only from their weeks that were over then."""
    weights: list[tuple] = []
    unknown: list[tuple] = []
    count = 0
    for first, last in _BUCKETS:
        sides = []
        for side in range(2):
            pairs = _pairs(past, at, side, first, last)
            count = max(count, len(pairs) // (last - first))
            sides.append(_best(pairs) if len(pairs) >= LEAST_PAST else (Decimal(1), ZERO))
        weights += [(sides[0][0], sides[1][0])] * (last - first)
        unknown += [(sides[0][1], sides[1][1])] * (last - first)
    return Correction(tuple(weights), tuple(unknown), count)


def _pairs(past: Sequence[Past], at: date, side: int, first: int, last: int) -> list[tuple[Decimal, Decimal]]:
    found = []
    for each in past:
        weeks = min((at - each.at).days // 7, each.over)
        known, actual = each.known[side], each.actual[side]
        found += [(known[week], actual[week]) for week in range(first, min(last, weeks))]
    return found[-NEWEST * (last - first) :]


def _best(pairs: Sequence[tuple[Decimal, Decimal]]) -> tuple[Decimal, Decimal]:
    """(weight, unknown): the mean of what was not known is added, so that balances do not drift."""
    options = []
    for weight in _WEIGHTS:
        rest = sum((actual - weight * known for known, actual in pairs), ZERO) / len(pairs)
        error = sum(abs(actual - weight * known - rest) for known, actual in pairs)
        options.append((error, -weight, weight, rest))
    _error, _order, weight, rest = min(options)
    return weight, rest


def _cents(value: Decimal) -> Decimal:
    return value.quantize(_CENT, rounding=ROUND_HALF_UP)


# === HOW FAR IT WAS OFF === #


@dataclass(frozen=True, slots=True)
class Error:
    """Absolute weekly errors as parts of the turnover: the middle one and the one that 90 % do not exceed, of ``n``."""

    median: float | None = None
    most: float | None = None
    n: int = 0


@dataclass(frozen=True, slots=True)
class Test:
    """``turnover``: mean of what moved a week, in and out. ``errors``: ours by distance in weeks (0: all).

    ``average`` and ``last_year``: errors of the naive peers over the same weeks (the mean of the last 13 weeks; the
    same week a year before, over the weeks for which there is one, beside ``ours_last_year`` over the same ones).
    ``margin``: how far from the expected balance at the end of each week 80 % of the past balances were, at most.
    """

    forecasts: int
    first: date | None
    last: date | None
    turnover: Decimal
    errors: dict[int, Error]
    average: Error
    last_year: Error
    ours_last_year: Error
    margin: tuple[Decimal, ...] = ()


def measure(past: Sequence[Past], weekly: dict[date, tuple[Decimal, Decimal]], at: date) -> Test:
    """Walk-forward over ``past``.

    :param past: forecasts, oldest first, made a week apart
    :param weekly: {Monday: (in, out)} of the whole past, also of the year before
    """
    tested = [each for each in past if each.over == HORIZON][-26:]
    first = past[0].at if past else at
    tested = [each for each in tested if (each.at - first).days // 7 >= HORIZON]
    actual = [sum(pair) for each in tested for pair in zip(each.actual.ins, each.actual.outs, strict=True)]
    moved = [came - went for each in tested for came, went in zip(each.actual.ins, each.actual.outs, strict=True)]
    turnover = sum(moved, ZERO) / len(moved) if moved else ZERO
    if len(tested) < LEAST_TESTED or not turnover:
        nothing = Error()
        return Test(len(tested), None, None, turnover, {}, nothing, nothing, nothing)
    ours = [learn(past, each.at).of(each.known).net for each in tested]
    flat = [value for values in ours for value in values]
    peers = [_average(weekly, each.at) for each in tested for _week in range(HORIZON)]
    years = [_last_year(weekly, each.at, week) for each in tested for week in range(HORIZON)]
    both = [number for number, value in enumerate(years) if value is not None]
    errors = {0: _error(flat, actual, turnover)}
    for first_week, last_week in _BUCKETS:
        chosen = [n for n in range(len(flat)) if first_week <= n % HORIZON < last_week]
        errors[last_week] = _error([flat[n] for n in chosen], [actual[n] for n in chosen], turnover)
    return Test(
        len(tested),
        tested[0].at,
        tested[-1].at,
        _cents(turnover),
        errors,
        _error(peers, actual, turnover),
        _error([years[n] for n in both], [actual[n] for n in both], turnover),
        _error([flat[n] for n in both], [actual[n] for n in both], turnover),
        _margin(ours, tested),
    )


def _average(weekly: dict[date, tuple[Decimal, Decimal]], at: date) -> Decimal:
    weeks = [weekly.get(at - timedelta(weeks=back), (ZERO, ZERO)) for back in range(1, HORIZON + 1)]
    return sum((came + went for came, went in weeks), ZERO) / HORIZON


def _last_year(weekly: dict[date, tuple[Decimal, Decimal]], at: date, week: int) -> Decimal | None:
    day = at + timedelta(weeks=week - 52)
    if not weekly or day < min(weekly):
        return None
    return sum(weekly.get(day, (ZERO, ZERO)))


def _error(told: Sequence[Decimal], actual: Sequence[Decimal], turnover: Decimal) -> Error:
    off = sorted(abs(one - other) / turnover for one, other in zip(told, actual, strict=True))
    if not off:
        return Error()
    return Error(float(_quantile(off, 0.5)), float(_quantile(off, 0.9)), len(off))


def _quantile(ordered: Sequence[Decimal], level: float) -> Decimal:
    """By linear interpolation between the two nearest."""
    place = level * (len(ordered) - 1)
    low = int(place)
    part = Decimal(str(place - low))
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] * (1 - part) + ordered[high] * part


def _margin(ours: Sequence[Sequence[Decimal]], tested: Sequence[Past]) -> tuple[Decimal, ...]:
    found = []
    running = [ZERO] * len(tested)
    for week in range(HORIZON):
        for number, each in enumerate(tested):
            running[number] += each.actual.net[week] - ours[number][week]
        found.append(_cents(_quantile(sorted(map(abs, running)), _WITHIN)))
    return tuple(found)
