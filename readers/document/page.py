"""One page as plain data, as JSON carries it from the reading process to the models and the engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

TEXT, OCR = "text", "ocr"


@dataclass(frozen=True, slots=True)
class Page:
    """``width`` and ``height`` in points. ``words``: ``[text, x0, y0, x1, y1, line, confidence]`` in reading order.

    Coordinates are fractions of the page from its upper left corner as it is shown (after rotation), ``line`` counts
    its text lines, ``confidence`` is 0..1. ``turned``: degrees clockwise by which it was turned to stand upright.
    ``problem``: code of why it could not be read, empty when it could."""

    number: int
    width: float
    height: float
    source: str = TEXT
    words: tuple[tuple[Any, ...], ...] = ()
    turned: float = 0.0
    problem: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "width": self.width,
            "height": self.height,
            "source": self.source,
            "words": [list(word) for word in self.words],
            "turned": self.turned,
            "problem": self.problem,
        }


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that was read: its pages, and files that a PDF carries (name, content).

    ``documents``: groups of page numbers that are one document each; several receipts of one photo come as pages of
    their own. ``images``: page number -> PNG as it is shown, where one was asked for.
    """

    media_type: str
    pages: tuple[Page, ...] = ()
    embedded: tuple[tuple[str, bytes], ...] = ()
    documents: tuple[tuple[int, ...], ...] = ()
    images: dict[int, bytes] = field(default_factory=dict)


class DocumentError(Exception):
    """The file can't be read. ``code``: ``empty``, ``unknown``, ``encrypted``, ``too_many_pages``, ``too_large``,
    ``too_slow``, ``damaged``, ``no_ocr``, ``no_pdf`` (a library is missing) ..."""

    def __init__(self, code: str, **values: Any):
        super().__init__(code)
        self.code = code
        self.values = values
