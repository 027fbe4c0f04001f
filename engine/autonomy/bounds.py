"""Exact one-sided bounds: of a share (binomial) and of a count (Poisson).

C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
Biometrika 26 (1934). The Poisson limits are the "reliability factors" of the tables for monetary-unit sampling
(AICPA Audit Guide "Audit Sampling", appendix on monetary-unit sampling): 3.00, 4.75, 6.30 at 95 %.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil, exp, lgamma, log

from ..intervals import interval

#: How often a bound may be wrong: 95 % certainty.
ALPHA = 0.05


def upper(errors: int, n: int, alpha: float = ALPHA) -> float:
    """The share that is exceeded with a chance of at most ``alpha`` when ``errors`` of ``n`` were seen."""
    return interval(min(errors, n), n, 1 - 2 * alpha)[1]


def lower(errors: int, n: int, alpha: float = ALPHA) -> float:
    """The share that is undercut with a chance of at most ``alpha`` when ``errors`` of ``n`` were seen."""
    return interval(min(errors, n), n, 1 - 2 * alpha)[0]


def smallest(tolerance: float, alpha: float = ALPHA) -> int:
    """How many trials without any error put the upper bound below ``tolerance``: 149 for 1 in 50."""
    n = max(1, ceil(log(alpha) / log(1 - tolerance)))
    return n if upper(0, n, alpha) < tolerance else n + 1


@lru_cache(maxsize=4096)
def needed(errors: int, n: int, tolerance: float, alpha: float = ALPHA) -> int:
    """How many more trials without error put the upper bound below ``tolerance``; 0 when it is there."""
    if n and upper(errors, n, alpha) < tolerance:
        return 0
    low, high = n, max(n, smallest(tolerance, alpha))
    while upper(errors, high, alpha) >= tolerance:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        if upper(errors, middle, alpha) < tolerance:
            high = middle
        else:
            low = middle
    return high - n


@lru_cache(maxsize=4096)
def poisson_upper(errors: int, alpha: float = ALPHA) -> float:
    """The mean that is exceeded with a chance of at most ``alpha`` when ``errors`` were counted."""
    low, high = 0.0, errors + 10.0 + 10.0 * (errors + 1) ** 0.5
    for _step in range(80):
        middle = (low + high) / 2
        if _poisson_at_most(errors, middle) > alpha:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _poisson_at_most(count: int, mean: float) -> float:
    if mean <= 0:
        return 1.0
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(count + 1))
