"""The summary of taxes by rate."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .page import Page
from .reading import TaxPart


def read_taxes(
    pages: Sequence[Page], net: Decimal | None, tax: Decimal | None, total: Decimal | None
) -> tuple[TaxPart, ...]:
    """Bases and taxes by rate, as far as they add up to the document's amounts."""
    return ()
