"""Which open items the rows of a payout pay: by a person's word, reference, customer, amount; else a question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from ..matching import references as ref
from ..matching.subsets import Pool
from ..money import Places
from ..text import core_name, squeeze
from .facts import CLEARING, PARTNER, PaidItem, PayoutCase, PayoutRow, StandingItem

CHOSEN, LEFT, REFERENCE, PART, OVER = "chosen", "left", "reference", "part", "over"
CUSTOMER, AMOUNT, SUM, DAY, REOPENED, OWED = "customer", "amount", "sum", "day", "reopened", "owed"
ASKED, NOTHING, CANCELLED = "asked", "nothing", "cancelled"
#: What pays for something and what pays back: only these look for items.
PAYING = ("sale", "chargeback_won", "refund")
DISPUTED = "chargeback"

_CHOICES = 6
#: An item on the clearing account that is this far from its row, in days, is another sale.
_BEFORE, _AFTER = 45, 7
_POOL = 22
#: Rows for many sales are rare: where many rows are left, they are no such rows.
_FEW = 50


@dataclass(frozen=True, slots=True)
class Part:
    """``amount`` (payout's currency) of a row settles ``item_amount`` (the item's currency, its sign) of ``item``."""

    item: int
    account: int
    partner: int | None
    amount: Decimal
    item_amount: Decimal
    currency: str
    reopens: int | None = None


@dataclass(slots=True)
class Found:
    """What a row pays. ``rest``: what is left of it, for ``partner`` if one is known."""

    how: str = NOTHING
    parts: list[Part] = field(default_factory=list)
    rest: Decimal = Decimal(0)
    partner: int | None = None
    candidates: tuple[int, ...] = ()


class Pairing:
    """The rows of one payout against the items that stand open for it."""

    def __init__(self, case: PayoutCase, places: Places, held: frozenset[int]) -> None:
        self.case = case
        self.places = places
        self.items = {item.key: item for item in sorted(case.items, key=lambda item: (item.date, item.key))}
        self.left = {key: item.residual for key, item in self.items.items() if key not in held}
        self.found: dict[int, Found] = {}
        self._by_amount: dict[tuple[str, str, Decimal], list[StandingItem]] = {}
        for item in self.items.values():
            self._by_amount.setdefault((item.place, item.currency, item.residual), []).append(item)
        self._sales = [
            item for item in self.items.values() if item.place == CLEARING and item.currency == case.currency
        ]
        self._by_reference: dict[str, list[PayoutRow]] | None = None
        self._read_references()

    def run(self) -> dict[int, Found]:
        """Row key -> what it pays; rows of other kinds than sales, refunds and disputes are left out."""
        rows = [row for row in self.case.rows if row.kind in PAYING]
        for step in (self._chosen, self._exact, self._unequal, self._of_customer, self._of_clearing):
            self._step(step, rows)
        if sum(row.key not in self.found for row in rows) <= _FEW:
            self._step(self._of_sum, rows)
        self._of_days([row for row in rows if row.key not in self.found])
        for row in rows:
            if row.key not in self.found:
                self.found[row.key] = self._asked(row)
        for row in self.case.rows:
            if row.kind == DISPUTED:
                self.found[row.key] = self._disputed(row)
        return self.found

    # === STEPS === #

    def _step(self, step: Callable[[PayoutRow], Found | None], rows: list[PayoutRow]) -> None:
        for row in rows:
            found = step(row) if row.key not in self.found else None
            if found:
                self.found[row.key] = found

    def _chosen(self, row: PayoutRow) -> Found | None:
        if row.is_left:
            return Found(LEFT, rest=row.amount)
        item = self.items.get(row.chosen) if row.chosen else None
        return self._settled(row, [item], CHOSEN) if item and self.left.get(item.key) else None

    def _exact(self, row: PayoutRow) -> Found | None:
        """What its references name, to the cent: one item, or all of them."""
        quoted = self._quoted(row)
        same = [item for item in quoted if self._need(row, item) == self.left[item.key]]
        if same:
            return self._settled(row, same[:1], REFERENCE)
        firm = [item for item in quoted if self._level(row, item) >= ref.PART]
        if len(firm) > 1 and sum((self._share(row, item) or Decimal(0) for item in firm), Decimal(0)) == row.amount:
            return self._settled(row, firm, REFERENCE)
        return None

    def _unequal(self, row: PayoutRow) -> Found | None:
        """What its references name though the amount differs: a part of it, or more than it."""
        firm = [item for item in self._quoted(row) if self._level(row, item) >= ref.PART]
        if not firm or len({item.partner for item in firm}) > 1:
            return None
        if self._need(row, firm[0]) is None:
            return None
        found = self._settled(row, firm, PART)
        found.how = OVER if found.rest else PART
        return found

    def _of_customer(self, row: PayoutRow) -> Found | None:
        """The oldest item of that amount of the customer whom the row names."""
        if not row.customer:
            return None
        same = [item for item in self._equal(row, PARTNER) if same_name(row.customer, item.partner_names)]
        return self._settled(row, same[:1], CUSTOMER) if len({item.partner for item in same}) == 1 else None

    def _of_clearing(self, row: PayoutRow) -> Found | None:
        """The nearest item of that amount on the clearing account: there it makes no difference whose it is."""
        near = [item for item in self._equal(row, CLEARING) if _is_near(item.date, row.date)]
        near.sort(key=lambda item: (not self._may_be(row, item), abs((item.date - row.date).days), item.date, item.key))
        return self._settled(row, near[:1], AMOUNT) if near else None

    def _of_sum(self, row: PayoutRow) -> Found | None:
        """A row for many sales: the only ones on the clearing account that make its amount."""
        near = [
            item
            for item in self._sales
            if self.left.get(item.key) and (item.residual > 0) == (row.amount > 0) and _is_near(item.date, row.date)
        ]
        if not 2 <= len(near) <= _POOL:
            return None
        hits = Pool([self._minor(self.left[item.key]) for item in near]).find(self._minor(row.amount))
        if len(hits.subsets) != 1 or not hits.complete:
            return None
        return self._settled(row, [near[place] for place in hits.subsets[0]], SUM)

    def _of_days(self, rows: list[PayoutRow]) -> None:
        """Many rows for one entry of sales on the clearing account: those of a day, or all that are left."""
        sales = [row for row in rows if row.kind == "sale"]
        groups = [[row for row in sales if row.date == day] for day in sorted({row.date for row in sales})]
        for group in [*groups, sales]:
            group = [row for row in group if row.key not in self.found]
            total = sum((row.amount for row in group), Decimal(0))
            same = [
                item
                for item in self._by_amount.get((CLEARING, self.case.currency, total), ())
                if self.left.get(item.key) == total and all(_is_near(item.date, row.date) for row in group)
            ]
            if len(group) > 1 and len(same) == 1:
                for row in group:
                    self.found[row.key] = self._settled(row, same, DAY)

    def _asked(self, row: PayoutRow) -> Found:
        """Items of that amount that nothing else speaks for; a row that names another customer asks nothing."""
        same = [item for item in self._equal(row, PARTNER) if self._may_be(row, item)]
        same.sort(key=lambda item: (abs((item.date - row.date).days), item.key))
        if same:
            return Found(ASKED, rest=row.amount, candidates=tuple(item.key for item in same[:_CHOICES]))
        partner = self._known_partner(row)
        if row.kind == "refund" and partner:
            return Found(OWED, rest=row.amount, partner=partner)
        return Found(NOTHING, rest=row.amount)

    def _disputed(self, row: PayoutRow) -> Found:
        """The payment that came back is taken from what it had paid, which is open again."""
        if row.is_left:
            return Found(LEFT, rest=row.amount)
        cancelled = self._cancelled(row)
        if cancelled:
            return cancelled
        quoted = self._paid_index.find(row_keys(row))
        named = [self.case.paid[n] for n, quote in sorted(quoted.items()) if quote.level >= ref.TAIL]
        named += [
            paid
            for paid in self.case.paid
            if row.customer and not named and same_name(row.customer, paid.partner_names)
        ]
        fitting = [paid for paid in named if paid.currency == self.case.currency and paid.amount >= -row.amount]
        same = [paid for paid in fitting if paid.amount == -row.amount] or fitting
        if row.chosen:
            same = [paid for paid in self.case.paid if paid.key == row.chosen] or same
        partners = {paid.partner for paid in same or named}
        if len({paid.key for paid in same}) == 1:
            paid = max(same, key=lambda each: (each.paid_on, each.payer))
            return Found(REOPENED, [_reopening(row, paid)], partner=paid.partner)
        partner = partners.pop() if len(partners) == 1 else self._known_partner(row)
        return Found(OWED if partner else NOTHING, rest=row.amount, partner=partner)

    def _cancelled(self, row: PayoutRow) -> Found | None:
        """A sale of this very payout that is disputed: both rows are no payment, and what it would pay stays open."""
        named = self._named_items(row)
        for found in self.found.values():
            for place, part in enumerate(found.parts):
                is_same = part.item in named and part.currency == self.case.currency and not part.reopens
                if is_same and part.amount >= -row.amount:
                    rest = part.amount + row.amount
                    found.parts[place : place + 1] = [replace(part, amount=rest, item_amount=rest)] if rest else []
                    self.left[part.item] -= row.amount
                    return Found(CANCELLED, partner=part.partner)
        return None

    def _named_items(self, row: PayoutRow) -> set[int]:
        return {key for key, level in self._levels(row).items() if level >= ref.PART}

    def _levels(self, row: PayoutRow) -> dict[int, int]:
        """Item key -> how well the row names it; bare tails of numbers count, weaker quotes do not."""
        found = self._item_index.find(row_keys(row))
        return {self._order[n].key: quote.level for n, quote in found.items() if quote.level >= ref.TAIL}

    # === ITEMS === #

    def _settled(self, row: PayoutRow, items: list[StandingItem], how: str) -> Found:
        """As much of ``items`` as the row pays, in their order; what is more than they are is the rest."""
        found, rest = Found(how, partner=items[0].partner), row.amount
        for item in items:
            share = self._share(row, item)
            if not rest or share is None or not self.left.get(item.key):
                continue
            take = share if abs(share) < abs(rest) else rest
            item_amount = take if item.currency == self.case.currency else self._foreign(row, item, take)
            found.parts.append(Part(item.key, item.account, item.partner, take, item_amount, item.currency))
            self.left[item.key] -= item_amount
            rest -= take
        found.rest = rest
        return found

    def _foreign(self, row: PayoutRow, item: StandingItem, take: Decimal) -> Decimal:
        """What ``take`` of the payout's currency settles of an item in the customer's currency."""
        left = self.left[item.key]
        whole = self._need(row, item) or left
        amount = whole if take == row.amount else left
        return amount if abs(amount) < abs(left) else left

    def _share(self, row: PayoutRow, item: StandingItem) -> Decimal | None:
        """What is left of the item, in the payout's currency, as the row's own amounts convert it."""
        left = self.left.get(item.key)
        if left is None or item.currency == self.case.currency:
            return left
        need = self._need(row, item)
        if not need:
            return None
        if abs(left) >= abs(need):
            return row.amount
        return (row.amount * left / need).quantize(Decimal(1).scaleb(-self.places.of(self.case.currency)))

    def _need(self, row: PayoutRow, item: StandingItem) -> Decimal | None:
        """The row's amount in the item's currency; None where the row does not tell it."""
        if item.currency == self.case.currency:
            return row.amount
        return row.original_amount if item.currency == row.original_currency else None

    def _equal(self, row: PayoutRow, place: str) -> list[StandingItem]:
        wanted = [(self.case.currency, row.amount)]
        if row.original_amount is not None and row.original_currency != self.case.currency:
            wanted.append((row.original_currency, row.original_amount))
        same = [item for currency, amount in wanted for item in self._by_amount.get((place, currency, amount), ())]
        # What was settled in part is no item of that amount any more.
        return [item for item in same if self.left.get(item.key) == item.residual]

    def _quoted(self, row: PayoutRow) -> list[StandingItem]:
        """Open items that the row's references name and that have its sign, the best named first."""
        levels = self._quotes[row.key]
        same = [self.items[key] for key in levels if self.left.get(key) and (self.left[key] > 0) == (row.amount > 0)]
        return sorted(same, key=lambda item: (-levels[item.key], item.date, item.key))

    def _level(self, row: PayoutRow, item: StandingItem) -> int:
        return self._quotes[row.key].get(item.key, 0)

    def _read_references(self) -> None:
        """Both indexes know only what some row names."""
        wanted = {key for row in self.case.rows for key in row_keys(row)}
        self._order = list(self.items.values())
        self._item_index = ref.ReferenceIndex([item.names for item in self._order], wanted)
        self._paid_index = ref.ReferenceIndex([paid.names for paid in self.case.paid], wanted)
        self._quotes = {row.key: self._levels(row) for row in self.case.rows if row.kind in PAYING}

    def _may_be(self, row: PayoutRow, item: StandingItem) -> bool:
        """Nothing that the row names contradicts the item."""
        return not row.customer or not item.partner_names or same_name(row.customer, item.partner_names)

    def _known_partner(self, row: PayoutRow) -> int | None:
        """Whose sale it was: by the reference of a document that is paid, or of another row of this payout."""
        quoted = self._paid_index.find(row_keys(row))
        partners = {self.case.paid[n].partner for n, quote in quoted.items() if quote.level >= ref.PART}
        named = self._named_items(row)
        partners |= {self.items[key].partner for key in named}
        partners |= {self._found_partner(other) for other in self._sharing(row)}
        partners.discard(None)
        return partners.pop() if len(partners) == 1 else None

    def _sharing(self, row: PayoutRow) -> list[PayoutRow]:
        """Other rows with one of the row's references."""
        if self._by_reference is None:
            self._by_reference = {}
            for other in self.case.rows:
                for text in other.references:
                    self._by_reference.setdefault(text, []).append(other)
        return [other for text in row.references for other in self._by_reference[text] if other.key != row.key]

    def _found_partner(self, row: PayoutRow) -> int | None:
        found = self.found.get(row.key)
        return found.partner if found else None

    def _minor(self, amount: Decimal) -> int:
        return self.places.minor(amount, self.case.currency)


def _reopening(row: PayoutRow, paid: PaidItem) -> Part:
    return Part(paid.payer, paid.account, paid.partner, row.amount, row.amount, paid.currency, paid.key)


def _is_near(day: date, other: date) -> bool:
    return -_AFTER <= (other - day).days <= _BEFORE


def row_keys(row: PayoutRow) -> dict[str, tuple[int, int]]:
    """Typed keys of all that a row names."""
    keys = ref.text_keys(row.text)
    keys.update(ref.field_keys(row.references))
    return keys


def same_name(name: str, others: tuple[str, ...]) -> bool:
    """Whether a customer's name or address is one of ``others``."""
    flat, core = squeeze(name), set(core_name(name))
    return any(flat == squeeze(other) or (core and core == set(core_name(other))) for other in others if other)
