"""On which day books and bank agree best, and how they stand on a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .facts import Facts
from .fate import ASKED, EARLIER, LATER, LEFT, MISSING, SOONER, TAKEN, Fate, amount_of, fates
from .pairing import Group

#: So many groups times days are weighed; of more, only the ends of months.
MOST_WEIGHED = 150_000
#: An entry that is older than this and was not shown by the bank will hardly be.
STILL_COMES = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """How ledger and bank stand on ``day``, in the journal's currency; ``bank`` is None where nobody told it.

    ``outstanding`` is what leaves the bank account on the day, ``taken`` what is imported though it is older;
    ``unexplained`` = bank - (ledger - outstanding + taken).
    """

    day: date
    ledger: Decimal
    bank: Decimal | None
    outstanding: Decimal
    taken: Decimal
    counts: dict[str, int]

    @property
    def unexplained(self) -> Decimal | None:
        return None if self.bank is None else self.bank - (self.ledger - self.outstanding + self.taken)


def days(facts: Facts) -> tuple[date, date]:
    """(the earliest, the latest) day that can be chosen: from the eve of the first movement, after what is locked."""
    first = facts.first - timedelta(days=1)
    last = max(movement.date for movement in facts.movements)
    earliest = max(first, facts.locked or first)
    return earliest, max(earliest, last)


def standing(facts: Facts, found: list[Fate], day: date) -> Standing:
    """What the fates of a day make of the balances."""
    ledger = facts.before + sum((e.amount for e in facts.entries if e.date <= day or e.is_opening), Decimal(0))
    outstanding = sum((amount_of(fate) for fate in found), Decimal(0))
    taken = sum((fate.group.bank for fate in found if fate.name == TAKEN), Decimal(0))
    counts = Counter(fate.name for fate in found)
    return Standing(day, ledger, balance_on(facts, day), outstanding, taken, dict(counts))


def balance_on(facts: Facts, day: date) -> Decimal | None:
    """The bank's balance at the end of a day."""
    known = [each for each in facts.balances if each <= day]
    return facts.balances[max(known)] if known else facts.opening


def choose(facts: Facts, groups: list[Group]) -> date:
    """The day that leaves the least unexplained and undecided, needs the fewest bridges, ends a month, and is late."""
    return min(_candidates(facts, len(groups)), key=lambda day: _rank(facts, groups, day))


def _candidates(facts: Facts, count: int) -> list[date]:
    first, last = days(facts)
    found = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if len(found) * count <= MOST_WEIGHED:
        return found
    ends = [day for day in found if _ends_month(day)]
    return sorted({first, *ends[-max(1, MOST_WEIGHED // count) :]})


def _rank(facts: Facts, groups: list[Group], day: date) -> tuple:
    found = fates(facts, groups, day)
    stands = standing(facts, found, day)
    counts = stands.counts
    unexplained = counts.get(MISSING, 0) + counts.get(LEFT, 0)
    differs = 0 if stands.unexplained is None else abs(stands.unexplained)
    return (
        counts.get(ASKED, 0),
        unexplained,
        differs,
        counts.get(LATER, 0) + counts.get(SOONER, 0),
        not _ends_month(day),
        -day.toordinal(),
    )


def still_coming(facts: Facts, groups: list[Group], day: date) -> frozenset[int]:
    """Entries up to the day that the bank has not shown and that explain the whole difference: cheques, say."""
    found = fates(facts, groups, day)
    difference = standing(facts, found, day).unexplained
    left = [fate.group.entries[0] for fate in found if fate.name in (LEFT, EARLIER)]
    recent = [entry for entry in left if 0 <= (day - entry.date).days <= STILL_COMES]
    if difference and sum((entry.amount for entry in recent), Decimal(0)) == -difference:
        return frozenset(entry.key for entry in recent)
    return frozenset()


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
