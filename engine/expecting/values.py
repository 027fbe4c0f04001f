"""What is known of the bank's past, and what is expected of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .rhythm import Rhythm

IN, OUT = "in", "out"
DIRECTIONS = (IN, OUT)

FIXED, INDEXED, SEASONAL, RANGE = "fixed", "indexed", "seasonal", "range"
PATTERNS = (FIXED, INDEXED, SEASONAL, RANGE)

WAGES, TAX, OTHER = "wages", "tax", "other"
PURPOSES = (WAGES, TAX, OTHER)


@dataclass(frozen=True, slots=True)
class Movement:
    """One bank line, or the lines of one day that are one run.

    ``amount`` has the sign of the bank line, in ``currency``. ``payee``: the key of ``engine.coding.payee``; empty when
    nobody is told. ``account``: the balance sheet account that people settled with it, None when it is no such account.
    """

    ids: tuple[int, ...]
    day: date
    amount: Decimal
    currency: str
    payee: str
    name: str = ""
    text: str = ""
    journal: int = 0
    account: int | None = None
    is_booked: bool = True

    @property
    def direction(self) -> str:
        return IN if self.amount > 0 else OUT


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a payment will be: all without sign. ``pattern``: one of ``PATTERNS``."""

    pattern: str
    expected: Decimal
    low: Decimal
    high: Decimal

    def holds(self, amount: Decimal) -> bool:
        return self.low <= abs(amount) <= self.high


@dataclass(frozen=True, slots=True)
class Series:
    """A payment that recurs. ``hits`` of ``trials``: how often the next payment came on time; ``held`` of the hits: its
    amount was in the range. Each time foretold from the payments before it only."""

    key: str
    direction: str
    currency: str
    rhythm: Rhythm
    amounts: Amounts
    movements: tuple[Movement, ...]
    hits: int = 0
    held: int = 0
    trials: int = 0
    purpose: str = OTHER

    @property
    def first(self) -> date:
        return self.movements[0].day

    @property
    def last(self) -> date:
        return self.movements[-1].day

    @property
    def name(self) -> str:
        return next((m.name for m in reversed(self.movements) if m.name), "")

    @property
    def journal(self) -> int:
        return self.movements[-1].journal


@dataclass(frozen=True, slots=True)
class Claim:
    """Money that a document or a registered payment promises: positive what comes in.

    ``due``: when it should be on the bank; ``known``: the document's date; ``settled``: when it was paid, None while it
    is open. One part of a document each: what was paid in two parts are two claims.
    """

    partner: int | None
    amount: Decimal
    due: date
    known: date
    settled: date | None = None
    is_registered: bool = False
    ids: tuple[int, ...] = field(default=(), compare=False)
