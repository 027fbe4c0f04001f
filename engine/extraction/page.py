"""What a reader saw: words with their boxes. Coordinates are fractions of the page, from its upper left corner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Where the words of a page come from.
TEXT = "text"  # the text layer of a PDF
OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on page ``page`` (from 1); 0 <= x0 <= x1 <= 1 and 0 <= y0 <= y1 <= 1."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    def to_json(self) -> list[float]:
        return [self.page, *(round(value, 5) for value in (self.x0, self.y0, self.x1, self.y1))]

    @classmethod
    def from_json(cls, row: Sequence[float]) -> Box:
        return cls(int(row[0]), *map(float, row[1:5]))

    @classmethod
    def around(cls, boxes: Sequence[Box]) -> Box:
        """The smallest box around boxes of one page."""
        return cls(
            boxes[0].page,
            min(box.x0 for box in boxes),
            min(box.y0 for box in boxes),
            max(box.x1 for box in boxes),
            max(box.y1 for box in boxes),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """One word. ``line``: number of its text line on the page, in reading order. ``confidence``: 0..1 that it is read
    right, 1 for a text layer."""

    text: str
    box: Box
    line: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``width`` and ``height`` in points (1/72 inch)."""

    number: int
    width: float
    height: float
    source: str
    words: tuple[Word, ...]

    @classmethod
    def from_json(cls, page: Mapping[str, Any]) -> Page:
        """Of a page as ``readers.document`` hands it out: words are ``[text, x0, y0, x1, y1, line, confidence]``."""
        number = page["number"]
        words = tuple(Word(row[0], Box(number, *row[1:5]), row[5], row[6]) for row in page["words"])
        return cls(number, page["width"], page["height"], page["source"], words)
