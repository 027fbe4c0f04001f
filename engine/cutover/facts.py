"""What a cut-over is worked out from: the bank's movements and the ledger's entries, in the journal's currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Movement:
    """A line of the bank's statement. ``key``: its fingerprint; ``amount``: a receipt is positive."""

    key: str
    date: date
    amount: Decimal
    text: str = ""
    name: str = ""  # of the other side, as the bank tells it


@dataclass(frozen=True, slots=True)
class Entry:
    """A posted item on the bank account that is no statement line. ``amount``: a debit is positive.

    ``document``: its journal entry; ``reverses``: the journal entry that this one reverses; ``is_opening``: it brings
    the account's balance in, so no movement of the bank answers to it, whatever its date.
    """

    key: int
    date: date
    amount: Decimal
    document: int
    text: str = ""
    name: str = ""  # of the partner
    reverses: int | None = None
    is_opening: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """``before``: the ledger's balance of all entries older than those in ``entries``.

    ``opening``: the bank's balance before its first movement, where it is known; ``balances``: at the end of the days
    on which the bank moved. ``locked``: the last day that can't be posted to any more.
    What a person said: ``paired`` {movement: entries}, none of them where the answer was that there is no such entry.
    """

    movements: tuple[Movement, ...]
    entries: tuple[Entry, ...]
    before: Decimal = Decimal(0)
    opening: Decimal | None = None
    balances: Mapping[date, Decimal] = field(default_factory=dict)
    locked: date | None = None
    paired: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    kept: frozenset[int] = frozenset()  # entries that stay on the account although the bank does not show them
    moved: frozenset[int] = frozenset()  # entries up to the day that the bank will show later
    taken: frozenset[str] = frozenset()  # movements up to the day that are imported all the same

    @property
    def first(self) -> date:
        """The day of the first movement: what the bank showed before it, no statement at hand tells."""
        return min(movement.date for movement in self.movements)

    @property
    def eve(self) -> Decimal:
        """The ledger's balance before the first movement."""
        first = self.first
        return self.before + sum((e.amount for e in self.entries if e.date < first or e.is_opening), Decimal(0))
