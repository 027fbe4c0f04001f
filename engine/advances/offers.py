"""Which money on account pays a document that was just posted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

PROPOSED, ASKED = "proposed", "asked"


@dataclass(frozen=True, slots=True)
class Money:
    """Money on account: ``open`` of it is left, positive. ``names``: documents and orders that its text names."""

    key: int
    open: Decimal
    date: date
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document of the same partner; ``names``: its number, its order, its reference, as ``Money.names`` has them."""

    key: int
    open: Decimal
    date: date
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Offer:
    """``used``: (money, amount) pairs in the order in which they pay the document."""

    outcome: str
    used: tuple[tuple[int, Decimal], ...] = ()
    reasons: tuple[tuple[str, dict[str, str]], ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.used)


def offers(document: OpenDocument, money: list[Money], others: list[OpenDocument]) -> Offer:
    """What of ``money`` pays ``document``: what names it first, then the oldest; what names another is left alone.

    Asked where the money may be meant for an open document of ``others``, none of them named.
    """
    free, named = [], []
    for each in sorted(money, key=lambda one: (one.date, one.key)):
        if each.names & document.names:
            named.append(each)
        elif not any(each.names & other.names for other in others):
            free.append(each)
    used, left = [], document.open
    for each in (*named, *free):
        if left <= 0:
            break
        amount = min(each.open, left)
        used.append((each.key, amount))
        left -= amount
    if not used:
        return Offer(ASKED)
    by_name = {each.key for each in named}
    unnamed = [key for key, _amount in used if key not in by_name]
    rivals = [other for other in others if other.open > 0]
    reasons: list[tuple[str, dict[str, str]]] = []
    if by_name & {key for key, _amount in used}:
        reasons.append(("advance_named", {}))
    if not unnamed:
        return Offer(PROPOSED, tuple(used), tuple(reasons))
    if rivals:
        reasons.append(("advance_rivals", {"count": str(len(rivals))}))
        return Offer(ASKED, tuple(used), tuple(reasons))
    reasons.append(("advance_only", {}))
    return Offer(PROPOSED, tuple(used), tuple(reasons))
