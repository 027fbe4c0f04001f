"""Slips of the pen: how many single edits or swaps of neighbours lie between two words.

``rapidfuzz`` counts them when it is installed (MIT, maintained, compiled). Without it the same count is made here,
several times slower, so that matching works on a server that has only what Odoo brings.
"""

from __future__ import annotations

try:
    from rapidfuzz.distance import OSA
except ImportError:
    OSA = None


def slips(word: str, other: str, cutoff: int) -> int:
    """Optimal string alignment distance of two words; ``cutoff + 1`` as soon as it is larger than ``cutoff``."""
    if OSA is not None:
        return OSA.distance(word, other, score_cutoff=cutoff)
    return _slips(word, other, cutoff)


def _slips(word: str, other: str, cutoff: int) -> int:
    """The textbook recurrence, three rows at a time (Damerau 1964, restricted to one edit a place)."""
    if abs(len(word) - len(other)) > cutoff:
        return cutoff + 1
    older: list[int] = []
    previous = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        current = [row]
        for column, mate in enumerate(other, 1):
            best = min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (letter != mate))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == mate
            current.append(min(best, older[column - 2] + 1) if swapped else best)
        if min(current) > cutoff:
            return cutoff + 1
        older, previous = previous, current
    return min(previous[-1], cutoff + 1)
