"""Reading a picture of a page: set upright, read, and read again where the first look fails."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from . import ocr, upright
from .languages import choose, of_script
from .words import Seen, merged

#: Of all letters that were read, the share in words that Tesseract is sure of, below which a page is upside down or
#: sideways.
_LIKELY = 0.6
#: From here on Tesseract's word on which way is up counts.
_SURE_TURN = 3.0
_SURE_WORD = 0.6
#: Letters that a page must have before it is turned on suspicion.
_ENOUGH_LETTERS = 30
_LEAST_SECONDS = 0.5


@dataclass(slots=True)
class Sight:
    """``turned``: degrees clockwise by which the picture was turned; ``width``, ``height`` and boxes of the words in
    pixels of the turned picture. ``language``: codes of Tesseract that it was read with;
    ``is_sure``: its script told the language;
    ``picture``: what was read."""

    width: int
    height: int
    turned: float = 0.0
    words: list[Seen] = field(default_factory=list)
    language: str = ""
    is_sure: bool = False
    picture: object = None


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
    best = _look(even, quarters, choose((), languages, ocr.languages()), until)
    if _is_doubtful(best) and _has_time(until):
        best = _second_look(even, quarters, best, languages, until)
    if best.words and not best.is_sure:
        best = _in_its_language(best, languages, until)
    return _with_scattered_words(best, until)


def _has_time(until):
    return until - time.monotonic() > _LEAST_SECONDS


def _in_its_language(sight, languages, until):
    """Read again when its words are those of another language."""
    language = choose(sight.words, languages, ocr.languages())
    if language == sight.language or not _has_time(until):
        return sight
    words = ocr.recognise(upright.sharpened(sight.picture), language, seconds=until - time.monotonic())
    return max(sight, replace(sight, words=words, language=language), key=_worth)


def _with_scattered_words(sight, until):
    """With words that stand alone, which a search for columns and paragraphs passes over (layout 11), and the surer of
    two readings of a word."""
    if not sight.words or not _has_time(until):
        return sight
    options = {"layout": ocr.SCATTERED, "seconds": until - time.monotonic()}
    sight.words = merged(sight.words, ocr.recognise(sight.picture, sight.language, **options))
    return sight


def _second_look(even, quarters, first, languages, until):
    """The best of the first look, one the other way up, and one in the script that the letters look like. Capitals look
    Cyrillic to Tesseract: the script only counts when the page can't be read otherwise."""
    turn, sure, script = ocr.orientation(upright.turned(even, quarters))
    best = first
    if turn or sure < _SURE_TURN:
        best = max(best, _look(even, quarters + (turn or 180), first.language, until), key=_worth)
    told = of_script(script, languages, ocr.languages())
    if told and told != best.language and _is_doubtful(best) and _has_time(until):
        other = _look(even, quarters + turn, told, until)
        other.is_sure = True
        best = max(best, other, key=_worth)
    return best


def _look(even, degrees, language, until):
    picture = upright.turned(even, degrees)
    skew = 0.0
    if degrees % 90 == 0:
        picture, skew = upright.straight(picture)
    words = ocr.recognise(upright.sharpened(picture), language, seconds=until - time.monotonic())
    height, width = picture.shape[:2]
    turned = (degrees + skew + 360) % 360
    return Sight(width, height, turned, words, language, picture=picture)


def _is_doubtful(sight):
    letters = _letters(sight.words)
    return letters < _ENOUGH_LETTERS or _worth(sight) < _LIKELY * letters


def _letters(words):
    return sum(len(word.text) for word in words)


def _worth(sight):
    """Letters in words that are likely to be right, each as much as it is likely."""
    return sum(len(word.text) * word.confidence for word in sight.words if word.confidence >= _SURE_WORD)
