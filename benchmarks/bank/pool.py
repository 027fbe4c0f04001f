"""The readings of one line against the items of one partner (classes 4 to 7 of ``readings``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from .company import rate_on
from .discounts import discounted, granted_until
from .identity import slipped, strongly_quoted, upper, weakly_quoted
from .ledger import Open, Settled
from .values import ZERO, Line, money
from .view import Reading, View

FEE_WORDS = re.compile(r"(?:CHARGES|CHGS|SPESEN|FRAIS|FEE|KOSTEN)\D{0,5}(\d+\.\d\d)")
ADVANCE_WORDS = re.compile(r"ADVANCE|ACOMPTE|DEPOSIT ORDER|ANZAHLUNG|VOORSCHOT")
#: Each demand is met by any one of its documents.
Demands = tuple[frozenset[int], ...]


class Pool:
    """The readings of one line against one partner's items."""

    def __init__(self, line: Line, view: View, partner: int, items: list[Open], strong: set[int]) -> None:
        self.line, self.view, self.partner = line, view, partner
        self.company = view.year.company
        self.items = sorted(items, key=lambda item: (item.due or item.date, item.key))
        self.sure = self._strong_demands(strong & {item.document for item in items})
        self.demands = self.sure or weakly_quoted(line, self.items) or self._slips()
        self.quoted = frozenset().union(*self.demands)

    def _strong_demands(self, quoted: set[int]) -> Demands:
        """One demand per quoted document; the payments that pay it may stand for it."""
        payments = [item for item in self.items if item.kind == "payment"]
        named = [p for p in payments if p.names[0] in self.line.references]
        if named:
            return tuple(frozenset({payment.document}) for payment in named)
        standing_for: dict[int, set[int]] = {}
        for payment in payments:
            paid = self.view.pays[payment.key] & quoted
            for document in paid or ({payment.document} & quoted):
                standing_for.setdefault(document, set()).add(payment.document)
        hidden = {p.document for p in payments if self.view.pays[p.key] & quoted}
        return tuple(frozenset({document} | standing_for.get(document, set())) for document in sorted(quoted - hidden))

    def _slips(self) -> Demands:
        """A slip only counts when what stands there is no paid document's number."""
        paid = [s.item for s in self.view.ledger.settled.values() if s.item.partner == self.partner]
        slip = slipped(self.line, self.items)
        return (frozenset(slip),) if slip and not strongly_quoted(self.line, paid) else ()

    def exact_readings(self) -> list[tuple[int, Reading]]:
        """For a line that names nobody: only numbers and an exact sum together decide."""
        if not self.demands:
            return []
        exact = list(self._exact(self.demands)) or list(self._exact_differences())
        return [(4, reading) for reading in exact]

    def readings(self) -> list[tuple[int, Reading]]:
        """(class, reading) of the strongest class here."""
        exact = self._plainest(list(self._exact(self.demands)))
        if exact:
            again = not self.demands and any(map(self._names, self._settled()))
            return [(4, reading) for reading in (*exact, *([self._owed()] if again else []))]
        other = list(self._exact(())) if self.demands else []
        finders = (self._exact_differences, self._tolerated, self._leaving_open)
        for level, finder in enumerate(finders, start=5):
            if level == 7 and other and not self.sure:
                break
            found = list(finder()) if level == 7 else self._plainest(list(finder()))
            if found:
                return [(level, reading) for reading in found + other]
        return [(5, reading) for reading in other]

    def _plainest(self, readings: list[Reading]) -> list[Reading]:
        """Expected payments first, then quoted documents alone, and no set that holds another."""
        items = {item.key: item for item in self.items}
        for wanted in (self._is_payment, self._is_quoted):
            pure = [r for r in readings if all(wanted(items[key]) for key, _amount in r.items)]
            readings = pure or readings
        return [r for r in readings if not any(other.items < r.items for other in readings)]

    @staticmethod
    def _is_payment(item: Open) -> bool:
        return item.kind == "payment"

    def _is_quoted(self, item: Open) -> bool:
        return item.document in self.quoted

    # sets

    def _amount(self, item: Open) -> Decimal | None:
        """The line's amount in the item's currency as far as it is stated."""
        if item.currency == self.line.currency:
            return self.line.amount
        return self.line.foreign_amount if item.currency == self.line.foreign_currency else None

    def _sets(self, demands: Demands, largest: int = 6) -> Iterator[tuple[Open, ...]]:
        """Sets that meet all demands and hold no instalment before an earlier one."""
        pool = [item for item in self.items if self._amount(item) is not None]
        largest = min(largest, 6 if len(pool) <= 14 else 4 if len(pool) <= 30 else 3)
        for size in range(1, min(largest, len(pool)) + 1):
            for chosen in combinations(pool, size):
                documents = {item.document for item in chosen}
                if (
                    len({item.currency for item in chosen}) == 1
                    and all(documents & demand for demand in demands)
                    and self._in_due_order(chosen, pool)
                ):
                    yield chosen

    @staticmethod
    def _in_due_order(chosen: tuple[Open, ...], pool: list[Open]) -> bool:
        keys = {item.key for item in chosen}
        return not any(
            earlier.document == item.document and earlier.key < item.key and earlier.key not in keys
            for item in chosen
            for earlier in pool
        )

    def _exact(self, demands: Demands) -> Iterator[Reading]:
        for chosen in self._sets(demands):
            if sum((item.residual for item in chosen), ZERO) == self._amount(chosen[0]):
                yield self._settling(chosen)

    def _settling(self, chosen: tuple[Open, ...], *rest: tuple[str, Decimal]) -> Reading:
        return Reading(frozenset((item.key, item.residual) for item in chosen), frozenset(rest), self.partner)

    # class 5

    def _exact_differences(self) -> Iterator[Reading]:
        for chosen in self._sets(self.demands, 3):
            if chosen[0].currency != self.line.currency:
                continue
            gap = self.line.amount - sum((item.residual for item in chosen), ZERO)
            yield from self._discounted(chosen, gap)
            if len(chosen) == 1:
                yield from self._withheld(chosen[0], gap)
                if gap and gap == self._grant(chosen[0], late=True):
                    yield self._part(chosen[0])

    def _discounted(self, chosen: tuple[Open, ...], gap: Decimal) -> Iterator[Reading]:
        grants = {item.key: self._grant(item) for item in chosen}
        eligible = [key for key, grant in grants.items() if grant]
        for size in range(1, len(eligible) + 1):
            for taken in combinations(eligible, size):
                if sum((grants[key] for key in taken), ZERO) == gap:
                    yield self._settling(chosen, *((f"discount {key}", grants[key]) for key in taken))

    def _grant(self, item: Open, late: bool = False) -> Decimal:
        """The (negative for a receipt) difference that the term grants on the line's date."""
        document = self.view.documents.get(item.document)
        until = granted_until(document, self.company) if document else None
        if not until or not item.whole or (self.line.date > until) != late:
            return ZERO
        return (discounted(document, self.company) - document.total) * document.sign

    def _withheld(self, item: Open, gap: Decimal) -> Iterator[Reading]:
        document = self.view.documents.get(item.document)
        if item.kind != "invoice" or not item.whole or not document:
            return
        kept = {
            -money(base * rate / 100)
            for base in (document.untaxed, document.total)
            for rate in self.company.withholding_rates
        }
        if gap in kept:
            yield self._settling((item,), ("withholding", gap))

    # class 6

    def _tolerated(self) -> Iterator[Reading]:
        named = FEE_WORDS.search(upper(self.line.text))
        for chosen in self._sets(self.demands, 3 if self.demands else 1):
            if chosen[0].currency != self.line.currency:
                continue
            total = sum((item.residual for item in chosen), ZERO)
            gap = self.line.amount - total
            if 0 < abs(gap) <= self.company.rounding_cap:
                yield self._settling(chosen, ("rounding", gap))
            elif named and gap == -Decimal(named.group(1)) and self._may_be_fee(gap, total):
                yield self._settling(chosen, ("fee", gap))
        yield from self._by_rate()

    def _may_be_fee(self, gap: Decimal, total: Decimal) -> bool:
        limit = min(self.company.fee_cap, abs(total) * self.company.fee_cap_percent / 100)
        return gap < 0 and -gap <= limit

    def _by_rate(self) -> Iterator[Reading]:
        for item in self.items:
            if self._amount(item) is not None or (self.quoted and item.document not in self.quoted):
                continue
            value = self._in_line_currency(item)
            if value and abs(self.line.amount - value) <= abs(value) * self.company.rate_limit_percent / 100:
                yield self._settling((item,))

    def _in_line_currency(self, item: Open) -> Decimal | None:
        value = item.residual
        for currency, divide in ((item.currency, True), (self.line.currency, False)):
            if currency == self.company.currency:
                continue
            found = rate_on(self.view.year.rates, currency, self.line.date, self.company.rate_max_age_days)
            if not found:
                return None
            value = value / found[0] if divide else value * found[0]
        return money(value)

    # class 7

    def _leaving_open(self) -> Iterator[Reading]:
        repeated = [settled for settled in self._settled() if self._names(settled)]
        if repeated:
            yield self._owed()
            if not self.quoted:
                return
        if self.quoted:
            yield from self._over_or_under()
        elif ADVANCE_WORDS.search(upper(self.line.text)):
            yield self._owed()
        else:
            yield from self._unquoted()

    def _settled(self) -> list[Settled]:
        """The partner's paid items of exactly this amount, also those that this batch pays."""
        now = [Settled(item, self.line.date, amount, 0) for item, amount in self.view.paid_now]
        return [
            settled
            for settled in [*self.view.ledger.settled.values(), *now]
            if settled.item.partner == self.partner
            and settled.amount == self.line.amount
            and settled.paid_on <= self.line.date
            and self.view.expected.get(settled.payment_item) not in self.view.ledger.open
        ]

    def _names(self, settled: Settled) -> bool:
        if self.quoted:
            earlier = settled.item.document in self.quoted  # its instalment, paid again
            return earlier and settled.item.key not in self.view.ledger.open
        items = [settled.item]
        return bool(strongly_quoted(self.line, items) or weakly_quoted(self.line, items))

    def _part(self, item: Open) -> Reading:
        return Reading(frozenset({(item.key, self.line.amount)}), partner=self.partner)

    def _owed(self) -> Reading:
        return Reading(frozenset(), frozenset({("owed", self.line.amount)}), self.partner)

    def _over_or_under(self) -> Iterator[Reading]:
        if len(self.quoted) > 1:
            return
        parts = [
            item
            for item in self.items
            if item.document in self.quoted
            and item.currency == self.line.currency
            and (item.residual > 0) == (self.line.amount > 0)
        ]
        left, taken = self.line.amount, []
        for part in parts:
            share = min(left, part.residual, key=abs)
            if share:
                taken.append((part.key, share))
                left -= share
        if not taken:
            return
        yield Reading(frozenset(taken), frozenset({("owed", left)}) if left else frozenset(), self.partner)
        gap = left or self.line.amount - sum((part.residual for part in parts), ZERO)
        if self._may_be_fee(gap, sum((part.residual for part in parts), ZERO)):
            yield Reading(
                frozenset((part.key, part.residual) for part in parts),
                frozenset({("fee", gap)}),
                self.partner,
            )

    def _unquoted(self) -> Iterator[Reading]:
        same_side = [item for item in self.items if (item.residual > 0) == (self.line.amount > 0)]
        if not same_side:
            yield self._owed()
        elif len(same_side) == 1 and same_side[0].currency == self.line.currency:
            item = same_side[0]
            gap = self.line.amount - item.residual
            if abs(self.line.amount) < abs(item.residual):
                yield self._part(item)
                if self._may_be_fee(gap, item.residual):
                    yield self._settling((item,), ("fee", gap))
