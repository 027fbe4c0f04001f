"""Money as whole minor units: exact sums and fast searches, Decimal only at the edges."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

DEFAULT_PLACES = 2


class Places:
    """Decimal places per currency, and the way between ``Decimal`` amounts and minor units."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = dict(places)
        self._units: dict[int, Decimal] = {}

    def of(self, currency: str) -> int:
        """How many decimal places ``currency`` has (2 when nothing is known of it)."""
        return self._places.get(currency, DEFAULT_PLACES)

    def minor(self, amount: Decimal, currency: str) -> int:
        """``amount`` in minor units, rounded half up (amounts of the books have no more places)."""
        scaled = amount.scaleb(self.of(currency))
        whole = int(scaled)
        if whole == scaled:
            return whole
        return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def major(self, minor: int, currency: str) -> Decimal:
        """The ``Decimal`` of minor units, always written with all places (``Decimal("5.00")``)."""
        places = self.of(currency)
        unit = self._units.get(places)
        if unit is None:
            unit = self._units[places] = Decimal(1).scaleb(-places)
        return minor * unit


def share(minor: int, percent: Decimal) -> int:
    """``percent`` (0..100) of minor units, rounded half up away from zero."""
    return int((minor * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
