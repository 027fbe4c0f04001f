"""When an open gate closes by itself: habits changed, or people take back too much.

Drift is told by a cumulative sum of log likelihood ratios over right and wrong (E. S. Page, "Continuous inspection
schemes", Biometrika 41 (1954); for single trials: M. Reynolds, Z. Stoumbos, "A CUSUM chart for monitoring a proportion
when inspecting continuously", Journal of Quality Technology 31 (1999)).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from .trial import Trial

#: What is well, and what must be noticed, as multiples of the tolerated rate.
WELL, ILL = 0.5, 4.0
#: The sum at which it is drift; how seldom that happens to a gate that is well is measured in the tests.
LIMIT = 5.5
#: Fewer bookings taken back than this are no pattern.
LEAST_UNDONE = 3


@dataclass(frozen=True, slots=True)
class Drift:
    """``errors`` of the last ``n`` trials since the sum was last at zero; ``since``: the day of the first of them."""

    is_drift: bool
    level: float = 0.0
    n: int = 0
    errors: int = 0
    since: object = None


def drift(trials: Iterable[Trial], tolerance: float) -> Drift:
    """Whether errors came thick of late. ``trials`` of any order; those of a day keep theirs, by key."""
    well, ill = WELL * tolerance, min(ILL * tolerance, 0.5)
    wrong, right = log(ill / well), log((1 - ill) / (1 - well))
    level, n, errors, since = 0.0, 0, 0, None
    for trial in sorted(trials, key=lambda trial: (trial.day, trial.key)):
        level = max(0.0, level + (wrong if trial.is_error else right))
        if not level:
            n, errors, since = 0, 0, None
            continue
        n += 1
        errors += trial.is_error
        since = since or trial.day
        if level > LIMIT:
            return Drift(True, level, n, errors, since)
    return Drift(False, level, n, errors, since)


def too_many_undone(undone: int, booked: int, tolerance: float) -> bool:
    """Whether people took back more than is tolerated of what was booked alone of late: a floor of its errors, for
    nobody looked at the rest."""
    return undone >= LEAST_UNDONE and undone > tolerance * booked
