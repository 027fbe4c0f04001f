"""What the matcher's answer means for coding: open items and settlements go first."""

from __future__ import annotations

from typing import Any

from ..exchange.doubt import items_unweighed
from ..proposal import Answer

ON_ACCOUNT = "on_account"


def blockers_of(answer: Answer) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Why a line with this answer of the matcher is not coded; empty where it may be.

    What the matcher would only leave open on the partner's account is no settlement: see ``only_known``.
    """
    unweighed = items_unweighed(answer)
    if unweighed:
        return unweighed
    if answer.outcome == "nothing" or is_only_on_account(answer):
        return ()
    code = "explained" if answer.outcome == "proposed" else "asked_already"
    return ((code, {"count": len(answer.readings)}),)


def is_only_on_account(answer: Answer) -> bool:
    """Whether the matcher found a partner and nothing of theirs that is open."""
    return bool(answer.readings) and all(reading.case == ON_ACCOUNT for reading in answer.readings)
