"""The words of a document as rows of text: columns kept apart, each character leading back to its box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from ..text import fold
from .page import OCR, Box, Page, Word

#: A gap of this many letter heights between two words starts another column.
COLUMN_GAP = 1.05
#: Words whose middles are closer than this share of a letter's height stand in one row.
SAME_ROW = 0.5
#: A till's roll is no wider than this many letter heights; a letter's page holds 37 and more.
SLIP_WIDTH = 31
#: Of pages with more words the first and last ones are read, and of documents with more pages the first and last:
#: there a bill says who, what and how much.
WORD_LIMIT, FIRST_PAGES, LAST_PAGES = 3000, 8, 3
#: Letters of a word and of a row that are read; ``fold`` keeps as many of a text.
WORD_LETTERS, ROW_LETTERS = 120, 600
#: Between two columns of a row's text.
COLUMN = "\t"


@dataclass(frozen=True)
class Chunk:
    """Words of one column of a row. ``start`` and ``end``: its place in the row's text."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True)
class Row:
    """One row of print. ``text``: its words, a blank between words and a tab between columns; ``index``: its number
    in the document; ``em``: height of its letters as a fraction of the page's height."""

    index: int
    page: int
    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    chunks: tuple[Chunk, ...]
    em: float
    is_ocr: bool

    @cached_property
    def folded(self) -> str:
        """The text without accents and in upper case; tabs stay, so that places are the same."""
        return "\t".join(fold(part) for part in self.text.split("\t"))

    @cached_property
    def box(self) -> Box:
        return Box.around([word.box for word in self.words])

    def box_of(self, start: int, end: int) -> Box:
        """The box around the words that stand between two places of the text."""
        inside = [
            word.box
            for word, first in zip(self.words, self.starts, strict=True)
            if first < end and first + len(word.text) > start
        ]
        return Box.around(inside) if inside else self.box

    def x_of(self, place: int) -> float:
        """Where the character at ``place`` begins."""
        for word, first in zip(self.words, self.starts, strict=True):
            if place <= first + len(word.text):
                share = max(0.0, (place - first) / max(1, len(word.text)))
                return word.box.x0 + share * (word.box.x1 - word.box.x0)
        return self.words[-1].box.x1

    def confidence(self, start: int, end: int) -> float:
        """How surely the least sure of the words between two places was read."""
        inside = [
            word.confidence
            for word, first in zip(self.words, self.starts, strict=True)
            if first < end and first + len(word.text) > start
        ]
        return min(inside, default=1.0)

    def chunk_at(self, place: int) -> Chunk:
        """The column that holds the character at ``place``."""
        return next((chunk for chunk in self.chunks if place < chunk.end), self.chunks[-1])

    def chunk_text(self, chunk: Chunk) -> str:
        return self.text[chunk.start : chunk.end]


@dataclass(frozen=True)
class Sheet:
    """All rows of a document in reading order."""

    rows: tuple[Row, ...]
    pages: tuple[Page, ...]

    @cached_property
    def last_page(self) -> int:
        return max((row.page for row in self.rows), default=1)

    @cached_property
    def is_ocr(self) -> bool:
        return any(row.is_ocr for row in self.rows)

    @cached_property
    def is_slip(self) -> bool:
        """Whether it is as narrow as the roll of a till."""
        page = self.pages[0] if self.pages else None
        if page is None or not self.rows:
            return False
        left, right = min(row.box.x0 for row in self.rows), max(row.box.x1 for row in self.rows)
        printed = (right - left) * page.width
        em = median(row.em for row in self.rows) * page.height
        return len(self.pages) == 1 and printed < SLIP_WIDTH * em

    def below(self, row: Row, count: int) -> tuple[Row, ...]:
        """The next rows of the same page."""
        following = self.rows[row.index + 1 : row.index + 1 + count]
        return tuple(other for other in following if other.page == row.page)


def lay_out(pages: Sequence[Page]) -> Sheet:
    """Rows of all pages, top to bottom."""
    rows: list[Row] = []
    if len(pages) > FIRST_PAGES + LAST_PAGES:
        pages = (*pages[:FIRST_PAGES], *pages[-LAST_PAGES:])
    for page in pages:
        for words in _row_words(page):
            rows.append(_row(len(rows), page, words))
    return Sheet(tuple(rows), tuple(pages))


def _row_words(page: Page) -> list[list[Word]]:
    """The page's words grouped by the height at which they stand."""
    words = [word for word in page.words if word.text.strip() and word.box.y1 > word.box.y0]
    if len(words) > WORD_LIMIT:
        words = words[: WORD_LIMIT // 2] + words[-WORD_LIMIT // 2 :]
    words.sort(key=lambda word: (word.box.y0 + word.box.y1, word.box.x0))
    groups: list[list[Word]] = []
    middle = height = 0.0
    for word in words:
        own = (word.box.y0 + word.box.y1) / 2
        tall = word.box.y1 - word.box.y0
        if groups and abs(own - middle) < SAME_ROW * min(max(tall, 0.3 * height), max(height, 0.3 * tall)):
            groups[-1].append(word)
            count = len(groups[-1])
            middle += (own - middle) / count
            height += (tall - height) / count
        else:
            groups.append([word])
            middle, height = own, tall
    return [sorted(group, key=lambda word: word.box.x0) for group in groups]


def _row(index: int, page: Page, words: list[Word]) -> Row:
    words = _short(words)
    heights = sorted(word.box.y1 - word.box.y0 for word in words)
    em = heights[(3 * len(heights)) // 4]
    gap = COLUMN_GAP * em * page.height / page.width
    text, starts, chunks = "", [], []
    first = 0
    for place, word in enumerate(words):
        if place:
            far = word.box.x0 - words[place - 1].box.x1 > gap
            if far:
                chunks.append(_chunk(words[first:place], starts[first], len(text)))
                first = place
            text += COLUMN if far else " "
        starts.append(len(text))
        text += word.text
    chunks.append(_chunk(words[first:], starts[first], len(text)))
    return Row(index, page.number, text, tuple(words), tuple(starts), tuple(chunks), em, page.source == OCR)


def _short(words: Sequence[Word]) -> list[Word]:
    """Words of one blank between their letters, cut where nobody's bill goes on."""
    found: list[Word] = []
    letters = 0
    for word in words:
        text = " ".join(word.text.split())[:WORD_LETTERS]
        letters += len(text) + 1
        if letters > ROW_LETTERS:
            break
        found.append(Word(text, word.box, word.line, word.confidence))
    return found


def _chunk(words: Sequence[Word], start: int, end: int) -> Chunk:
    return Chunk(start, end, Box.around([word.box for word in words]))
