"""How good predictions were, measured on decisions that came after them: reliability and drift."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

EDGES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
_WINDOW = 100  # newest sure predictions that are watched
_SURE = 0.8
_LEAST = 20
_LIMIT = 3.0


@dataclass(frozen=True, slots=True)
class Drift:
    """Of the newest ``n`` sure predictions ``right`` held where ``expected`` should have; ``deviation`` in standard
    deviations of a sum of independent outcomes with the probabilities that were said."""

    n: int = 0
    right: int = 0
    expected: float = 0.0
    deviation: float = 0.0

    @property
    def is_drifting(self) -> bool:
        """Far fewer held than was said: habits changed."""
        return self.n >= _LEAST and self.deviation < -_LIMIT


class Outcomes:
    """Tallies of what was said and what held, per tier and bin of confidence; the newest in ``_window``."""

    def __init__(self) -> None:
        self._bins: dict[str, list[list[float]]] = {}
        self._window: list[list[float]] = []

    def add(self, tier: str, confidence: float, is_right: bool, weight: float) -> None:
        bins = self._bins.get(tier)
        if bins is None:
            bins = self._bins[tier] = [[0.0, 0.0, 0.0] for _edge in range(len(EDGES) + 1)]
        row = bins[bisect_right(EDGES, confidence)]
        row[0] += weight
        row[1] += weight * is_right
        row[2] += weight * confidence
        if confidence >= _SURE:
            self._window.append([confidence, int(is_right)])
            del self._window[:-_WINDOW]

    def reliability(self) -> list[dict[str, Any]]:
        """Bins with outcomes: tier, low, high (edges), n, right, mean (of the confidence said)."""
        edges = (0.0, *EDGES, 1.0)
        return [
            {
                "tier": tier,
                "low": edges[place],
                "high": edges[place + 1],
                "n": round(n),
                "right": round(right),
                "mean": round(said / n, 4),
            }
            for tier, bins in sorted(self._bins.items())
            for place, (n, right, said) in enumerate(bins)
            if round(n)
        ]

    def drift(self) -> Drift:
        expected = sum(said for said, _right in self._window)
        right = int(sum(right for _said, right in self._window))
        # One outcome's variance is never counted as nothing: certain words would make one error a drift.
        spread = sqrt(sum(max(said * (1 - said), 0.01) for said, _right in self._window))
        deviation = (right - expected) / spread if spread else 0.0
        return Drift(len(self._window), right, expected, deviation)

    def copy(self) -> Outcomes:
        return Outcomes.from_json(self.to_json())

    def to_json(self) -> dict[str, Any]:
        return {
            "bins": {tier: [list(row) for row in bins] for tier, bins in self._bins.items()},
            "window": [list(row) for row in self._window],
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Outcomes:
        outcomes = cls()
        outcomes._bins = {tier: [list(row) for row in bins] for tier, bins in values["bins"].items()}
        outcomes._window = [list(row) for row in values["window"]]
        return outcomes
