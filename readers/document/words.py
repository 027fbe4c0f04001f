"""Words in reading order: which of them stand on one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Seen:
    """One word with its box in any unit, from the upper left corner."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float = 1.0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        return self.y1 - self.y0


def in_lines(words: Iterable[Seen]) -> list[list[Seen]]:
    """Rows of the page from top to bottom, each from left to right.

    A word joins the row that covers its middle and whose own middle it covers; where two do, the nearer one.
    """
    rows: list[_Row] = []
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        row = _row_of(rows, word)
        if row is None:
            rows.append(_Row(word))
        else:
            row.add(word)
    rows.sort(key=lambda row: row.middle)
    return [sorted(row.words, key=lambda word: word.x0) for row in rows]


class _Row:
    __slots__ = ("words", "middle", "height")

    def __init__(self, word: Seen):
        self.words = [word]
        self.middle = word.middle
        self.height = word.height

    def add(self, word: Seen) -> None:
        count = len(self.words)
        self.words.append(word)
        self.middle = (self.middle * count + word.middle) / (count + 1)
        self.height = (self.height * count + word.height) / (count + 1)


#: How far apart the middles of two words of a row may be, in heights of the lower one.
_SLACK = 0.5
#: Rows further above than this many are not looked at: words come sorted by their middles.
_BACK = 12


def _row_of(rows, word):
    best, nearest = None, None
    for row in rows[-_BACK:]:
        apart = abs(row.middle - word.middle)
        if apart <= _SLACK * min(row.height, word.height) and (nearest is None or apart < nearest):
            best, nearest = row, apart
    return best


def as_json(lines: list[list[Seen]], width: float, height: float) -> tuple[tuple[Any, ...], ...]:
    """Words of ``Page``: ``(text, x0, y0, x1, y1, line, confidence)``, fractions of a page of this size."""
    told = []
    for number, line in enumerate(lines):
        for word in line:
            box = (_part(word.x0, width), _part(word.y0, height), _part(word.x1, width), _part(word.y1, height))
            told.append((word.text, *box, number, round(word.confidence, 3)))
    return tuple(told)


def _part(value, size):
    return round(min(max(value / size, 0.0), 1.0), 5) if size > 0 else 0.0


def merged(first: list[Seen], second: list[Seen]) -> list[Seen]:
    """Two readings of one picture: where words lie on each other, those of the reading that is surer there; what only
    one of them saw, once."""
    kept = list(first)
    taken = _Grid(kept)
    for word in second:
        under = taken.under(word)
        if not under:
            kept.append(word)
            continue
        others = [second_word for old in under for second_word in second if covers(old, second_word)]
        is_one_to_one = len(under) == 1 and len(others) <= 1
        if is_one_to_one and word.confidence > under[0].confidence:
            under[0].text, under[0].confidence = word.text, word.confidence
    return kept


def covers(word: Seen, other: Seen) -> bool:
    """Whether two boxes share a good part of the smaller one."""
    across = min(word.x1, other.x1) - max(word.x0, other.x0)
    down = min(word.y1, other.y1) - max(word.y0, other.y0)
    if across <= 0 or down <= 0:
        return False
    return across * down > _SHARED * min(_area(word), _area(other))


_SHARED = 0.3


def _area(word):
    return max((word.x1 - word.x0) * (word.y1 - word.y0), 1e-9)


class _Grid:
    """Words by the bands of the page that they lie in."""

    def __init__(self, words: list[Seen]):
        self._band = max((word.height for word in words), default=1.0) or 1.0
        self._bands: dict[int, list[Seen]] = {}
        for word in words:
            for band in self._of(word):
                self._bands.setdefault(band, []).append(word)

    def _of(self, word):
        return range(int(word.y0 // self._band), int(word.y1 // self._band) + 1)

    def under(self, word: Seen) -> list[Seen]:
        found = []
        for band in self._of(word):
            found += [other for other in self._bands.get(band, ()) if other not in found and covers(other, word)]
        return found
