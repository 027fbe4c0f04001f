"""Shares with their exact interval, as the tables print them."""

from __future__ import annotations

from engine.intervals import interval

__all__ = ["interval", "share"]


def share(successes: int, n: int) -> str:
    """``97.3 % [96.1, 98.2] of 1,203``."""
    if not n:
        return "   -   (none)"
    low, high = interval(successes, n)
    return f"{100 * successes / n:5.1f} % [{100 * low:.1f}, {100 * high:.1f}] of {n:,}"
