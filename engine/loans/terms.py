"""What a loan is: principal, rate, dates, and what changed on the way. Money is ``Decimal`` in the loan's currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

#: How instalments are made: equal payments, equal redemptions, or interest until everything is due at the end.
KINDS = ("annuity", "linear", "bullet")
#: How days become a share of a year: equal months, 30 days each, actual days of 365 or 360.
BASES = ("30/360", "act/365", "act/360")
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Terms:
    """``rate``: percent a year. ``start``: interest runs from it. ``first``: the first instalment; the others follow
    every ``months``. ``count``: instalments. ``payment``: of an annuity without fee, if it was agreed and not computed.
    ``fee``: with each instalment."""

    kind: str
    principal: Decimal
    rate: Decimal
    start: date
    first: date
    count: int
    months: int = 1
    basis: str = "30/360"
    payment: Decimal | None = None
    fee: Decimal = Decimal(0)
    places: int = 2


@dataclass(frozen=True, slots=True)
class Change:
    """From ``date`` on: a new ``rate``, or ``extra`` was redeemed beside the plan. ``keeps``: ``payment`` (the term
    changes) or ``term`` (the payment does)."""

    date: date
    rate: Decimal | None = None
    extra: Decimal | None = None
    keeps: str = "term"


@dataclass(frozen=True, slots=True)
class Instalment:
    """``payment`` = ``interest`` + ``principal`` + ``fee``; ``before`` and ``after``: what is owed.
    ``is_extra``: beside the plan."""

    date: date
    payment: Decimal
    interest: Decimal
    principal: Decimal
    fee: Decimal
    before: Decimal
    after: Decimal
    is_extra: bool = False


def due_date(first: date, number: int, months: int) -> date:
    """The ``number``-th due date; the 31st becomes the last day of shorter months."""
    month = first.month - 1 + number * months
    year, month = first.year + month // _YEAR, month % _YEAR + 1
    following = date(year + month // _YEAR, month % _YEAR + 1, 1)
    return min(date(year, month, 1) + timedelta(days=first.day - 1), following - timedelta(days=1))


def share_of_year(since: date, until: date, basis: str) -> Decimal:
    """How much of a year lies between two days.

    30/360 is the European method (30E/360 of ISDA 2006, 4.16 (g)): the 31st counts as the 30th; the last day of
    February as the 30th too, so that month ends are a whole number of months apart.
    """
    if basis == "act/365":
        return Decimal((until - since).days) / 365
    if basis == "act/360":
        return Decimal((until - since).days) / 360
    days = (until.year - since.year) * 360 + (until.month - since.month) * 30 + _thirtieth(until) - _thirtieth(since)
    return Decimal(days) / 360


def _thirtieth(day: date) -> int:
    is_last = (day + timedelta(days=1)).month != day.month
    return 30 if is_last else min(day.day, 30)


def payment_of(balance: Decimal, rate: Decimal, months: int, count: int, places: int = 2) -> Decimal:
    """The equal payment that redeems ``balance`` in ``count`` instalments: P = B * r / (1 - (1 + r) ** -n), with the
    rate of one period r; B / n without interest."""
    period = rate * months / (100 * _YEAR)
    exact = balance * period / (1 - (1 + period) ** -count) if period else balance / count
    return rounded(exact, places)


def rounded(amount: Decimal, places: int) -> Decimal:
    """Half up, as banks do."""
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
