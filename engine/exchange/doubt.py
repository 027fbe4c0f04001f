"""A bank line in a foreign currency that no fresh rate values: whatever it is, its worth is a guess, so it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ..facts import BankLine, MatchingFacts, Rate
from ..proposal import Answer
from .rates import IMPLIED_DIGITS, implied, shown

RATE_REASONS = ("rate_missing", "rate_stale")
#: A document's rate against today's, as a ratio.
_FAR = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Need:
    """The rate that a line lacks. ``reason``: one of ``RATE_REASONS``."""

    reason: str
    currency: str
    day: date

    def told(self) -> tuple[str, dict]:
        """The reason with its values; ``own``: the line's own worth lacks it, not an open item's."""
        return self.reason, {"currency": self.currency, "date": self.day.isoformat(), "own": True}


def misvalued(facts: MatchingFacts) -> dict[int, tuple[str, dict]]:
    """{open item: reason} of documents whose own rate is far from today's: Odoo books one for one without a rate.

    Settling one would book an exchange result that never was, so it is asked. Far is what no currency moves between
    an invoice and its payment, but for those that lose their worth by the month: they are asked too.
    """
    found = {}
    newest = {
        name: rate for (name, _day), rate in sorted(facts.rates.items(), key=lambda each: each[0][1]) if rate.rate
    }
    for item in facts.items:
        rate = newest.get(item.currency)
        own = implied(item.residual, item.residual_company)
        if rate is None or own is None or item.currency == facts.settings.currency:
            continue
        apart = max(own, rate.rate) / min(own, rate.rate)
        if apart > _FAR and abs(item.residual_company) >= 1:
            words = {"name": item.label, "rate": shown(own, IMPLIED_DIGITS), "table": shown(rate.rate)}
            found[item.key] = ("document_rate", {**words, "currency": item.currency})
    return found


def questioned(answers: Iterable[Answer], items: Mapping[int, tuple[str, dict]]) -> tuple[Answer, ...]:
    """``answers``, with proposals that settle one of ``items`` turned into questions that say why."""
    found = []
    for answer in answers:
        match = answer.readings[0].match if answer.outcome == "proposed" else None
        parts = getattr(match, "counterparts", ())
        reasons = tuple(items[part.item] for part in parts if part.item in items)
        found.append(replace(answer, outcome="asked", reasons=(*answer.reasons, *reasons[:1])) if reasons else answer)
    return tuple(found)


def items_unweighed(answer: Answer) -> tuple[tuple[str, dict], ...]:
    """The reasons that say that an open item in another currency may explain the line, but no rate weighs it."""
    return tuple((code, values) for code, values in answer.reasons if code in RATE_REASONS and not values.get("own"))


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
