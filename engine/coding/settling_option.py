"""One way to book a line of a counterpart, before it is weighed against others."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .settling_facts import ZERO, Counterpart, Ledger

Reason = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """``amount`` has the line's sign and currency. ``ledger``: what stands there, None where nothing is shown."""

    account: int
    amount: Decimal
    ledger: Ledger | None = None
    taken: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Option:
    """One way to book the line. ``sure``: nothing else is as good; else it is a choice."""

    rows: tuple[Row, ...]
    reasons: tuple[Reason, ...]
    counterpart: Counterpart
    sure: bool = False
    partner: int | None = None
    told: dict[str, Any] = field(default_factory=dict)
    support: tuple[int, int] = (0, 0)
