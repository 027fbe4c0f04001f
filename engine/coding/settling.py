"""Balances that a payment may settle: wages, VAT, payroll taxes, loans, payment providers, owners ...

Nobody needs to have coded such a payment before: what was accrued stands on the balance sheet with its amount, and bank
texts name what they pay. Such a payment is never cost, as long as a balance of that name or amount waits for it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from .facts import Balance, CodingFacts, CodingLine
from .settling_topics import topics_of

#: An accrual older than this is not what a payment pays.
_DAYS = 70

BALANCE, ACCRUED, NAMED = "settles_exactly", "settles_accrued", "settles_named"


class Settlement(NamedTuple):
    """``account`` may be what a line settles. ``how``: reason codes; ``day``: when the amount was accrued."""

    account: int
    how: tuple[str, ...]
    day: str = ""

    @property
    def is_strong(self) -> bool:
        """Amount and name agree."""
        return NAMED in self.how and len(self.how) > 1


class Settling:
    """The balances of a run; what earlier lines of the run settle is taken off for the later ones."""

    def __init__(self, facts: CodingFacts) -> None:
        self._balances = facts.balance_sheet
        self._topics = {key: topics_of(balance.name) for key, balance in self._balances.items()}
        self._taken: dict[int, Decimal] = defaultdict(Decimal)
        self._moved: dict[Decimal, list[tuple[int, int]]] = defaultdict(list)
        self._stood: dict[Decimal, list[int]] = defaultdict(list)
        self._by_topic: dict[str, list[int]] = defaultdict(list)
        for key, balance in self._balances.items():
            for topic in self._topics[key]:
                self._by_topic[topic].append(key)
            for place, moved in enumerate(_movements(balance)):
                self._moved[moved].append((key, place))
            for total in set(balance.sums):
                self._stood[total].append(key)

    def candidates(self, line: CodingLine) -> list[Settlement]:
        """Accounts that ``line`` may settle, the likeliest first; at most three."""
        if line.worth is None or not line.worth:
            return []
        found: dict[int, list[str]] = defaultdict(list)
        days: dict[int, str] = {}
        topics = topics_of(f"{line.case.text} {line.case.name}")
        for key in {key for topic in topics for key in self._by_topic[topic]}:
            if self._covers(key, line):
                found[key].append(NAMED)
        for key, place in self._moved.get(line.worth, ()):
            day = self._balances[key].days[place]
            if line.case.date - timedelta(days=_DAYS) <= day <= line.case.date and self._covers(key, line):
                found[key].append(ACCRUED)
                days[key] = str(day)
        for key in {*self._stood.get(line.worth, ()), *self._taken}:
            if self._left(key, line) == line.worth:
                found[key].append(BALANCE)
        settlements = [Settlement(key, tuple(dict.fromkeys(how)), days.get(key, "")) for key, how in found.items()]
        settlements.sort(key=lambda each: (not each.is_strong, -len(each.how), each.account))
        return settlements[:3]

    def take(self, account: int, worth: Decimal) -> None:
        """A line of this run is proposed to settle ``worth`` of the account."""
        self._taken[account] += worth

    def _left(self, key: int, line: CodingLine) -> Decimal:
        return self._balances[key].at(line.case.date) - self._taken.get(key, Decimal(0))

    def _covers(self, key: int, line: CodingLine) -> bool:
        """Whether at least the line's amount waits there, on the side that such a payment settles."""
        left = self._left(key, line)
        return left * line.worth > 0 and abs(left) >= abs(line.worth)


def _movements(balance: Balance) -> list[Decimal]:
    before = Decimal(0)
    found = []
    for total in balance.sums:
        found.append(total - before)
        before = total
    return found
