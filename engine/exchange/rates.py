"""Rates as people read them: units of the foreign currency for one of the company's."""

from __future__ import annotations

from decimal import Decimal

#: A rate is shown with this many digits that count: tables print up to six, and amounts to the cent imply about five.
TABLE_DIGITS, IMPLIED_DIGITS = 6, 5


def implied(foreign: Decimal, own: Decimal) -> Decimal | None:
    """The rate that a payment implies: units of the first currency for one of the second; None without both."""
    if not foreign or not own:
        return None
    return abs(foreign) / abs(own)


def shown(rate: Decimal | None, digits: int = TABLE_DIGITS) -> str:
    """``rate`` for a card: ``digits`` that count, no exponent, no zeros at the end beyond the fourth decimal."""
    if rate is None or rate <= 0:
        return ""
    places = max(digits - 1 - rate.adjusted(), 4) if rate < 100000 else 4
    text = f"{rate:.{min(places, 12)}f}"
    whole, _point, decimals = text.partition(".")
    kept = decimals.rstrip("0").ljust(4, "0")
    return f"{whole}.{kept}"
