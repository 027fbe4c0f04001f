"""Payments that were registered before the bank showed them: one, several of a partner, or a batch."""

from __future__ import annotations

from ..proposal import Counterpart
from ..text import fold, squeeze
from . import references as ref
from .draft import Draft, build
from .scene import Scene
from .subsets import luck

_DAYS_BEFORE = 3
_DAYS_AFTER = 60
_BATCH_DAYS = 12
_POOL = 22


def registered_drafts(scene: Scene) -> list[Draft]:
    """Readings of the line as registered payments of its journal (undescribed)."""
    return _meant(scene) + _single(scene) + _batches(scene) + _several(scene) + _loose_batch(scene)


def _meant(scene: Scene) -> list[Draft]:
    """What a person paired with this very line when the bank account was cut over."""
    book = scene.book
    numbers = tuple(n for n in book.meant.get(scene.line.key, ()) if book.free(n))
    if not numbers or sum(book.residual[n] for n in numbers) != scene.amount:
        return []
    first = book.items[numbers[0]]
    reasons = [("registered", {"name": first.label or first.names[0], "date": first.date.isoformat()})]
    return [_draft(scene, "registered", numbers, {"registered": 1.0, "meant": 1.0}, reasons)]


def _shown(scene: Scene, n: int) -> bool:
    """Whether the payment may show on this line: its journal, its sign, around its date."""
    book, item = scene.book, scene.book.items[n]
    gap = (scene.line.date - item.date).days
    return (
        book.free(n)
        and item.meant_for in (None, scene.line.key)
        and book.of_journal(n, scene.line.journal)
        and item.currency == scene.line.currency
        and (book.residual[n] > 0) == (scene.amount > 0)
        and -_DAYS_BEFORE <= gap <= _DAYS_AFTER
    )


def _draft(
    scene: Scene, case: str, numbers: tuple[int, ...], features: dict[str, float], reasons: list[tuple[str, dict]]
) -> Draft:
    book = scene.book
    counterparts = [
        Counterpart(book.items[n].key, book.places.major(book.residual[n], scene.line.currency)) for n in numbers
    ]
    match = build(scene.line.amount, counterparts, [], book.partner_of(numbers))
    return Draft(case, match, numbers, frozenset(("item", n) for n in numbers), features=features, reasons=reasons)


def _single(scene: Scene) -> list[Draft]:
    book, drafts = scene.book, []
    same = book.of_amount(scene.line.currency, scene.amount, scene.partners(), scene.quotes)
    numbers = [n for n in same if book.items[n].kind == "payment" and _shown(scene, n)]
    numbers.sort(
        key=lambda n: (
            scene.relation(book.items[n].partner) in ("none", "other"),
            -scene.level(n).level,
            abs((scene.line.date - book.items[n].date).days),
            n,
        )
    )
    for n in numbers[:6]:
        item = book.items[n]
        features = {
            "registered": 1.0,
            "registered_count": min(len(numbers), 6) / 6,
            "registered_in_batch": 1.0 if item.batch else 0.0,
            "registered_old": 1.0 if (scene.line.date - item.date).days > 15 else 0.0,
        }
        name = item.label or next((text for text in item.names if text), "")
        drafts.append(
            _draft(scene, "registered", (n,), features, [("registered", {"name": name, "date": item.date.isoformat()})])
        )
    return drafts


def _batches(scene: Scene) -> list[Draft]:
    """All payments of one batch, which the text may name."""
    book, drafts = scene.book, []
    flat = squeeze(" ".join((scene.line.text, *scene.line.references)))
    for batch in book.batches.get((scene.line.currency, scene.amount), ()):
        numbers = tuple(n for n in book.by_batch[batch] if _shown(scene, n))
        if not numbers or sum(book.residual[n] for n in numbers) != scene.amount:
            continue
        named = _batch_named(scene, batch, flat)
        case = "registered" if len(numbers) == 1 else "batch" if scene.amount > 0 else "payment_run"
        features = {"batch_whole": 1.0, f"batch_named_{named}": 1.0, "batch_words": float(_is_bulk(scene))}
        reasons = [("batch", {"batch": batch})]
        drafts.append(_draft(scene, case, numbers, features, reasons))
    return drafts


def _batch_named(scene: Scene, batch: str, flat: str) -> str:
    whole = squeeze(batch)
    if len(whole) >= 5 and whole in flat:
        return "full"
    sequence = ref.sequence_of(batch)
    return "number" if sequence and sequence in scene.numbers else "no"


def _several(scene: Scene) -> list[Draft]:
    """Several payments of one named partner that the bank shows as one line."""
    book, drafts = scene.book, []
    for partner in scene.partners()[:4]:
        pool = tuple(n for n in book.payments_of(partner, scene.line.journal, scene.sign) if _shown(scene, n))
        if 2 <= len(pool) <= _POOL:
            for subset in book.pool(pool).find(scene.amount).subsets[:4]:
                numbers = tuple(pool[place] for place in subset)
                features = {
                    "registered": 1.0,
                    "registered_sum": 1.0,
                    "luck": luck([book.residual[n] for n in pool], len(numbers)),
                }
                drafts.append(_draft(scene, "registered", numbers, features, [("batch_sum", {"count": len(numbers)})]))
    return drafts


_BULK = ("BATCH", "BULK", "SAMMEL", "GROUPE", "REMISE", "COLLECT", "CHEQUE", "DEPOSIT", "LOT", "VERZAMEL")


def _is_bulk(scene: Scene) -> bool:
    text = fold(scene.line.text[:300])
    return any(word in text for word in _BULK)


def _loose_batch(scene: Scene) -> list[Draft]:
    """Payments of several partners without a batch name: only if the line names nobody, and only one sum fits."""
    book = scene.book
    if scene.best() is not None or any(q.level >= ref.PART for q in scene.quotes.values()):
        return []
    pool = [
        n
        for journal in {None, scene.line.journal}
        for n in book.payments.get(journal, ())
        if _shown(scene, n) and not book.items[n].batch and (scene.line.date - book.items[n].date).days <= _BATCH_DAYS
    ]
    pool = sorted(pool)
    if not 2 <= len(pool) <= _POOL:
        return []
    hits = book.pool(tuple(pool)).find(scene.amount)
    drafts = []
    for subset in hits.subsets[:3]:
        numbers = tuple(pool[place] for place in subset)
        case = "batch" if scene.amount > 0 else "payment_run"
        features = {
            "batch_loose": 1.0,
            "batch_words": float(_is_bulk(scene)),
            "sums": min(len(hits.subsets), 20) / 4,
            "luck": luck([book.residual[n] for n in pool], len(numbers)),
        }
        drafts.append(_draft(scene, case, numbers, features, [("batch_sum", {"count": len(numbers)})]))
    return drafts
