"""The dates of a bill: each date of the print with the label that announces it."""

from __future__ import annotations

import re
from datetime import timedelta

from .candidate import Candidate
from .days import Day
from .paper import Announced, Paper
from .sheet import COLUMN, Row

_ROLES = frozenset({"date", "date_weak", "due_date", "service_date", "period", "other_date", "number_title"})
_HEADS = _ROLES - {"number_title"}
#: Score by role of the label.
_SCORES = {"date": 10.0, "number_title": 6.0, "date_weak": 5.0}
#: A bill is seldom older, and never much newer than the day on which it is read.
OLDEST = timedelta(days=365 * 12)
NEWEST = timedelta(days=60)


def candidates(paper: Paper) -> dict[str, list[Candidate]]:
    """Candidates of ``date``, ``due_date``, ``service_from`` and ``service_to``."""
    found: dict[str, list[Candidate]] = {"date": [], "due_date": [], "service_from": [], "service_to": []}
    for row in paper.rows:
        for day in paper.days[row.index]:
            _judge(paper, row, day, found)
    return found


def _judge(paper: Paper, row: Row, day: Day, found: dict[str, list[Candidate]]) -> None:
    role, signs = _role(paper, row, day)
    if role in ("", "date_weak", "number_title") and _is_in_span(paper, row, day):
        role, signs = "period", frozenset({"period:span"})
    if day.is_open and paper.is_order_assumed:
        signs |= {"open"}
    near = _plausible(paper, day)
    if role in ("", "number_title", "date_weak") and _is_to_pay(paper, row, day):
        role, signs = "due_date", frozenset({"due_date:pay-word"})
    if role == "due_date":
        found["due_date"].append(_candidate(row, day, 10.0, signs))
    elif role in ("service_date", "period"):
        name = "service_to" if _is_second(paper, row, day) else "service_from"
        found[name].append(_candidate(row, day, 10.0, signs))
        if role == "service_date":
            found["date"].append(_candidate(row, day, 0.6 * near, signs))
    elif role == "other_date":
        found["date"].append(_candidate(row, day, 0.4 * near, signs))
    else:
        score = _SCORES.get(role, 2.0) * near - (1.0 if day.is_compact and not role else 0.0)
        # What stands further up is likelier the document's own.
        score += 0.9 * (1 - row.index / max(1, len(paper.rows)))
        found["date"].append(_candidate(row, day, score, signs))


def _role(paper: Paper, row: Row, day: Day) -> tuple[str, frozenset[str]]:
    """What announces the date, and how."""
    left = _announcing(paper, row, day)
    between = row.text[left.label.end : day.start] if left else ""
    if left and left.label.roles & _ROLES and not _has_day(paper, row, left.label.end, day.start):
        role = _first(left.label.roles)
        far = left.relation == "left" and len(between.strip("\t :.-")) > 12
        if not far and not (role == "number_title" and left.relation == "left" and not _is_number_then(between)):
            return role, frozenset({f"{role}:{left.relation}"})
    if left and _has_day(paper, row, left.label.end, day.start) and left.label.roles & {"period", "service_date"}:
        return "period", frozenset({"period:second"})
    above = paper.above(row, day.start, day.end, _HEADS)
    if above:
        role = _first(above.label.roles)
        return role, frozenset({f"{role}:above"})
    if left and {"number", "number_weak"} & left.label.roles and left.relation == "same":
        # "Invoice No. 2026-17 of 21.11.2026"
        return "number_title", frozenset({"number:same"})
    return "", frozenset()


# Stems of words for paying, in Latin, Greek and Cyrillic letters.
_PAY = re.compile(
    r"(?<![^\W_])(?:PAY|ZAHL|UBERWEIS|BEGLEICH|REGLE|PAYE|PAGA|PAGO|PAGUE|ABON|LIQUID|BETAAL|BETAL|VOLDO|PLAC|PLAT|UHRAD|"
    r"ZAPLA|MAKS|FIZET|ACHIT|ODEME|ΠΛΗΡ|ПЛАТ|ОПЛАТ|СПЛАТ|TASU|APMAK|SAMAK|APMOK|MOKE|REMIT|PORAVN|PLACIL)"
)


def _announcing(paper: Paper, row: Row, day: Day) -> Announced | None:
    """The label left of a date; of "Period of" the first word, for the second only joins."""
    left = paper.left(row, day.start)
    if left is None or not left.label.roles <= {"date_weak", "number_weak"}:
        return left
    before = paper.left(row, left.label.start)
    if before and before.relation == "same" and not row.text[before.label.end : left.label.start].strip(" :."):
        return Announced(before.label, left.relation) if before.label.roles & _ROLES else left
    return left


def _is_to_pay(paper: Paper, row: Row, day: Day) -> bool:
    """Whether the words before a date in its sentence say that it is to be paid by then."""
    chunk = row.chunk_at(day.start)
    return bool(_PAY.search(row.folded[chunk.start : day.start])) and not _has_day(paper, row, chunk.start, day.start)


def is_about_paying(paper: Paper, row: Row) -> bool:
    """Whether a row, or its label, speaks of paying."""
    named = any(label.roles & {"terms", "due_date", "to_pay"} for label in paper.labels[row.index])
    return named or bool(_PAY.search(row.folded))


def _first(roles: frozenset[str]) -> str:
    order = ("due_date", "date", "service_date", "period", "other_date", "date_weak", "number_title")
    return next(role for role in order if role in roles)


def _is_number_then(between: str) -> bool:
    """Whether a number stands between a title and a date, as in "Invoice 17   21.11.2026"."""
    return COLUMN not in between or any(char.isdigit() for char in between)


# What joins the two days of a period.
_TO = re.compile(
    r"\s*(?:[-–—]|BIS|AU|TO|AL|A|ATE|DO|T/M|TOT(?: EN MET)?|UNTIL|THROUGH|TILL?|AZ|IKI|LIDZ|KUNI|PANA LA|ΕΩΣ|ПО|ДО)\s*"
)


def _is_in_span(paper: Paper, row: Row, day: Day) -> bool:
    """Whether it is one of two days with a dash or "to" between them."""
    ordered = paper.days[row.index]
    for first, second in zip(ordered, ordered[1:], strict=False):
        if day in (first, second) and first.value < second.value:
            return bool(_TO.fullmatch(row.folded[first.end : second.start].replace(COLUMN, "|")))
    return False


def _has_day(paper: Paper, row: Row, start: int, end: int) -> bool:
    return any(start <= other.start and other.end <= end for other in paper.days[row.index])


def _is_second(paper: Paper, row: Row, day: Day) -> bool:
    """Whether it ends a period: another date stands shortly before it."""
    return any(other.end <= day.start <= other.end + 14 for other in paper.days[row.index])


def _plausible(paper: Paper, day: Day) -> float:
    today = paper.context.today
    if day.value > today + NEWEST or day.value < today - 3 * OLDEST:
        return 0.15
    return 1.0 if day.value >= today - OLDEST else 0.8


def _candidate(row: Row, day: Day, score: float, signs: frozenset[str]) -> Candidate:
    return Candidate(day.value.isoformat(), row, day.start, day.end, score, signs)
