"""Documents that lost words, lines or letters, so that weak evidence shows how weak it is."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from engine.extraction import Page
from engine.extraction.page import OCR

WORDS_LOST, LINES_LOST, LETTERS_WRONG = 0.06, 0.15, 0.015
_LOOKALIKES = dict(zip("0O1lI5S8B2Zce", "O0lI1S5B8Z2ec", strict=True))


def whole(page: Page, _chance: random.Random) -> Page:
    return page


def without_words(page: Page, chance: random.Random) -> Page:
    return replace(page, words=tuple(word for word in page.words if chance.random() >= WORDS_LOST))


def without_lines(page: Page, chance: random.Random) -> Page:
    lost = {line for line in {word.line for word in page.words} if chance.random() < LINES_LOST}
    return replace(page, words=tuple(word for word in page.words if word.line not in lost))


def misread(page: Page, chance: random.Random) -> Page:
    """As a scan reads it: some letters taken for others, those words less sure."""
    words = []
    for word in page.words:
        text = "".join(_wrong(char, chance) for char in word.text)
        sure = 0.95 if text == word.text else chance.uniform(0.4, 0.95)
        words.append(replace(word, text=text, confidence=sure))
    return replace(page, words=tuple(words), source=OCR)


def _wrong(char: str, chance: random.Random) -> str:
    return _LOOKALIKES.get(char, char) if chance.random() < LETTERS_WRONG * 3 else char


KINDS: tuple[Callable[[Page, random.Random], Page], ...] = (whole, without_words, without_lines, misread)
