"""From the facts of a run to one answer per bank line."""

from __future__ import annotations

from typing import Any

from ..facts import MatchingFacts
from ..proposal import Answer, Reading
from . import references as ref
from .assignment import Assignment, Case, sure
from .candidates import Finder
from .draft import Draft
from .items import Book
from .parties import identify
from .scene import Reader, Scene, line_keys
from .scoring import calibrated

CHOICES = 6
_WORTH_ASKING = 0.02
_WORTH_TOGETHER = 0.2
_ALTERNATIVES = 3
#: No reading that must be asked claims more than this, however well it scores.
_ASKED = 0.89


def match(facts: MatchingFacts) -> tuple[Answer, ...]:
    """What each line of ``facts.lines`` is: one answer per line, in their order.

    No item is proposed to two lines; the sums of every reading make the line's amount; the answers don't
    depend on the order of lines, items or parties.
    """
    book = Book(facts)
    finder = Finder(book)
    cases = [Case(scene, finder.drafts(scene)) for scene in scenes(facts, book)]
    Assignment(book, cases, finder.drafts).run()
    answers = {case.key: answer_for(book, case) for case in cases}
    return tuple(answers[line.key] for line in facts.lines)


def scenes(facts: MatchingFacts, book: Book) -> list[Scene]:
    """The lines as they are read, in order of date and key."""
    guesses = facts.guesses
    if guesses is None:
        guesses = identify(facts.lines, facts.parties, facts.own_accounts)
    lines = sorted(facts.lines, key=lambda line: (line.date, line.key))
    reader = Reader(book, {line.key: line_keys(line) for line in lines})
    return [reader.read(line, guesses[line.key]) for line in lines]


def answer_for(book: Book, case: Case) -> Answer:
    partner = case.scene.sure_partner()
    if case.chosen is not None:
        return _proposed(case)
    choices = _choices(case.drafts)
    if choices:
        readings = tuple(reading_of(draft, None, first=not place) for place, draft in enumerate(choices))
        return Answer(case.key, "asked", readings, _margin(case.drafts), _why_asked(book, case), partner)
    return Answer(case.key, "nothing", (), 0.0, _why_nothing(book, case), partner)


def _choices(drafts: list[Draft]) -> list[Draft]:
    """The readings worth asking about; of many that fit alike the first ones."""
    if not drafts:
        return []
    least = _WORTH_ASKING
    if sum(draft.confidence for draft in drafts) >= _WORTH_TOGETHER:
        least = min(least, drafts[0].confidence * 0.3)
    return [draft for draft in drafts if draft.confidence >= least][:CHOICES]


def _proposed(case: Case) -> Answer:
    chosen = case.chosen
    others = [draft for draft in case.drafts if draft is not chosen and draft.confidence >= 0.001][:_ALTERNATIVES]
    readings = [reading_of(chosen, None, first=True)] + [reading_of(draft, _lost(chosen, draft)) for draft in others]
    known = {reading.key for reading in readings}
    for draft, winner in case.lost_to:
        reading = reading_of(draft, ("lost_promised", {"line": winner}))
        if len(readings) <= _ALTERNATIVES and reading.key not in known:
            known.add(reading.key)
            readings.append(reading)
    second = others[0].confidence if others else 0.0
    margin = round(calibrated(chosen.confidence)[0] - second, 6)
    return Answer(case.key, "proposed", tuple(readings), margin, (), chosen.match.partner)


def _margin(drafts: list[Draft]) -> float:
    second = drafts[1].confidence if len(drafts) > 1 else 0.0
    return round(drafts[0].confidence - second, 6)


def reading_of(draft: Draft, lost: tuple[str, dict[str, Any]] | None, first: bool = False) -> Reading:
    """``first``: only first readings were measured; an alternative keeps its share."""
    confidence, support = calibrated(draft.confidence) if first else (draft.confidence, (0, 0))
    confidence = min(confidence, draft.most, _ASKED if draft.ask else 1.0)
    ticks = {name: draft.ticks.get(name, "missing") for name in ("reference", "amount", "iban", "name", "date")}
    marks = tuple(sorted({mark for mark in draft.marks if 0 <= mark[0] < mark[1]}))
    told = tuple(draft.reasons)
    return Reading(
        draft.match, draft.case, round(confidence, 6), ticks, told, marks, lost, support, details=draft.details
    )


def _lost(chosen: Draft, draft: Draft) -> tuple[str, dict[str, Any]]:
    order = {"yes": 0, "near": 1, "missing": 2, "no": 3}
    missing = [
        name
        for name, value in draft.ticks.items()
        if order.get(value, 2) > order.get(chosen.ticks.get(name, "missing"), 2)
    ]
    return ("lost_confidence", {"missing": ", ".join(missing) or draft.case})


def _why_asked(book: Book, case: Case) -> tuple[tuple[str, dict[str, Any]], ...]:
    reasons = list(case.scene.notes)
    near = [draft for draft in case.drafts if draft.confidence >= case.drafts[0].confidence * 0.5]
    reasons.append(("equal_readings", {"count": len(near)}) if len(near) > 1 else ("weak_reading", {}))
    return tuple(reasons + _unavailable(book, case))


def _why_nothing(book: Book, case: Case) -> tuple[tuple[str, dict[str, Any]], ...]:
    scene, reasons = case.scene, list(case.scene.notes)
    if not scene.amount:
        return (("zero", {}),)
    partner = scene.sure_partner()
    if partner is None:
        named = [guess for guess in scene.guesses.values() if guess.score >= 0.75]
        reasons.append(("several_partners", {"count": len(named)}) if len(named) > 1 else ("no_partner", {}))
    elif book.open_of(partner):
        reasons.append(("no_item_fits", {"amount": str(scene.line.amount)}))
    else:
        reasons.append(("no_open_items", {}))
    if not any(quote.level >= ref.TAIL for quote in scene.quotes.values()):
        reasons.append(("nothing_quoted", {}))
    return tuple(reasons + _unavailable(book, case))


def _unavailable(book: Book, case: Case) -> list[tuple[str, dict[str, Any]]]:
    """Items that would fit but may not be proposed: blocked, held, or promised to another line."""
    scene, found = case.scene, []
    fits = set(scene.quotes)
    for n in book.by_amount.get((scene.line.currency, scene.amount), ())[:50]:
        if scene.relation(book.items[n].partner) not in ("none", "other"):
            fits.add(n)
    for n in sorted(fits):
        item = book.items[n]
        name = item.label or next((text for text in item.names if text), "")
        if item.blocked:
            found.append(("blocked", {"item": item.key, "name": name}))
        elif item.key in book.facts.held:
            found.append(("held", {"item": item.key, "name": name}))
        elif n in book.taken:
            found.append(("promised", {"item": item.key, "name": name}))
    return found[:5]


__all__ = ["match", "scenes", "sure"]
