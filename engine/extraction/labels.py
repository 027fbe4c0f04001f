"""Finds the words of the lexicon in rows of text, also where a scan misread a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ..text import squeeze
from .lexicon import ROLES
from .sheet import COLUMN, Row

#: Longest phrase in words, and in letters, so that a long line costs little.
WORD_LIMIT = 9
LETTER_LIMIT = 60
#: Shorter phrases must be read without a misread letter.
FUZZY_FROM = 6
_TOKENS = re.compile(r"[^\W_]+|[#№]")
#: "INV-0815" is a number, not the word INV before one.
_CODE_FOLLOWS = re.compile(r"[-/_]\d|[-_](?:[A-Z]{1,5}[-_])?[A-Z]{0,4}\d")
_LOOKALIKES = str.maketrans({"0": "O", "1": "I", "5": "S", "8": "B", "4": "A", "|": "I"})


@dataclass(frozen=True, slots=True)
class Label:
    """A phrase of the lexicon on the paper. ``roles``: what it may announce; ``start`` and ``end``: its place in the
    row's text; ``is_exact``: read letter by letter."""

    roles: frozenset[str]
    languages: frozenset[str]
    row: int
    start: int
    end: int
    is_exact: bool
    key: str


@dataclass(frozen=True, slots=True)
class _Entry:
    roles: frozenset[str]
    languages: frozenset[str]


def _squeezed(phrase: str) -> str:
    return squeeze(phrase) + ("#" if "#" in phrase else "")


@lru_cache(maxsize=1)
def entries() -> dict[str, _Entry]:
    """Squeezed phrase -> its roles and languages."""
    told: dict[str, tuple[set[str], set[str]]] = {}
    for role, languages in ROLES.items():
        for language, phrases in languages.items():
            for phrase in phrases.split("|"):
                key = _squeezed(phrase)
                if key:
                    roles, known = told.setdefault(key, (set(), set()))
                    roles.add(role)
                    known.add(language)
    return {key: _Entry(frozenset(roles), frozenset(known)) for key, (roles, known) in told.items()}


@lru_cache(maxsize=1)
def _shortened() -> dict[str, str]:
    """Phrases with one letter left out -> the phrase (symmetric deletes: Garbe's SymSpell)."""
    near: dict[str, str] = {}
    for key in entries():
        if len(key) >= FUZZY_FROM:
            for place in range(len(key)):
                near.setdefault(key[:place] + key[place + 1 :], key)
    return near


def find(row: Row) -> list[Label]:
    """The labels of a row, left to right; of phrases inside each other the longest."""
    tokens = [(match.group(), match.start(), match.end()) for match in _TOKENS.finditer(row.folded)]
    found: list[Label] = []
    place = 0
    while place < len(tokens):
        label, used = _longest(row, tokens, place)
        if label is None:
            place += 1
        elif found and _only_repeats(row, found[-1], label):
            found[-1] = replace(found[-1], end=label.end)
            place += used
        else:
            found.append(label)
            place += used
    return found


def _only_repeats(row: Row, before: Label, label: Label) -> bool:
    """Whether a word for "number" only goes on with the label before it, as in "Invoice No : # 17"."""
    if label.roles != {"number_weak"} or "number_weak" not in _kin(before.roles):
        return False
    return not row.text[before.end : label.start].strip(" :.#/") and COLUMN not in row.text[before.end : label.start]


def _kin(roles: frozenset[str]) -> frozenset[str]:
    numbers = {"number", "number_title", "order_reference", "customer_number", "payment_reference", "vat", "registry"}
    return frozenset({"number_weak"}) if roles & numbers else roles


def _longest(row: Row, tokens: list[tuple[str, int, int]], first: int) -> tuple[Label | None, int]:
    best: tuple[Label | None, int] = (None, 0)
    for count, key in _runs(row, tokens, first):
        known = _lookup(key, row.is_ocr)
        if known:
            entry = entries()[known]
            start, end = tokens[first][1], tokens[first + count - 1][2]
            if _CODE_FOLLOWS.match(row.folded, end):
                continue
            label = Label(entry.roles, entry.languages, row.index, start, end, known == key, known)
            best = (label, count)
    return best


def _runs(row: Row, tokens: list[tuple[str, int, int]], first: int) -> Iterator[tuple[int, str]]:
    """The squeezed texts of one, two, three ... words from ``first`` on, within a column."""
    key = ""
    for count in range(1, WORD_LIMIT + 1):
        if first + count > len(tokens):
            return
        text, start, _end = tokens[first + count - 1]
        if count > 1 and COLUMN in row.text[tokens[first + count - 2][2] : start]:
            return
        key += "#" if text == "№" else text
        if len(key) > LETTER_LIMIT:
            return
        yield count, key


def _lookup(key: str, is_scan: bool) -> str:
    """The phrase that a text is, or is when one of its letters was misread; empty when none."""
    known = entries()
    if key in known:
        return key
    if not is_scan or len(key) < FUZZY_FROM:
        return ""
    seen = key.translate(_LOOKALIKES)
    if seen in known:
        return seen
    near = _shortened()
    if seen in near:
        return near[seen]
    for place in range(len(seen)):
        without = seen[:place] + seen[place + 1 :]
        hit = without if without in known and len(without) >= FUZZY_FROM else near.get(without, "")
        if hit:
            return hit
    return ""
