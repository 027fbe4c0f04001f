"""One of many comes back: a return of a file's order, or of a part of a sum, with the bank's fee."""

from __future__ import annotations

from .. import vocabulary as v
from ..facts import SentOrder, SettledItem
from ..proposal import Counterpart, WriteOff
from ..text import squeeze
from . import references as ref
from .differences import company_money
from .draft import Draft, build
from .scene import FEE_WORDS, Scene

#: A return may show some days before the sum of its collection is credited.
_BEFORE = 6
_LATE = 420
_CHOICES = 4
_BARE_DAYS = 75


def member_drafts(scene: Scene, known: list[Draft]) -> list[Draft]:
    """The line gives back one of the payments that one bank line or one file settled together.

    ``known``: what else the line may be. A payment that came back to the cent leaves no room for a fee.
    """
    orders = _orders(scene)
    if not orders and not scene.is_return():
        return []
    drafts = []
    for n in _members(scene, orders):
        for fee in _fees(scene, n):
            drafts.append(_returned(scene, n, fee, orders))
    whole = [draft for draft in known + drafts if draft.case == "returned" and not draft.match.write_offs]
    drafts = [draft for draft in drafts if not (whole and draft.match.write_offs)]
    named = [draft for draft in drafts if draft.features.get("return_order") or draft.ticks["reference"] == "yes"]
    found = named or drafts
    for draft in found:
        bare = draft.ticks["reference"] == "missing" and draft.ticks["name"] in ("missing", "no")
        draft.ask = draft.ask or (not draft.features.get("return_order") and (len(found) > 1 or bare))
    return found[:_CHOICES]


def fee_off(scene: Scene, fee: int, item: SettledItem) -> WriteOff:
    """Where the bank's fee of a return goes: to the customer's receivable, or own cost."""
    book, settings = scene.book, scene.book.settings
    amount = book.places.major(fee, scene.line.currency)
    if settings.charges_return_fee and item.kind == "invoice" and item.partner is not None:
        return WriteOff(item.account, amount, v.RETURN_FEE)
    return WriteOff(settings.fee.account, amount, v.BANK_FEE, settings.fee.label, settings.fee.taxes)


def may_have_fee(scene: Scene, item: SettledItem) -> bool:
    """Whether a fee of a return can be booked at all."""
    settings = scene.book.settings
    return settings.fee.account is not None or (settings.charges_return_fee and item.kind == "invoice")


def _orders(scene: Scene) -> dict[int, SentOrder]:
    """Items of the orders whose end-to-end id the line names -> the order."""
    told = {squeeze(text) for text in scene.line.references}
    flat = squeeze(scene.line.text[:1000])
    found = {}
    for run in scene.book.facts.runs:
        for order in run.orders:
            key = squeeze(order.end_to_end)
            if len(key) >= 4 and order.state == "booked" and (key in told or (len(key) >= 6 and key in flat)):
                found.update(dict.fromkeys(order.items, order))
    return found


def _members(scene: Scene, orders: dict[int, SentOrder]) -> list[int]:
    """Settled items that the line may give back: those of a named order, else quoted ones and a named partner's."""
    book = scene.book
    if orders:
        return [n for n, item in enumerate(book.settled) if item.key in orders and _usable(scene, n)]
    near = {n for n in scene.settled if scene.settled_level(n).level >= ref.TAIL}
    for partner in scene.partners():
        near.update(book.settled_by_partner.get(partner, ()))
    found = [n for n in sorted(near) if _is_member(scene, n)]
    return found or [n for n in range(len(book.settled)) if book.paid[n] == -scene.amount and _is_recent(scene, n)]


def _is_member(scene: Scene, n: int) -> bool:
    """Paid together with others, in the line's currency."""
    book = scene.book
    together = len(book.settled_groups[book.group_of[n]]) > 1
    return together and book.settled[n].currency == scene.line.currency and _usable(scene, n)


def _is_recent(scene: Scene, n: int) -> bool:
    days = (scene.line.date - scene.book.settled[n].paid_on).days
    return days <= _BARE_DAYS and _is_member(scene, n)


def _usable(scene: Scene, n: int) -> bool:
    book, item = scene.book, scene.book.settled[n]
    gap = (scene.line.date - item.paid_on).days
    return ("settled item", item.key) not in book.used and -_BEFORE <= gap <= _LATE


def _fees(scene: Scene, n: int) -> list[int]:
    """The fee that the line holds beside the payment: none, or what stays under the caps; always money out."""
    book, item = scene.book, scene.book.settled[n]
    fee = scene.amount + book.paid[n]
    if fee == 0:
        return [0]
    if fee > 0 or scene.amount > 0 or not scene.is_return() or not may_have_fee(scene, item):
        return []
    told = scene.spoken(FEE_WORDS) and not scene.tells_amount(fee)
    return [fee] if _within_cap(scene, fee) and not told else []


def _within_cap(scene: Scene, fee: int) -> bool:
    """A bank asks the same for every return, however small: only the caps in money hold."""
    settings, amount = scene.book.settings, company_money(scene, abs(fee))
    return amount is not None and amount <= min(settings.fee_cap, settings.write_off_cap)


def _returned(scene: Scene, n: int, fee: int, orders: dict[int, SentOrder]) -> Draft:
    book, line = scene.book, scene.line
    item = book.settled[n]
    back = book.places.major(-book.paid[n], line.currency)
    offs = [fee_off(scene, fee, item)] if fee else []
    match = build(line.amount, [Counterpart(item.payment_item, back, reopens=(item.key,))], offs, item.partner)
    claims = frozenset({("settled item", item.key)})
    draft = Draft("returned", match, claims=claims)
    _speak(scene, draft, n, orders)
    draft.reasons.insert(0, ("returned", {"label": item.label or next(iter(item.names), ""),
                                          "paid_on": item.paid_on.isoformat()}))  # fmt: skip
    if fee:
        charged = offs[0].reason == v.RETURN_FEE
        values = {"amount": str(abs(offs[0].amount))}
        draft.reasons.append(("return_fee_charged" if charged else "return_fee", values))
    order = orders.get(item.key)
    if order:
        draft.details = {"returned": [order.key]}
    return draft


def _speak(scene: Scene, draft: Draft, n: int, orders: dict[int, SentOrder]) -> None:
    item, quote = scene.book.settled[n], scene.settled_level(n)
    relation = scene.relation(item.partner)
    order = orders.get(item.key)
    level = ref.STRUCTURED if order else quote.level
    draft.features[f"ref_{ref.LEVELS[level]}"] = 1.0
    draft.features[f"who_{relation}"] = 1.0
    draft.features["returned_word" if scene.is_return() else "returned_bare"] = 1.0
    draft.features["return_order"] = float(bool(order))
    if quote.start >= 0 and quote.level:
        draft.marks.append((quote.start, quote.end))
    names = {"exact": "yes", "payer_name": "yes", "given": "yes", "fuzzy": "near", "weak": "near", "other": "no"}
    draft.ticks = {
        "amount": "yes",
        "date": "yes",
        "reference": "yes" if level >= ref.PART else "near" if level else "missing",
        "iban": "yes" if relation == "iban" else "missing",
        "name": names.get(relation, "missing"),
    }
    if order:
        draft.reasons.append(("return_order", {"reference": order.end_to_end}))
    elif level >= ref.TAIL:
        draft.reasons.append(("reference", {"name": item.label or next(iter(item.names), "")}))
