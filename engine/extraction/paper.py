"""A laid out document with what is known of every row: labels, amounts, dates. All readers of fields look at it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..text import fold
from . import amounts, days, labels
from .amounts import Amount
from .context import Context
from .days import Day
from .labels import Label
from .languages import detect
from .page import Box, Page
from .sheet import COLUMN, Chunk, Row, Sheet, lay_out

#: How many rows above a value its heading may stand.
HEAD_ROWS = 3
#: How many rows above a value a table's heading may stand.
TABLE_ROWS = 60


@dataclass(frozen=True)
class Announced:
    """A label and how it stands to a value: ``same`` column, ``left`` in the row, or ``above``."""

    label: Label
    relation: str
    rows: int = 0


@dataclass(frozen=True)
class Paper:
    """``mark``: the decimal mark of the document; ``is_day_first``: how 02/03/2026 is read;
    ``is_order_assumed``: nothing on the paper proves it."""

    sheet: Sheet
    context: Context
    labels: tuple[tuple[Label, ...], ...]
    language: str
    mark: str
    is_day_first: bool
    is_order_assumed: bool = False

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.sheet.rows

    @cached_property
    def days(self) -> tuple[tuple[Day, ...], ...]:
        """The dates of each row."""
        return tuple(tuple(days.find(_flat(row), self.is_day_first, self.language)) for row in self.rows)

    @cached_property
    def amounts(self) -> tuple[tuple[Amount, ...], ...]:
        """The numbers of each row that are no part of a date."""
        return tuple(tuple(self._amounts_of(row)) for row in self.rows)

    def _amounts_of(self, row: Row) -> list[Amount]:
        dates = self.days[row.index]
        found = []
        for chunk in row.chunks:
            text = row.chunk_text(chunk)
            for one in amounts.find(text, self.mark, row.is_ocr):
                moved = Amount(
                    one.value, one.places, one.start + chunk.start, one.end + chunk.start, one.currency, one.is_percent
                )
                if not any(moved.start < day.end and moved.end > day.start for day in dates):
                    found.append(moved)
        return found

    @cached_property
    def folded(self) -> str:
        """The whole text, folded, a line per row."""
        return "\n".join(row.folded.replace(COLUMN, "  ") for row in self.rows)

    def left(self, row: Row, start: int) -> Announced | None:
        """The nearest label left of a place in its row."""
        before = [label for label in self.labels[row.index] if label.end <= start]
        if not before:
            return None
        label = before[-1]
        same = COLUMN not in row.text[label.end : start]
        return Announced(label, "same" if same else "left")

    def above(self, row: Row, start: int, end: int, roles: frozenset[str], reach: int = HEAD_ROWS) -> Announced | None:
        """The nearest label of some roles over a place, in a column that reaches over it."""
        x0, x1 = row.x_of(start), row.x_of(end)
        first = max(0, row.index - reach)
        for other in reversed(self.rows[first : row.index]):
            if other.page != row.page:
                return None
            for label in self.labels[other.index]:
                if label.roles & roles and _is_over(other, label, x0, x1):
                    return Announced(label, "above", row.index - other.index)
        return None

    def text_after(self, row: Row, label: Label) -> tuple[str, int]:
        """What stands behind a label in its column, up to the next label, and where it begins."""
        chunk = row.chunk_at(label.start)
        ends = [other.start for other in self.labels[row.index] if other.start >= label.end and other.start < chunk.end]
        return row.text[label.end : min(ends, default=chunk.end)], label.end

    def next_chunk(self, row: Row, place: int) -> Chunk | None:
        """The column right of a place."""
        return next((chunk for chunk in row.chunks if chunk.start >= place), None)

    def under(self, row: Row, label: Label, reach: int = 2) -> list[tuple[Row, Chunk]]:
        """The columns below a label, nearest first."""
        x0, x1 = row.x_of(label.start), row.x_of(label.end)
        heads = [row.x_of(other.start) for other in self.labels[row.index] if other.start >= label.end]
        limit = min(heads, default=2.0)
        found = []
        for other in self.sheet.below(row, reach):
            for chunk in other.chunks:
                if chunk.box.x0 < x1 + 0.005 and chunk.box.x1 > x0 - 0.005:
                    found.append((other, _cut(other, chunk, x0, limit)))
        return found


def _cut(row: Row, chunk: Chunk, x0: float, limit: float) -> Chunk:
    """The part of a column that stands under one heading, where it goes on under the next."""
    if chunk.box.x1 < limit and chunk.box.x0 > x0 - 0.08:
        return chunk
    inside = [
        (start, word)
        for start, word in zip(row.starts, row.words, strict=True)
        if chunk.start <= start < chunk.end
        and x0 - 0.01 <= (word.box.x0 + word.box.x1) / 2
        and word.box.x0 < limit - 0.005
    ]
    if not inside:
        return chunk
    start, (last, word) = inside[0][0], inside[-1]
    return Chunk(start, last + len(word.text), Box.around([one.box for _start, one in inside]))


def _flat(row: Row) -> str:
    """The row's text with columns parted by two blanks' worth, for patterns that may not cross them."""
    return row.text.replace(COLUMN, "\n")


def _is_over(row: Row, label: Label, x0: float, x1: float) -> bool:
    chunk = row.chunk_at(label.start)
    left, right = row.x_of(label.start), row.x_of(label.end)
    if left < x1 + 0.01 and right > x0 - 0.01:
        return True
    # A heading of several words, of which the label is one, stands over the value as a whole.
    alone = chunk.end - chunk.start <= 2 * (label.end - label.start)
    return alone and chunk.box.x0 < x1 and chunk.box.x1 > x0


def read(pages: Sequence[Page], context: Context) -> Paper:
    """Lay a document out and find its labels, language and formats."""
    sheet = lay_out(pages)
    found = tuple(tuple(labels.find(row)) for row in sheet.rows)
    language = detect([row.folded for row in sheet.rows], [label for row in found for label in row])
    texts = [row.text for row in sheet.rows]
    mark = amounts.decimal_mark(texts)
    order = days.order(texts)
    is_assumed = order is None and language in ("", "en")
    if order is None:
        order = _usual_order(language, " ".join(map(fold, texts)), context)
    return Paper(sheet, context, found, language, mark, order, is_assumed)


_AMERICAN_ZIP = re.compile(r"(?<![^\W_])[A-Z]{2},? \d{5}(?:-\d{4})?(?![\w-])")
_AMERICAN = ("UNITED STATES", "USA", "U.S.A", "SALES TAX", "ZIP CODE", "ROUTING", "FEDERAL TAX", " EIN ", "US DOLLARS")


def _usual_order(language: str, text: str, context: Context) -> bool:
    """Whether days usually stand first where the document comes from."""
    if language != "en":
        return bool(language) or context.is_day_first
    told = Counter(word for word in _AMERICAN if word in text)
    if told or _AMERICAN_ZIP.search(text):
        return False
    if any(word in text for word in ("VAT", "GST", "SDN BHD", "LTD", "PTY", "PVT", "ABN")):
        return True
    return context.is_day_first
