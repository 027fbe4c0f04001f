"""The lines of a document: text, quantity, price, tax, total."""

from __future__ import annotations

from collections.abc import Sequence

from .page import Page
from .reading import Reading


def read_items(pages: Sequence[Page], reading: Reading) -> Reading:
    """``reading`` with its items, whether they include tax, and its taxes by rate.

    Called when the totals are known: lines that don't add up to one of them are not believed.
    """
    return reading
