"""Exact binomial (Clopper-Pearson) intervals, without numerical libraries."""

from __future__ import annotations

from math import exp, lgamma, log


def _tail(successes: int, n: int, p: float) -> float:
    """P(X >= successes) for a binomial X."""
    if successes <= 0:
        return 1.0
    if p <= 0:
        return 0.0
    if p >= 1:
        return 1.0
    logs = (
        lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log(1 - p)
        for k in range(successes, n + 1)
    )
    return min(1.0, sum(exp(value) for value in logs))


def _solve(successes: int, n: int, level: float) -> float:
    """The p at which the upper tail from ``successes`` has ``level``."""
    low, high = 0.0, 1.0
    for _step in range(60):
        middle = (low + high) / 2
        if _tail(successes, n, middle) < level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def interval(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """The exact interval of a share of ``n``."""
    if not n:
        return 0.0, 1.0
    alpha = (1 - confidence) / 2
    low = 0.0 if successes == 0 else _solve(successes, n, alpha)
    high = 1.0 if successes == n else _solve(successes + 1, n, 1 - alpha)
    return low, high


def share(successes: int, n: int) -> str:
    """``97.3 % [96.1, 98.2] of 1,203``."""
    if not n:
        return "   -   (none)"
    low, high = interval(successes, n)
    return f"{100 * successes / n:5.1f} % [{100 * low:.1f}, {100 * high:.1f}] of {n:,}"
