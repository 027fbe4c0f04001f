"""What a settlement file says: rows of one or more payouts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

SALE = "sale"
REFUND = "refund"
CHARGEBACK = "chargeback"
CHARGEBACK_WON = "chargeback_won"
FEE = "fee"
RESERVE_HELD = "reserve_held"
RESERVE_RELEASED = "reserve_released"
ADJUSTMENT = "adjustment"
#: The transfer to the bank itself: it ends a payout and says what it must make.
PAYOUT = "payout"
KINDS = (SALE, REFUND, CHARGEBACK, CHARGEBACK_WON, FEE, RESERVE_HELD, RESERVE_RELEASED, ADJUSTMENT, PAYOUT)
#: Kinds that always take money from the payout, and those that always bring some.
TAKING = (REFUND, CHARGEBACK, RESERVE_HELD)
BRINGING = (SALE, CHARGEBACK_WON, RESERVE_RELEASED)


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """One row of a settlement file.

    ``amount`` is what the customer paid (negative: was paid back), ``fee`` what the provider keeps of it, tax
    included (positive is a cost), ``tax`` the tax within the fee, or None where the file does not tell it. The row adds
    ``amount - fee`` to its payout. ``original_amount``, with ``amount``'s sign, is in ``original_currency``.
    ``word`` is the file's own word for the kind of row, ``line`` its line, 1-based.
    """

    kind: str
    date: date
    amount: Decimal
    fee: Decimal = Decimal(0)
    tax: Decimal | None = None
    currency: str = ""
    references: tuple[str, ...] = ()
    customer: str = ""
    text: str = ""
    payout: str = ""
    payout_date: date | None = None
    merchant: str = ""
    original_amount: Decimal | None = None
    original_currency: str = ""
    word: str = ""
    line: int = 0

    @property
    def net(self) -> Decimal:
        return self.amount - self.fee


@dataclass(frozen=True, slots=True)
class Settlement:
    """One payout: its rows and what it transfers to the bank.

    ``amount`` is the transfer that the file tells, else the sum of the rows. ``kept`` is what the rows make beyond it:
    the provider's balance grew by so much (negative: it was used up).
    """

    reference: str
    date: date
    currency: str
    amount: Decimal
    rows: tuple[SettlementRow, ...]
    merchant: str = ""

    @property
    def kept(self) -> Decimal:
        return sum((row.net for row in self.rows), Decimal(0)) - self.amount


@dataclass(frozen=True, slots=True)
class SettlementFile:
    """``notes``: codes and values of what a person should know; ``words``: the file's words for kinds of rows."""

    format: str  # sheet, camt.054
    payouts: tuple[Settlement, ...]
    notes: tuple[tuple[str, dict], ...] = ()
    words: tuple[str, ...] = ()
    unknown_words: tuple[str, ...] = field(default=())
