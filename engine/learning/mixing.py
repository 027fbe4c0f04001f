"""How much each context's count says, learned from how often it was right.

A multinomial logistic model over the labels that the contexts of a case know, and over "none of them": each
(kind of context, how much the payee is known, cell of the row) has one weight; a label's score is the sum of the
weights of its cells. Weights start from the logarithm of the share and follow the outcomes by AdaGrad (Duchi, Hazan,
Singer 2011), as the mixing networks of Mahoney (PAQ, 2005) do for bits.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log, sqrt
from typing import Any

from .contexts import GENERAL, NAME, OWN, TEXT
from .tables import CELLS, MEMORIES, SHARES, SIZES, Row

#: Payee not seen, seen less than three times, seen more often.
LEVELS = 3
#: Labels that are weighed against each other, and "none of them".
TOP = 10
_RATE = 0.08
_QUIET = 0.004  # errors so small that they teach nothing
#: What a context's logarithmic share counts before anything was learned: the more it says of the payee, the more.
_START = {
    **{"p": 0.6, "pu": 0.6, "pa": 0.5, "ps": 0.3, "pm": 0.1, "pd": 0.4, "pw": 0.2},
    **{"u": 0.1, "us": 0.1, "ua": 0.2, "c": 0.2},
    **{"w": 0.35, "uw": 0.25, "b": 0.4, "f": 0.25, "l": 0.25, "g": 0.1, "n": 0.3},
}
_SIZE_MIDDLES = (1, 2, 3, 4.5, 8, 18, 50, 150)
_MEMORY_MIDDLES = (0.0, 0.2, 0.35, 0.5, 0.65, 0.4, 0.65, 0.85, 1.0)
_NONE_START = 1.5
_WAYS = 8


def _start(cell: int) -> float:
    rest, memory = divmod(cell, MEMORIES)
    size, share = divmod(rest, SHARES)
    trust = _SIZE_MIDDLES[size] / (_SIZE_MIDDLES[size] + 0.6)
    return log(1 + 30 * trust * ((share + 0.5) / SHARES + _MEMORY_MIDDLES[memory]))


_STARTS = [_start(cell) for cell in range(CELLS)]


class Weights:
    """One number for each cell of each (kind, level); ``speed`` is AdaGrad's sum of squared errors."""

    def __init__(self) -> None:
        pairs = [(kind, level) for kind in (*OWN, *GENERAL, *TEXT, NAME) for level in range(LEVELS)]
        self.of = {(kind, level): [_START[kind] * start for start in _STARTS] for kind, level in pairs}
        self.speed = {pair: [1.0] * CELLS for pair in pairs}
        self.none = [_NONE_START] * (SIZES * _WAYS)
        self.none_speed = [1.0] * (SIZES * _WAYS)

    def copy(self) -> Weights:
        twin = Weights.__new__(Weights)
        twin.of = {pair: list(values) for pair, values in self.of.items()}
        twin.speed = {pair: list(values) for pair, values in self.speed.items()}
        twin.none, twin.none_speed = list(self.none), list(self.none_speed)
        return twin

    def to_json(self) -> dict[str, Any]:
        """Only what was learned: [cell, weight, speed] of each kind and level."""
        cells = {
            f"{kind}/{level}": [
                [cell, self.of[kind, level][cell], speed] for cell, speed in enumerate(speeds) if speed != 1.0
            ]
            for (kind, level), speeds in self.speed.items()
        }
        return {"cells": cells, "none": self.none, "none_speed": self.none_speed}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Weights:
        weights = cls()
        for name, cells in values["cells"].items():
            kind, level = name.split("/")
            for cell, weight, speed in cells:
                weights.of[kind, int(level)][cell] = weight
                weights.speed[kind, int(level)][cell] = speed
        weights.none, weights.none_speed = list(values["none"]), list(values["none_speed"])
        return weights


class Mix:
    """What the rows of a case say together: ``labels`` by their ``shares``, best first; ``none`` of them."""

    __slots__ = ("rows", "level", "place", "labels", "shares", "none")

    def __init__(self, weights: Weights, rows: list[tuple[str, str, Row]], level: int, place: int):
        """:param place: the cell of "none of them", as ``novelty`` gives it"""
        self.rows, self.level, self.place = rows, level, place
        scores: dict[int, float] = {}
        of = weights.of
        for kind, _key, row in rows:
            values = of[kind, level]
            for label, cell in row._cells or row.cells:
                if label in scores:
                    scores[label] += values[cell]
                else:
                    scores[label] = values[cell]
        labels = sorted(scores, key=scores.__getitem__, reverse=True)[:TOP] if len(scores) > 1 else list(scores)
        none = weights.none[place]
        most = max(none, scores[labels[0]]) if labels else none
        powers = [exp(scores[label] - most) for label in labels]
        alone = exp(none - most)
        total = sum(powers) + alone
        self.labels = labels
        self.shares = [power / total for power in powers]
        self.none = alone / total

    @property
    def margin(self) -> float:
        """The first share less the second."""
        return self.shares[0] - (self.shares[1] if len(self.shares) > 1 else 0.0)

    def teach(self, weights: Weights, label: int, weight: float) -> None:
        """Move the weights of what was said towards what was right."""
        error = (self.none - (label not in self.labels)) * weight
        speed = weights.none_speed[self.place] = weights.none_speed[self.place] + error * error
        weights.none[self.place] -= _RATE * error / sqrt(speed)
        errors = {}
        for one, share in zip(self.labels, self.shares, strict=True):
            error = (share - (one == label)) * weight
            if abs(error) > _QUIET:
                errors[one] = error
        if not errors:
            return
        for kind, _key, row in self.rows:
            values, speeds = weights.of[kind, self.level], weights.speed[kind, self.level]
            for one, cell in row.cells:
                if one in errors:
                    error = errors[one]
                    speed = speeds[cell] = speeds[cell] + error * error
                    values[cell] -= _RATE * error / sqrt(speed)


def novelty(payee: Row | None) -> int:
    """The cell of "none of the known labels": how often the payee was seen, in how many ways it was coded."""
    if payee is None:
        return 0
    size = min(SIZES - 1, 1 + int(log(payee.total + 1, 2)))
    return size * _WAYS + min(_WAYS - 1, len(payee.counts))
