"""How sure a reading is: agreement features weighed, compared with its rivals, then read off measured outcomes.

A line's readings compete with each other and with "something else": the shares are those of a conditional
logit. Two readings that agree equally well can have one half each at most, so that neither is proposed.
"""

from __future__ import annotations

from bisect import bisect_right
from math import exp

from .calibration import BINS, WEIGHTS
from .draft import Draft

#: From which confidence on a reading is proposed; below it a question is asked.
PROPOSE = 0.90
#: How far the first must be before the second.
MARGIN = 0.35
_STARTS = tuple(row[0] for row in BINS)


def score(features: dict[str, float]) -> float:
    """Logarithmic odds of a reading against "something else", taken alone."""
    return WEIGHTS["bias"] + sum(WEIGHTS.get(name, 0.0) * value for name, value in features.items())


def rate(drafts: list[Draft]) -> list[Draft]:
    """The drafts with their shares filled in as ``confidence``, best first; equal ones in order of the booking."""
    for draft in drafts:
        draft.score = score(draft.features)
    top = max([0.0, *(draft.score for draft in drafts)])
    whole = exp(-top) + sum(exp(draft.score - top) for draft in drafts)
    for draft in drafts:
        draft.confidence = exp(draft.score - top) / whole
    return sorted(drafts, key=lambda draft: (-round(draft.confidence, 9), draft.order, repr(draft.booking)))


def calibrated(raw: float) -> tuple[float, tuple[int, int]]:
    """Measured confidence of a raw share, and (n, right) of its bin; the share itself where nothing was measured."""
    place = bisect_right(_STARTS, raw) - 1
    if place < 0:
        return raw, (0, 0)
    _start, measured, count, right = BINS[place]
    return measured, (count, right)
