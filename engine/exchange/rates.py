"""Rates as people read them: units of the foreign currency for one of the company's."""

from __future__ import annotations

from decimal import Decimal

#: A rate is shown with this many digits that count: banks print four to six.
_DIGITS = 6


def implied(foreign: Decimal, own: Decimal) -> Decimal | None:
    """The rate that a payment implies: units of the first currency for one of the second; None without both."""
    if not foreign or not own:
        return None
    return abs(foreign) / abs(own)


def shown(rate: Decimal | None) -> str:
    """``rate`` for a card: six digits that count, no exponent, no zeros at the end beyond the fourth decimal."""
    if rate is None or rate <= 0:
        return ""
    places = max(_DIGITS - 1 - rate.adjusted(), 4) if rate < 100000 else 4
    text = f"{rate:.{min(places, 12)}f}"
    whole, _point, decimals = text.partition(".")
    kept = decimals.rstrip("0").ljust(4, "0")
    return f"{whole}.{kept}"
