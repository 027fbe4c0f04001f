"""A reading in the making: what would be booked, and the features that speak for or against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..proposal import Counterpart, Match, WriteOff


@dataclass(slots=True, eq=False)
class Draft:
    """``items``: places of open items in the book; ``claims``: what no second line may use.

    ``amount_kind`` says how the amount fits: exact, discount, withholding, rounding, fee, partial, over, currency ...
    ``features`` are the numbers that scoring weighs.
    """

    case: str
    match: Match
    items: tuple[int, ...] = ()
    claims: frozenset[object] = frozenset()
    amount_kind: str = "exact"
    features: dict[str, float] = field(default_factory=dict)
    reasons: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    ticks: dict[str, str] = field(default_factory=dict)
    order: tuple[int, ...] = ()  # ranks of its items: equal readings are shown the earliest due first
    score: float = 0.0
    confidence: float = 0.0
    most: float = 1.0  # no surer than this, whatever was measured
    ask: bool = False  # may be shown as a choice, never proposed
    details: dict[str, Any] = field(default_factory=dict)  # what else the suggestion keeps: orders of a payment file

    @property
    def booking(self) -> tuple:
        """What makes two drafts the same booking."""
        match = self.match
        return (
            tuple(sorted((c.item, c.amount, c.item_amount or 0) for c in match.counterparts)),
            tuple(sorted((w.account, w.amount, w.taxes) for w in match.write_offs)),
            match.partner,
        )


def build(line_amount, counterparts: list[Counterpart], write_offs: list[WriteOff], partner: int | None) -> Match:
    """A match whose remainder is what is left of the line."""
    used = sum((c.amount for c in counterparts), line_amount * 0)
    used += sum((w.amount for w in write_offs), line_amount * 0)
    return Match(tuple(counterparts), tuple(write_offs), line_amount - used, partner)
