"""The open and settled items of one run, indexed for the questions that lines ask."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from ..facts import BankLine, MatchingFacts, OpenItem, Party, SettledItem
from ..money import Places
from .subsets import Pool

#: How many open items of one partner are weighed for a line, the earliest due first (exact amounts and
#: quoted items are found beyond it), and how many items of one amount.
POOL = 300
SAME = 60
_RECENT = 300
CREDIT_KINDS = ("credit_note", "refund")


class Book:
    """Items by partner, amount, batch; ``taken`` grows as lines are answered.

    Items are named by their place in ``facts.items`` sorted by key (so that the order given doesn't matter);
    amounts are minor units of the item's own currency.
    """

    def __init__(self, facts: MatchingFacts) -> None:
        self.facts = facts
        self.settings = facts.settings
        self.places = Places(facts.places)
        self.items: list[OpenItem] = sorted(facts.items, key=lambda item: item.key)
        self.settled: list[SettledItem] = sorted(facts.settled, key=lambda item: (item.key, item.payment_item))
        self.parties: dict[int, Party] = {party.key: party for party in facts.parties}
        self.residual = [self.places.minor(item.residual, item.currency) for item in self.items]
        self.paid = [self.places.minor(item.amount, item.currency) for item in self.settled]
        self.taken: set[int] = {n for n, item in enumerate(self.items) if item.key in facts.held}
        self.used: set[object] = set()
        self.promised: dict[int, BankLine] = {}
        self._index_items()
        self._index_settled()
        self._link_payments()
        self._pools: dict[tuple[int, ...], Pool] = {}

    def _index_items(self) -> None:
        self.rank: dict[int, int] = {}
        self.by_partner: dict[int, list[int]] = {}
        self.by_amount: dict[tuple[str, int], list[int]] = {}
        self.by_partner_amount: dict[tuple[int, str, int], list[int]] = {}
        self.by_document: dict[tuple[str, int], list[int]] = {}
        self.by_batch: dict[str, list[int]] = {}
        self.payments: dict[int | None, list[int]] = {}
        self.meant: dict[int, list[int]] = {}
        self.transfers: list[int] = []
        self.clearing: dict[int, list[int]] = {}
        for n, item in sorted(enumerate(self.items), key=lambda pair: due_order(pair[1])):
            if not self.residual[n]:
                continue
            self.rank[n] = len(self.rank)
            if item.provider is not None:
                self.clearing.setdefault(item.provider, []).append(n)
                continue
            if item.kind == "transfer":
                self.transfers.append(n)
                continue
            self.by_amount.setdefault((item.currency, self.residual[n]), []).append(n)
            if item.partner is not None:
                self.by_partner_amount.setdefault((item.partner, item.currency, self.residual[n]), []).append(n)
                self.by_partner.setdefault(item.partner, []).append(n)
            if item.kind == "payment":
                self.payments.setdefault(item.journal, []).append(n)
                if item.meant_for is not None:
                    self.meant.setdefault(item.meant_for, []).append(n)
                if item.batch:
                    self.by_batch.setdefault(item.batch, []).append(n)
            else:
                self.by_document.setdefault((item.kind, item.document), []).append(n)

        self.batches: dict[tuple[str, int], list[str]] = {}
        for batch, members in sorted(self.by_batch.items()):
            total = sum(self.residual[n] for n in members if n not in self.taken)
            self.batches.setdefault((self.items[members[0]].currency, total), []).append(batch)

    def _index_settled(self) -> None:
        groups: dict[object, list[int]] = {}
        for n, item in enumerate(self.settled):
            group = ("line", item.bank_line) if item.bank_line is not None else ("payment", item.payment_item)
            groups.setdefault(group, []).append(n)
        self.settled_groups: list[tuple[int, ...]] = [tuple(group) for group in groups.values()]
        self.settled_by_partner: dict[int, list[int]] = {}
        self.group_of: dict[int, int] = {}
        self.groups_by_amount: dict[tuple[str, int], list[int]] = {}
        for number, group in enumerate(self.settled_groups):
            total = sum(self.paid[n] for n in group)
            currency = self.settled[group[0]].currency
            self.groups_by_amount.setdefault((currency, total), []).append(number)
            for n in group:
                self.group_of[n] = number
                partner = self.settled[n].partner
                if partner is not None:
                    self.settled_by_partner.setdefault(partner, []).append(n)
        for partner, numbers in self.settled_by_partner.items():
            recent = sorted(numbers, key=lambda n: (self.settled[n].paid_on, n))
            self.settled_by_partner[partner] = recent[-_RECENT:]

    def _link_payments(self) -> None:
        """Which settled items a registered payment that is still outstanding had paid.

        Those two journal items share nothing but the payment's texts: its number and memo.
        """
        named: dict[tuple[int | None, str], int] = {}
        for n, item in enumerate(self.items):
            if item.kind == "payment":
                for name in item.names:
                    named.setdefault((item.partner, name), n)
        self.outstanding: dict[int, int] = {}
        self.paid_names: dict[int, list[str]] = {}
        for m, settled in enumerate(self.settled):
            if settled.bank_line is not None:
                continue
            for name in settled.payment_names:
                n = named.get((settled.partner, name))
                if n is not None:
                    self.outstanding[m] = n
                    self.paid_names.setdefault(n, []).extend(settled.names)
                    break

    def names_of(self, n: int) -> tuple[str, ...]:
        """What may be quoted of an open item; of a registered payment also the names of what it pays."""
        return (*self.items[n].names, *self.paid_names.get(n, ()))

    def free(self, n: int) -> bool:
        """Whether an open item may be proposed now."""
        return n not in self.taken and not self.items[n].blocked

    def open_of(self, partner: int) -> list[int]:
        """The partner's free items except registered payments, in due order; at most ``POOL`` of them."""
        free = (n for n in self.by_partner.get(partner, ()) if self.items[n].kind != "payment" and self.free(n))
        return list(islice(free, POOL))

    def of_amount(self, currency: str, amount: int, partners: Iterable[int], quoted: Iterable[int]) -> list[int]:
        """Free items of exactly that residual: quoted ones, those of the partners, then any; at most ``SAME``."""
        found = [n for n in quoted if self.residual[n] == amount and self.items[n].currency == currency]
        for partner in partners:
            found += self.by_partner_amount.get((partner, currency, amount), ())[:SAME]
        found += islice(self.by_amount.get((currency, amount), ()), SAME)
        return [n for n in dict.fromkeys(found) if self.free(n)][:SAME]

    def payments_of(self, partner: int, journal: int, sign: int) -> list[int]:
        """The partner's registered payments that this journal may show, of that sign."""
        return [
            n
            for n in self.by_partner.get(partner, ())
            if self.items[n].kind == "payment"
            and self.free(n)
            and self.of_journal(n, journal)
            and (self.residual[n] > 0) == (sign > 0)
        ]

    def of_journal(self, n: int, journal: int) -> bool:
        """Whether a registered payment may show on this journal."""
        return self.items[n].journal is None or self.items[n].journal == journal

    def pool(self, numbers: tuple[int, ...]) -> Pool:
        """The prepared subset search over these items."""
        pool = self._pools.get(numbers)
        if pool is None:
            if len(self._pools) > 500:
                self._pools.clear()
            pool = self._pools[numbers] = Pool([self.residual[n] for n in numbers])
        return pool

    @staticmethod
    def pool_of(amounts: list[int]) -> Pool:
        """A search over other amounts than the residuals; not kept."""
        return Pool(amounts)

    def instalments(self, n: int) -> list[int]:
        """The free items of the same document, in due order."""
        item = self.items[n]
        if item.kind == "payment":
            return [n]
        return [m for m in self.by_document.get((item.kind, item.document), [n]) if self.free(m)]

    def partner_of(self, numbers: Iterable[int]) -> int | None:
        """The one partner of these items; None when there are several."""
        partners = {self.items[n].partner for n in numbers}
        return partners.pop() if len(partners) == 1 else None


def due_order(item: OpenItem) -> tuple:
    """Sort key: the earliest due first, then the older document, then the lower number, then the key."""
    return (item.due or item.date, item.date, _natural(item.label or next(iter(item.names), "")), item.key)


def _natural(name: str) -> str:
    """A name in which numbers sort by value: INV/9 before INV/10."""
    return re.sub(r"[0-9]+", lambda run: run.group().zfill(20), name[:60])
