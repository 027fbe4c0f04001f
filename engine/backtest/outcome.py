"""Whether a proposal books what people booked: the whole entry, to the cent and to the tax."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Hashable, Mapping
from decimal import Decimal
from typing import Any

from ..vocabulary import CASH_DISCOUNT

SAME, DIFFERS = "same", "differs"


def compare(
    proposed: Mapping[str, Any],
    booked: Mapping[str, Any],
    partner_accounts: Container[int] = (),
    twin: Callable[[int], Hashable] | None = None,
) -> tuple[str, tuple[str, ...]]:
    """``(same | differs, what differs)``: parts of ``items``, ``open``, ``account``, ``amount``, ``tax``, ``analytic``.

    :param proposed: a ``bank_match`` or ``bank_coding`` proposal
    :param booked: what people made of the line, in the same form
    :param partner_accounts: receivables and payables, where the partner is part of the booking
    :param twin: what an item must share with another so that settling either leaves the same books
    """
    name = twin or (lambda item: item)
    what = []
    if _items(proposed, name) != _items(booked, name):
        what.append("items")
    if Decimal(proposed.get("remainder") or 0) != Decimal(booked.get("remainder") or 0):
        what.append("open")
    granted = {row["account_id"] for row in proposed.get("write_off") or () if row.get("reason") == CASH_DISCOUNT}
    mine, theirs = (_rows(proposal, partner_accounts, granted) for proposal in (proposed, booked))
    if {row[0] for row in mine} != {row[0] for row in theirs}:
        what.append("account")
    elif _sums(mine, 1) != _sums(theirs, 1):
        what.append("amount")
    elif _sums(mine, 2) != _sums(theirs, 2):
        what.append("tax")
    elif _sums(mine, 3) != _sums(theirs, 3):
        what.append("analytic")
    return (DIFFERS, tuple(what)) if what else (SAME, ())


def _items(proposal: Mapping[str, Any], name: Callable[[int], Hashable]) -> dict[Hashable, Decimal]:
    sums: Counter = Counter()
    for row in proposal.get("counterparts") or ():
        sums[name(row["move_line_id"])] += Decimal(row["amount"])
    return dict(sums)


def _rows(proposal: Mapping[str, Any], partner_accounts: Container[int], granted: Container[int]) -> list[tuple]:
    """(account, taxes, analytic, amount) of what goes to accounts. Of a cash discount the term decides the taxes."""
    partner = proposal.get("partner_id") or None
    found = []
    for row in (*(proposal.get("write_off") or ()), *(proposal.get("lines") or ())):
        account = row["account_id"]
        taxes = () if account in granted else tuple(sorted(row.get("tax_ids") or ()))
        analytic = sorted((key, round(share, 4)) for key, share in (row.get("analytic_distribution") or {}).items())
        owner = row.get("partner_id") or partner if account in partner_accounts else None
        found.append(((account, owner), taxes, tuple(analytic), Decimal(row["amount"])))
    return found


def _sums(rows: list[tuple], parts: int) -> dict[tuple, Decimal]:
    """Amounts by account and, with more parts, by taxes and analytic distribution: how rows are cut says nothing."""
    sums: Counter = Counter()
    for *key, amount in rows:
        sums[tuple(key[:parts])] += amount
    return {key: amount for key, amount in sums.items() if amount}
