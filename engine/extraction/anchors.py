"""By what a value is found again on the next document of a vendor: the words beside and above it, its place, its shape.

An anchor is plain JSON, ``{"left": [...], "above": [...], "x", "y", "shape", "hits", "misses", "clicked"}``: words are
folded, nearest first; ``x`` and ``y`` are the middle of the value as parts of the page. Every value of the next
document that could be the field's is compared with every anchor; amounts that changed, longer tables and moved blocks
change some of the signs, never all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from ..slips import slips
from ..text import fold
from . import line_words
from .context import Context
from .figures import Figure, figures
from .page import Box, Word
from .reading import AMOUNT_FIELDS, DATE_FIELDS
from .rows import Row

#: Words to the left of a value, and above it, that an anchor keeps.
LEFT, ABOVE = 4, 3
#: What each sign counts.
WEIGHTS = {"left": 4.0, "above": 3.0, "shape": 2.0, "place": 1.5, "right": 0.7}
#: Beyond this part of the page another place is no sign at all.
_FAR = 0.15
_LONGEST_DATE = 5
_PAID = 0.8
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Span:
    """Words ``first`` to ``last`` of a row that say ``value``."""

    row: Row
    first: int
    last: int
    value: str

    @property
    def words(self) -> tuple[Word, ...]:
        return self.row.words[self.first : self.last + 1]

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        return Box.around([word.box for word in self.words])

    @property
    def confidence(self) -> float:
        """That it was recognised right, as far as the reader can tell."""
        return min(word.confidence for word in self.words)


class Sheet:
    """The rows of a document, with what is asked of them again and again."""

    def __init__(self, rows: Sequence[Row], mark: str):
        self.rows = rows
        self.mark = mark
        self.last_page = max((row.page for row in rows), default=1)
        self._figures: dict[int, tuple[Figure, ...]] = {}
        self._tokens: dict[int, list[str]] = {}

    def figures(self, row: Row) -> tuple[Figure, ...]:
        if row.index not in self._figures:
            self._figures[row.index] = figures(row, self.mark)
        return self._figures[row.index]

    def tokens(self, row: Row) -> list[str]:
        """The row's words as labels are compared: folded letters, digits as 9."""
        if row.index not in self._tokens:
            self._tokens[row.index] = [token(word.text) for word in row.words]
        return self._tokens[row.index]


def token(text: str) -> str:
    """A word as labels are compared: ``Nr.:`` and ``NR`` are one; numbers are all the same."""
    return re.sub(r"\d+", "9", "".join(_WORD.findall(fold(text))))


def shape(text: str) -> str:
    """``RE-2026/17`` gives ``RE-9999/99``: letters stay, digits don't. Amounts are alike whatever their size."""
    folded = fold(text)
    if re.fullmatch(r"\W*(?:[A-Z]{1,3}\W*)?\d[\d.,' ]*[.,]\d\d\W*(?:[A-Z]{1,3})?\W*", folded):
        return "9.99"
    return re.sub(r"\d", "9", folded)


def _kind(pattern: str) -> str:
    """A shape without lengths: letters and digits in runs."""
    return re.sub(r"[^\W\d_]+", "A", re.sub(r"9+", "9", pattern))


# === VALUES THAT COULD BE A FIELD'S === #


def spans(sheet: Sheet, name: str, read: Any, lengths: Iterable[int], has_digits: bool = False) -> Iterator[Span]:
    """Everything on the document that could be the value of field ``name``.

    :param read: ``(name, text) -> value``, empty where the text can't be one
    :param lengths: for texts: how many words
    :param has_digits: for texts: only those with a digit
    """
    if name in AMOUNT_FIELDS:
        yield from _amounts(sheet)
    elif name in DATE_FIELDS:
        yield from _dates(sheet, name, read)
    else:
        yield from _texts(sheet, name, read, sorted(set(lengths)), has_digits)


def _amounts(sheet: Sheet) -> Iterator[Span]:
    for row in sheet.rows:
        for figure in sheet.figures(row):
            if not figure.percent and figure.places <= 3:
                yield Span(row, figure.first, figure.last, plain(figure.value))


def plain(value: Decimal) -> str:
    """An amount as readings hold it: two places at least."""
    exponent = value.as_tuple().exponent
    return str(value.quantize(Decimal("0.01")) if isinstance(exponent, int) and exponent > -2 else value)


def _dates(sheet: Sheet, name: str, read: Any) -> Iterator[Span]:
    for row in sheet.rows:
        taken: set[int] = set()
        for length in range(1, _LONGEST_DATE + 1):
            for first in range(len(row.words) - length + 1):
                places = range(first, first + length)
                if taken.intersection(places):
                    continue
                text = " ".join(row.words[place].text for place in places)
                if not 3 <= sum(map(str.isdigit, text)) <= 10 or len(text) > 40:
                    continue
                value = read(name, text)
                if value:
                    taken.update(places)
                    yield Span(row, first, places[-1], value)


def _texts(sheet: Sheet, name: str, read: Any, lengths: Sequence[int], has_digits: bool) -> Iterator[Span]:
    for row in sheet.rows:
        for length in lengths:
            for first in range(len(row.words) - length + 1):
                text = " ".join(word.text for word in row.words[first : first + length])
                value = "" if has_digits and not any(map(str.isdigit, text)) else read(name, text)
                if value:
                    yield Span(row, first, first + length - 1, value)


# === ANCHORS === #


def anchor(span: Span, sheet: Sheet, clicked: bool = False) -> dict[str, Any]:
    """What ``span`` is found again by."""
    box = span.box
    return {
        "left": left_of(span, sheet),
        "above": above(span, sheet),
        "right": right_of(span, sheet),
        "x": round((box.x0 + box.x1) / 2, 4),
        "y": round((box.y0 + box.y1) / 2, 4),
        "x0": round(box.x0, 4),
        "x1": round(box.x1, 4),
        "page": page_name(span, sheet),
        "shape": shape(span.text),
        "words": span.last - span.first + 1,
        "hits": 1,
        "misses": 0,
        "clicked": clicked,
    }


def page_name(span: Span, sheet: Sheet) -> str:
    return "first" if span.row.page == 1 else "last" if span.row.page == sheet.last_page else "other"


def left_of(span: Span, sheet: Sheet) -> list[str]:
    """Words before a value in its row, nearest first; marks alone don't count."""
    tokens = sheet.tokens(span.row)
    return [word for word in reversed(tokens[: span.first]) if word][:LEFT]


def right_of(span: Span, sheet: Sheet) -> list[str]:
    tokens = sheet.tokens(span.row)
    return [word for word in tokens[span.last + 1 :] if word][:1]


def above(span: Span, sheet: Sheet) -> list[str]:
    """Words over a value, in the nearest row that has one with letters there."""
    box = span.box
    for index in range(span.row.index - 1, max(span.row.index - 5, -1), -1):
        row = sheet.rows[index]
        if row.page != span.row.page:
            break
        over = [
            word
            for word, place in zip(sheet.tokens(row), row.words, strict=True)
            if place.box.x1 > box.x0 - 0.01 and place.box.x0 < box.x1 + 0.01 and any(map(str.isalpha, word))
        ]
        if over:
            return over[:ABOVE]
    return []


def likeness(span: Span, sheet: Sheet, known: Mapping[str, Any], is_scan: bool) -> float:
    """How much of ``known`` is so for ``span``: 0..1; 0 where nothing but the look or the place speaks weakly."""
    score = best = 0.0
    left = _same_words(known["left"], left_of(span, sheet), is_scan)
    over = _same_words(known["above"], above(span, sheet), is_scan)
    if known["left"]:
        best += WEIGHTS["left"]
        score += WEIGHTS["left"] * left
    if known["above"] and (over or left < 0.9):
        # A label beside the value is enough: what stands above may be another line of a longer table.
        best += WEIGHTS["above"] * (0.5 if left else 1.0)
        score += WEIGHTS["above"] * over * (0.5 if left else 1.0)
    look = _same_shape(known["shape"], shape(span.text))
    best += WEIGHTS["shape"]
    score += WEIGHTS["shape"] * look
    place = _same_place(known, span, sheet)
    best += WEIGHTS["place"]
    score += WEIGHTS["place"] * place
    if known.get("right"):
        best += WEIGHTS["right"]
        score += WEIGHTS["right"] * (known["right"] == right_of(span, sheet))
    if not (left >= 0.5 or over >= 0.5 or place >= 0.7 or look == 1.0 and any(map(str.isalpha, known["shape"]))):
        return 0.0
    return score / best


def _same_words(known: Sequence[str], told: Sequence[str], is_scan: bool) -> float:
    """Part of the known words that stand there again, from the nearest on."""
    if not known:
        return 0.0
    same = 0
    for word, other in zip(known, told, strict=False):
        if word != other and not (is_scan and min(len(word), len(other)) >= 4 and slips(word, other, 1) <= 1):
            break
        same += 1
    # One known word with letters is nearly as telling as four.
    lettered = any(any(map(str.isalpha, word)) and word != "9" for word in known[:same])
    return (0.6 + 0.4 * same / len(known)) if lettered else 0.2 * same / len(known)


def _same_shape(known: str, told: str) -> float:
    if known == told:
        return 1.0
    if _kind(known) == _kind(told):
        letters = re.sub(r"[\W\d_]+", "", known) == re.sub(r"[\W\d_]+", "", told)
        return 0.8 if letters else 0.5
    return 0.0


def _same_place(known: Mapping[str, Any], span: Span, sheet: Sheet) -> float:
    if known["page"] != page_name(span, sheet):
        return 0.0
    box = span.box
    across = min(abs(known["x0"] - box.x0), abs(known["x1"] - box.x1))
    down = abs(known["y"] - (box.y0 + box.y1) / 2)
    return max(0.0, 1.0 - (across + down) / _FAR)


def reliability(known: Mapping[str, Any]) -> float:
    """How often an anchor was right, counted with one success before (Laplace). An amount that stands beside the word
    for a payment is the total only as long as somebody pays what is asked."""
    told = (known["hits"] + 1) / (known["hits"] + known["misses"] + 1)
    label = " ".join(reversed(known["left"]))
    if line_words.says(label, line_words.PAYMENTS) and not known["clicked"]:
        told *= _PAID
    return told


def with_reading_order(context: Context, layout: Mapping[str, Any]) -> Context:
    """The context with the order of day and month that this vendor's documents were found to use."""
    day_first = layout.get("day_first")
    return context if day_first is None else replace(context, is_day_first=day_first)
