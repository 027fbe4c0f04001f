"""Every booking that fits what is known about one line, by brute force.

The definition of *fits*, by strength; only the strongest class that has a reading counts:

1. a transfer, when the line names the company itself or one of its own accounts;
2. a return, when the line says so: payments that such a line undoes, to the cent;
3. documents of several partners, all quoted, or one registered batch, with exactly the line's sum;
4. sets of open items of one named partner with exactly the line's sum and every quoted document;
   registered payments that the books expect come before documents of the same sum;
5. such sets with one exact difference: a cash discount granted on that day, a withholding rate;
6. such sets with one tolerated difference: cents under the cap, a fee that the text names, the
   rate table;
7. what leaves something open: a part of one item, a rest over all quoted items, money on account.

An exact set that ignores a quotation counts beside classes 5 to 7, because either may be meant. A
shortage under the fee cap that the text does not explain is two readings: a fee, and a part.
Documents dated after the line, and later instalments before earlier ones, do not fit. A line that
names nobody and quotes nothing has no reading, whatever its amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import combinations, islice, product

from .company import rate_on
from .discounts import discounted, granted_until
from .identity import Directory, slipped, squash, strongly_quoted, upper, weakly_quoted
from .ledger import Ledger, Open, Settled
from .values import ZERO, CompanyYear, Document, Line, money

RETURN_WORDS = re.compile(r"RETURN|RUECK|REJET|UNPAID|RETOUR|TERUGBOEK")
RETURN_CODES = re.compile(r"RRTN|RDDT")
FEE_WORDS = re.compile(r"(?:CHARGES|CHGS|SPESEN|FRAIS|FEE|KOSTEN)\D{0,5}(\d+\.\d\d)")
ADVANCE_WORDS = re.compile(r"ADVANCE|ACOMPTE|DEPOSIT ORDER|ANZAHLUNG|VOORSCHOT")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a booking does, whatever it is called: (item, amount) and (difference, amount)."""

    items: frozenset[tuple[int, Decimal]]
    rest: frozenset[tuple[str, Decimal]] = frozenset()
    partner: int | None = None


@dataclass(slots=True)
class View:
    """What is visible when a line is matched."""

    year: CompanyYear
    ledger: Ledger
    directory: Directory
    documents: dict[int, Document]
    consumed: set[int]  # items that other lines of the batch surely take
    paid_now: list[tuple[Open, Decimal]]  # items so consumed, for second payments
    expected: dict[int, int]  # journal items of registered payments -> their outstanding items

    def items(self, line: Line) -> list[Open]:
        return [
            item
            for item in self.ledger.open.values()
            if item.key not in self.consumed
            and item.date <= line.date
            and item.kind != "transfer"
            and item.journal in (None, line.journal)
        ]


def fitting(line: Line, view: View) -> set[Reading]:
    """The readings of the strongest class that has any."""
    for reader in (_transfers, _returns, _of_many):
        readings = reader(line, view)
        if readings is not None:
            return readings
    return _of_one_partner(line, view)


# --- classes 1 to 3 -------------------------------------------------------------


def _transfers(line: Line, view: View) -> set[Reading] | None:
    company = view.year.company
    numbers = [
        journal.account_number for journal in company.journals if journal.key != line.journal
    ]
    text = squash(line.text)
    named = squash(company.name)
    if (
        line.account_number not in numbers
        and not any(number in text for number in numbers)
        and squash(line.partner_name) != named
        and named not in text
    ):
        return None
    found = {
        Reading(frozenset({(item.key, line.amount)}))
        for item in view.ledger.open.values()
        if item.kind == "transfer"
        and item.residual == line.amount
        and item.journal != line.journal
        and item.date <= line.date <= item.date + timedelta(days=10)
    }
    return found or {Reading(frozenset(), frozenset({("transfer", line.amount)}))}


def _returns(line: Line, view: View) -> set[Reading] | None:
    if not RETURN_CODES.search(line.code) and not RETURN_WORDS.search(upper(line.text)):
        return None
    paid = [
        settled
        for settled in view.ledger.settled.values()
        if settled.amount == -line.amount
        and settled.item.currency == line.currency
        and settled.paid_on <= line.date <= settled.paid_on + timedelta(days=400)
    ]
    parties = view.directory.parties(line)
    items = [settled.item for settled in paid]
    quoted = strongly_quoted(line, items)
    if not quoted:
        named = [item for item in items if item.partner in parties]
        quoted = weakly_quoted(line, named) or slipped(line, named)
    same_id = [settled for settled in paid if set(line.references) & set(settled.payment_names)]
    chosen = same_id or [
        settled
        for settled in paid
        if (settled.item.document in quoted if quoted else settled.item.partner in parties)
    ]
    return {
        Reading(frozenset({(settled.payment_item, line.amount)}), partner=settled.item.partner)
        for settled in chosen
    }


def _of_many(line: Line, view: View) -> set[Reading] | None:
    items = [item for item in view.items(line) if item.currency == line.currency]
    batches: dict[str, list[Open]] = {}
    for item in items:
        if item.batch:
            batches.setdefault(item.batch, []).append(item)
    fits = {
        name: group
        for name, group in batches.items()
        if sum((item.residual for item in group), ZERO) == line.amount
    }
    named = {
        name
        for name, group in fits.items()
        if strongly_quoted(line, group) or _names_batch(line, name)
    }
    if named or (fits and not view.directory.parties(line)):
        return {_exactly(fits[name]) for name in (named or fits)}
    documents = strongly_quoted(line, items)
    quoted = [item for item in items if item.document in documents]
    if len({item.partner for item in quoted}) > 1:
        return {
            _exactly(chosen)
            for chosen in _due_prefixes(quoted)
            if sum((item.residual for item in chosen), ZERO) == line.amount
        } or None
    return None


def _due_prefixes(items: list[Open]) -> Iterator[tuple[Open, ...]]:
    """Every way to take of each document its first open instalments, at least one."""
    documents: dict[int, list[Open]] = {}
    for item in sorted(items, key=lambda item: item.key):
        documents.setdefault(item.document, []).append(item)
    prefixes = [[parts[:size] for size in range(1, len(parts) + 1)] for parts in documents.values()]
    for combination in islice(product(*prefixes), 5000):
        yield tuple(item for parts in combination for item in parts)


def _names_batch(line: Line, name: str) -> bool:
    sequence = name.rsplit("/", 1)[1]
    return name in line.references or bool(re.search(rf"(?<!\d){sequence}(?!\d)", line.text))


def _exactly(items: list[Open] | tuple[Open, ...]) -> Reading:
    partners = {item.partner for item in items}
    return Reading(
        frozenset((item.key, item.residual) for item in items),
        partner=partners.pop() if len(partners) == 1 else None,
    )


# --- classes 4 to 7 ---------------------------------------------------------------


def _of_one_partner(line: Line, view: View) -> set[Reading]:
    items = view.items(line)
    strong = strongly_quoted(line, items)
    parties = view.directory.parties(line)
    parties |= {item.partner for item in items if item.document in strong and item.partner}
    paid = [s.item for s in view.ledger.settled.values() if s.amount == line.amount]
    paid += [item for item, amount in view.paid_now if amount == line.amount]
    named = strongly_quoted(line, paid)
    parties |= {item.partner for item in paid if item.document in named}
    readings: list[tuple[int, Reading]] = []
    for partner in parties:
        pool = sorted(
            (item for item in items if item.partner == partner),
            key=lambda item: (item.due or item.date, item.key),
        )
        readings += _Pool(line, view, partner, pool, strong).readings()
    best = min((level for level, _reading in readings), default=0)
    return {reading for level, reading in readings if level == best}


class _Pool:
    """The readings of one line against one partner's items."""

    def __init__(
        self, line: Line, view: View, partner: int, pool: list[Open], strong: set[int]
    ) -> None:
        self.line, self.view, self.partner = line, view, partner
        self.company = view.year.company
        self.pool = pool
        own = {item.document for item in pool}
        self.sure = strong & own
        self.quoted = self.sure or weakly_quoted(line, pool) or slipped(line, pool)

    def readings(self) -> list[tuple[int, Reading]]:
        """(class, reading) of the strongest class here."""
        exact = list(self._exact(self.quoted))
        expected = [reading for reading in exact if self._registered(reading)]
        exact = expected or exact
        if exact:
            again = (
                [self._owed()] if any(self._names(settled) for settled in self._settled()) else []
            )
            return [(4, reading) for reading in exact + again]
        other = [(5, reading) for reading in self._exact(set())] if self.quoted else []
        for finder in (self._exact_differences, self._tolerated, self._leaving_open):
            found = [(5, reading) for reading in finder()]
            if found:
                return found + other
            if finder.__name__ == "_tolerated" and other and not self.sure:
                return other
        return other

    def _registered(self, reading: Reading) -> bool:
        """Only payments that the books already expect."""
        payments = {item.key for item in self.pool if item.kind == "payment"}
        return {key for key, _amount in reading.items} <= payments

    # sets

    def _amount(self, item: Open) -> Decimal | None:
        """The line's amount in the item's currency as far as it is stated."""
        if item.currency == self.line.currency:
            return self.line.amount
        return self.line.foreign_amount if item.currency == self.line.foreign_currency else None

    def _sets(self, quoted: set[int], largest: int = 6) -> Iterator[tuple[Open, ...]]:
        """Sets that hold all quoted documents and no instalment before an earlier one."""
        pool = [item for item in self.pool if self._amount(item) is not None]
        largest = min(largest, 6 if len(pool) <= 14 else 4 if len(pool) <= 30 else 3)
        for size in range(1, min(largest, len(pool)) + 1):
            for chosen in combinations(pool, size):
                if len({item.currency for item in chosen}) > 1:
                    continue
                if quoted <= {item.document for item in chosen} and self._in_due_order(
                    chosen, pool
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

    def _exact(self, quoted: set[int]) -> Iterator[Reading]:
        for chosen in self._sets(quoted):
            if sum((item.residual for item in chosen), ZERO) == self._amount(chosen[0]):
                yield self._settling(chosen)

    def _settling(self, chosen: tuple[Open, ...], *rest: tuple[str, Decimal]) -> Reading:
        return Reading(
            frozenset((item.key, item.residual) for item in chosen), frozenset(rest), self.partner
        )

    # class 5

    def _exact_differences(self) -> Iterator[Reading]:
        for chosen in self._sets(self.quoted, 3):
            if chosen[0].currency != self.line.currency:
                continue
            gap = self.line.amount - sum((item.residual for item in chosen), ZERO)
            yield from self._discounted(chosen, gap)
            if len(chosen) == 1:
                yield from self._withheld(chosen[0], gap)

    def _discounted(self, chosen: tuple[Open, ...], gap: Decimal) -> Iterator[Reading]:
        grants = {item.key: self._grant(item) for item in chosen}
        eligible = [key for key, grant in grants.items() if grant]
        for size in range(1, len(eligible) + 1):
            for taken in combinations(eligible, size):
                if sum((grants[key] for key in taken), ZERO) == gap:
                    yield self._settling(
                        chosen, *((f"discount {key}", grants[key]) for key in taken)
                    )

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
        for chosen in self._sets(self.quoted, 3 if self.quoted else 1):
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
        for item in self.pool:
            if self._amount(item) is not None or (self.quoted and item.document not in self.quoted):
                continue
            value = self._in_line_currency(item)
            if (
                value
                and abs(self.line.amount - value)
                <= abs(value) * self.company.rate_limit_percent / 100
            ):
                yield self._settling((item,))

    def _in_line_currency(self, item: Open) -> Decimal | None:
        value = item.residual
        for currency, divide in ((item.currency, True), (self.line.currency, False)):
            if currency == self.company.currency:
                continue
            found = rate_on(
                self.view.year.rates, currency, self.line.date, self.company.rate_max_age_days
            )
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
        late = [
            item
            for item in self.pool
            if self._grant(item, late=True)
            and item.residual + self._grant(item, late=True) == self.line.amount
            and (not self.quoted or self.quoted == {item.document})
        ]
        if late:
            yield from (self._part(item) for item in late)
        elif self.quoted:
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
            return settled.item.document in self.quoted  # an earlier instalment, paid again
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
            for item in self.pool
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
        yield Reading(
            frozenset(taken), frozenset({("owed", left)}) if left else frozenset(), self.partner
        )
        gap = left or self.line.amount - sum((part.residual for part in parts), ZERO)
        if self._may_be_fee(gap, sum((part.residual for part in parts), ZERO)):
            yield Reading(
                frozenset((part.key, part.residual) for part in parts),
                frozenset({("fee", gap)}),
                self.partner,
            )

    def _unquoted(self) -> Iterator[Reading]:
        same_side = [item for item in self.pool if (item.residual > 0) == (self.line.amount > 0)]
        if not same_side:
            yield self._owed()
        elif len(same_side) == 1 and same_side[0].currency == self.line.currency:
            item = same_side[0]
            gap = self.line.amount - item.residual
            if abs(self.line.amount) < abs(item.residual):
                yield self._part(item)
                if self._may_be_fee(gap, item.residual):
                    yield self._settling((item,), ("fee", gap))
