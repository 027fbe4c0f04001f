"""Two simple methods that anybody writes first, as peers in the same run.

*one to one*: the payee's only open item of exactly the line's amount. *subset*: its only set
of up to six open items with exactly that sum. Nothing when there are several.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

LARGEST = 6
_LOOKUPS = 400_000


@dataclass(frozen=True, slots=True)
class Item:
    key: str
    payee: str
    cents: int


def squash(name: str) -> str:
    """Letters and digits only, upper case."""
    return re.sub(r"[^A-Z0-9]", "", name.upper())


class Payees:
    """Items found by the payee that a bank text names."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._open: dict[str, dict[str, Item]] = defaultdict(dict)
        for item in items:
            self._open[squash(item.payee)][item.key] = item
        self._names: dict[str, list[str]] = {}

    def items(self, text: str) -> list[Item]:
        """The open items of all payees whose name begins as the text does, in file order."""
        key = squash(text)
        if key not in self._names:
            found = [name for name in self._open if name.startswith(key)]
            self._names[key] = found if key else []
        return [item for name in self._names[key] for item in self._open[name].values()]


def one_to_one(items: list[Item], cents: int) -> frozenset[str]:
    """The only item of that amount."""
    found = [item.key for item in items if item.cents == cents]
    return frozenset(found if len(found) == 1 else ())


def fitting_sets(items: list[Item], cents: int, enough: int = 2) -> list[frozenset[str]]:
    """Sets of up to six items with that sum, small ones first; stops when ``enough`` are found."""
    items = _possible(items, cents)
    found: list[frozenset[str]] = []
    halves = _sums(items, 3)
    for keys in halves.get(cents, ()):
        found.append(keys)
        if len(found) >= enough:
            return found
    lookups = 0
    for total, groups in halves.items():
        for large in groups:
            if len(large) != 3:
                continue
            for other in halves.get(cents - total, ()):
                lookups += 1
                union = large | other
                if len(union) == 3 + len(other) and union not in found:
                    found.append(union)
                if len(found) >= enough or lookups > _LOOKUPS:
                    return found
    return found


def unique_set(items: list[Item], cents: int) -> frozenset[str]:
    """The only fitting set; empty when none or several fit."""
    found = fitting_sets(items, cents)
    return found[0] if len(found) == 1 else frozenset()


def _possible(items: list[Item], cents: int) -> list[Item]:
    """Items larger than the sum cannot be in it unless there are negative ones."""
    if cents > 0 and all(item.cents >= 0 for item in items):
        return [item for item in items if item.cents <= cents]
    return items


def _sums(items: list[Item], largest: int) -> dict[int, list[frozenset[str]]]:
    """Sets of up to ``largest`` items by their sum."""
    sums: dict[int, list[frozenset[str]]] = defaultdict(list)
    for size in range(1, largest + 1):
        for chosen in combinations(items, size):
            sums[sum(item.cents for item in chosen)].append(frozenset(i.key for i in chosen))
    return sums
