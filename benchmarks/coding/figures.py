"""Figures of guesses with known outcomes. Every function takes plain sequences in the order of the test."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from .methods import Guess
from .rows import Row

BINS = 10
_DRAWS = 200


def touches(scored: Iterable[tuple[float, bool]], precision: float) -> tuple[int, int, float]:
    """Where the curve of precision, from the surest guess down, last touches ``precision``.

    Guesses of equal confidence are taken together: a threshold cannot tell them apart.

    :return: how many guesses, how many of them right, and the confidence of the last; (0, 0, infinity) for nowhere
    """
    ordered = sorted(scored, key=lambda each: -each[0])
    best, right = (0, 0, float("inf")), 0
    for taken, (confidence, is_right) in enumerate(ordered, start=1):
        right += is_right
        is_boundary = taken == len(ordered) or ordered[taken][0] != confidence
        if is_boundary and right >= precision * taken:
            best = (taken, right, confidence)
    return best


def accepted(scored: Iterable[tuple[float, bool]], threshold: float) -> tuple[int, int]:
    """How many guesses reach the threshold, and how many of them are right."""
    outcomes = [is_right for confidence, is_right in scored if confidence >= threshold]
    return len(outcomes), sum(outcomes)


def scored(rows: Sequence[Row], guesses: Sequence[Guess]) -> list[tuple[float, bool]]:
    """(confidence, right) of each guess that says something."""
    pairs = zip(rows, guesses, strict=True)
    return [(guess.confidence, guess.label == row.truth) for row, guess in pairs if guess.label is not None]


def calibration_error(probabilities: Sequence[float], outcomes: Sequence[bool]) -> float:
    """The expected calibration error: |promised - kept| in ten bins of equal width, weighted by their guesses."""
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for probability, outcome in zip(probabilities, outcomes, strict=True):
        entry = sums[min(int(probability * BINS), BINS - 1)]
        entry[0] += probability
        entry[1] += outcome
    return sum(abs(promised - kept) for promised, kept in sums.values()) / len(probabilities) if probabilities else 0.0


def perfect_error(probabilities: Sequence[float], seed: int = 1) -> float:
    """What :func:`calibration_error` shows on average when every probability is exactly true: chance alone."""
    draw = random.Random(seed).random
    errors = [
        calibration_error(probabilities, [draw() < probability for probability in probabilities]) for _ in range(_DRAWS)
    ]
    return sum(errors) / len(errors)


def top_bin(found: Sequence[tuple[float, bool]], least: float = 0.9) -> tuple[int, int, float]:
    """How many guesses promise at least ``least``, how many are right, and what they promise on average."""
    top = [(confidence, is_right) for confidence, is_right in found if confidence >= least]
    promised = sum(confidence for confidence, _right in top) / len(top) if top else 0.0
    return len(top), sum(is_right for _confidence, is_right in top), promised


def ceiling(rows: Sequence[Row], with_unit: bool = False) -> int:
    """How many rows the best constant label of each payee (of payee and unit) inside the test period gets right."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row.payee, row.case.unit if with_unit else ""][row.truth] += 1
    return sum(max(counter.values()) for counter in counts.values())
