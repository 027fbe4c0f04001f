"""A lender's own plan: rows made complete, and checked against their own arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .terms import Instalment

ZERO = Decimal(0)
Problem = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file; what it does not say is None. ``line``: where it stands in the file."""

    line: int
    date: date
    payment: Decimal | None = None
    interest: Decimal | None = None
    principal: Decimal | None = None
    fee: Decimal | None = None
    balance: Decimal | None = None


def check(rows: Sequence[Row], principal: Decimal) -> tuple[tuple[Instalment, ...], list[Problem]]:
    """(instalments, problems) of a plan over ``principal``, what is owed before the first row.

    Problems are codes with the file's line: ``order``, ``incomplete``, ``sum``, ``balance``, ``negative``, ``total``,
    ``empty``.
    """
    if not rows:
        return (), [("empty", {})]
    found: list[Instalment] = []
    problems: list[Problem] = []
    owed = principal
    for place, row in enumerate(rows):
        if place and row.date < rows[place - 1].date:
            problems.append(("order", {"line": row.line, "date": row.date.isoformat()}))
        parts = _complete(row, owed)
        if parts is None:
            problems.append(("incomplete", {"line": row.line}))
            continue
        payment, interest, redeemed, fee = parts
        problems += _row_problems(row, parts, owed)
        found.append(Instalment(row.date, payment, interest, redeemed, fee, owed, owed - redeemed))
        owed -= redeemed
    if not problems and owed:
        problems.append(("total", {"open": str(owed), "principal": str(principal)}))
    return tuple(found), problems


def _complete(row: Row, owed: Decimal) -> tuple[Decimal, Decimal, Decimal, Decimal] | None:
    """(payment, interest, principal, fee): what one of them leaves out, the others and the balance tell."""
    fee = row.fee or ZERO
    payment, interest, redeemed = row.payment, row.interest, row.principal
    if redeemed is None and row.balance is not None:
        redeemed = owed - row.balance
    if redeemed is None and payment is not None and interest is not None:
        redeemed = payment - interest - fee
    if interest is None and payment is not None and redeemed is not None:
        interest = payment - redeemed - fee
    if redeemed is None or interest is None:
        return None
    return (redeemed + interest + fee if payment is None else payment), interest, redeemed, fee


def _row_problems(row: Row, parts, owed: Decimal) -> list[Problem]:
    payment, interest, redeemed, fee = parts
    found: list[Problem] = []
    if min(payment, interest, redeemed, fee) < 0:
        found.append(("negative", {"line": row.line}))
    if interest + redeemed + fee != payment:
        found.append(("sum", {"line": row.line, "payment": str(payment), "sum": str(interest + redeemed + fee)}))
    if row.balance is not None and owed - redeemed != row.balance:
        found.append(("balance", {"line": row.line, "balance": str(row.balance), "computed": str(owed - redeemed)}))
    return found
