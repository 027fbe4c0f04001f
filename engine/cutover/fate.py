"""What becomes of each group when the books are cut over on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .facts import Entry, Facts, Movement
from .pairing import Group

IN_BOOKS = "in_books"  # both up to the day: stays as it is
MATCHED = "matched"  # the entry becomes an outstanding item, the movement is imported and matched with it
LATER = "later"  # booked up to the day, shown by the bank after it
SOONER = "sooner"  # shown by the bank up to the day, booked after it
OUTSTANDING = "outstanding"  # booked, and not shown by the bank: waits on the outstanding account
NEW = "new"  # shown by the bank after the day and not booked: imported
MISSING = "missing"  # shown by the bank up to the day, and not in the books
TAKEN = "taken"  # idem, and a person said to import it
LEFT = "left"  # booked up to the day, and not shown by the bank
EARLIER = "earlier"  # booked before the first movement at hand: the bank showed it before, too
KEPT = "kept"  # a person said that it stays on the bank account
CANCELLED = "cancelled"  # an entry and its reversal
OPENING = "opening"  # what the account began with
ASKED = "asked"  # which entry it is decides what is booked
FATES = (
    IN_BOOKS,
    MATCHED,
    LATER,
    SOONER,
    OUTSTANDING,
    NEW,
    MISSING,
    TAKEN,
    LEFT,
    EARLIER,
    KEPT,
    CANCELLED,
    OPENING,
    ASKED,
)
#: Neither side has an answer to these.
UNEXPLAINED = (MISSING, LEFT)


@dataclass(frozen=True, slots=True)
class Fate:
    """``moves``: entries that leave the bank account, each on (their own day, or the day of the cut-over: None).

    ``bridges``: movements up to the day whose entry comes after it: their amounts are lent to the bank account
    on the day of the cut-over, and given back when the entry leaves it.
    """

    group: Group
    name: str
    moves: tuple[tuple[Entry, date | None], ...] = ()
    bridges: tuple[Movement, ...] = ()


def fates(facts: Facts, groups: list[Group], day: date) -> list[Fate]:
    """The fate of each group, in their order."""
    by_key = {entry.key: entry for entry in facts.entries}
    return [_fate(facts, group, day, by_key) for group in groups]


def _fate(facts: Facts, group: Group, day: date, by_key: dict[int, Entry]) -> Fate:
    if group.asked:
        return _asked(group, day, by_key)
    if not group.movements:
        return _unpaired(facts, group, day)
    if not group.entries:
        return Fate(group, _bank_only(facts, group, day))
    shown = [each for each in group.movements if each.date <= day]
    booked = [each for each in group.entries if each.date <= day]
    all_shown, all_booked = len(shown) == len(group.movements), len(booked) == len(group.entries)
    if all_shown and all_booked:
        return Fate(group, IN_BOOKS)
    moves = tuple((each, None if each.date <= day else each.date) for each in group.entries)
    name = SOONER if all_shown else MATCHED if not booked else LATER
    return Fate(group, name, moves, tuple(shown))


def _bank_only(facts: Facts, group: Group, day: date) -> str:
    movement = group.movements[0]
    if movement.date > day:
        return NEW
    return TAKEN if movement.key in facts.taken else MISSING


def _unpaired(facts: Facts, group: Group, day: date) -> Fate:
    first = group.entries[0]
    if first.is_opening:
        return Fate(group, OPENING)
    after = [each for each in group.entries if each.date > day]
    if len(group.entries) > 1:
        if len(after) in (0, len(group.entries)):
            return Fate(group, CANCELLED)
        return Fate(group, CANCELLED, tuple((each, None if each.date <= day else each.date) for each in group.entries))
    if first.key in facts.kept:
        return Fate(group, KEPT)
    if after:
        return Fate(group, OUTSTANDING, ((first, first.date),))
    if first.key in facts.moved:
        return Fate(group, OUTSTANDING, ((first, None),))
    return Fate(group, EARLIER if first.date < facts.first else LEFT)


def _asked(group: Group, day: date, by_key: dict[int, Entry]) -> Fate:
    """Which entry it is matters only where the day lies between them: else the desk asks, or nothing is booked."""
    days = [each.date for each in group.movements]
    days += [by_key[key].date for choice in group.choices for key in choice if key in by_key]
    if all(each <= day for each in days):
        return Fate(group, IN_BOOKS)
    if all(each > day for each in days):
        return Fate(group, NEW)
    return Fate(group, ASKED)


def amount_of(fate: Fate) -> Decimal:
    """What the fate takes from the bank account's balance on the day of the cut-over, a debit positive."""
    moved = sum((entry.amount for entry, own_day in fate.moves if own_day is None), Decimal(0))
    return moved - sum((movement.amount for movement in fate.bridges), Decimal(0))
