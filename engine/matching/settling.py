"""Drafts that settle open items: what they are called, what they claim, and what is peculiar to these items."""

from __future__ import annotations

from .describe import describe
from .differences import EXACT, OVER, PART, Explained, granted, late
from .draft import Draft, build
from .items import CREDIT_KINDS
from .scene import Scene

_CASE_OF = {
    "exact": "one",
    "discount": "discount",
    "withholding": "withholding",
    "rounding": "rounding",
    "fee": "fee",
    "partial": "partial",
    "over": "overpayment",
}


def account_for(scene: Scene, numbers: tuple[int, ...]) -> int | None:
    """Where a rest is owed back: the one partner's account on that side."""
    partner = scene.book.partner_of(numbers)
    if partner is None:
        return None
    accounts = {scene.book.items[n].account for n in numbers if (scene.book.residual[n] > 0) == (scene.amount > 0)}
    return accounts.pop() if len(accounts) == 1 else None


def explained(
    scene: Scene, numbers: tuple[int, ...], found: list[Explained], features: dict[str, float]
) -> list[Draft]:
    """A described draft for each explanation of the line by these items; ``features`` tell how they were chosen."""
    drafts = []
    for each in found:
        match = build(scene.line.amount, each.counterparts, each.write_offs, scene.book.partner_of(numbers))
        draft = Draft(
            _case(scene, numbers, each.kind),
            match,
            numbers,
            claims_of(numbers),
            each.kind,
            dict(features),
            list(each.notes),
        )
        if each.kind == "fee":
            draft.amount_kind = "fee_told" if each.told else "fee"
        _shape(scene, draft, each.kind)
        drafts.append(describe(scene, draft))
    return drafts


def _case(scene: Scene, numbers: tuple[int, ...], kind: str) -> str:
    if kind != EXACT:
        return _CASE_OF[kind]
    items = [scene.book.items[n] for n in numbers]
    if len({item.partner for item in items}) > 1:
        return "batch" if scene.amount > 0 else "payment_run"
    if all(_is_refund(item.kind, scene.amount) for item in items):
        return "refund"
    return "one" if len(items) == 1 else "several"


def _shape(scene: Scene, draft: Draft, kind: str) -> None:
    """Features that depend on what kind of items these are."""
    book = scene.book
    if len(draft.items) == 1:
        n = draft.items[0]
        parts = book.instalments(n)
        if len(parts) > 1:
            first = parts[0] == n
            draft.features["instalment_next" if first else "instalment_later"] = 1.0
            if first:
                label = book.items[n].label or next(iter(book.items[n].names), "")
                draft.reasons.append(("next_instalment", {"name": label}))
        if kind == PART and late(scene, n):
            draft.features["late_discount"] = 1.0
            draft.reasons.append(("late_discount", {"until": book.items[n].discount.until.isoformat()}))
    if kind == OVER:
        rest = abs(scene.amount) - abs(sum(book.residual[n] for n in draft.items))
        draft.features["over_round"] = float(scene.amount % 1000 == 0 or rest % 1000 == 0)
        draft.features["over_large"] = min(2 * rest / abs(scene.amount), 1.0)
    if kind == PART:
        draft.features["part_round"] = float(scene.amount % 1000 == 0)
    _due_order(scene, draft)
    if kind != "discount" and granted(scene, draft.items):
        draft.features["discount_unused"] = 1.0
    if len(draft.items) > 1 and all(book.items[n].kind in CREDIT_KINDS for n in draft.items):
        draft.features["only_credit"] = 1.0


def _due_order(scene: Scene, draft: Draft) -> None:
    """An instalment that is left out though a later one of its document is paid."""
    book, chosen = scene.book, set(draft.items)
    for n in draft.items:
        parts = book.instalments(n)
        earlier = [m for m in parts[: parts.index(n)] if m not in chosen] if n in parts else []
        if earlier:
            draft.features["instalment_gap"] = 1.0
            if any(book.residual[m] == book.residual[n] for m in earlier):
                draft.features["instalment_swapped"] = 1.0


def _is_refund(kind: str, amount: int) -> bool:
    return kind == ("refund" if amount > 0 else "credit_note")


def claims_of(numbers: tuple[int, ...]) -> frozenset[object]:
    return frozenset(("item", n) for n in numbers)
