"""One debit that pays the bills of several vendors, or one credit of many collections, where no file says which.

People pay what is due until the next run, so that the bills of a run are neighbours by due date. Only a sum that one
choice makes is proposed; of several choices a person is asked.
"""

from __future__ import annotations

import re
from math import log10

from ..facts import BankLine
from ..text import fold
from . import references as ref
from .differences import explain, granted
from .draft import Draft
from .scene import Scene
from .settling import explained
from .subsets import WHOLE, luck

#: What banks write over the sum of many payments, in the languages of many banks.
_WORDS = (
    "BATCH", "BULK", "SAMMEL", "SAMMLER", "GROUPE", "REMISE", "COLLECT", "LOT ", "VERZAMEL", "PAYMENT RUN", "PAYMENTS",
    "ZAHLUNGSLAUF", "VIREMENTS", "BETALINGEN", "OVERBOEKINGEN", "BONIFICI", "TRANSFERENCIAS", "REMESA", "MULTIPLE",
    "SEPA CT FILE", "SUPPLIER RUN", "LEVERANCIERS", "LIEFERANTENZAHLUNG", "FOURNISSEURS", "DTA", "DATEI",
)  # fmt: skip
_DEBITS = ("DIRECT DEBIT", "LASTSCHRIFT", "DOMICILI", "INCASSO", "PRELEVEMENT", "ADEUDO", "RECIBOS", "COLLECTION",
           "SEPA DD", "SDD", "EINZUG", "ADDEBITI")  # fmt: skip
#: Bank transaction codes of direct debits that the company collects.
_DEBIT_CODES = ("IDDT", "PMDD", "BBDD", "ESDD", "DDWH")
_COUNT = re.compile(
    r"(?<![\d.,/-])(\d{1,4})\s*(?:X|TX|TXS|TRANSACTIONS?|PAYMENTS?|POSTEN|POS|ZAHLUNGEN|AUFTRAEGE|AUFTRAGE|VIREMENTS|"
    r"OPERATIONS?|OPDRACHTEN|BETALINGEN|DEBITS|COLLECTIONS?|LASTSCHRIFTEN|STK|STUECK|STUCK|ITEMS?|BONIFICI)\b"
)
_BEFORE, _AFTER = 75, 21
#: Bills around the line that are looked at.
POOL = 400
_WINDOWS = 4
_CHOICES = 3
#: log10 of how many sums would fit by accident: above it, a person is asked.
_SURE = -1.3
_NO_QUOTE = {"out": ("bill", "refund"), "in": ("invoice", "credit_note")}


def is_bulk(scene: Scene) -> bool:
    """Whether the bank says that the line is the sum of several payments."""
    return is_bulk_line(scene.line)


def is_bulk_line(line: BankLine) -> bool:
    """Whether the bank says, by words, a code or a count, that ``line`` is the sum of several payments."""
    if (line.count or told_count(line.text) or 0) > 1:
        return True
    text = f" {fold(line.text[:400])} "
    return any(word in text for word in _WORDS) or is_collection_line(line)


def is_collection_line(line: BankLine) -> bool:
    """Whether the line is money that the company collected by direct debit."""
    if line.amount <= 0:
        return False
    text, code = fold(line.text[:400]), fold(line.code)
    return any(word in text for word in _DEBITS) or any(word in code for word in _DEBIT_CODES)


def told_count(text: str) -> int | None:
    """How many payments the text says that there are: ``SAMMELUEBERWEISUNG 5 POSTEN``."""
    found = _COUNT.findall(fold(text[:400]))
    return int(found[0]) if found else None


def bulk_drafts(scene: Scene) -> list[Draft]:
    """Readings of a bulk line that names nobody as the documents due around it."""
    if not is_bulk(scene) or scene.best() is not None:
        return []
    if any(quote.level >= ref.PART for quote in scene.quotes.values()):
        return []
    if scene.amount > 0 and not is_collection_line(scene.line):
        return []
    pool = _pool(scene)
    if len(pool) < 2:
        return []
    count = scene.line.count or told_count(scene.line.text)
    drafts: dict[tuple, Draft] = {}
    for chosen, chance in _sets(scene, pool, count):
        for draft in _as_drafts(scene, chosen, chance, count):
            drafts.setdefault(draft.booking, draft)
    found = list(drafts.values())[:_CHOICES]
    for draft in found:
        draft.ask = draft.ask or len(drafts) > 1
    return found


def _pool(scene: Scene) -> list[int]:
    """Free documents of the right side that are due around the line, in due order."""
    book, kinds = scene.book, _NO_QUOTE["in" if scene.amount > 0 else "out"]
    found = []
    for n in book.rank:
        item = book.items[n]
        if item.kind not in kinds or not book.free(n) or item.currency != scene.line.currency:
            continue
        due = item.due or item.date
        if item.date <= scene.line.date and -_BEFORE <= (due - scene.line.date).days <= _AFTER:
            found.append(n)
    return sorted(found, key=book.rank.__getitem__)[:POOL]


def _sets(scene: Scene, pool: list[int], count: int | None) -> list[tuple[tuple[int, ...], float]]:
    """Sets that make the line and how lucky that would be: neighbours by due date, else any sum of a small pool."""
    found = [
        (numbers, chance)
        for numbers, chance in [*_windows(scene, pool, {}), *_windows(scene, pool, granted(scene, tuple(pool)))]
        if _counted(scene, numbers, count)
    ]
    if found or len(pool) > WHOLE:
        return found[:_WINDOWS]
    hits = scene.book.pool(tuple(pool)).find(scene.amount)
    chosen = [tuple(pool[place] for place in subset) for subset in hits.subsets]
    chosen = [numbers for numbers in chosen if _counted(scene, numbers, count) and _many(scene, numbers)]
    residual = [scene.book.residual[n] for n in pool]
    return [(numbers, luck(residual, len(numbers))) for numbers in chosen[:_WINDOWS]]


def _windows(scene: Scene, pool: list[int], less: dict[int, int]) -> list[tuple[tuple[int, ...], float]]:
    """All documents due from one day to another; ``less``: what discounts take off."""
    book = scene.book
    days: list[list[int]] = []
    last = None
    for n in pool:
        due = book.items[n].due or book.items[n].date
        if due != last:
            days.append([])
            last = due
        days[-1].append(n)
    sums = [sum(book.residual[n] + less.get(n, 0) for n in group) for group in days]
    starts: dict[int, list[int]] = {}
    found, total = [], 0
    for end, amount in enumerate(sums):
        starts.setdefault(total, []).append(end)
        total += amount
        for start in starts.get(total - scene.amount, ()):
            numbers = tuple(n for group in days[start : end + 1] for n in group)
            if len(numbers) > 1 and _many(scene, numbers):
                found.append(numbers)
    spread = max(sum(abs(book.residual[n]) for n in pool), 1)
    chance = log10(max(len(days) * (len(days) + 1) / 2, 1)) - log10(spread / 100)
    return [(numbers, chance) for numbers in found]


def _many(scene: Scene, numbers: tuple[int, ...]) -> bool:
    """Several partners: what pays one partner is found by that partner's name."""
    return len({scene.book.items[n].partner for n in numbers}) > 1


def _counted(scene: Scene, numbers: tuple[int, ...], count: int | None) -> bool:
    """As many payments as the bank told: one for each document, or one for each partner."""
    if not count:
        return True
    return count in (len(numbers), len({scene.book.items[n].partner for n in numbers}))


def _as_drafts(scene: Scene, numbers: tuple[int, ...], chance: float, count: int | None) -> list[Draft]:
    drafts = explained(scene, numbers, explain(scene, numbers, None, whole_only=True), {})
    for draft in drafts:
        draft.case = "collection" if scene.amount > 0 else "payment_run"
        # Nobody is named and no number told: what speaks is that only these documents make the sum.
        draft.features["run_window"] = 1.0
        draft.features["luck"] = max(chance - (1.0 if count else 0.0), -5.0)
        partners = len({scene.book.items[n].partner for n in numbers})
        draft.reasons.append(("run_due", {"count": len(numbers), "partners": partners}))
        draft.ask = draft.features["luck"] > _SURE or draft.amount_kind not in ("exact", "discount")
    return drafts


__all__ = ["bulk_drafts", "is_bulk", "is_bulk_line", "is_collection_line", "told_count"]
