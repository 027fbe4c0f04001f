"""Numbers and references behind their labels: the bill's own, the order's, the customer's, the payment's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..text import fold
from .candidate import Candidate
from .identity import Mark, ibans
from .labels import Label
from .paper import Paper
from .sheet import COLUMN, Row

_LEAD = re.compile(r"^[\s:#.°º№=\-–|+*]*")
_TAIL = " \t:;,.#|*()[]+"
_PART = re.compile(r"[^\W_][\w./\\\-–+&]*", re.UNICODE)
_MONEY = re.compile(r"^[-+]?\d{1,3}([.,' ]\d{3})*[.,]\d\d$")
_CLOCK = re.compile(r"^\d{1,2}:\d\d(:\d\d)?$")

#: Field -> roles of labels that announce it, the score of each.
FIELDS = {
    "number": {"number": 10.0, "number_title": 6.0, "number_weak": 2.5, "order_reference": 1.5},
    "order_reference": {"order_reference": 10.0},
    "customer_number": {"customer_number": 10.0},
    "payment_reference": {"payment_reference": 10.0},
    "original_number": {"original_number": 10.0},
}


def candidates(paper: Paper) -> dict[str, list[Candidate]]:
    """Candidates of each field of ``FIELDS``."""
    found: dict[str, list[Candidate]] = {name: [] for name in FIELDS}
    for row in paper.rows:
        for label in paper.labels[row.index]:
            for name, roles in FIELDS.items():
                role = next((role for role in roles if role in label.roles), "")
                if role:
                    found[name].extend(_beside(paper, row, label, role, roles[role]))
    accounts = ibans(paper)
    return {name: [one for one in all_ if not _is_within(one, accounts)] for name, all_ in found.items()}


def _is_within(one: Candidate, accounts: Sequence[Mark]) -> bool:
    """Whether it is a part of an IBAN."""
    return any(mark.row is one.row and mark.start < one.end and mark.end > one.start for mark in accounts)


def _beside(paper: Paper, row: Row, label: Label, role: str, weight: float) -> Iterator[Candidate]:
    """What stands behind the label, right of it or below it."""
    if role == "number_weak" and _is_of_something_else(paper, row, label):
        return
    text, place = paper.text_after(row, label)
    hit = _code(text)
    position = 1.2 * (1 - row.index / max(1, len(paper.rows)))
    if hit:
        start, end = place + hit[0], place + hit[1]
        near = 1.0 if hit[0] <= 6 else 0.6
        yield from _one(paper, row, start, end, weight * near + position, {f"{role}:same"})
        return
    if text.strip(_TAIL + "-–°º=") or not _stands_alone(paper, row, label):
        return
    chunk = paper.next_chunk(row, label.end)
    is_headed = _is_heading(paper, row)
    if chunk and not is_headed and not any(chunk.start <= other.start < chunk.end for other in paper.labels[row.index]):
        hit = _code(row.chunk_text(chunk))
        if hit:
            start, end = chunk.start + hit[0], chunk.start + hit[1]
            yield from _one(paper, row, start, end, weight * 0.95 + position, {f"{role}:left"})
            if role != "number_title":
                return
    for other, below in paper.under(row, label):
        hit = _code(other.chunk_text(below))
        if hit and hit[0] <= 3:
            start, end = below.start + hit[0], below.start + hit[1]
            near = 0.25 if role == "number_title" and not is_headed else 0.4
            score = weight * (0.85 if is_headed or role == "number" else near) + position
            yield from _one(paper, other, start, end, score, {f"{role}:below"})
            return


def _stands_alone(paper: Paper, row: Row, label: Label) -> bool:
    """Whether only other labels stand before it in its column: the end of a sentence announces nothing below it."""
    start = row.chunk_at(label.start).start
    before = [other for other in paper.labels[row.index] if start <= other.start < label.start]
    covered = sum(other.end - other.start for other in before)
    return len(re.sub(r"[\W_]", "", row.text[start : label.start])) <= covered


def _is_heading(paper: Paper, row: Row) -> bool:
    """Whether the row consists of labels: values then stand below them."""
    labels = paper.labels[row.index]
    if all(label.roles <= {"number_title"} for label in labels):
        return False
    return len(labels) > 1 and sum(label.end - label.start for label in labels) > 0.6 * len(
        row.text.replace(COLUMN, "")
    )


def _is_of_something_else(paper: Paper, row: Row, label: Label) -> bool:
    """Whether a weak word ("No.") belongs to other words before it ("House No. 5")."""
    chunk = row.chunk_at(label.start)
    before = row.text[chunk.start : label.start].strip(_TAIL)
    return bool(before)


def _code(text: str) -> tuple[int, int] | None:
    """Where a number, with letters before or in it, stands at the beginning of a text."""
    lead = _LEAD.match(text)
    place = lead.end() if lead else 0
    start = place
    words = 0
    while place < len(text) and words < 4:
        match = _PART.match(text, place)
        if not match:
            break
        word = match.group()
        if any(map(str.isdigit, word)):
            end = match.start() + len(word.rstrip(_TAIL + "-–/"))
            return (start, _with_more(text, end)) if words else (match.start(), _with_more(text, end))
        if len(word) > 6 or (not word.isupper() and words and len(word) > 3):
            # A word between the label and the number ("number is 17") is no part of it.
            start = None if start is None else match.end()
        place = match.end()
        while place < len(text) and text[place] in " :#.°º№-–/":
            place += 1
        if start is not None and start <= match.start() and not word.isupper():
            start = place
        words += 1
    return None


def _with_more(text: str, end: int) -> int:
    """The end of a number that is printed in several groups of digits."""
    while True:
        match = re.match(r"\s?[/\-–]\s?[A-Z0-9]+|\s[A-Z]{0,3}\d[\dA-Z]*(?![\w.,:/])", text[end:])
        if not match or _looks_like_more_than_a_number(text[end:]):
            return end
        end += match.end()


def _looks_like_more_than_a_number(text: str) -> bool:
    """Whether what follows is a date, a time or an amount."""
    return bool(re.match(r"\s*\d{1,4}[./-]\d{1,2}[./-]\d|\s*\d{1,2}:\d\d|\s*\d[\d.,]*[.,]\d\d(?!\d)", text))


def _one(paper: Paper, row: Row, start: int, end: int, score: float, signs: set[str]) -> Iterator[Candidate]:
    value = row.text[start:end].replace(COLUMN, " ").strip(_TAIL)
    if not value or len(value) > 40 or _CLOCK.match(value) or not any(map(str.isdigit, value)):
        return
    if any(start < day.end and end > day.start for day in paper.days[row.index] if not day.is_compact):
        return
    if _MONEY.match(value):
        score *= 0.3
    if len(fold(value)) < 3:
        score *= 0.7
    yield Candidate(value, row, start, end, score, frozenset(signs))
