"""What a partner owes against what is owed to it: both settled to the smaller sum, the oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Side:
    """An open item: ``open`` in the company's currency, positive on its own side."""

    key: int
    open: Decimal
    due: date


@dataclass(frozen=True, slots=True)
class Netted:
    """``amount`` settles both sides; ``owed`` and ``owing`` are (item, amount) pairs that add up to it."""

    amount: Decimal
    owed: tuple[tuple[int, Decimal], ...] = ()
    owing: tuple[tuple[int, Decimal], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.amount)


def netted(owed: list[Side], owing: list[Side]) -> Netted:
    """``owed``: receivables, ``owing``: payables, as a person chose them."""
    amount = min(_total(owed), _total(owing))
    if amount <= 0:
        return Netted(Decimal(0))
    return Netted(amount, _shares(owed, amount), _shares(owing, amount))


def _total(items: list[Side]) -> Decimal:
    return sum((item.open for item in items), Decimal(0))


def _shares(items: list[Side], amount: Decimal) -> tuple[tuple[int, Decimal], ...]:
    """Credit notes among the items first, whole: they make room; then the oldest until the sum is reached."""
    found = [(item.key, item.open) for item in items if item.open < 0]
    left = amount - sum((share for _key, share in found), Decimal(0))
    for item in sorted((item for item in items if item.open > 0), key=lambda one: (one.due, one.key)):
        share = min(item.open, left)
        if share > 0:
            found.append((item.key, share))
            left -= share
    return tuple(found)
