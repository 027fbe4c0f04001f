"""Reading a picture of a page: set upright, read, and read again where the first look fails."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import ocr, upright
from .languages import choose
from .words import Seen

#: Of all letters that were read, the share in words that Tesseract is sure of, below which a page is upside down or
#: sideways.
_LIKELY = 0.45
_SURE_WORD = 0.6
#: Letters that a page must have before it is turned on suspicion.
_ENOUGH_LETTERS = 30
_LEAST_SECONDS = 0.5


@dataclass(slots=True)
class Sight:
    """``turned``: degrees clockwise by which the picture was turned; ``width``, ``height`` and boxes of the words in
    pixels of the turned picture. ``language``: codes of Tesseract that it was read with."""

    width: int
    height: int
    turned: float = 0.0
    words: list[Seen] = field(default_factory=list)
    language: str = ""


def read_picture(gray, languages: Sequence[str], until: float) -> Sight:
    """Words of a picture.

    :param gray: array of numpy
    :param languages: codes of Tesseract, likely ones first; those that are not installed are passed over
    :param until: reading of ``time.monotonic`` at which it must be done
    :raise DocumentError: ``no_ocr``, ``too_slow``, ``damaged``
    """
    even = upright.evenly_lit(gray)
    quarters = 90 if upright.is_sideways(even) else 0
    even = upright.resized(even, upright.growth(upright.turned(even, quarters)))
    installed = ocr.languages()
    first = _look(even, quarters, choose((), languages, installed), until)
    if _is_doubtful(first) and until - time.monotonic() > _LEAST_SECONDS:
        other = _look(even, quarters + 180, first.language, until)
        first = max(first, other, key=_worth)
    language = choose(first.words, languages, installed)
    if language != first.language and until - time.monotonic() > _LEAST_SECONDS:
        again = _look(even, first.turned, language, until)
        first = max(first, again, key=_worth)
    return first


def _look(even, degrees, language, until):
    picture = upright.turned(even, degrees)
    skew = 0.0
    if degrees % 90 == 0:
        picture, skew = upright.straight(picture)
    words = ocr.recognise(upright.sharpened(picture), language, seconds=until - time.monotonic())
    height, width = picture.shape[:2]
    return Sight(width, height, (degrees + skew + 360) % 360, words, language)


def _is_doubtful(sight):
    letters = _letters(sight.words)
    return letters < _ENOUGH_LETTERS or _worth(sight) < _LIKELY * letters


def _letters(words):
    return sum(len(word.text) for word in words)


def _worth(sight):
    """Letters in words that are likely to be right, each as much as it is likely."""
    return sum(len(word.text) * word.confidence for word in sight.words if word.confidence >= _SURE_WORD)
