"""One page as plain data, as JSON carries it from the reading process to the models and the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TEXT, OCR = "text", "ocr"


@dataclass(frozen=True, slots=True)
class Page:
    """``width`` and ``height`` in points. ``words``: ``[text, x0, y0, x1, y1, line, confidence]`` in reading order.

    Coordinates are fractions of the page from its upper left corner as it is shown (after rotation), ``line`` counts
    its text lines, ``confidence`` is 0..1. ``turned``: degrees clockwise by which it was turned to stand upright.
    ``problem``: code of why it could not be read, empty when it could. ``origin``: the page of the file that it shows;
    ``part``: which part of that, where several receipts lie on one picture: its four corners as ``x, y`` in fractions,
    clockwise from the upper left; empty: all of it."""

    number: int
    width: float
    height: float
    source: str = TEXT
    words: tuple[tuple[Any, ...], ...] = ()
    turned: float = 0.0
    problem: str = ""
    origin: int = 0
    part: tuple[float, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "width": self.width,
            "height": self.height,
            "source": self.source,
            "words": [list(word) for word in self.words],
            "turned": self.turned,
            "problem": self.problem,
            "origin": self.origin or self.number,
            "part": list(self.part),
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Page:
        return cls(
            row["number"],
            row["width"],
            row["height"],
            row["source"],
            tuple(tuple(word) for word in row["words"]),
            row.get("turned", 0.0),
            row.get("problem", ""),
            row.get("origin", 0),
            tuple(row.get("part", ())),
        )


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that was read: its pages, and files that a PDF carries (name, content).

    A file that is XML itself comes as the one file that it carries, without pages.

    ``documents``: groups of page numbers that are one document each; several receipts of one photo come as pages of
    their own. ``images``: page number -> PNG as it is shown, where one was asked for. ``total``: pages of the file;
    ``next``: the page of the file to go on with when there was no time for all, else 0.
    """

    media_type: str
    pages: tuple[Page, ...] = ()
    embedded: tuple[tuple[str, bytes], ...] = ()
    documents: tuple[tuple[int, ...], ...] = ()
    images: dict[int, bytes] = field(default_factory=dict)
    total: int = 0
    next: int = 0


class DocumentError(Exception):
    """The file can't be read. ``code``:

    - ``empty``, ``unknown`` (``kind``: what it seems to be, ``name``), ``encrypted``, ``damaged``
    - ``too_many_pages`` (``pages``, ``limit``), ``too_large`` (``size`` or ``pixels`` or ``memory``, ``limit``),
      ``too_slow`` (``seconds``), ``crashed``
    - a library or program is missing: ``no_pdf``, ``no_pictures``, ``no_heic``, ``no_ocr``, ``no_xml``
    - of an e-invoice: ``no_invoice`` (XML of another kind), ``damaged``
    """

    def __init__(self, code: str, **values: Any):
        super().__init__(code)
        self.code = code
        self.values = values
