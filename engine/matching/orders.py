"""What the orders of a payment file pay: the open items behind each, or nothing where that isn't clear."""

from __future__ import annotations

from typing import NamedTuple

from ..facts import SentOrder, SentRun
from ..proposal import Counterpart, WriteOff
from . import references as ref
from .differences import DISCOUNT, explain
from .items import Book
from .references import Quote, ReferenceIndex
from .scene import Scene
from .subsets import WHOLE

_PAID = {-1: ("bill", "refund", "payment", "entry"), 1: ("invoice", "credit_note", "payment", "entry")}
#: Open items of one partner that are searched for a sum.
_POOL = 60


class Paid(NamedTuple):
    """What one order settles: items by place in the book, and how much of the bank line each takes."""

    order: SentOrder
    items: tuple[int, ...]
    counterparts: tuple[Counterpart, ...]
    write_offs: tuple[WriteOff, ...] = ()


class Orders:
    """Finds the items of the orders of all files; documents that their texts quote are indexed once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._keys = {order.key: _keys(order) for run in book.facts.runs for order in run.orders}
        wanted = set().union(*self._keys.values()) if self._keys else set()
        self._index = ReferenceIndex([book.names_of(n) for n in range(len(book.items))], wanted) if wanted else None

    def resolve(self, scene: Scene, run: SentRun, orders: list[SentOrder]) -> list[Paid | None]:
        """What each of ``orders`` pays, in their order; no item is used twice. None: not clear."""
        used: set[int] = set()
        found = []
        for order in orders:
            paid = self._paid(scene, run, order, used)
            if paid:
                used.update(paid.items)
            found.append(paid)
        return found

    def _paid(self, scene: Scene, run: SentRun, order: SentOrder, used: set[int]) -> Paid | None:
        amount = self._book.places.minor(order.amount, run.currency)
        quoted = self._quoted(run, order, amount, used)
        if quoted:
            whole = self._whole(scene, order, amount, quoted)
            if whole:
                return whole
        mine = self._of_partner(run, order, amount, used)
        registered = [n for n in mine if self._book.items[n].kind == "payment" and self._book.residual[n] == amount]
        if registered:
            return self._as_paid(order, (registered[0],))
        return self._by_amount(scene, order, amount, [n for n in mine if self._book.items[n].kind != "payment"])

    def _by_amount(self, scene: Scene, order: SentOrder, amount: int, mine: list[int]) -> Paid | None:
        """One item of that amount, the earliest due; else the only sum of the partner's items."""
        residual = self._book.residual
        same = [n for n in mine if residual[n] == amount]
        if same and len({self._book.items[n].account for n in same}) == 1:
            return self._as_paid(order, (same[0],))
        discounted = [paid for n in mine if (paid := self._discounted(scene, order, amount, (n,)))]
        if len(discounted) == 1:
            return discounted[0]
        if same or discounted or not 2 <= len(mine) <= WHOLE:
            return None
        subsets = self._book.pool(tuple(mine)).find(amount).subsets
        if len(subsets) == 1:
            return self._as_paid(order, tuple(mine[place] for place in subsets[0]))
        return None

    def _whole(self, scene: Scene, order: SentOrder, amount: int, quoted: list[int]) -> Paid | None:
        """The documents that the order names, all of them or the only sum of some."""
        residual = self._book.residual
        if sum(residual[n] for n in quoted) == amount:
            return self._as_paid(order, tuple(quoted))
        discounted = self._discounted(scene, order, amount, tuple(quoted))
        if discounted or len(quoted) > WHOLE:
            return discounted
        subsets = self._book.pool(tuple(quoted)).find(amount, smallest=1).subsets
        return self._as_paid(order, tuple(quoted[place] for place in subsets[0])) if len(subsets) == 1 else None

    def _discounted(self, scene: Scene, order: SentOrder, amount: int, items: tuple[int, ...]) -> Paid | None:
        """The items less the cash discount that their terms grant on that day."""
        if not any(self._book.items[n].discount for n in items):
            return None
        part = _part_of(scene, amount)
        found = [each for each in explain(part, items, None, whole_only=True) if each.kind == DISCOUNT]
        if not found:
            return None
        return Paid(order, items, tuple(found[0].counterparts), tuple(found[0].write_offs))

    def _quoted(self, run: SentRun, order: SentOrder, amount: int, used: set[int]) -> list[int]:
        if self._index is None:
            return []
        quotes = self._index.find(self._keys[order.key])
        found = [n for n, quote in quotes.items() if self._fits(run, order, amount, n, quote) and n not in used]
        return sorted(found, key=self._book.rank.__getitem__)

    def _fits(self, run: SentRun, order: SentOrder, amount: int, n: int, quote: Quote) -> bool:
        item = self._book.items[n]
        mine = order.partner is None or item.partner == order.partner
        return mine and quote.level >= ref.TAIL and self._usable(run, amount, n) and item.kind != "payment"

    def _usable(self, run: SentRun, amount: int, n: int) -> bool:
        item = self._book.items[n]
        sign = 1 if amount > 0 else -1
        return (
            n in self._book.rank and self._book.free(n) and item.currency == run.currency and item.kind in _PAID[sign]
        )

    def _of_partner(self, run: SentRun, order: SentOrder, amount: int, used: set[int]) -> list[int]:
        """The partner's items on either side, in due order; wages only for wages, and nothing else for those."""
        if order.partner is None:
            return []
        wages = self._book.settings.wage_accounts
        found = [
            n
            for n in self._book.by_partner.get(order.partner, ())
            if n not in used
            and self._usable(run, amount, n)
            and (self._book.items[n].account in wages) == (run.is_wages and bool(wages))
        ]
        return found[:_POOL]

    def _as_paid(self, order: SentOrder, items: tuple[int, ...]) -> Paid:
        book = self._book
        parts = tuple(Counterpart(book.items[n].key, book.places.major(book.residual[n], book.items[n].currency))
                      for n in items)  # fmt: skip
        return Paid(order, items, parts)


def _part_of(scene: Scene, amount: int) -> Scene:
    """The scene as if its line were only this order."""
    return Scene(scene.line, amount, scene.book, {}, {}, {}, scene.said, {}, {}, scene.codes)


def _keys(order: SentOrder) -> dict[str, tuple[int, int]]:
    keys: dict[str, tuple[int, int]] = {}
    for text in order.names:
        keys.update(ref.text_keys(text))
    keys.update(ref.field_keys(name for name in order.names if " " not in name))
    return keys
