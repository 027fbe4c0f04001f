"""Whether a proposal books what people booked: the whole entry, to the cent and to the tax."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from typing import Any

SAME, DIFFERS = "same", "differs"


def compare(
    proposed: Mapping[str, Any], booked: Mapping[str, Any], twin: Callable[[int], Hashable] | None = None
) -> tuple[str, tuple[str, ...]]:
    """``(same | differs, what differs)``: parts of ``items``, ``account``, ``amount``, ``tax``, ``analytic``, ``open``.

    :param proposed: a ``bank_match`` or ``bank_coding`` proposal
    :param booked: what people made of the line, in the same form
    :param twin: what an item must share with another so that settling either leaves the same books
    """
    what = []
    name = twin or (lambda item: item)
    if _items(proposed, name) != _items(booked, name):
        what.append("items")
    if Decimal(proposed.get("remainder") or 0) != Decimal(booked.get("remainder") or 0):
        what.append("open")
    mine, theirs = _rows(proposed), _rows(booked)
    for code, parts in (("account", 1), ("amount", 2), ("tax", 3), ("analytic", 4)):
        if code == "amount":
            same = _sums(mine, 1) == _sums(theirs, 1)
        elif code == "account":
            same = {row[0] for row in mine} == {row[0] for row in theirs}
        else:
            same = _sums(mine, parts) == _sums(theirs, parts)
        if not same and not ({"account", "amount"} & set(what)):
            what.append(code)
    return (DIFFERS, tuple(what)) if what else (SAME, ())


def _items(proposal: Mapping[str, Any], name: Callable[[int], Hashable]) -> Counter:
    sums: Counter = Counter()
    for row in proposal.get("counterparts") or ():
        sums[name(row["move_line_id"])] += Decimal(row["amount"])
    return sums


def _rows(proposal: Mapping[str, Any]) -> list[tuple]:
    """(account, amount, taxes, analytic) of what goes to accounts."""
    rows = [*(proposal.get("write_off") or ()), *(proposal.get("lines") or ())]
    return [
        (
            row["account_id"],
            Decimal(row["amount"]),
            tuple(sorted(row.get("tax_ids") or ())),
            tuple(sorted((key, round(share, 4)) for key, share in (row.get("analytic_distribution") or {}).items())),
        )
        for row in rows
    ]


def _sums(rows: list[tuple], parts: int) -> dict[tuple, Decimal]:
    """Amounts by account and, with more parts, by taxes and analytic distribution: how rows are cut says nothing."""
    sums: Counter = Counter()
    for account, amount, taxes, analytic in rows:
        sums[account, taxes if parts > 2 else None, analytic if parts > 3 else None] += amount
    return {key: amount for key, amount in sums.items() if amount}
