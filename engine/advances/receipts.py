"""Whether money on account is an advance: received for something that comes later, not a debt paid or paid twice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..matching.scene import ADVANCE_WORDS
from ..text import words

PROPOSED, ASKED = "proposed", "asked"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that came in and stands on account. ``whole``: nothing of the payment paid a document. ``open_documents``:
    what the payer owed when it came. ``same_amount``: names of paid documents over just this amount."""

    text: str
    amount: Decimal
    whole: bool = True
    open_documents: tuple[str, ...] = ()
    same_amount: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """``outcome`` is ``proposed`` or ``asked``; ``reasons`` are (code, values) pairs."""

    outcome: str
    reasons: tuple[tuple[str, dict[str, str]], ...]


def judge(receipt: Receipt) -> Verdict:
    """A word for it decides; without one, whatever else the money could be makes it a question."""
    if not ADVANCE_WORDS.isdisjoint(word.text for word in words(receipt.text)):
        return Verdict(PROPOSED, (("advance_said", {}),))
    doubts: list[tuple[str, dict[str, str]]] = []
    if receipt.open_documents:
        doubts.append(("advance_owes", {"names": ", ".join(receipt.open_documents[:3])}))
    if receipt.same_amount:
        doubts.append(("advance_twice", {"names": ", ".join(receipt.same_amount[:3])}))
    if not receipt.whole:
        doubts.append(("advance_rest", {}))
    if doubts:
        return Verdict(ASKED, tuple(doubts))
    return Verdict(PROPOSED, (("advance_nothing_owed", {}),))
