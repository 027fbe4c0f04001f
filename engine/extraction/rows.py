"""Words that stand on one height, and the cells that gaps make of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from .page import Box, Page, Word

#: Two words are of one row when they overlap in height by this part of the smaller one.
OVERLAP = 0.5
#: A gap wider than this many heights of the row begins a new cell.
GAP = 0.9
#: Words of a row, of a page and of a document that are read; and letters of a word.
MOST_IN_ROW, MOST_ON_PAGE, MOST_WORDS, LONGEST_WORD = 150, 3000, 20_000, 120


@dataclass(frozen=True)
class Cell:
    """Words that belong together: a label, an amount, a text."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].box.x0

    @property
    def x1(self) -> float:
        return self.words[-1].box.x1

    @property
    def box(self) -> Box:
        return Box.around([word.box for word in self.words])


@dataclass(frozen=True)
class Row:
    """Words of one page on one height, from left to right. ``index``: its number in the document."""

    index: int
    words: tuple[Word, ...]
    aspect: float = 0.707

    @property
    def page(self) -> int:
        return self.words[0].box.page

    @cached_property
    def y0(self) -> float:
        return min(word.box.y0 for word in self.words)

    @cached_property
    def y1(self) -> float:
        return max(word.box.y1 for word in self.words)

    @cached_property
    def height(self) -> float:
        """Of a usual word, as a part of the page's height."""
        return median(word.box.y1 - word.box.y0 for word in self.words)

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The words, parted where the gap is wider than between words."""
        widest = GAP * self.height / self.aspect
        parts: list[list[Word]] = []
        for word in self.words:
            if parts and word.box.x0 - parts[-1][-1].box.x1 <= widest:
                parts[-1].append(word)
            else:
                parts.append([word])
        return tuple(Cell(tuple(part)) for part in parts)


def rows(pages: Sequence[Page]) -> tuple[Row, ...]:
    """All rows of a document, from top to bottom, page by page. No bill has more words than are read here."""
    found: list[Row] = []
    left = MOST_WORDS
    for page in pages:
        aspect = page.width / page.height if page.height else 0.707
        usable = [word for word in page.words if word.text.strip() and len(word.text) <= LONGEST_WORD]
        usable = usable[: min(MOST_ON_PAGE, left)]
        left -= len(usable)
        for words in _grouped(usable):
            ordered = sorted(words, key=lambda word: word.box.x0)[:MOST_IN_ROW]
            found.append(Row(len(found), tuple(ordered), aspect))
    return tuple(found)


def _grouped(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Words by height. A row is as high as its words on average, so that one tall word does not join two rows."""
    current: list[Word] = []
    top = bottom = 0.0
    for word in sorted(words, key=lambda word: (word.box.y0 + word.box.y1, word.box.x0)):
        height = max(word.box.y1 - word.box.y0, 1e-6)
        shared = min(bottom, word.box.y1) - max(top, word.box.y0)
        if current and shared >= OVERLAP * min(height, max(bottom - top, 1e-6)):
            current.append(word)
            count = len(current)
            top += (word.box.y0 - top) / count
            bottom += (word.box.y1 - bottom) / count
        else:
            if current:
                yield current
            current, top, bottom = [word], word.box.y0, word.box.y1
    if current:
        yield current
