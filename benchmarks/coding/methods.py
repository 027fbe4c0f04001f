"""What every measured method does, and the simple memories among them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .rows import Row


@dataclass(frozen=True, slots=True)
class Guess:
    """What a method says; ``label`` None: nothing. ``confidence`` ranks; a measured one is a probability."""

    label: str | None = None
    confidence: float = 0.0


class Method(Protocol):
    """``is_online``: learns each decision of the test period after it was guessed; else it stands as it was fitted."""

    name: str
    is_online: bool
    is_probability: bool

    def fit(self, rows: Sequence[Row]) -> None: ...

    def guess_many(self, rows: Sequence[Row]) -> list[Guess]: ...

    def learn(self, row: Row) -> None: ...


class LastDecision:
    """The payee's last coding; surer the more often it was the same without a break."""

    name, is_online, is_probability = "last decision", True, False

    def __init__(self) -> None:
        self._last: dict[str, tuple[str, int]] = {}

    def fit(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self.learn(row)

    def guess_many(self, rows: Sequence[Row]) -> list[Guess]:
        return [self._guess(row) for row in rows]

    def _guess(self, row: Row) -> Guess:
        label, run = self._last.get(row.payee, (None, 0))
        return Guess(label, run / (run + 1))

    def learn(self, row: Row) -> None:
        label, run = self._last.get(row.payee, (None, 0))
        self._last[row.payee] = (row.truth, run + 1 if label == row.truth else 1)


class Memory:
    """The payee's most frequent coding so far; its share, with one more failure than there was, ranks."""

    is_probability = True

    def __init__(self, is_online: bool = True) -> None:
        self.is_online = is_online
        self.name = "online memory" if is_online else "memory at the cut"
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)

    def fit(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self.learn(row)

    def guess_many(self, rows: Sequence[Row]) -> list[Guess]:
        return [self._guess(row) for row in rows]

    def _guess(self, row: Row) -> Guess:
        counts = self._counts.get(row.payee)
        if not counts:
            return Guess()
        label, count = counts.most_common(1)[0]
        return Guess(label, count / (counts.total() + 1))

    def learn(self, row: Row) -> None:
        self._counts[row.payee][row.truth] += 1


class Gate(Memory):
    """Speaks only of a payee that was coded at least 3 times, at least 90 % of them to one account."""

    LEAST, SHARE = 3, 0.9

    def __init__(self) -> None:
        super().__init__()
        self.name = "simple gate"

    def _guess(self, row: Row) -> Guess:
        counts = self._counts.get(row.payee)
        if not counts or counts.total() < self.LEAST:
            return Guess()
        label, count = counts.most_common(1)[0]
        share = count / counts.total()
        return Guess(label, share) if share >= self.SHARE else Guess()
