"""One split, one method: guess in the order of time, choose the threshold on the past, keep the outcomes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from . import figures
from .methods import Guess, Method
from .rows import Row, Split

PRECISION = 0.98
CHOOSING = 0.2  # the last part of the past, on which thresholds are chosen


@dataclass
class Outcome:
    """What a method did on a split. ``threshold`` was chosen before the first row of ``rows`` was seen."""

    name: str
    rows: Sequence[Row]
    guesses: list[Guess]
    known: set[str]
    threshold: float
    is_probability: bool
    fit_seconds: float
    chosen_on: tuple[int, int, int] = (0, 0, 0)  # rows, guesses over the threshold, right ones
    scored: list[tuple[float, bool]] = field(init=False)

    def __post_init__(self) -> None:
        self.scored = figures.scored(self.rows, self.guesses)

    def right(self, seen: bool | None = None) -> tuple[int, int]:
        """(right, all) of all rows, or of those whose payee was (not) seen before the cut."""
        pairs = zip(self.rows, self.guesses, strict=True)
        outcomes = [
            guess.label == row.truth for row, guess in pairs if seen is None or (row.payee in self.known) == seen
        ]
        return sum(outcomes), len(outcomes)


def measure(make: Callable[[], Method], split: Split, rhythm: str) -> Outcome:
    """The threshold on the last part of the past, fitted on what came before; then fitted anew and tested.

    What keeps learning is fitted once: it has guessed the last part of the past on its way.
    """
    at = len(split.past) - max(1, round(CHOOSING * len(split.past)))
    older, newer = split.past[:at], split.past[at:]
    method = make()
    started = time.perf_counter()
    method.fit(older)
    seconds = time.perf_counter() - started
    chosen = figures.scored(newer, guess(method, newer, rhythm))
    taken, right, threshold = figures.touches(chosen, PRECISION)
    if not method.is_online:
        method = make()
        started = time.perf_counter()
        method.fit(split.past)
        seconds = time.perf_counter() - started
    guesses = guess(method, split.future, rhythm)
    known = {row.payee for row in split.past}
    found = Outcome(method.name, split.future, guesses, known, threshold, method.is_probability, seconds)
    found.chosen_on = (len(newer), taken, right)
    return found


def guess(method: Method, rows: Sequence[Row], rhythm: str) -> list[Guess]:
    """Guesses in order; a method that keeps learning gets each ``line``, or each ``day``, after it was guessed."""
    if not method.is_online:
        return method.guess_many(rows)
    found: list[Guess] = []
    start = 0
    while start < len(rows):
        end = start + 1
        if rhythm == "day":
            while end < len(rows) and rows[end].case.date == rows[start].case.date:
                end += 1
        batch = rows[start:end]
        found += method.guess_many(batch)
        for row in batch:
            method.learn(row)
        start = end
    return found
