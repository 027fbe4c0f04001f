"""What might be the value of a field, with what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .page import OCR, TEXT, Box
from .reading import Found
from .sheet import Row


@dataclass(frozen=True)
class Candidate:
    """``score`` orders candidates of one field; ``signs`` are what it was found by, for the measured confidence."""

    value: str
    row: Row
    start: int
    end: int
    score: float
    signs: frozenset[str] = field(default_factory=frozenset)

    @property
    def box(self) -> Box:
        return self.row.box_of(self.start, self.end)

    def found(self, confidence: float = 0.0) -> Found:
        text = self.row.text[self.start : self.end].replace("\t", " ")
        return Found(self.value, text, self.box, confidence, OCR if self.row.is_ocr else TEXT)


def best(candidates: Iterable[Candidate]) -> Candidate | None:
    """The one with the highest score; of equal ones the first on the paper."""
    ordered = sorted(candidates, key=lambda one: (-one.score, one.row.index, one.start))
    return ordered[0] if ordered else None


def rival(candidates: Iterable[Candidate], winner: Candidate) -> float:
    """The highest score of a candidate with another value; 0 when there is none."""
    return max((one.score for one in candidates if one.value != winner.value), default=0.0)
