"""The other leg of a transfer into another currency: another amount, so it is known by its worth or by being told."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ..facts import BankLine
from .currency import expect
from .scene import Scene


def foreign_legs(scene: Scene, lines: Iterable[BankLine], days: int) -> list[BankLine]:
    """Those of ``lines`` that may be the other leg, nearest in time and worth first.

    One that a bank tells the other's amount of hides those that only fit by the rate table.
    """
    mine, told, near = scene.line, [], []
    for other in lines:
        if not _may_be(mine, other, days):
            continue
        if _tells(mine, other) or _tells(other, mine):
            told.append((abs((other.date - mine.date).days), Decimal(0), other))
            continue
        apart = _apart(scene, other)
        if apart is not None and apart <= scene.book.settings.rate_limit_percent:
            near.append((abs((other.date - mine.date).days), apart, other))
    found = sorted(told or near, key=lambda each: (each[0], each[1], each[2].key))
    return [other for _days, _apart, other in found]


def rivals(scene: Scene, n: int, lines: Iterable[BankLine], days: int) -> list[BankLine]:
    """Other lines than the scene's that show what the open first leg ``n`` is worth."""
    book, mine, item = scene.book, scene.line, scene.book.items[n]
    found = []
    for other in lines:
        is_near = abs((other.date - mine.date).days) <= days and (other.amount > 0) == (mine.amount > 0)
        if other.key == mine.key or other.journal == item.journal or not is_near:
            continue
        expected, _why = expect(scene, book.residual[n], item.currency, other.currency)
        if expected and _percent(other.amount, expected) <= book.settings.rate_limit_percent:
            found.append(other)
    return found


def _may_be(mine: BankLine, other: BankLine, days: int) -> bool:
    return (
        other.journal != mine.journal
        and other.currency != mine.currency
        and (other.amount > 0) != (mine.amount > 0)
        and abs((other.date - mine.date).days) <= days
    )


def _tells(line: BankLine, other: BankLine) -> bool:
    """Whether ``line`` names the amount that ``other`` shows as the original one."""
    told = line.foreign_amount
    return told is not None and line.foreign_currency == other.currency and abs(told) == abs(other.amount)


def _apart(scene: Scene, other: BankLine) -> Decimal | None:
    """Percent between this line and what the other leg is worth by the table; None without a fresh rate."""
    minor = scene.book.places.minor(other.amount, other.currency)
    expected, _why = expect(scene, minor, other.currency)
    return _percent(scene.line.amount, expected) if expected else None


def _percent(amount: Decimal, expected: Decimal) -> Decimal:
    return abs(abs(amount) / abs(expected) - 1) * 100
