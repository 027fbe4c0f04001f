"""How often payouts like this one were booked right.

Provenance: generated payouts of benchmarks/bank/depth/payouts, seeds 1-12, the whole entry compared. The share is the
lower end of the exact 95 % interval, so that few cases claim little; what was not measured claims no more than a coin.
"""

from __future__ import annotations

from .pairing import ASKED, NOTHING, OVER, OWED, PART

#: The weakest way by which a row was explained decides: (ways, share, (measured, right)).
_CLASSES: tuple[tuple[frozenset[str], float, tuple[int, int]], ...] = (
    (frozenset({ASKED, OVER, OWED, PART}), 0.5, (0, 0)),
    (frozenset({NOTHING}), 0.73, (12, 12)),
)
_SURE: tuple[float, tuple[int, int]] = (0.96, (96, 96))


def measured(ways: set[str]) -> tuple[float, tuple[int, int]]:
    """(confidence, (measured, right)) of an entry whose rows were explained in these ways."""
    for weak, share, support in _CLASSES:
        if weak & ways:
            return share, support
    return _SURE
