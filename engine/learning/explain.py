"""Why a label was said, in codes and values for the card, and when it should be doubted all the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from .case import Case
from .contexts import (
    NAME,
    PAYEE_AMOUNT,
    PAYEE_DATE,
    PAYEE_MONTHDAY,
    PAYEE_UNIT,
    TEXT,
    UNIT,
    UNIT_AMOUNT,
    UNIT_SIZE,
    words_of,
)
from .mixing import Mix
from .tables import Row

_MARGIN = 0.1
_OPEN_MARGIN = 0.34
_SHARE = 0.2  # of the payee's decisions, for an answer of its own
_SURE = 0.9
_USUAL = 0.8
_WORDS = 3
_FREQUENT = (UNIT, UNIT_SIZE, UNIT_AMOUNT)

Reason = tuple[str, dict[str, Any]]


def is_contradictory(mix: Mix, payee: Row | None, confidence: float) -> bool:
    """Whether the payee was coded in several ways, each often, and nothing tells which it is now."""
    if payee is None or mix.margin >= _OPEN_MARGIN or confidence >= _SURE:
        return False
    return sum(count >= _SHARE * payee.total for count in payee.counts.values()) > 1


def doubt(mix: Mix, payee: Row | None, confidence: float) -> str:
    """The code of a doubt that no confidence outweighs; empty where there is none."""
    if is_contradictory(mix, payee, confidence):
        return "contradictory"
    return "margin" if mix.margin < _MARGIN else ""


def is_majority(mix: Mix) -> bool:
    """Whether nothing of the case itself speaks for the first label: only that it is frequent here."""
    first = mix.labels[0]
    return not any(first in row.counts for kind, _key, row in mix.rows if kind not in _FREQUENT)


def reasons(mix: Mix, case: Case, payee: Row | None) -> tuple[Reason, ...]:
    """``coded_before`` (count, total, since), ``alike_words`` and ``alike_names`` (words), ``usual_amount``,
    ``same_day`` (count), ``usual_unit`` (count, total), ``usual_day`` (day)."""
    first = mix.labels[0]
    found: list[Reason] = []
    if payee is not None and first in payee.counts:
        days = payee.days.get(first) if payee.days else None
        values: dict[str, Any] = {"count": round(payee.counts[first]), "total": round(payee.total)}
        if days:
            values["since"] = date.fromordinal(days[0]).isoformat()
        found.append(("coded_before", values))
    for kind, _key, row in mix.rows:
        count = row.counts.get(first)
        if count is None:
            continue
        if kind == PAYEE_AMOUNT and count >= 2:
            found.append(("usual_amount", {"count": round(count)}))
        elif kind == PAYEE_MONTHDAY and count >= 3 and count >= _USUAL * row.total:
            found.append(("usual_day", {"day": case.date.day}))
        elif kind == PAYEE_UNIT and payee is not None and len(row.counts) < len(payee.counts):
            found.append(("usual_unit", {"count": round(count), "total": round(row.total)}))
        elif kind == PAYEE_DATE and count >= 1:
            found.append(("same_day", {"count": round(count)}))
    if mix.level < 2:
        found += _alike(mix, first)
    return tuple(found)


def _alike(mix: Mix, first: int) -> list[Reason]:
    words: dict[str, float] = {}
    names: dict[str, None] = {}
    for kind, key, row in mix.rows:
        if first in row.counts and (kind in TEXT[:3]):
            words[words_of(kind, key)] = row.counts[first] / (row.total + 1)
        elif kind == NAME and first in row.counts:
            names[words_of(kind, key)] = None
    best = sorted(words, key=lambda one: (-words[one], one))[:_WORDS]
    found: list[Reason] = [("alike_words", {"words": " ".join(dict.fromkeys(" ".join(best).split()))})] if best else []
    return found + ([("alike_names", {"words": " ".join(names)})] if names else [])
