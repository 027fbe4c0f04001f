"""How much a counterpart is owed: by the period that a text names, at the end of a month, or altogether."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from .settling_facts import Claim, Ledger, Period

#: Ends of months this far back: what a payment pays was closed then.
_CLOSED = timedelta(days=130)
#: Days on which the balance of a card was billed.
_BILLED = timedelta(days=60)
#: An accrual this old is still paid by itself.
_ACCRUED = timedelta(days=130)
PERIOD, UNTIL, BALANCE, STOOD, ACCRUED = (
    "due_period",
    "due_until",
    "due_balance",
    "due_stood",
    "due_accrued",
)


class Due(NamedTuple):
    """``amount`` is owed, with the books' sign. ``how``: reason code; ``day``: of what it says."""

    amount: Decimal
    how: str
    day: date


def dues(claim: Claim, day: date, period: Period | None, taken: Decimal) -> list[Due]:
    """What may be due of the claim at the end of ``day``, what says most first.

    :param taken: what earlier lines of the run settle of it
    """
    ledger = claim.ledger
    found = list(_of_period(ledger, day, period, taken)) if period else []
    found.append(Due(ledger.at(day) - taken, BALANCE, day))
    if not period:
        for stood in _days(claim, day):
            found.append(Due(_since(ledger, stood, day) - taken, STOOD, stood))
        found += [
            Due(amount, ACCRUED, when) for when, amount in reversed(ledger.accruals()) if day - _ACCRUED <= when <= day
        ]
    return [due for due in found if due.amount]


def owed(claim: Claim, day: date, period: Period | None, taken: Decimal) -> Decimal:
    """What a payment of that day should be: of the period that is told, else the whole balance."""
    if period:
        of_period = claim.ledger.accrued(period.first, period.last)
        if of_period:
            return of_period
    return claim.ledger.at(day) - taken


def exact(claim: Claim, worth: Decimal, day: date, period: Period | None, taken: Decimal) -> Due | None:
    """The due that ``worth`` is, if so much still stands there."""
    left = claim.ledger.at(day) - taken
    if left * worth <= 0 or abs(left) < abs(worth):
        return None
    return next((due for due in dues(claim, day, period, taken) if due.amount == worth), None)


def _of_period(ledger: Ledger, day: date, period: Period, taken: Decimal) -> Iterator[Due]:
    yield Due(ledger.accrued(period.first, period.last), PERIOD, period.last)
    if period.last <= day:
        yield Due(_since(ledger, period.last, day) - taken, UNTIL, period.last)
    # The entry that closes a period is often dated when it was filed.
    for when, amount in ledger.accruals():
        if period.last < when <= day:
            yield Due(amount, ACCRUED, when)


def _since(ledger: Ledger, stood: date, day: date) -> Decimal:
    """What stood there at the end of ``stood`` and was not paid until the end of ``day``."""
    return ledger.at(stood) + ledger.paid_at(day) - ledger.paid_at(stood)


def _days(claim: Claim, day: date) -> list[date]:
    """Days at whose end a balance may have been billed, the latest first."""
    if claim.topic == "card":
        return [each for each in reversed(claim.ledger.days) if day - _BILLED <= each <= day]
    found, end = [], day.replace(day=1) - timedelta(days=1)
    while end >= day - _CLOSED:
        found.append(end)
        end = end.replace(day=1) - timedelta(days=1)
    return found
