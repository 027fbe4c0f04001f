"""What kind of document it is, told by its title."""

from __future__ import annotations

import re
from functools import lru_cache
from statistics import median

from ..text import squeeze
from .lexicon_titles import TITLES
from .paper import Paper
from .reading import (
    BILL,
    CREDIT_NOTE,
    DELIVERY_NOTE,
    ORDER_CONFIRMATION,
    PROFORMA,
    RECEIPT,
    REMINDER,
    STATEMENT,
    UNKNOWN,
)
from .sheet import Row

_PLAIN = re.compile(r"[^\W\d_]+")
#: Kinds whose name also stands in the running text of bills ("see delivery note 17"): only a title counts.
_DOCUMENT_RANK = (PROFORMA, REMINDER, ORDER_CONFIRMATION, DELIVERY_NOTE, STATEMENT, CREDIT_NOTE, RECEIPT, BILL)
#: A title holds no more words than its phrase and these.
EXTRA_WORDS = 3


@lru_cache(maxsize=1)
def _phrases() -> dict[str, str]:
    told: dict[str, str] = {}
    for kind in reversed(_DOCUMENT_RANK):
        for phrase in TITLES[kind].split("|"):
            told[squeeze(phrase)] = kind
    return told


def tell(paper: Paper) -> tuple[str, tuple[tuple[str, dict[str, str]], ...]]:
    """The kind of the document and by what it was told."""
    if not paper.rows:
        return UNKNOWN, ()
    votes: dict[str, tuple[float, str]] = {}
    usual = median(row.em for row in paper.rows)
    for row in paper.rows:
        for kind, score, text in _titles(paper, row, usual):
            if score > votes.get(kind, (0.0, ""))[0]:
                votes[kind] = (score, text)
    if not votes:
        return (RECEIPT, (("paid", {}),)) if _is_paid_slip(paper) else (UNKNOWN, ())
    kind = max(votes, key=lambda one: votes[one][0])
    score, text = votes[kind]
    if kind == BILL and _is_paid_slip(paper):
        kind = RECEIPT
    return kind, (("title", {"text": text}),)


def _is_paid_slip(paper: Paper) -> bool:
    """Whether it is a till's slip that says how it was paid."""
    if not paper.sheet.is_slip:
        return False
    for row in paper.rows:
        paid = [label for label in paper.labels[row.index] if label.roles & {"paid_by", "change"}]
        if paid and any(one.is_money and one.start > paid[0].end for one in paper.amounts[row.index]):
            return True
    return False


def _titles(paper: Paper, row: Row, usual: float) -> list[tuple[str, float, str]]:
    """Phrases that begin a column of the row: (kind, score, text)."""
    found = []
    for chunk in row.chunks:
        text = row.folded[chunk.start : chunk.end]
        words = list(_PLAIN.finditer(text))
        for count in range(min(5, len(words)), 0, -1):
            for first in range(0, min(3, len(words) - count + 1)):
                key = "".join(word.group() for word in words[first : first + count])
                kind = _phrases().get(key)
                if kind is None:
                    continue
                extra = len(words) - count
                score = _score(paper, row, usual, first, extra) + 0.05 * len(key)
                printed = row.text[chunk.start + words[first].start() : chunk.start + words[first + count - 1].end()]
                if score > 0:
                    found.append((kind, score, printed))
    return found


def _score(paper: Paper, row: Row, usual: float, first: int, extra: int) -> float:
    size = min(2.5, row.em / usual) if usual else 1.0
    place = (row.index / max(1, len(paper.rows))) if row.page == 1 else 1.0
    score = 3.0 * (1 - place) + 2.0 * (size - 1)
    score += 2.0 if extra == 0 else 1.0 if extra <= EXTRA_WORDS else -2.5
    return score - 0.8 * first - (1.5 if place > 0.6 else 0.0)
