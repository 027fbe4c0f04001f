"""The addon's learner as one of the measured methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.learning import Example, Learner

from .methods import Guess
from .rows import Row


class Learned:
    """``engine.learning.Learner``, told the names of the accounts that were in use before the cut."""

    is_probability = True

    def __init__(self, accounts: Mapping[str, str], is_online: bool = True) -> None:
        self.name = "learner" if is_online else "learner at the cut"
        self.is_online = is_online
        self._learner = Learner(accounts)

    def fit(self, rows: Sequence[Row]) -> None:
        self._learner.learn_many(example(row) for row in rows)

    def guess_many(self, rows: Sequence[Row]) -> list[Guess]:
        return [Guess(found.label, found.confidence) for found in self._learner.predict_many(row.case for row in rows)]

    def learn(self, row: Row) -> None:
        self._learner.learn(example(row))


def example(row: Row) -> Example:
    return Example(row.case, row.truth)
