"""Tax on money received before its invoice: what was declared must be what is still on account.

Received: the tax is declared. Used for an invoice, which declares all of its own tax, or paid back: it is taken back.
So one rule holds for receipts, partial use, several invoices, refunds and whatever is undone in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Declared:
    """What the books declare of one receipt now, taken back already left out; positive for money received."""

    gross: Decimal = ZERO
    tax: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Due:
    """``gross`` to declare (positive) or to take back (negative); ``tax`` of it where the books say it, else the tax's
    own computation does."""

    gross: Decimal
    tax: Decimal | None = None

    def __bool__(self) -> bool:
        return bool(self.gross)


def due(on_account: Decimal, declared: Declared, places: int = 2) -> Due:
    """What is missing so that the tax of ``on_account`` (what is still open of the receipt) is declared.

    What is taken back is a share of what was declared, and the last of it is all that is left: to the cent.
    """
    gross = on_account - declared.gross
    if gross >= 0:
        return Due(gross)
    if not declared.gross:
        return Due(ZERO)
    if on_account == 0:
        return Due(-declared.gross, -declared.tax)
    unit = Decimal(1).scaleb(-places)
    share = (declared.tax * gross / declared.gross).quantize(unit, ROUND_HALF_UP)
    return Due(gross, share)
