"""What a line of a sure partner is when no open item fits: a part, too much, or a payment on account."""

from __future__ import annotations

from .. import vocabulary as v
from ..proposal import WriteOff
from .describe import describe
from .differences import EXACT, explain
from .draft import Draft, build
from .scene import ADVANCE_WORDS, Scene
from .settling import account_for, explained


def rests(scene: Scene, known: list[Draft]) -> list[Draft]:
    """What a line of a sure partner is when no item fits: a part, too much, or a payment on account."""
    partner = scene.sure_partner()
    if partner is None or any(_whole(d) for d in known if d.match.partner == partner):
        return []
    numbers = [
        n
        for n in scene.book.open_of(partner)
        if scene.book.items[n].currency == scene.line.currency and (scene.book.residual[n] > 0) == (scene.amount > 0)
    ]
    drafts, seen = [], {d.items for d in known}
    for chosen, features in _oldest(scene, numbers):
        if chosen not in seen:
            account = account_for(scene, chosen)
            drafts += explained(scene, chosen, explain(scene, chosen, account), features)
    account = _account(scene, partner)
    if account is not None:
        unpaid = [n for n in scene.book.open_of(partner) if (scene.book.residual[n] > 0) == (scene.amount > 0)]
        drafts.append(_on_account(scene, partner, account, len(unpaid)))
    return drafts


def _oldest(scene: Scene, numbers: list[int]) -> list[tuple[tuple[int, ...], dict[str, float]]]:
    """The items that the line would fill up oldest first, and single ones that it is a part of."""
    if not numbers:
        return []
    chosen, left = [], abs(scene.amount)
    for n in numbers:
        if left <= 0:
            break
        chosen.append(n)
        left -= abs(scene.book.residual[n])
    alone = 1.0 if len(numbers) == 1 else 0.0
    sets = [(tuple(chosen), {"only_item": alone, "rest_oldest": 1.0 - alone})]
    parts = [n for n in numbers if abs(scene.book.residual[n]) > abs(scene.amount)]
    sets += [((n,), {"rest_other": 1.0}) for n in parts[:3] if (n,) != tuple(chosen)]
    return sets


def _account(scene: Scene, partner: int) -> int | None:
    """The partner's receivable for money in of a customer, payable for money out to a vendor."""
    party = scene.book.parties.get(partner)
    if party is None:
        return None
    if scene.amount > 0:
        return party.receivable if party.is_customer or not party.is_vendor else None
    return party.payable if party.is_vendor or not party.is_customer else None


def _on_account(scene: Scene, partner: int, account: int, open_items: int) -> Draft:
    off = WriteOff(account, scene.line.amount, v.ON_ACCOUNT)
    draft = Draft("on_account", build(scene.line.amount, [], [off], partner), amount_kind="on_account")
    describe(scene, draft)
    relation = scene.relation(partner)
    advance = scene.spoken(ADVANCE_WORDS)
    party = scene.book.parties[partner]
    draft.features.update(
        {
            f"who_{relation}": 1.0,
            "account_open": 1.0 if open_items else 0.0,
            "account_advance": float(advance),
            "account_side": 1.0 if (party.is_customer if scene.amount > 0 else party.is_vendor) else 0.0,
            "account_quotes": 1.0 if scene.quotes or scene.settled else 0.0,
        }
    )
    draft.ticks = {
        "name": "yes" if relation in ("exact", "given", "payer_name") else "near",
        "amount": "missing",
        "iban": "yes" if relation == "iban" else "missing",
        "reference": "missing",
    }
    draft.reasons.append((f"partner_{relation}", {}))
    draft.reasons.append(("advance" if advance else "on_account", {}))
    return draft


def _whole(draft: Draft) -> bool:
    return draft.amount_kind in (EXACT, "discount", "withholding", "rounding", "currency_told", "currency") and bool(
        draft.items
    )
