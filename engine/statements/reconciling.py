"""From the bank's balance to the ledger's: every difference has a reason, an amount and what it points to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .chain import BACKWARDS, ZERO, Chain

OPENING = "opening"  # what the ledger held before the first statement is not what that one opens with
ENTRIES = "entries"  # entries on the bank account that are no statement lines
BETWEEN = "between"  # entries between the day and the first statement, which a balance worked back does not know
SHARED = "shared"  # another journal's lines on the same account
CHANGED = "changed"  # a line's entry has another amount than the line
UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Sums of the bank account until the day, in the journal's currency, apart by what they are.

    ``before`` are entries that are no statement lines, dated before the first line's day, and ``same_day`` those of
    that very day; ``entries`` what came later. ``between`` are entries after the day that is asked for and before the
    first line. ``shared`` is one sum for each other journal on the account, ``changed`` what the entries of this
    journal's lines have more than the lines.
    """

    balance: Decimal
    before: Decimal = ZERO
    same_day: Decimal = ZERO
    entries: Decimal = ZERO
    between: Decimal = ZERO
    shared: dict[int, Decimal] = field(default_factory=dict)
    changed: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Reason:
    """``amount`` is what the ledger has more than the bank for this reason."""

    code: str
    amount: Decimal
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """``with_same_day`` tells whether entries of the first line's own day are part of the opening."""

    bank: Decimal
    ledger: Decimal
    reasons: tuple[Reason, ...]
    with_same_day: bool

    @property
    def difference(self) -> Decimal:
        return self.ledger - self.bank


def reconcile(told: Chain, ledger: Ledger, is_told: bool) -> Reconciled:
    """Why the ledger's balance is not the bank's, in amounts that add up to the difference.

    :param is_told: whether a statement tells a balance at all; without, every entry is a reason of its own
    """
    with_same_day = bool(is_told and ledger.same_day) and ledger.before + ledger.same_day == told.opening
    opening = ledger.before + (ledger.same_day if with_same_day else ZERO)
    # On a day before the first line, that line's own day is still to come.
    is_to_come = told.basis == BACKWARDS
    entries = ledger.entries + (ZERO if with_same_day or is_to_come else ledger.same_day)
    reasons = []
    if is_told:
        between = ledger.between + (ledger.same_day if with_same_day and is_to_come else ZERO)
        reasons.append(Reason(OPENING, opening - told.opening, {"ledger": str(opening), "bank": str(told.opening)}))
        reasons.append(Reason(BETWEEN, -between))
    else:
        entries += opening
    for each in told.breaks:
        values = {
            "statement": each.statement.id,
            "name": each.statement.name,
            "day": each.statement.first_day.isoformat(),
        }
        if each.other:
            values |= {"other": each.other.id, "other_name": each.other.name}
        reasons.append(Reason(each.code, -each.amount, values))
    reasons.append(Reason(ENTRIES, entries))
    reasons += [Reason(SHARED, amount, {"journal": journal}) for journal, amount in sorted(ledger.shared.items())]
    reasons.append(Reason(CHANGED, ledger.changed))
    return _closed(told.balance, ledger.balance, [reason for reason in reasons if reason.amount], with_same_day)


def _closed(bank: Decimal, ledger: Decimal, reasons: Sequence[Reason], with_same_day: bool) -> Reconciled:
    """Whatever is left would be a fault of this addon, and is shown as such rather than hidden."""
    rest = ledger - bank - sum((reason.amount for reason in reasons), ZERO)
    found = [*reasons, Reason(UNEXPLAINED, rest)] if rest else reasons
    return Reconciled(bank, ledger, tuple(found), with_same_day)
