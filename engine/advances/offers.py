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
    """What of ``money`` pays ``document``: what names it and nothing else; where nothing does, the oldest first. What
    names another document is left alone.

    Asked where the money may be meant for an open document of ``others``, none of them named, or where one of several
    payments names a number of its own that the document does not have.
    """
    ordered = sorted(money, key=lambda one: (one.date, one.key))
    named = [each for each in ordered if each.names & document.names]
    free = [each for each in ordered if not any(each.names & other.names for other in others)]
    used, left = [], document.open
    for each in named or free:
        if left > 0:
            used.append((each.key, min(each.open, left)))
            left -= used[-1][1]
    if named and used:
        return Offer(PROPOSED, tuple(used), (("advance_named", {}),))
    reasons: list[tuple[str, dict[str, str]]] = []
    if rivals := [other for other in others if other.open > 0]:
        reasons.append(("advance_rivals", {"count": str(len(rivals))}))
    if _strange(ordered) & {key for key, _amount in used}:
        reasons.append(("advance_strange", {}))
    if reasons:
        return Offer(ASKED, tuple(used), tuple(reasons))
    return Offer(PROPOSED, tuple(used), (("advance_only", {}),))


def _strange(money: list[Money]) -> set[int]:
    """Those of several payments that name a number which the others don't: a customer's number stands on all."""
    if len(money) < 2:
        return set()
    common = frozenset.intersection(*(each.names for each in money))
    return {each.key for each in money if each.names - common}
