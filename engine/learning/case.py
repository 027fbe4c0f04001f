"""What the learner sees and says. Labels are opaque texts to it: the caller knows what they book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Case:
    """One payment (or bill line, or expense) before it is coded.

    ``payee`` is the key by which the payee is recognised again: ``partner:<id>``, an account number, or the name
    that the bank tells; empty when nothing is known. ``unit`` is where it was paid from: a journal, a department.
    ``amount`` is signed (a receipt is positive) in ``currency``.
    """

    key: int
    date: date
    payee: str
    text: str
    amount: Decimal
    currency: str = ""
    unit: str = ""
    name: str = ""  # the payee's name as it is told
    code: str = ""  # the bank's transaction code


@dataclass(frozen=True, slots=True)
class Example:
    """A case and what people coded it to. ``weight`` 0..1: how much the decision says (a group accept says little)."""

    case: Case
    label: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the learner says of a case.

    ``tier``: ``memory`` (this payee was coded so before), ``prediction``, or empty when it knows nothing. ``ranked``:
    (label, share) of the likeliest labels, shares sum to at most 1; what lacks is the share of labels never seen.
    ``confidence``: the measured probability that ``ranked[0]`` is right, from outcomes of the past only. ``margin``:
    first share minus second. ``support``: (n, right) of past predictions like this one. ``history``: (label, count,
    last date) of what was decided for the same payee. ``is_contradictory``: the history knows several answers and
    nothing tells them apart. ``doubt``: why it should not be chosen at any confidence: ``contradictory``, ``margin``
    (another label is nearly as likely), or empty; ``majority`` with no label: only that a label is frequent would
    speak for it, nothing of the case itself. ``reasons``: (code, values) pairs for the card.
    """

    case: int
    tier: str = ""
    ranked: tuple[tuple[str, float], ...] = ()
    confidence: float = 0.0
    margin: float = 0.0
    support: tuple[int, int] = (0, 0)
    history: tuple[tuple[str, int, date], ...] = ()
    is_contradictory: bool = False
    doubt: str = ""
    reasons: tuple[tuple[str, dict[str, Any]], ...] = ()

    @property
    def label(self) -> str | None:
        """The likeliest label; None when nothing is known."""
        return self.ranked[0][0] if self.ranked else None
