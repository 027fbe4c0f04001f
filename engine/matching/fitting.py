"""Weights and confidence bins from lines whose answer is known. Used offline; the result is ``calibration.py``.

A *sample* is one line: the features of its readings and which of them were right (none, when it was something
else). Weights maximise the likelihood of a conditional logit, held near a given start by a ridge; bins are
the isotonic (pool adjacent violators) fit of "first reading right" on the first reading's share.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from random import Random

from ..facts import MatchingFacts
from ..proposal import Match
from .candidates import Finder
from .items import Book
from .matcher import scenes

Sample = tuple[tuple[tuple[tuple[int, float], ...], ...], frozenset[int]]


def observe(facts: MatchingFacts) -> list[tuple[int, list[tuple[dict[str, float], Match]]]]:
    """Line key -> features and booking of each reading, before items are handed out."""
    book = Book(facts)
    finder = Finder(book)
    return [
        (scene.line.key, [(dict(d.features), d.match) for d in finder.drafts(scene)]) for scene in scenes(facts, book)
    ]


def encode(readings: list[dict[str, float]], right: set[int], names: dict[str, int]) -> Sample:
    """A sample over numbered features; unknown names get the next number."""
    rows = []
    for features in readings:
        row = [(names.setdefault("bias", 0), 1.0)]
        row += [(names.setdefault(name, len(names)), value) for name, value in sorted(features.items()) if value]
        rows.append(tuple(row))
    return tuple(rows), frozenset(right)


def shares(sample: Sample, weights: Sequence[float]) -> tuple[list[float], float]:
    """Share of each reading, and of "something else"."""
    scores = [sum(weights[name] * value for name, value in row) for row in sample[0]]
    top = max([0.0, *scores])
    parts = [exp(score - top) for score in scores]
    whole = exp(-top) + sum(parts)
    return [part / whole for part in parts], exp(-top) / whole


def fit(
    samples: list[Sample], start: list[float], ridge: float = 2.0, rounds: int = 30, seed: int = 7, step: float = 0.05
) -> list[float]:
    """Weights by Adam over shuffled batches; ``ridge`` is the weight of staying near ``start``."""
    weights, rng = list(start), Random(seed)
    first, second = [0.0] * len(weights), [0.0] * len(weights)
    order, batch, turn = list(range(len(samples))), 64, 0
    for epoch in range(rounds):
        rng.shuffle(order)
        pace = step / (1 + epoch / 6)
        for begin in range(0, len(order), batch):
            chosen = order[begin : begin + batch]
            slope = [ridge * (w - s) / len(samples) for w, s in zip(weights, start, strict=True)]
            for number in chosen:
                _add_slope(samples[number], weights, slope, 1 / len(chosen))
            turn += 1
            for k, value in enumerate(slope):
                first[k] = 0.9 * first[k] + 0.1 * value
                second[k] = 0.999 * second[k] + 0.001 * value * value
                mean, spread = first[k] / (1 - 0.9**turn), second[k] / (1 - 0.999**turn)
                weights[k] -= pace * mean / (spread**0.5 + 1e-8)
                if start[k] * weights[k] < 0:
                    weights[k] = 0.0  # a feature may lose its say, not turn round
    return weights


def _add_slope(sample: Sample, weights: list[float], slope: list[float], scale: float) -> None:
    """Add the slope of minus the logarithm of the share of what was right."""
    rows, right = sample
    parts, nothing = shares(sample, weights)
    good = sum(parts[k] for k in right) if right else nothing
    for k, row in enumerate(rows):
        pull = parts[k] - (parts[k] / max(good, 1e-12) if k in right else 0.0)
        if pull:
            for name, value in row:
                slope[name] += scale * pull * value


def loss(samples: list[Sample], weights: list[float]) -> float:
    """Mean of minus the logarithm of the share of what was right."""
    total = 0.0
    for sample in samples:
        parts, nothing = shares(sample, weights)
        total -= log(max(sum(parts[k] for k in sample[1]) if sample[1] else nothing, 1e-12))
    return total / max(len(samples), 1)


def isotonic(points: list[tuple[float, bool]], least: int = 150) -> list[tuple[float, float, int, int]]:
    """Bins (from, share right, n, right) of rising share; neighbours are pooled until each holds ``least``.

    The share is (right + 1/2) / (n + 1), so that no bin claims certainty.
    """
    bins: list[list[float]] = []
    for raw, right in sorted(points):
        bins.append([raw, 1, float(right)])
        while len(bins) > 1 and bins[-2][2] * bins[-1][1] >= bins[-1][2] * bins[-2][1]:
            _pool(bins)
    while len(bins) > 1 and any(row[1] < least for row in bins):
        small = min(range(len(bins)), key=lambda place: bins[place][1])
        _pool(bins, max(small, 1))
    return [
        (0.0 if place == 0 else round(low, 6), round((k + 0.5) / (n + 1), 5), int(n), int(k))
        for place, (low, n, k) in enumerate(bins)
    ]


def _pool(bins: list[list[float]], place: int = -1) -> None:
    """Make one bin of the one at ``place`` and the one before it."""
    last = bins.pop(place)
    into = bins[place - 1 if place > 0 else place]
    into[1] += last[1]
    into[2] += last[2]


def module_text(weights: dict[str, float], bins: list[tuple[float, float, int, int]], provenance: str) -> str:
    """The source of ``calibration.py``."""
    lines = [
        '"""Weights and confidence bins of the matcher, as data.',
        "",
        provenance,
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "#: Logarithmic odds that a feature adds to a reading; an absent feature adds nothing.",
        "WEIGHTS: dict[str, float] = {",
    ]
    lines += [f'    "{name}": {value:.3f},' for name, value in sorted(weights.items())]
    lines += [
        "}",
        "",
        "#: (raw share from which on, measured share that was right, how many, how many right), ascending.",
        "BINS: tuple[tuple[float, float, int, int], ...] = (",
    ]
    lines += [f"    ({low}, {rate}, {n}, {k})," for low, rate, n, k in bins]
    return "\n".join([*lines, ")", ""])
