"""Which rows make which payout: by its reference, by transfers between the rows, or all of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from .values import PAYOUT, Settlement, SettlementRow


def grouped(rows: list[SettlementRow], name: str) -> tuple[Settlement, ...]:
    """The payouts of a file, in order of their dates; one for each currency where the file mixes them."""
    found: list[Settlement] = []
    for currency in dict.fromkeys(row.currency for row in rows):
        mine = [row for row in rows if row.currency == currency]
        if any(row.payout for row in mine):
            found += _by_reference(mine, name)
        elif any(row.kind == PAYOUT for row in mine):
            found += _by_transfers(mine, name)
        else:
            found.append(_settlement(mine, name))
    several = len(found) > 1
    counted = (
        replace(payout, reference=f"{payout.reference} / {place}") if several and payout.reference == name else payout
        for place, payout in enumerate(sorted(found, key=lambda payout: (payout.date, payout.reference)), 1)
    )
    return tuple(counted)


def _by_reference(rows, name):
    groups: dict[str, list[SettlementRow]] = {}
    last = ""
    for row in rows:
        # A fee or adjustment without a reference stands in the payout around it.
        last = row.payout or last
        groups.setdefault(last, []).append(row)
    first = next((key for key in groups if key), "")
    if groups.get("") and first:
        groups[first] = groups.pop("") + groups[first]
    return [_settlement(group, key or name) for key, group in groups.items()]


def _by_transfers(rows, name):
    """Activity of an account: each transfer pays out what stands there, or a part of it."""
    ordered = sorted(rows, key=lambda row: row.date)
    if rows and rows[0].date > rows[-1].date:
        # Newest first: within a day too.
        newest_last = list(reversed(rows))
        ordered = sorted(newest_last, key=lambda row: row.date)
    found, current = [], []
    for row in ordered:
        current.append(row)
        if row.kind == PAYOUT:
            reference = next(iter(row.references), "") or name
            found.append(_settlement(current, reference))
            current = []
    if current:
        found.append(replace(_settlement(current, name), amount=Decimal(0)))
    return found


def _settlement(rows, reference):
    transfers = [row for row in rows if row.kind == PAYOUT]
    others = tuple(row for row in rows if row.kind != PAYOUT)
    amount = -sum((row.net for row in transfers), Decimal(0))
    if not transfers:
        amount = sum((row.net for row in others), Decimal(0))
    elif others:
        # Some files write the transfer as a positive amount.
        total = sum((row.net for row in others), Decimal(0))
        amount = -amount if abs(-amount - total) < abs(amount - total) else amount
    days = [row.payout_date for row in rows if row.payout_date] or [row.date for row in transfers or rows]
    return Settlement(
        reference=reference,
        date=max(days),
        currency=rows[0].currency,
        amount=amount,
        rows=others,
        merchant=next((row.merchant for row in rows if row.merchant), ""),
    )
