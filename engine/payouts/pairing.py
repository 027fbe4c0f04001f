"""Which open items the rows of a payout pay: by a person's word, reference, customer, amount; else a question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..matching import references as ref
from ..matching.subsets import Pool
from ..money import Places
from ..text import core_name, squeeze
from .facts import CLEARING, PARTNER, PaidItem, PayoutCase, PayoutRow, StandingItem

CHOSEN, LEFT, REFERENCE, PART, OVER = "chosen", "left", "reference", "part", "over"
CUSTOMER, AMOUNT, SUM, DAY, REOPENED, OWED = "customer", "amount", "sum", "day", "reopened", "owed"
ASKED, NOTHING, ACCOUNT = "asked", "nothing", "account"
#: What pays for something and what pays back: only these look for items.
PAYING = ("sale", "chargeback_won", "refund")
DISPUTED = "chargeback"

_CHOICES = 6
#: An item on the clearing account that is this far from its row, in days, is another sale.
_BEFORE, _AFTER = 45, 7
_POOL = 22


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
        self._quotes: dict[int, dict[int, int]] = {}

    def run(self) -> dict[int, Found]:
        """Row key -> what it pays; rows of other kinds than sales, refunds and disputes are left out."""
        rows = [row for row in self.case.rows if row.kind in PAYING]
        self._read_references(rows)
        for step in (self._chosen, self._exact, self._unequal, self._of_customer, self._of_clearing, self._of_sum):
            for row in rows:
                if row.key not in self.found:
                    found = step(row)
                    if found:
                        self.found[row.key] = found
        self._of_days([row for row in rows if row.key not in self.found])
        for row in rows:
            if row.key not in self.found:
                self.found[row.key] = self._asked(row)
        for row in self.case.rows:
            if row.kind == DISPUTED:
                self.found[row.key] = self._disputed(row)
        return self.found

    # === STEPS === #

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
            for item in self.items.values()
            if item.place == CLEARING
            and item.currency == self.case.currency
            and self.left.get(item.key)
            and (item.residual > 0) == (row.amount > 0)
            and _is_near(item.date, row.date)
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
                for item in self.items.values()
                if item.place == CLEARING
                and item.currency == self.case.currency
                and self.left.get(item.key) == total
                and all(_is_near(item.date, row.date) for row in group)
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
        quoted = quotes(row, [paid.names for paid in self.case.paid])
        named = [paid for n, paid in enumerate(self.case.paid) if quoted.get(n, 0) >= ref.TAIL]
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
        return [
            item
            for item in self.items.values()
            if item.place == place and self.left.get(item.key) and self._need(row, item) == self.left[item.key]
        ]

    def _quoted(self, row: PayoutRow) -> list[StandingItem]:
        """Open items that the row's references name and that have its sign, the best named first."""
        levels = self._quotes.get(row.key, {})
        same = [
            item
            for key, item in self.items.items()
            if key in levels and self.left.get(key) and (self.left[key] > 0) == (row.amount > 0)
        ]
        return sorted(same, key=lambda item: (-levels[item.key], item.date, item.key))

    def _level(self, row: PayoutRow, item: StandingItem) -> int:
        return self._quotes.get(row.key, {}).get(item.key, 0)

    def _read_references(self, rows: Iterable[PayoutRow]) -> None:
        keys = {row.key: row_keys(row) for row in rows}
        wanted = set().union(*keys.values()) if keys else set()
        items = list(self.items.values())
        index = ref.ReferenceIndex([item.names for item in items], wanted)
        for row_key, found in keys.items():
            levels = {items[n].key: quote.level for n, quote in index.find(found).items() if quote.level >= ref.TAIL}
            self._quotes[row_key] = levels

    def _may_be(self, row: PayoutRow, item: StandingItem) -> bool:
        """Nothing that the row names contradicts the item."""
        return not row.customer or not item.partner_names or same_name(row.customer, item.partner_names)

    def _known_partner(self, row: PayoutRow) -> int | None:
        """Whose sale it was: by the reference of a document that is paid, or of another row of this payout."""
        quoted = quotes(row, [paid.names for paid in self.case.paid])
        partners = {paid.partner for n, paid in enumerate(self.case.paid) if quoted.get(n, 0) >= ref.PART}
        for other in self.case.rows:
            found = self.found.get(other.key)
            if other.key != row.key and found and found.partner and set(row.references) & set(other.references):
                partners.add(found.partner)
        partners.discard(None)
        return partners.pop() if len(partners) == 1 else None

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


def quotes(row: PayoutRow, names: list[tuple[str, ...]]) -> dict[int, int]:
    """Place in ``names`` -> how well the row names it."""
    keys = row_keys(row)
    return {n: quote.level for n, quote in ref.ReferenceIndex(names, set(keys)).find(keys).items()}


def same_name(name: str, others: tuple[str, ...]) -> bool:
    """Whether a customer's name or address is one of ``others``."""
    flat, core = squeeze(name), set(core_name(name))
    return any(flat == squeeze(other) or (core and core == set(core_name(other))) for other in others if other)
