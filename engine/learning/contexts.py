"""In which contexts a case stands: what about it may have been seen before."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from math import log2

from ..text import LEGAL_FORMS, fold
from .case import Case

#: Contexts of the payee's own, counted with every decision: the payee itself; the unit; the amount; its size; the day
#: of the month; the same day; words of the text.
PAYEE, PAYEE_UNIT, PAYEE_AMOUNT, PAYEE_SIZE = "p", "pu", "pa", "ps"
PAYEE_MONTHDAY, PAYEE_DATE, PAYEE_WORD = "pm", "pd", "pw"
#: Contexts that all payees share, counted with every decision: they speak where the payee is new or nearly so.
UNIT, UNIT_SIZE, UNIT_AMOUNT, CODE = "u", "us", "ua", "c"
#: Words: counted once per payee and label, so that a payee with a thousand payments does not own its words.
WORD, UNIT_WORD, PAIR, FIRST, LAST, GRAM = "w", "uw", "b", "f", "l", "g"
#: Words of the labels' own names (of accounts): what a cold start can go by.
NAME = "n"
OWN = (PAYEE, PAYEE_UNIT, PAYEE_AMOUNT, PAYEE_SIZE, PAYEE_MONTHDAY, PAYEE_DATE, PAYEE_WORD)
GENERAL = (UNIT, UNIT_SIZE, UNIT_AMOUNT, CODE)
TEXT = (WORD, UNIT_WORD, PAIR, FIRST, LAST, GRAM)
#: Rows that are kept of each kind.
ROWS = {
    **dict.fromkeys(OWN, 40_000),
    **dict.fromkeys((*GENERAL, *TEXT), 20_000),
    PAYEE_DATE: 4_000,
}

_WORD = re.compile(r"[^\W_]+")
_PIECES = 64
_WORDS = 8
_OWN_WORDS = 6
_LETTERS = 4
_GRAMS = 40
#: Longer words and payees are cut: nobody's account number is longer.
_LONGEST_WORD = 24
_LONGEST_PAYEE = 160
_MOST = 1e15
_SEP = "\x1f"

Keys = list[tuple[str, str]]


@lru_cache(maxsize=8192)
def _pieces(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(words without digits, words with): running numbers differ each time, a contract's does not."""
    words: list[str] = []
    numbers: list[str] = []
    for word in _WORD.findall(fold(text))[:_PIECES]:
        if word.isalpha():
            words.append(word[:_LONGEST_WORD])
        elif len(word) >= _LETTERS:
            numbers.append(word[:_LONGEST_WORD])
    return tuple(words), tuple(numbers)


def spelled(text: str) -> tuple[str, ...]:
    """The words of ``text`` that hold no digits, folded."""
    return _pieces(text)[0]


def payee_of(case: Case) -> str:
    """The payee's key; where nobody told one, the words of the text stand for it."""
    return (case.payee or "~" + " ".join(spelled(case.text or case.name)))[:_LONGEST_PAYEE]


def _size(amount: Decimal) -> str:
    """The amount in half octaves, with its sign."""
    value = float(amount) if amount.is_finite() else 0.0
    return f"{'-' if value < 0 else '+'}{round(2 * log2(min(abs(value), _MOST) + 1))}"


def own_keys(case: Case) -> Keys:
    """The payee's own contexts, first the payee itself."""
    payee, amount, day, text = payee_of(case), case.amount, case.date, case.text
    start = payee + _SEP
    keys = [
        (PAYEE, payee),
        # Without the sign: a refund is coded as what it takes back.
        (PAYEE_AMOUNT, start + str(amount).lstrip("-")),
        (PAYEE_SIZE, start + _size(amount)),
        (PAYEE_MONTHDAY, f"{start}{day.day}"),
        (PAYEE_DATE, f"{start}{day.toordinal()}"),
    ]
    if case.unit:
        keys.append((PAYEE_UNIT, start + case.unit))
    if case.payee and text and text != case.name:
        words, numbers = _pieces(text)
        keys += [(PAYEE_WORD, start + word) for word in words[:_OWN_WORDS] + numbers[:2]]
    return keys


def general_keys(case: Case) -> Keys:
    """What all payees share."""
    start, size = case.unit + _SEP, _size(case.amount)
    keys = [(UNIT, start + size[0]), (UNIT_SIZE, start + size), (UNIT_AMOUNT, start + str(case.amount).lstrip("-"))]
    if case.code:
        keys.append((CODE, f"{case.code}{_SEP}{size[0]}"))
    return keys


def text_keys(case: Case) -> Keys:
    """Words, pairs of words and parts of words of the payee's name and of the text."""
    return list(_text_keys(case.name, case.text, case.unit))


@lru_cache(maxsize=8192)
def _text_keys(name: str, text: str, unit: str) -> tuple[tuple[str, str], ...]:
    words = list(dict.fromkeys(spelled(name) + (spelled(text) if text != name else ())))[:_WORDS]
    if not words:
        return ()
    long = [word for word in words if len(word) > 2 and word not in LEGAL_FORMS]
    keys = [(WORD, word) for word in long]
    if unit:
        keys += [(UNIT_WORD, unit + _SEP + word) for word in long]
    keys += [(PAIR, f"{one} {two}") for one, two in pairwise(words)]
    keys += [(FIRST, words[0]), (LAST, words[-1])]
    grams = dict.fromkeys(
        word[at : at + _LETTERS] for word in long if len(word) > _LETTERS for at in range(len(word) - _LETTERS + 1)
    )
    keys += [(GRAM, gram) for gram in list(grams)[:_GRAMS]]
    return tuple(keys)


def words_of(kind: str, key: str) -> str:
    """The words that a key of the kinds of text stands for, to be shown."""
    return key.rpartition(_SEP)[2]
