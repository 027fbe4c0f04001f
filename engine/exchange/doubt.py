"""A bank line in a foreign currency that no fresh rate values: whatever it is, its worth is a guess, so it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ..facts import BankLine, Rate
from ..proposal import Answer

RATE_REASONS = ("rate_missing", "rate_stale")


@dataclass(frozen=True, slots=True)
class Need:
    """The rate that a line lacks. ``reason``: one of ``RATE_REASONS``."""

    reason: str
    currency: str
    day: date

    def told(self) -> tuple[str, dict]:
        return self.reason, {"currency": self.currency, "date": self.day.isoformat()}


def doubted(answers: Iterable[Answer], needs: Mapping[int, Need]) -> tuple[Answer, ...]:
    """``answers``, with what was proposed for lines in ``needs`` turned into a question that names the rate."""
    return tuple(_doubted(answer, needs.get(answer.line)) for answer in answers)


def _doubted(answer: Answer, need: Need | None) -> Answer:
    if need is None:
        return answer
    told = need.told()
    reasons = answer.reasons if told in answer.reasons else (told, *answer.reasons)
    outcome = "asked" if answer.outcome == "proposed" else answer.outcome
    return replace(answer, outcome=outcome, reasons=reasons)


def needs(
    lines: Iterable[BankLine], rates: Mapping[tuple[str, date], Rate], company: str, most_days: int
) -> dict[int, Need]:
    """{line key: what it lacks} of the lines whose worth in the ``company``'s currency no fresh rate tells.

    A line that names its amount in the company's currency needs no rate: the bank's own is used.
    """
    found = {}
    for line in lines:
        if company in (line.currency, line.foreign_currency):
            continue
        reason = lacking(rates.get((line.currency, line.date)), line.date, most_days)
        if reason:
            found[line.key] = Need(reason, line.currency, line.date)
    return found


def lacking(rate: Rate | None, day: date, most_days: int) -> str:
    """Why ``rate`` can't be used on ``day``: one of ``RATE_REASONS``, empty when it can."""
    if rate is None or not rate.rate:
        return "rate_missing"
    return "rate_stale" if (day - rate.date).days > most_days else ""
