"""What is visible when a line is matched, and the form of a reading of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .identity import Directory
from .ledger import Ledger, Open
from .values import CompanyYear, Document, Line


@dataclass(frozen=True, slots=True)
class Reading:
    """What a booking does, whatever it is called: (item, amount) and (difference, amount)."""

    items: frozenset[tuple[int, Decimal]]
    rest: frozenset[tuple[str, Decimal]] = frozenset()
    partner: int | None = None


@dataclass(slots=True)
class View:
    """What is visible when a line is matched."""

    year: CompanyYear
    ledger: Ledger
    directory: Directory
    documents: dict[int, Document]
    consumed: set[int]  # items that other lines of the batch surely take
    paid_now: list[tuple[Open, Decimal]]  # items so consumed, for second payments
    pays: dict[int, set[int]]  # registered payments -> the documents they pay
    expected: dict[int, int]  # journal items of registered payments -> their outstanding items

    def items(self, line: Line) -> list[Open]:
        return [
            item
            for item in self.ledger.open.values()
            if item.key not in self.consumed
            and item.date <= line.date
            and item.kind != "transfer"
            and item.journal in (None, line.journal)
        ]
