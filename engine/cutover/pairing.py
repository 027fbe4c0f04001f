"""Which entries that people posted mean which movements of the bank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..matching import reference_keys
from ..matching.subsets import Pool
from ..text import name_words, words
from .facts import Entry, Facts, Movement

#: Days by which the bank may show a movement after, or before, the day on which people booked it.
LATER, SOONER = 60, 20
#: A sum is looked for among what stands within so many days, and among so many at most.
NEAR, MOST = 5, 18
#: A rival that is worse by less than this leaves the choice to a person; a pair that costs more is only asked for.
MARGIN, DEAR = 2.0, 16.0
#: What agreeing texts are worth, in days of distance.
_NUMBER, _WORD, _STRANGER = 12.0, 3.0, 8.0
_CHOICES = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Movements and entries that mean the same; one side may be empty.

    ``asked``: several answers fit, or none well: ``choices`` are entries, or sums of them, a person picks one.
    """

    movements: tuple[Movement, ...] = ()
    entries: tuple[Entry, ...] = ()
    asked: bool = False
    choices: tuple[tuple[int, ...], ...] = ()

    @property
    def bank(self) -> Decimal:
        return sum((each.amount for each in self.movements), Decimal(0))

    @property
    def books(self) -> Decimal:
        return sum((each.amount for each in self.entries), Decimal(0))


def pair(facts: Facts) -> list[Group]:
    """Every movement and every entry in exactly one group, ordered by date."""
    return _Pairing(facts).groups()


class _Told:
    """What a text tells, made comparable once."""

    __slots__ = ("names", "numbers", "words")

    def __init__(self, text: str, name: str) -> None:
        whole = f"{text} {name}"
        self.numbers = reference_keys(whole)
        self.words = {word.text for word in words(whole) if len(word.text) > 2 and not word.text.isdigit()}
        self.names = {word.text for word in name_words(name) if len(word.text) > 2}


class _Pairing:
    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.movements = {each.key: each for each in sorted(facts.movements, key=lambda m: (m.date, m.key))}
        entries = sorted((e for e in facts.entries if e.amount), key=lambda e: (e.date, e.key))
        self.entries = {each.key: each for each in entries}
        self.told: dict[object, _Told] = {}
        self.free = dict(self.movements)
        self.first = min((each.date for each in facts.movements), default=date.max)
        self.left = {each.key: each for each in entries if not each.is_opening}
        self.found: list[Group] = []
        self.refused: set[str] = set()
        self._said(facts)

    def groups(self) -> list[Group]:
        self._reversals()
        older = {key: entry for key, entry in self.left.items() if entry.date < self.first}
        self.left = {key: entry for key, entry in self.left.items() if key not in older}
        self._one_to_one({} if self._ahead() == 0 else older)
        self._sums()
        self.left.update(older)
        self._outstanding_before(older)
        rest = [Group((movement,), ()) for movement in self.free.values()]
        rest += [Group((), (entry,)) for entry in self.left.values()]
        rest += [Group((), (entry,)) for entry in self.entries.values() if entry.is_opening]
        return sorted(self.found + rest, key=_order)

    # === What people said === #

    def _said(self, facts: Facts) -> None:
        for key, chosen in facts.paired.items():
            entries = [self.left[one] for one in chosen if one in self.left]
            if key in self.free and len(entries) == len(chosen):
                if entries:
                    self._take((self.free[key],), tuple(entries))
                else:
                    self.refused.add(key)

    def _take(self, movements: tuple[Movement, ...], entries: tuple[Entry, ...], **values: object) -> None:
        self.found.append(Group(movements, entries, **values))
        for movement in movements:
            del self.free[movement.key]
        for entry in entries:
            del self.left[entry.key]

    # === Entries that cancel each other === #

    def _reversals(self) -> None:
        """An entry and its reversal never reached the bank, unless the bank shows both."""
        by_document: dict[int, list[Entry]] = defaultdict(list)
        for entry in self.left.values():
            by_document[entry.document].append(entry)
        amounts = {movement.amount for movement in self.free.values()}
        for entry in list(self.left.values()):
            for first in by_document.get(entry.reverses or 0, ()):
                both_left = entry.key in self.left and first.key in self.left
                both_shown = first.amount in amounts and entry.amount in amounts
                if both_left and first.amount == -entry.amount and not both_shown:
                    self._take((), (first, entry))

    # === One movement, one entry === #

    def _one_to_one(self, older: dict[int, Entry]) -> None:
        """The cheapest pairs first. What is left over and fits nearly as well makes it a question, also what is
        older than the first movement."""
        entries: dict[Decimal, list[Entry]] = defaultdict(list)
        for entry in self.left.values():
            entries[entry.amount].append(entry)
        offers = []
        for movement in self.free.values():
            for entry in entries.get(movement.amount, ()):
                if movement.key not in self.refused and self._in_reach(movement, entry):
                    offers.append((self._cost(movement, entry), movement.date, movement.key, entry.key))
        offers.sort()
        pairs: dict[str, tuple[float, int]] = {}
        used: set[int] = set()
        for cost, _day, key, other in offers:
            if key not in pairs and other not in used:
                pairs[key] = cost, other
                used.add(other)
        offers += self._older_offers(older, pairs)
        self._settle(offers, pairs, used)

    def _older_offers(self, older: dict[int, Entry], pairs: dict[str, tuple[float, int]]) -> list[tuple]:
        by_amount: dict[Decimal, list[Entry]] = defaultdict(list)
        for entry in older.values():
            by_amount[entry.amount].append(entry)
        movements = [self.free[key] for key in pairs]
        return [
            (self._cost(movement, entry), movement.date, movement.key, entry.key)
            for movement in movements
            for entry in by_amount.get(movement.amount, ())
            if self._in_reach(movement, entry)
        ]

    def _ahead(self) -> Decimal | None:
        """By how much the ledger was ahead of the bank before the first movement; None where nobody knows."""
        return None if self.facts.opening is None else self.facts.eve - self.facts.opening

    def _settle(self, offers: list[tuple], pairs: dict[str, tuple[float, int]], used: set[int]) -> None:
        by_movement: dict[str, list[int]] = defaultdict(list)
        by_entry: dict[int, list[str]] = defaultdict(list)
        costs = {}
        for cost, _day, key, other in offers:
            by_movement[key].append(other)
            by_entry[other].append(key)
            costs[key, other] = cost
        for key, (cost, other) in pairs.items():
            limit = cost + MARGIN
            rivals = [e for e in by_movement[key] if e not in used and costs[key, e] <= limit]
            claimed = any(m not in pairs and costs[m, other] <= limit for m in by_entry[other])
            if not rivals and not claimed and cost <= DEAR:
                self._take((self.free[key],), (self.left[other],))
            elif key in self.free:
                choices = tuple((one,) for one in [other, *rivals][:_CHOICES])
                self.found.append(Group((self.free.pop(key),), (), True, choices))

    def _in_reach(self, movement: Movement, entry: Entry) -> bool:
        return -SOONER <= (movement.date - entry.date).days <= LATER

    def _cost(self, movement: Movement, entry: Entry) -> float:
        """Days between them, less what their texts share, more for another name."""
        mine, theirs = self._told(movement), self._told(entry)
        cost = float(abs((movement.date - entry.date).days))
        if mine.numbers & theirs.numbers:
            cost -= _NUMBER
        cost -= _WORD * min(len(mine.words & theirs.words), 2)
        if mine.names and theirs.names and not (theirs.names & (mine.names | mine.words)):
            cost += _STRANGER
        return cost

    def _told(self, record: Movement | Entry) -> _Told:
        known = self.told.get(record.key)
        if known is None:
            known = self.told[record.key] = _Told(record.text, record.name)
        return known

    # === Entries that are older than the first movement === #

    def _outstanding_before(self, older: dict[int, Entry]) -> None:
        """The bank showed most of them before, and no statement at hand says which: only as many are still to come
        as the ledger was ahead of the bank on the eve."""
        ahead = self._ahead()
        if ahead == 0:
            return
        found = self._cheapest(older)
        if ahead is not None:
            pool = Pool([_minor(movement.amount) for _cost, movement, _entry in found])
            hits = pool.find(_minor(ahead), smallest=1).subsets
            if len(hits) == 1:
                for place in hits[0]:
                    _cost, movement, entry = found[place]
                    self._take((movement,), (entry,))
                return
        for cost, movement, entry in found:
            if ahead is None and cost < 0:
                self._take((movement,), (entry,))
            elif cost <= DEAR:
                self._ask(movement, [(entry.key,)])
        if ahead is not None and not found:
            self._sum_before(older, ahead)

    def _sum_before(self, older: dict[int, Entry], ahead: Decimal) -> None:
        """One movement that shows several entries: all that the ledger was ahead by."""
        for movement in list(self.free.values()):
            if movement.amount == ahead and movement.key not in self.refused:
                entries = [entry for entry in older.values() if entry.key in self.left]
                self._gather(movement, entries, lambda one, many: self._take((one,), many), self._ask)
                return

    def _cheapest(self, entries: dict[int, Entry]) -> list[tuple[float, Movement, Entry]]:
        """Pairs of what is left, the cheapest first, each record once."""
        offers = [
            (self._cost(movement, entry), movement.date, movement.key, entry.key)
            for movement in self.free.values()
            for entry in entries.values()
            if movement.amount == entry.amount and movement.key not in self.refused and self._in_reach(movement, entry)
        ]
        found, used = [], set()
        for cost, _day, key, other in sorted(offers):
            if key not in used and other not in used:
                used |= {key, other}
                found.append((cost, self.free[key], entries[other]))
        return found

    # === One against several === #

    def _sums(self) -> None:
        for movement in list(self.free.values()):
            if movement.key in self.free and movement.key not in self.refused:
                self._gather(movement, list(self.left.values()), lambda m, many: self._take((m,), many), self._ask)
        for entry in list(self.left.values()):
            if entry.key in self.left:
                self._gather(entry, list(self.free.values()), lambda e, many: self._take(many, (e,)), None)

    def _gather(self, one, others, take, ask) -> None:
        """Those of one entry, else the only sum among what is near."""
        near = [o for o in others if o.amount * one.amount > 0 and abs((o.date - one.date).days) <= NEAR]
        near = [o for o in near if abs(o.amount) < abs(one.amount)]
        for together in _together(near):
            if len(together) > 1 and sum((o.amount for o in together), Decimal(0)) == one.amount:
                take(one, tuple(together))
                return
        near = sorted(near, key=lambda o: (abs((o.date - one.date).days), o.date))[:MOST]
        hits = Pool([_minor(o.amount) for o in near]).find(_minor(one.amount)).subsets
        if len(hits) == 1:
            take(one, tuple(sorted((near[place] for place in hits[0]), key=lambda o: (o.date, o.key))))
        elif hits and ask:
            ask(one, [tuple(near[place].key for place in subset) for subset in hits[:_CHOICES]])

    def _ask(self, movement: Movement, choices: Iterable[tuple[int, ...]]) -> None:
        self.found.append(Group((self.free.pop(movement.key),), (), True, tuple(choices)))


def _together(records: list) -> list[list]:
    """What stands in one journal entry, where entries are meant."""
    found: dict[object, list] = defaultdict(list)
    for record in records:
        document = getattr(record, "document", None)
        if document is not None:
            found[document].append(record)
    return list(found.values())


def _minor(amount: Decimal) -> int:
    return int(amount.scaleb(4))


def _order(group: Group) -> tuple:
    days = [each.date for each in (*group.movements, *group.entries)]
    return min(days, default=date.min), str((group.movements or group.entries)[0].key)
