"""Lines that settled items explain: returned debits, bounced payments, second payments of a paid item."""

from __future__ import annotations

from .. import vocabulary as v
from ..facts import OpenItem, SettledItem
from ..proposal import Counterpart, WriteOff
from . import references as ref
from .collected import fee_off, may_have_fee
from .differences import within_caps
from .draft import Draft, build
from .scene import Scene

_TWICE_DAYS = 200
_GROUPS = 8
_SAME = 200


def return_drafts(scene: Scene) -> list[Draft]:
    """The line gives back what a payment had settled: its items are open again."""
    book, drafts = scene.book, []
    for number in _groups(scene, -scene.amount):
        draft = _returned(scene, number, 0)
        if draft:
            drafts.append(draft)
    if not drafts and scene.is_return():
        for number in sorted({book.group_of[n] for n in _relevant(scene)}):
            total = sum(book.paid[n] for n in book.settled_groups[number])
            fee = scene.amount + total
            if (
                fee < 0
                and scene.amount < 0
                and may_have_fee(scene, book.settled[book.settled_groups[number][0]])
                and within_caps(scene, fee, total, book.settings.fee_cap, book.settings.write_off_cap_percent)
            ):
                draft = _returned(scene, number, fee)
                if draft:
                    drafts.append(draft)
    return drafts


def _relevant(scene: Scene) -> list[int]:
    """Settled items that the line quotes or whose partner it names."""
    found = set(scene.settled)
    for partner in scene.partners():
        found.update(scene.book.settled_by_partner.get(partner, ()))
    return sorted(found)


def _groups(scene: Scene, total: int) -> list[int]:
    """Payments of that total worth a look: quoted or of a named partner first, then any when words say *return*."""
    book = scene.book
    groups = [
        number
        for number in book.groups_by_amount.get((scene.line.currency, total), ())[-_SAME:]
        if ("settled", number) not in book.used
    ]
    relevant = {book.group_of[n] for n in _relevant(scene)}
    near = [number for number in groups if number in relevant]
    if not near and scene.is_return():
        near = groups
    return near[:_GROUPS]


def _returned(scene: Scene, number: int, fee: int) -> Draft | None:
    book, line = scene.book, scene.line
    group = book.settled_groups[number]
    first = book.settled[group[0]]
    if any(book.settled[n].paid_on > line.date or book.settled[n].currency != line.currency for n in group):
        return None
    payments: dict[int, list[int]] = {}
    for n in group:
        payments.setdefault(book.settled[n].payment_item, []).append(n)
    counterparts = [
        Counterpart(
            payment,
            book.places.major(-sum(book.paid[n] for n in numbers), line.currency),
            reopens=tuple(book.settled[n].key for n in numbers),
        )
        for payment, numbers in sorted(payments.items())
    ]
    offs = [fee_off(scene, fee, first)] if fee else []
    partners = {book.settled[n].partner for n in group}
    partner = partners.pop() if len(partners) == 1 else None
    draft = Draft("returned", build(line.amount, counterparts, offs, partner), claims=frozenset({("settled", number)}))
    _speak(scene, draft, group, partner)
    worded = scene.is_return()
    draft.features["returned_word" if worded else "returned_bare"] = 1.0
    draft.reasons.insert(
        0, ("returned", {"label": first.label or _name(first.names), "paid_on": first.paid_on.isoformat()})
    )
    days = (line.date - first.paid_on).days
    draft.features["returned_late"] = 1.0 if days > 70 else 0.0
    return draft


def _name(names: tuple[str, ...]) -> str:
    return next((name for name in names if name), "")


def _speak(scene: Scene, draft: Draft, group: tuple[int, ...], partner: int | None) -> None:
    """Features, ticks and reasons of reference and partner."""
    quotes = [quote for quote in map(scene.settled_level, group) if quote.level]
    first = scene.book.settled[group[0]]
    _speak_of(scene, draft, quotes, partner, first.label or _name(first.names))


def _speak_of(scene: Scene, draft: Draft, quotes: list, partner: int | None, name: str) -> None:
    level = max((quote.level for quote in quotes), default=ref.NONE)
    draft.features[f"ref_{ref.LEVELS[level]}"] = 1.0
    relation = scene.relation(partner)
    draft.features[f"who_{relation}"] = 1.0
    draft.marks += [(quote.start, quote.end) for quote in quotes if quote.start >= 0]
    draft.ticks = {
        "amount": "yes",
        "date": "yes",
        "reference": "yes" if level >= ref.PART else "near" if level else "missing",
        "iban": "yes" if relation == "iban" else "missing",
        "name": {
            "exact": "yes",
            "payer_name": "yes",
            "given": "yes",
            "fuzzy": "near",
            "weak": "near",
            "other": "no",
        }.get(relation, "missing"),
    }
    if level >= ref.TAIL:
        draft.reasons.append(("reference", {"name": name}))


def twice_drafts(scene: Scene) -> list[Draft]:
    """A paid item is paid again: owed back on the item's own account."""
    book, line = scene.book, scene.line
    found: dict[int, int] = {}
    for n in _relevant(scene):
        item = book.settled[n]
        if item.currency != line.currency or book.paid[n] != scene.amount or item.paid_on > line.date:
            continue
        if item.kind not in ("invoice", "bill") or (line.date - item.paid_on).days > _TWICE_DAYS:
            continue
        if book.outstanding.get(n) not in book.taken | {None}:
            continue  # a registered payment that the bank has not shown: this line will be it
        found.setdefault(item.key, n)
    best: dict[tuple, Draft] = {}
    quoted = [n for n in found.values() if scene.settled_level(n).level]
    others = sorted(set(found.values()) - set(quoted), key=lambda n: (book.settled[n].paid_on, n))
    for draft in [*(_twice(scene, n) for n in [*quoted, *others[-3:]]), *_twice_now(scene)]:
        held = best.get(draft.booking)
        if held is None or _rank(draft) > _rank(held):
            best[draft.booking] = draft
    return list(best.values())


def _twice_now(scene: Scene) -> list[Draft]:
    """The item is open, but another line of this run pays it in full: this one pays it again."""
    book, line, drafts = scene.book, scene.line, []
    named = set(scene.partners())
    near = [n for n in book.by_amount.get((line.currency, scene.amount), ()) if n in book.promised][-_SAME:]
    for n in sorted({*near, *(n for n in scene.quotes if n in book.promised)}):
        item, payer = book.items[n], book.promised[n]
        if book.residual[n] != scene.amount or item.currency != line.currency or payer.key == line.key:
            continue
        quote = scene.level(n)
        if item.kind not in ("invoice", "bill") or not (quote.level >= ref.PART or item.partner in named):
            continue
        off = WriteOff(item.account, line.amount, v.PAID_TWICE)
        draft = Draft("paid_twice", build(line.amount, [], [off], item.partner), amount_kind="twice")
        _speak_of(scene, draft, [quote] if quote.level else [], item.partner, item.label or _name(item.names))
        _mark_twice(scene, draft, item, payer.date.isoformat())
        drafts.append(draft)
    return drafts


def _mark_twice(scene: Scene, draft: Draft, item: OpenItem | SettledItem, paid_on: str) -> None:
    book, label = scene.book, item.label or _name(item.names)
    free = book.open_of(item.partner) if item.partner is not None else []
    draft.features["account_open"] = float(any((book.residual[n] > 0) == (scene.amount > 0) for n in free))
    draft.features["twice_same_document"] = float(any(book.items[n].document == item.document for n in free))
    draft.features["twice_bare" if draft.ticks["reference"] == "missing" else "twice_quoted"] = 1.0
    draft.reasons.insert(0, ("paid_twice", {"label": label, "paid_on": paid_on}))


def _rank(draft: Draft) -> tuple:
    return (draft.ticks["reference"] == "yes", draft.ticks["reference"] == "near")


def _twice(scene: Scene, n: int) -> Draft:
    line, item = scene.line, scene.book.settled[n]
    off = WriteOff(item.account, line.amount, v.PAID_TWICE)
    draft = Draft("paid_twice", build(line.amount, [], [off], item.partner), amount_kind="twice")
    _speak(scene, draft, (n,), item.partner)
    _mark_twice(scene, draft, item, item.paid_on.isoformat())
    return draft
