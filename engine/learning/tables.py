"""Counts of labels per context: what was decided where the same was known. Exact to add to and to take from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

#: How many of the newest decisions count as such; a few more are kept, so that one may be taken back.
RECENT = 6
_KEPT = 8
#: Labels a row keeps at most; where there are more, the rarest quarter goes.
LABELS = 24
_WEAK = 0.5  # decisions that weigh less are counted, but are not "the newest"
_NOTHING = 1e-9
_OFTEN = 3.0  # decisions from which a row is worth keeping
_CHANCES = 8
#: Steps of how much was decided, of a label's share in it, and of how many of the newest decisions are its own.
SIZES, SHARES, MEMORIES = 8, 8, 9
CELLS = SIZES * SHARES * MEMORIES
_STEPS = (1.5, 2.5, 3.5, 5.5, 10.5, 25.5, 80.5)


def size_step(total: float) -> int:
    """0..7: how much was decided in a context, in steps that grow."""
    for step, most in enumerate(_STEPS):
        if total < most:
            return step
    return len(_STEPS)


class Row:
    """What was decided in one context: ``counts`` per label, the newest decisions in ``recent`` (newest last).

    ``used``: ordinal of the day of the newest decision. ``days``: {label: (ordinal of its first, of its newest day)},
    only where it is noted. Tuples of numbers and not lists: half a million lists keep the garbage collector busy.
    """

    __slots__ = ("total", "counts", "recent", "used", "days", "_cells")

    def __init__(
        self,
        counts: dict[int, float],
        recent: tuple[int, ...],
        used: int,
        days: dict[int, tuple[int, int]] | None = None,
    ):
        self.counts, self.recent, self.used, self.days = counts, recent, used, days
        self.total = sum(counts.values())
        self._cells: tuple[tuple[int, int], ...] | None = None

    def copy(self) -> Row:
        return Row(dict(self.counts), self.recent, self.used, self.days and dict(self.days))

    @property
    def cells(self) -> tuple[tuple[int, int], ...]:
        """(label, cell) pairs: the cell says how many, which share, and how many of the newest are the label's."""
        if self._cells is None:
            self._cells = self._describe()
        return self._cells

    def _describe(self) -> tuple[tuple[int, int], ...]:
        total, recent = self.total, self.recent[-RECENT:]
        start = size_step(total) * SHARES
        last = recent[-1] if recent else None
        found = []
        for label, count in self.counts.items():
            newest = recent.count(label)
            if not newest:
                memory = 0
            elif label == last:
                memory = 5 + (newest > 1) + (newest > 2) + (newest > 4)
            else:
                memory = min(newest, 4)
            share = min(SHARES - 1, int(count / total * SHARES))
            found.append((label, (start + share) * MEMORIES + memory))
        return tuple(found)

    def add(self, label: int, weight: float, day: int) -> None:
        counts = self.counts
        counts[label] = counts.get(label, 0.0) + weight
        self.total += weight
        if weight >= _WEAK:
            self.recent = (*self.recent[1 - _KEPT :], label)
        if day > self.used:
            self.used = day
        self._cells = None
        if len(counts) > LABELS:
            self._shrink()

    def _shrink(self) -> None:
        """The rarest labels that are none of the newest go; which ones does not depend on chance."""
        old = sorted((count, label) for label, count in self.counts.items() if label not in self.recent)
        for _count, label in old[: LABELS // 4]:
            self._drop(label)
        self.total = sum(self.counts.values())

    def _drop(self, label: int) -> None:
        del self.counts[label]
        self.recent = tuple(one for one in self.recent if one != label)
        if self.days:
            self.days.pop(label, None)

    def note(self, label: int, day: int) -> None:
        """Remember the day for the card."""
        if self.days is None:
            self.days = {}
        first, newest = self.days.get(label, (day, day))
        self.days[label] = (min(day, first), max(day, newest))

    def take(self, label: int, weight: float) -> None:
        """Undo one ``add``; what the row no longer knows is not taken twice."""
        if label not in self.counts:
            return
        if weight >= _WEAK and label in self.recent:
            at = len(self.recent) - 1 - self.recent[::-1].index(label)
            self.recent = self.recent[:at] + self.recent[at + 1 :]
        left = self.counts[label] - weight
        if left > _NOTHING:
            self.counts[label] = left
        else:
            self._drop(label)
        self.total = sum(self.counts.values())
        self._cells = None


class Table:
    """The rows of one kind of context, at most ``size``. A copy shares its rows until one of the two changes them.

    ``find(key)`` gives a row, None where nothing is counted.
    """

    def __init__(self, size: int, rows: dict[str, Row] | None = None, base: dict[str, Row] | None = None):
        self._size = size
        self._own: dict[str, Row] = rows if rows is not None else {}
        self._base: dict[str, Row] = base or {}
        self._bind()

    def _bind(self) -> None:
        # Rows of its own are deleted when they become empty; only what lies over a base may be empty.
        self.find: Callable[[str], Row | None] = self._find if self._base else self._own.get

    def _find(self, key: str) -> Row | None:
        row = self._own.get(key) or self._base.get(key)
        return row if row is not None and row.counts else None

    def copy(self) -> Table:
        """Cheap: both only read what they share from now on."""
        if len(self._own) * 4 > len(self._base):
            self._base = {**self._base, **self._own} if self._base else self._own
            self._own = {}
            self._bind()
        return Table(self._size, {key: row.copy() for key, row in self._own.items()}, self._base)

    def add(self, key: str, label: int, weight: float, day: int) -> Row:
        row = self._mine(key)
        if row is None:
            if len(self._own) >= (self._size // 8 if self._base else self._size):
                self._make_room()
            row = self._own[key] = Row({}, (), day)
        row.add(label, weight, day)
        return row

    def _mine(self, key: str) -> Row | None:
        row = self._own.get(key)
        if row is None and key in self._base:
            row = self._own[key] = self._base[key].copy()
        return row

    def _make_room(self) -> None:
        """The oldest go, but a row that was often used goes to the back of the queue, as if it came anew.

        The second-chance algorithm (Corbato 1968): no sorting, one decision costs the same as any other.
        """
        if self._base:
            both = {**self._base, **self._own}
            self._own = {key: row.copy() for key, row in both.items() if row.counts}
            self._base = {}
            self._bind()
        chances = _CHANCES
        while len(self._own) >= self._size:
            key = next(iter(self._own))
            row = self._own.pop(key)
            if chances and row.total >= _OFTEN:
                self._own[key] = row
                chances -= 1

    def take(self, key: str, label: int, weight: float) -> None:
        row = self._mine(key)
        if row is not None:
            row.take(label, weight)
            if not row.counts and not self._base:
                del self._own[key]

    def items(self) -> Iterator[tuple[str, Row]]:
        """All rows in the order in which they came, empty ones left out."""
        rows = {**self._base, **self._own} if self._base else self._own
        return ((key, row) for key, row in rows.items() if row.counts)

    def to_json(self, numbers: dict[int, int]) -> dict[str, Any]:
        """{key: [labels, their counts, newest labels, day, first and newest day of each label]}

        :param numbers: {label: its number in the snapshot}
        """
        return {
            key: [
                [numbers[label] for label in row.counts],
                [int(count) if count == int(count) else count for count in row.counts.values()],
                [numbers[label] for label in row.recent],
                row.used,
                [row.days[label] for label in row.counts] if row.days else [],
            ]
            for key, row in self.items()
        }

    @classmethod
    def from_json(cls, size: int, values: dict[str, Any]) -> Table:
        rows = {}
        for key, (labels, counts, recent, used, days) in values.items():
            counted = {label: float(count) for label, count in zip(labels, counts, strict=True)}
            noted = {label: (day[0], day[1]) for label, day in zip(labels, days, strict=True)} if days else None
            rows[key] = Row(counted, tuple(recent), used, noted)
        return cls(size, rows)
