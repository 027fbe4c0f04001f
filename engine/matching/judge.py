"""What the engine itself thinks of a reading that somebody else made of a bank line."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from ..facts import MatchingFacts
from ..proposal import Answer, Match, Reading
from . import references as ref
from .assignment import Assignment, Case
from .candidates import Finder
from .draft import Draft
from .items import Book
from .matcher import answer_for, reading_of, scenes


class Judgement(NamedTuple):
    """``reading``: the told one with its measured confidence and evidence, None when the engine finds none such;
    ``own``: what the engine would have said of the line."""

    reading: Reading | None
    own: Answer


def judge(facts: MatchingFacts, line: int, told: Mapping[str, Any]) -> Judgement | None:
    """Weigh ``told``, the proposal of ``line``, a line of ``facts``; None when the facts don't have the line.

    The told partner counts when one is told: the same items for another partner are another reading.
    """
    book = Book(facts)
    finder = Finder(book)
    cases = [Case(scene, finder.drafts(scene)) for scene in scenes(facts, book)]
    Assignment(book, cases, finder.drafts).run()
    case = next((case for case in cases if case.key == line), None)
    if case is None:
        return None
    booking, partner = _told(told), told.get("partner_id")
    draft = next((d for d in case.drafts if _booked(d.match) == booking and partner in (None, d.match.partner)), None)
    return Judgement(_weighed(case, draft) if draft else None, answer_for(book, case))


def quotes_of(facts: MatchingFacts, line: int) -> dict[int, tuple[str, str | None]]:
    """The open items whose number the text of a line names: {item key: (how well, the words that name it)}.

    The words are None where they stand in a structured field, or are not the number itself but nearly.
    """
    book = Book(facts)
    scene = next((scene for scene in scenes(facts, book) if scene.line.key == line), None)
    found = {}
    for n, item in enumerate(book.items if scene else ()):
        quote = scene.level(n)
        if quote.level:
            words = scene.line.text[quote.start : quote.end] if quote.start >= 0 and quote.level != ref.TYPO else None
            found[item.key] = (ref.LEVELS[quote.level], words)
    nearly = ref.LEVELS[ref.TYPO]
    sure = {key: told for key, told in found.items() if told[0] != nearly}
    return sure or found


def _weighed(case: Case, draft: Draft) -> Reading:
    """Only first readings were measured; one that lost keeps its share."""
    return reading_of(draft, None, first=draft is (case.chosen or case.drafts[0]))


def _told(proposal: Mapping[str, Any]) -> tuple:
    return (
        sorted((row["move_line_id"], Decimal(row["amount"])) for row in proposal.get("counterparts") or ()),
        sorted(
            (row["account_id"], Decimal(row["amount"]), sorted(row.get("tax_ids") or ()))
            for row in proposal.get("write_off") or ()
        ),
        Decimal(proposal.get("remainder") or "0"),
    )


def _booked(match: Match) -> tuple:
    return (
        sorted((part.item, part.amount) for part in match.counterparts),
        sorted((part.account, part.amount, sorted(part.taxes)) for part in match.write_offs),
        match.remainder,
    )
