"""How sure: the measured probability that the first label is right, from outcomes of the past only.

Two steps, both fed only with predictions that were made before their outcome was known. A logistic model over steps
of what tells right from wrong (share, margin, how steady the payee was) gives the scale. Bins of that scale hold how
many of n were right, pooled so that they never fall (pool adjacent violators; Ayer et al. 1955): the confidence is
that measured share.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from math import exp, log, sqrt
from typing import Any

from .mixing import Mix
from .tables import Row

_RATE = 0.15
_QUIET = 0.001
_SHARES = (
    *(0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.84, 0.88),
    *(0.91, 0.93, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.993, 0.996, 0.998),
)
#: Edges of the bins on the scale of logarithmic odds: fine where predictions are sure.
_EDGES = tuple(log(share / (1 - share)) for share in _SHARES)
_MIDDLES = tuple((low + high) / 2 for low, high in zip((0.0, *_SHARES), (*_SHARES, 1.0), strict=True))
_TRUST = 3.0  # outcomes that the model's own share counts in each bin
_FADE = 0.999  # a bin forgets slowly, so that a change of habits shows
_EVERY = 16  # outcomes after which the pooled curve is drawn anew
_STEPS = 24

Found = tuple[tuple[str, int], ...]


def _odds(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return log(share / (1 - share))


def share_of(odds: float) -> float:
    """The share of logarithmic odds."""
    return 1 / (1 + exp(-min(max(odds, -30.0), 30.0)))


def features(mix: Mix, payee: Row | None, unit: Row | None) -> Found:
    """(name, step) pairs of a mix that knows a label."""
    first, level = mix.labels[0], mix.level
    share = min(_STEPS - 1, max(0, int((_odds(mix.shares[0]) + 4) * 2)))
    return (
        ("share", share * 3 + level),
        ("margin", min(9, int(mix.margin * 10)) * 3 + level),
        ("none", min(11, max(0, int(_odds(mix.none) + 9)))),
        ("payee", _cell(payee, first)),
        ("unit", _cell(unit, first)),
        ("ways", min(7, len(payee.counts)) if payee else 0),
    )


def _cell(row: Row | None, label: int) -> int:
    if row is None:
        return -2
    for one, cell in row.cells:
        if one == label:
            return cell
    return -1


class Gauge:
    """Learns which predictions hold. ``bins``: [n, right] each, fading."""

    def __init__(self) -> None:
        self._weights: dict[str, dict[int, list[float]]] = {}
        self._bins = [[0.0, 0.0] for _bin in range(len(_EDGES) + 1)]
        self._taught = 0
        self._curve = _pooled(self._bins)

    def copy(self) -> Gauge:
        return Gauge.from_json(self.to_json())

    def odds(self, mix: Mix, found: Found) -> float:
        """Logarithmic odds that the first label is right: the scale."""
        odds = _odds(mix.shares[0])
        for name, step in found:
            steps = self._weights.get(name)
            if steps is not None:
                weight = steps.get(step)
                if weight is not None:
                    odds += weight[0]
        return odds

    def confidence(self, odds: float) -> tuple[float, tuple[int, int]]:
        """(the measured share that was right, (n, right) of past predictions like this one)."""
        share, n, right = self._curve[bisect_right(_EDGES, odds)]
        return share, (round(n), round(right))

    def teach(self, found: Found, odds: float, is_right: bool, weight: float) -> None:
        """The outcome of a prediction."""
        row = self._bins[bisect_right(_EDGES, odds)]
        row[0] = row[0] * _FADE + weight
        row[1] = row[1] * _FADE + weight * is_right
        self._taught += 1
        if self._taught % _EVERY == 0 or self._taught < _EVERY:
            self._curve = _pooled(self._bins)
        error = (share_of(odds) - is_right) * weight
        if abs(error) < _QUIET:
            return
        for name, step in found:
            weights = self._weights.setdefault(name, {}).setdefault(step, [0.0, 1.0])
            weights[1] += error * error
            weights[0] -= _RATE * error / sqrt(weights[1])

    def untell(self, odds: float, was_right: bool, weight: float, is_error: bool) -> None:
        """An outcome was taken back: it is not counted, or (``is_error``) counted as wrong."""
        row = self._bins[bisect_right(_EDGES, odds)]
        if was_right:
            row[1] = max(0.0, row[1] - weight)
        if not is_error:
            row[0] = max(row[1], row[0] - weight)
        self._curve = _pooled(self._bins)

    def to_json(self) -> dict[str, Any]:
        weights = {
            name: [[step, *weight] for step, weight in sorted(steps.items())] for name, steps in self._weights.items()
        }
        return {
            "weights": weights,
            "bins": [list(row) for row in self._bins],
            "taught": self._taught,
            "curve": [list(point) for point in self._curve],
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Gauge:
        gauge = cls()
        gauge._weights = {
            name: {step: [weight, speed] for step, weight, speed in steps} for name, steps in values["weights"].items()
        }
        gauge._bins = [list(row) for row in values["bins"]]
        gauge._taught = values["taught"]
        gauge._curve = [tuple(point) for point in values["curve"]]
        return gauge


def _pooled(bins: list[list[float]]) -> list[tuple[float, float, float]]:
    """(share, n, right) of each bin; neighbours are pooled until shares do not fall."""
    pools: list[list[float]] = []
    for (n, right), middle in zip(bins, _MIDDLES, strict=True):
        pools.append([n + _TRUST, right + _TRUST * middle, n, right, 1])
        while len(pools) > 1 and pools[-2][1] * pools[-1][0] > pools[-1][1] * pools[-2][0]:
            last = pools.pop()
            pools[-1] = [one + two for one, two in zip(pools[-1], last, strict=True)]
    return [(right / n, seen, held) for n, right, seen, held, bins_in in pools for _bin in range(int(bins_in))]
