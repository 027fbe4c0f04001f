"""Lines that are the sum of many payments: of a file that was sent to the bank, or of a batch in the books.

What the bank refused was never paid: then the line is smaller than the file, and which orders are missing is only
said where no other choice of orders makes the difference.
"""

from __future__ import annotations

from typing import NamedTuple

from ..facts import SentOrder, SentRun
from ..proposal import Counterpart, WriteOff
from ..text import squeeze
from .bulk import is_bulk
from .describe import describe
from .draft import Draft, build
from .items import Book
from .orders import Orders, Paid
from .scene import Scene
from .settling import claims_of
from .subsets import Pool

_EARLY, _LATE = 4, 12
#: The bank refuses a few orders, not half of a file.
_MISSING = 4
_CHOICES = 3


class _Waiting(NamedTuple):
    """The orders of a file that no bank line showed yet, in minor units; ``places`` by amount."""

    orders: tuple[SentOrder, ...]
    amounts: tuple[int, ...]
    places: dict[int, list[int]]
    total: int


class Runs:
    """The files of a run, and what their orders pay."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._orders = Orders(book)
        self.wages = [n for n, item in enumerate(book.items) if item.account in book.settings.wage_accounts]
        self._runs: dict[str, list[SentRun]] = {}
        for run in sorted(book.facts.runs, key=lambda run: (run.date, run.key)):
            self._runs.setdefault(run.currency, []).append(run)
        self._waiting = {run.key: self._wait(run) for run in book.facts.runs}

    def _wait(self, run: SentRun) -> _Waiting:
        orders = tuple(order for order in run.orders if order.state == "sent")
        amounts = tuple(self._book.places.minor(order.amount, run.currency) for order in orders)
        places: dict[int, list[int]] = {}
        for place, amount in enumerate(amounts):
            places.setdefault(amount, []).append(place)
        return _Waiting(orders, amounts, places, sum(amounts))

    def drafts(self, scene: Scene) -> list[Draft]:
        """Readings of the line as a file, as one order of it, and as a batch of registered payments in part."""
        drafts = []
        for run in self._runs.get(scene.line.currency, ()):
            if self._may_be(scene, run):
                drafts += self._of_run(scene, run)
        return drafts + short_batches(scene)

    def _may_be(self, scene: Scene, run: SentRun) -> bool:
        gap = (scene.line.date - run.date).days
        return run.journal in (None, scene.line.journal) and -_EARLY <= gap <= _LATE

    def _of_run(self, scene: Scene, run: SentRun) -> list[Draft]:
        waiting = self._waiting[run.key]
        total = waiting.total
        if not waiting.orders or (total > 0) != (scene.amount > 0):
            return []
        if total == scene.amount:
            return self._draft(scene, run, list(waiting.orders), [])
        drafts = []
        if abs(total) > abs(scene.amount):
            for missing in self._missing(scene, run, waiting):
                left = [order for place, order in enumerate(waiting.orders) if place not in missing]
                drafts += self._draft(scene, run, left, [waiting.orders[place] for place in missing])
            if len(drafts) > 1:
                for draft in drafts:
                    draft.ask = True
        return drafts or self._single(scene, run, waiting)

    def _missing(self, scene: Scene, run: SentRun, waiting: _Waiting) -> list[tuple[int, ...]]:
        """Places of the orders that the bank may not have executed, so that the rest is the line."""
        amounts = waiting.amounts
        if not (_named(scene, run.names) or is_bulk(scene) or scene.line.count == len(amounts)):
            return []
        found = few_of(list(amounts), waiting.total - scene.amount)
        if scene.line.count:
            told = [missing for missing in found if len(amounts) - len(missing) == scene.line.count]
            found = told or found
        return found[:_CHOICES]

    def _single(self, scene: Scene, run: SentRun, waiting: _Waiting) -> list[Draft]:
        """One order that the bank shows alone; only where the line names it."""
        same = [waiting.orders[place] for place in waiting.places.get(scene.amount, ())]
        found = [order for order in same if _shows(scene, order)]
        drafts = [draft for order in found[:_CHOICES] for draft in self._draft(scene, run, [order], [], alone=True)]
        for draft in drafts:
            draft.ask = draft.ask or len(drafts) > 1
        return drafts

    def _draft(
        self, scene: Scene, run: SentRun, orders: list[SentOrder], missing: list[SentOrder], alone: bool = False
    ) -> list[Draft]:
        paid = self._orders.resolve(scene, run, orders)
        known = [each for each in paid if each]
        if run.is_wages and len(known) < len(paid):
            lump = self._lump(scene, paid)
            known, paid = ([lump], [lump]) if lump else (known, paid)
        if not known:
            return []
        draft = _settling(scene, run, known, alone)
        named = _named(scene, run.names) or any(_shows(scene, order) for order in orders if alone)
        draft.features.update({"quoted": 1.0, "bare": 0.0, "run_file" if not missing else "run_short": 1.0})
        draft.features["run_named"] = float(bool(named))
        draft.ticks["reference"] = "yes" if named else "missing"
        draft.marks = _marks(scene, run.names)
        draft.reasons = [_told(run, orders, missing), *draft.reasons]
        items = {each.order.key: [part.item for part in each.counterparts] for each in known}
        draft.details = {
            "run": {
                "id": run.key,
                "orders": [[order.key, items.get(order.key, [])] for order in orders],
                "missing": [order.key for order in missing],
            }
        }
        if len(known) < len(paid):
            unknown = [order.name or order.end_to_end for order, each in zip(orders, paid, strict=True) if not each]
            # Who earns what is private.
            told = {"count": len(unknown), "names": "…" if run.is_wages else ", ".join(unknown[:3])}
            draft.reasons.append(("run_unknown", told))
            draft.ask = True
        return [draft]

    def _lump(self, scene: Scene, paid: list[Paid | None]) -> Paid | None:
        """Wages that were accrued in one sum, without names: the one open item that covers them."""
        book = self._book
        found = [
            n
            for n in self.wages
            if book.free(n)
            and book.items[n].partner is None
            and book.items[n].currency == scene.line.currency
            and (book.residual[n] > 0) == (scene.amount > 0)
            and abs(book.residual[n]) >= abs(scene.amount)
        ]
        exact = [n for n in found if book.residual[n] == scene.amount] or found
        if len(exact) != 1 or any(paid):
            return None
        part = Counterpart(book.items[exact[0]].key, scene.line.amount)
        return Paid(SentOrder(0, scene.line.amount), (exact[0],), (part,))


def few_of(amounts: list[int], wanted: int) -> list[tuple[int, ...]]:
    """Places of at most ``_MISSING`` amounts that add up to ``wanted``, fewer than half of all; the fewest first."""
    most = min(_MISSING, (len(amounts) - 1) // 2)
    if not wanted or most < 1:
        return []
    found = [each for each in Pool(amounts).find(wanted, smallest=1).subsets if len(each) <= most]
    least = min(map(len, found), default=0)
    return [each for each in found if len(each) == least]


def _settling(scene: Scene, run: SentRun, known: list[Paid], alone: bool) -> Draft:
    book = scene.book
    items = tuple(n for each in known for n in each.items)
    counterparts: list[Counterpart] = [part for each in known for part in each.counterparts]
    write_offs: list[WriteOff] = [off for each in known for off in each.write_offs]
    case = "wage_run" if run.is_wages else "collection" if scene.amount > 0 else "payment_run"
    if alone and not run.is_wages:
        kinds = {book.items[n].kind for n in items}
        plain = "discount" if write_offs else "one" if len(items) == 1 else "several"
        case = "registered" if kinds == {"payment"} else plain
    match = build(scene.line.amount, counterparts, write_offs, book.partner_of(items))
    kind = "discount" if write_offs else "exact"
    claims = claims_of(items) | {("order", each.order.key) for each in known}
    return describe(scene, Draft(case, match, items, claims, kind))


def _told(run: SentRun, orders: list[SentOrder], missing: list[SentOrder]) -> tuple[str, dict]:
    name = next((name for name in run.names if name), "")
    if not missing:
        return ("run_file", {"batch": name, "count": len(orders)})
    values = {"batch": name, "count": len(orders), "total": len(orders) + len(missing)}
    values["amount"] = str(abs(sum(order.amount for order in missing)))
    if run.is_wages:
        return ("run_short_wages", values)
    return ("run_short", {**values, "names": ", ".join(order.name or order.end_to_end for order in missing[:3])})


def _named(scene: Scene, names: tuple[str, ...]) -> bool:
    flat = squeeze(" ".join((scene.line.text[:1000], *scene.line.references)))
    return any(len(squeeze(name)) >= 5 and squeeze(name) in flat for name in names)


def _marks(scene: Scene, names: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the text names the batch; the numbers of single documents in it are chance."""
    places = [(scene.line.text.find(name), len(name)) for name in names if len(name) >= 5]
    return [(start, start + size) for start, size in places if start >= 0]


def _shows(scene: Scene, order: SentOrder) -> bool:
    """Whether the line names this order: by its end-to-end id, its account, or its partner."""
    line = scene.line
    told = squeeze(order.end_to_end)
    if len(told) >= 4 and (told in {squeeze(text) for text in line.references} or told in squeeze(line.text[:1000])):
        return True
    if order.account and order.account == line.account_number:
        return True
    return order.partner is not None and scene.relation(order.partner) not in ("none", "other")


def short_batches(scene: Scene) -> list[Draft]:
    """Registered payments of a batch that the line names, but for those that the bank did not execute."""
    book, line, drafts = scene.book, scene.line, []
    for batch in sorted(book.by_batch):
        numbers = [n for n in book.by_batch[batch] if _is_sent(scene, n)]
        amounts = [book.residual[n] for n in numbers]
        total = sum(amounts)
        if len(numbers) < 3 or abs(total) <= abs(scene.amount) or not _named(scene, (batch,)):
            continue
        found = few_of(amounts, total - scene.amount)[:_CHOICES]
        for missing in found:
            left = tuple(n for place, n in enumerate(numbers) if place not in missing)
            parts = [Counterpart(book.items[n].key, book.places.major(book.residual[n], line.currency)) for n in left]
            case = "collection" if scene.amount > 0 else "payment_run"
            draft = Draft(case, build(line.amount, parts, [], book.partner_of(left)), left, claims_of(left))
            out = [book.items[numbers[place]] for place in missing]
            draft.reasons.append(_short(batch, left, out))
            describe(scene, draft)
            draft.features.update({"quoted": 1.0, "run_short": 1.0, "run_named": 1.0})
            draft.ticks["reference"] = "yes"
            draft.ask = len(found) > 1
            drafts.append(draft)
    return drafts


def _short(batch: str, left: tuple[int, ...], out: list) -> tuple[str, dict]:
    names = ", ".join(item.label or next(iter(item.names), "") for item in out[:3])
    amount = abs(sum(item.residual for item in out))
    return ("run_short", {"batch": batch, "count": len(left), "total": len(left) + len(out), "names": names,
                          "amount": str(amount)})  # fmt: skip


def _is_sent(scene: Scene, n: int) -> bool:
    book, item = scene.book, scene.book.items[n]
    gap = (scene.line.date - item.date).days
    return (
        book.free(n)
        and book.of_journal(n, scene.line.journal)
        and item.currency == scene.line.currency
        and (book.residual[n] > 0) == (scene.amount > 0)
        and -_EARLY <= gap <= 2 * _LATE
    )
