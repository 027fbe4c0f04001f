"""The quality table without Odoo: the engine alone on generated years, seconds per seed."""

from __future__ import annotations

import time

from .facts import batches
from .generator import generate
from .score import Scorer
from .tally import Tally


def match_all(match, seeds: list[int], lines: int, noise: str, period: str) -> tuple[Tally, float]:
    """The tally over all seeds, and the seconds that the engine took."""
    tally, seconds = Tally(), 0.0
    for seed in seeds:
        year = generate(seed, lines, noise, period)
        scorer = Scorer(year, tally)
        for facts in batches(year):
            started = time.perf_counter()
            answers = list(match(facts))
            seconds += time.perf_counter() - started
            scorer.score(answers)
    return tally, seconds
