"""What a payment file says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

#: The company pays (pain.001), or collects (pain.008).
CREDIT, DEBIT = "credit", "debit"


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """One payment or collection. ``amount`` is positive, in ``currency``; name and account are the other side's.

    ``references`` are structured ones of the remittance information, ``text`` is its free text.
    """

    position: int
    amount: Decimal
    currency: str
    end_to_end: str = ""
    instruction: str = ""
    name: str = ""
    account: str = ""
    text: str = ""
    references: tuple[str, ...] = ()
    mandate: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class PaymentBlock:
    """One ``PmtInf``: what the bank executes on one day, from or to one account, and books as one sum if ``batch``
    (None: the bank's own custom). ``account`` and ``owner`` are one's own."""

    name: str
    kind: str  # credit, debit
    date: date | None
    account: str
    owner: str
    currency: str
    batch: bool | None
    purpose: str  # SALA: wages
    orders: tuple[PaymentOrder, ...]

    @property
    def total(self) -> Decimal:
        return sum((order.amount for order in self.orders), Decimal(0))

    @property
    def is_wages(self) -> bool:
        """Wages, as the block or every one of its orders says."""
        return self.purpose == "SALA" or bool(self.orders) and all(o.purpose == "SALA" for o in self.orders)


@dataclass(frozen=True, slots=True)
class PaymentStatus:
    """What a status report says of one order; of a whole block where ``end_to_end`` is empty."""

    message: str
    block: str
    end_to_end: str
    status: str  # RJCT, ACCP, ACSC ...
    reason: str = ""

    @property
    def is_rejected(self) -> bool:
        return self.status == "RJCT"


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """``format`` is pain.001, pain.008 or pain.002. Orders stand in ``blocks``, a report's answers in ``statuses``.

    ``notes`` are (code, values) that a person should know: ``count_differs``, ``sum_differs``.
    """

    format: str
    message: str
    blocks: tuple[PaymentBlock, ...] = ()
    statuses: tuple[PaymentStatus, ...] = ()
    notes: tuple[tuple[str, dict], ...] = ()
