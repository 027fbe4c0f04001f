"""The same cost twice: what a bank line, an expense or a provider's fees have booked already."""

from __future__ import annotations

from ..billing.told import NEAR, likeness
from ..matching.parties import mentions
from ..text import squeeze
from .case import BANK_LINE, EXPENSE, FEES, Case, Cost
from .duplicates import CREDIT_NOTE

#: A card is charged from a week before its bill to two months after.
_BEFORE, _AFTER = 7, 62
#: An expense carries the date of its receipt, or that of the journey.
_NEAR = 7
#: Numbers this long are not in a bank's text by chance.
_NUMBER = 5


def same_cost(case: Case) -> tuple[Cost, ...]:
    """Costs that are this bill's, nearest in time first."""
    bill = case.bill
    if bill.kind == CREDIT_NOTE or not bill.amount or not bill.date:
        return ()
    found = [cost for cost in case.costs if _fits(case, cost)]
    return tuple(sorted(found, key=lambda cost: (abs((cost.date - bill.date).days), cost.model, cost.key)))


def _fits(case: Case, cost: Cost) -> bool:
    bill = case.bill
    if cost.currency != bill.currency or cost.amount != bill.amount:
        return False
    days = (cost.date - bill.date).days
    if cost.kind == EXPENSE:
        return abs(days) <= _NEAR and _is_whose(case, cost)
    if cost.kind == BANK_LINE:
        return -_BEFORE <= days <= _AFTER and _is_whose(case, cost)
    return cost.kind == FEES and abs(days) <= _AFTER


def _is_whose(case: Case, cost: Cost) -> bool:
    """By the partner, the bill's number in the text, or the vendor's name there."""
    bill = case.bill
    if bill.vendor is not None and cost.partner == bill.vendor:
        return True
    number = squeeze(bill.number)
    if sum(map(str.isdigit, number)) >= _NUMBER and number in squeeze(cost.text):
        return True
    return bool(mentions(cost.text, bill.names)) or any(likeness(cost.text, name) >= NEAR for name in bill.names)
