"""How often payouts like this one were booked right."""

from __future__ import annotations

from .pairing import ASKED, NOTHING, OVER, OWED, PART

#: The weakest way by which a row was explained decides: (ways, measured share, measured, right).
_CLASSES: tuple[tuple[frozenset[str], float, tuple[int, int]], ...] = (
    (frozenset({ASKED, NOTHING}), 0.5, (0, 0)),
    (frozenset({OVER, OWED}), 0.8, (0, 0)),
    (frozenset({PART}), 0.85, (0, 0)),
)
_SURE: tuple[float, tuple[int, int]] = (0.97, (0, 0))


def measured(ways: set[str]) -> tuple[float, tuple[int, int]]:
    """(confidence, (measured, right)) of an entry whose rows were explained in these ways."""
    for weak, share, support in _CLASSES:
        if weak & ways:
            return share, support
    return _SURE
