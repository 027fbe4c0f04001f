"""Which of a partner's amounts add up to a sum: all small answers, found within a budget.

Amounts are whole minor units of either sign. Up to ``WHOLE`` amounts are searched completely (two halves meet
in the middle); larger pools only for answers of few amounts, of all but few, and for the ones with a pattern
(all, all due, all of one date, the oldest first). Nothing is guessed: a cut search says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb, log10
from typing import NamedTuple

WHOLE = 22
HITS = 60
_PAIRS = 160
_TRIPLES = 70


class Hits(NamedTuple):
    """``subsets``: tuples of places in the pool; ``complete``: no other subset exists."""

    subsets: tuple[tuple[int, ...], ...]
    complete: bool


class Pool:
    """Amounts that are asked for several sums; what is costly is prepared once."""

    def __init__(self, amounts: Sequence[int]) -> None:
        self.amounts = tuple(amounts)
        self.total = sum(amounts)
        self._halves: tuple[list[int], dict[int, list[int]]] | None = None
        self._places: dict[int, list[int]] | None = None

    def find(self, wanted: int, smallest: int = 2) -> Hits:
        """Subsets of ``smallest`` amounts or more that add up to ``wanted``."""
        count = len(self.amounts)
        if count < smallest:
            return Hits((), True)
        if count <= WHOLE:
            return self._find_all(wanted, smallest)
        found = set(self._few(wanted))
        everything = tuple(range(count))
        if self.total == wanted:
            found.add(everything)
        for left_out in self._few(self.total - wanted):
            out = set(left_out)
            found.add(tuple(place for place in everything if place not in out))
        kept = sorted((s for s in found if len(s) >= smallest), key=lambda s: (min(len(s), count - len(s)), s))
        return Hits(tuple(kept[:HITS]), False)

    def _find_all(self, wanted: int, smallest: int) -> Hits:
        left, right = self._prepare()
        half = len(self.amounts) // 2
        found = []
        for mask, value in enumerate(left):
            for other in right.get(wanted - value, ()):
                both = mask | other << half
                if both.bit_count() >= smallest:
                    found.append(tuple(place for place in range(len(self.amounts)) if both >> place & 1))
                    if len(found) >= HITS:
                        return Hits(tuple(sorted(found, key=lambda s: (len(s), s))), False)
        return Hits(tuple(sorted(found, key=lambda s: (len(s), s))), True)

    def _prepare(self) -> tuple[list[int], dict[int, list[int]]]:
        if self._halves is None:
            half = len(self.amounts) // 2
            right: dict[int, list[int]] = {}
            for mask, value in enumerate(_sums(self.amounts[half:])):
                right.setdefault(value, []).append(mask)
            self._halves = (_sums(self.amounts[:half]), right)
        return self._halves

    def _few(self, wanted: int) -> list[tuple[int, ...]]:
        """Subsets of one to three amounts."""
        places = self._index()
        found = [(place,) for place in places.get(wanted, ())]
        count = len(self.amounts)
        if count <= _PAIRS:
            for first, value in enumerate(self.amounts):
                found += [(first, other) for other in places.get(wanted - value, ()) if other > first]
        if count <= _TRIPLES:
            for first, second in combinations(range(count), 2):
                rest = wanted - self.amounts[first] - self.amounts[second]
                found += [(first, second, third) for third in places.get(rest, ()) if third > second]
                if len(found) > HITS:
                    break
        return found[:HITS]

    def _index(self) -> dict[int, list[int]]:
        if self._places is None:
            self._places = {}
            for place, value in enumerate(self.amounts):
                self._places.setdefault(value, []).append(place)
        return self._places


def _sums(amounts: Sequence[int]) -> list[int]:
    """The sum of every subset; the place in the list is the subset's bit mask."""
    sums = [0]
    for amount in amounts:
        sums += [value + amount for value in sums]
    return sums


def patterns(dues: Sequence[int], dates: Sequence[int], day: int) -> dict[str, list[tuple[int, ...]]]:
    """Subsets that people pay together, by the name of their pattern.

    ``dues`` and ``dates``: ordinals per place, the pool being in due order; ``day``: of the line. ``all``; ``due``
    (all due by then, some days later, or by each later due date); ``date`` (all of one date); ``fifo`` (the oldest n).
    """
    count = len(dues)
    found: dict[str, list[tuple[int, ...]]] = {"all": [tuple(range(count))], "due": [], "date": [], "fifo": []}
    for slack in (0, 3, 7):
        subset = tuple(place for place in range(count) if dues[place] <= day + slack)
        if 1 < len(subset) < count and subset not in found["due"]:
            found["due"].append(subset)
    for days in (dues, dates):
        for each in sorted(set(days)):
            subset = tuple(place for place in range(count) if days[place] == each)
            if 1 < len(subset) < count and subset not in found["date"]:
                found["date"].append(subset)
    found["fifo"] = [tuple(range(size)) for size in range(2, count) if dues[size - 1] < dues[size]]
    return found


def luck(amounts: Sequence[int], size: int) -> float:
    """log10 of how many subsets of ``size`` (or of all but ``size``) would give a sum by mere chance.

    Sums are taken to spread evenly between zero and the pool's whole, on the grid of its greatest common step.
    """
    count = len(amounts)
    few = min(size, count - size)
    ways = sum(comb(count, k) for k in range(few + 1))
    spread = max(sum(map(abs, amounts)) // _grid(amounts), 1)
    return log10(ways) - log10(spread)


def _grid(amounts: Sequence[int]) -> int:
    """The coarsest of the usual price steps that at least nine amounts in ten keep to."""
    for step in (10000, 5000, 1000, 500, 100, 50, 10, 5):
        if sum(amount % step == 0 for amount in amounts) * 10 >= len(amounts) * 9:
            return step
    return 1
