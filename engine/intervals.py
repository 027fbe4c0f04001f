"""Exact binomial (Clopper-Pearson) intervals, without numerical libraries and in constant time."""

from __future__ import annotations

from math import exp, lgamma, log

_TINY = 1e-300
_STEPS = 200


def interval(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """The exact interval of the share ``successes`` of ``n``; (0, 1) of nothing."""
    if not n:
        return 0.0, 1.0
    alpha = (1 - confidence) / 2
    low = 0.0 if successes == 0 else _quantile(alpha, successes, n - successes + 1)
    high = 1.0 if successes == n else _quantile(1 - alpha, successes + 1, n - successes)
    return low, high


def _quantile(level: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    for _step in range(60):
        middle = (low + high) / 2
        if _beta(middle, a, b) < level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta(x: float, a: float, b: float) -> float:
    """The regularized incomplete beta function."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Lentz's continued fraction of the incomplete beta function."""

    def safe(value):
        return value if abs(value) > _TINY else _TINY

    c, d = 1.0, 1 / safe(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, _STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / safe(1 + term * d)
            c = safe(1 + term / c)
            result *= d * c
        if abs(d * c - 1) < 1e-14:
            break
    return result
