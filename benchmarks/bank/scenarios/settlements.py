"""Lines that settle open items of one partner, wholly or in part."""

from __future__ import annotations

from decimal import Decimal

from ..ledger import Open
from ..values import ZERO, Booking, money
from ..world import World

_ADVANCE = (
    "ADVANCE ORDER {n}",
    "ACOMPTE COMMANDE {n}",
    "DEPOSIT ORDER {n}",
    "ANZAHLUNG AUFTRAG {n}",
    "VOORSCHOT {n}",
)


def _tell(world: World, items: list[Open], journal: int, **more) -> dict:
    """The visible side of a line that settles ``items`` of their one partner."""
    partner = world.partners[items[0].partner]
    inbound = sum(item.residual for item in items) > 0
    end_to_end = ""
    if world.rng.random() < 0.25:
        end_to_end = f"E2E{world.numbers.take('e2e', 100417)}"
    return world.writer.describe(
        partner,
        world.journal(journal),
        world.quoted_documents(items),
        inbound,
        end_to_end=end_to_end,
        **more,
    )


def _journal(world: World, item: Open) -> int:
    if item.currency != world.company.currency:
        return 3
    return world.partners[item.partner].habit.journal


def _settle(world: World, scenario: str, case: str, items: list[Open], **more) -> bool:
    journal = _journal(world, items[0])
    booking = Booking(tuple(world.settlement(item) for item in items), partner=items[0].partner)
    if not booking.total():
        return False
    world.emit(scenario, case, journal, booking, _tell(world, items, journal, **more))
    return True


def one(world: World) -> bool:
    """One whole item, also in the account's own foreign currency."""
    currency = "USD" if world.rng.random() < 0.06 else "EUR"
    item = world.pick(("invoice", "bill"), lambda item: item.whole and _single(world, item), currency)
    return bool(item) and _settle(world, "one", "one", [item])


def _single(world: World, item: Open) -> bool:
    return len(world.documents[item.document].parts) == 1


def lump(world: World) -> bool:
    """Several whole documents at once, not always the oldest."""
    item = world.pick(("invoice", "bill"), lambda item: world.partners[item.partner].habit.lumps > 0)
    if not item:
        return False
    others = [
        other
        for other in world.ledger.of_partner(item.partner, item.currency)
        if other.kind == item.kind and other.date < world.day and other.key != item.key
    ]
    if not others:
        return False
    count = min(len(others), world.rng.choice((1, 1, 1, 2, 2, 3, 4, 5)))
    chosen = others[:count] if world.rng.random() < 0.7 else world.rng.sample(others, count)
    items = _in_due_order(world, [item, *chosen])
    return len(items) > 1 and _settle(world, "lump", "several", items)


def _in_due_order(world: World, items: list[Open]) -> list[Open]:
    """Without instalments whose earlier ones stay open."""
    keys = {item.key for item in items}
    return [
        item
        for item in sorted(items, key=lambda item: item.key)
        if all(
            part.key in keys or part.key not in world.ledger.open
            for part in world.documents[item.document].parts
            if part.key < item.key
        )
    ]


def net_of_credit(world: World) -> bool:
    """Invoices less a credit note (or a balance from an overpayment)."""
    kinds = world.rng.choice((("credit_note", "invoice"), ("refund", "bill")))
    credit = world.pick((kinds[0], "entry"))
    if not credit:
        return False
    items = [
        item
        for item in world.ledger.of_partner(credit.partner, credit.currency)
        if item.kind == kinds[1] and item.date < world.day
    ]
    chosen = items[: world.rng.choice((1, 1, 2, 3))]
    total = sum((item.residual for item in chosen), ZERO)
    if not chosen or abs(total) <= abs(credit.residual) or (total > 0) == (credit.residual > 0):
        return False
    return _settle(world, "net_of_credit", "several", [*chosen, credit])


def instalment(world: World) -> bool:
    """The next instalments of a document in due order, most often one."""
    item = world.pick(("invoice", "bill"), lambda item: not _single(world, item))
    if not item:
        return False
    parts = [part for part in world.ledger.of_partner(item.partner) if part.document == item.document]
    count = 1 if world.rng.random() < 0.8 else min(2, len(parts))
    return _settle(world, "instalment", "one" if count == 1 else "several", parts[:count])


def partial(world: World) -> bool:
    """A part of one item, a round sum or a share."""
    item = world.pick(("invoice", "bill"), lambda item: abs(item.residual) >= 120 and item.whole)
    if not item:
        return False
    share = world.rng.choice((Decimal("0.5"), Decimal("0.4"), Decimal("0.25"), Decimal("0.75")))
    amount = money(item.residual * share)
    if world.rng.random() < 0.5:
        amount = money((amount / 50).to_integral_value() * 50) or amount
    if abs(amount) >= abs(item.residual):
        return False
    journal = _journal(world, item)
    booking = Booking((world.settlement(item, amount),), partner=item.partner)
    always = world.rng.random() < 0.7
    world.emit("partial", "partial", journal, booking, _tell(world, [item], journal, always_quote=always))
    return True


def overpayment(world: World) -> bool:
    """A customer pays more than the item: a round sum, or two digits swapped."""
    item = world.pick(("invoice",), lambda item: abs(item.residual) >= 40 and _single(world, item))
    if not item:
        return False
    digits = str(item.residual)
    swapped = money(digits[1] + digits[0] + digits[2:])
    rest = world.rng.choice((swapped - item.residual, money(world.rng.choice((10, 20, 50, 100))), -item.residual % 100))
    if rest <= Decimal("0.50") or rest > item.residual:
        return False
    journal = _journal(world, item)
    over = world.difference("overpaid", money(rest), side="receivable")
    booking = Booking((world.settlement(item),), (over,), partner=item.partner)
    always = world.rng.random() < 0.8
    world.emit(
        "overpayment",
        "overpayment",
        journal,
        booking,
        _tell(world, [item], journal, always_quote=always),
    )
    return True


def on_account(world: World) -> bool:
    """An advance of a customer, or to a vendor, before there is a document."""
    rng = world.rng
    partner = rng.choice([p for p in world.partners.values() if p.currency == world.company.currency])
    sign, side = (-1, "payable") if partner.vendor else (1, "receivable")
    amount = money(sign * rng.choice((250, 400, 500, 750, 1000, 1250, 2000, 3000)))
    words = rng.choice(_ADVANCE).format(n=rng.randint(2100, 9900)) if rng.random() < 0.7 else ""
    journal = partner.habit.journal
    visible = world.writer.describe(partner, world.journal(journal), [], sign > 0, extra=words)
    booking = Booking((), (world.difference("on_account", amount, side=side),), partner=partner.key)
    world.emit("on_account", "on_account", journal, booking, visible)
    return True


def refund(world: World) -> bool:
    """Money back: a credit note or a double payment paid out, a vendor's refund received."""
    item = world.pick(("credit_note", "refund", "entry"))
    return bool(item) and _settle(
        world, "refund", "refund", [item], extra=world.rng.choice(("REFUND", "GUTSCHRIFT", ""))
    )


def same_day_twins(world: World) -> bool:
    """Two equal items of one partner, paid by two equal lines on one day."""
    items = [
        item
        for item in world.ledger.open.values()
        if item.kind in ("invoice", "bill")
        and item.whole
        and item.currency == world.company.currency
        and item.date < world.day
        and _single(world, item)
    ]
    seen: dict[tuple, Open] = {}
    for item in items:
        twin = seen.setdefault((item.partner, item.residual), item)
        if twin is not item:
            _settle(world, "same_day_twins", "one", [twin])
            return _settle(world, "same_day_twins", "one", [item])
    return False


def both_sides(world: World) -> bool:
    """A partner that is customer and vendor pays the balance of the two."""
    for partner in world.partners.values():
        if not (partner.customer and partner.vendor):
            continue
        items = [item for item in world.ledger.of_partner(partner.key, world.company.currency) if item.date < world.day]
        ours = [item for item in items if item.kind == "invoice"][:1]
        theirs = [item for item in items if item.kind == "bill"][:1]
        if ours and theirs and ours[0].residual + theirs[0].residual > 0:
            return _settle(world, "both_sides", "several", ours + theirs)
    return False
