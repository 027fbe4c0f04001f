"""Lines whose amount differs from the item's for a reason."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from ..company import rate_on
from ..discounts import discounted
from ..ledger import Open
from ..values import Booking, Difference, money
from ..world import World

_FEES = tuple(Decimal(text) for text in ("1.50", "2.50", "5.00", "7.50", "9.68", "10.00", "12.50", "15.00", "18.15"))
_FEE_WORDS = (
    "CHARGES {fee}",
    "CHGS EUR{fee}",
    "SPESEN {fee}",
    "FRAIS {fee}",
    "BANK FEE {fee}",
    "KOSTEN {fee}",
)


def _emit(
    world: World,
    scenario: str,
    case: str,
    item: Open,
    booking: Booking,
    *,
    extra: str = "",
    always: bool = False,
    journal: int | None = None,
    foreign=None,
) -> bool:
    partner = world.partners[item.partner]
    journal = journal or partner.habit.journal
    visible = world.writer.describe(
        partner,
        world.journal(journal),
        world.quoted_documents([item]),
        booking.total() > 0,
        extra=extra,
        always_quote=always,
    )
    world.emit(scenario, case, journal, booking, visible, foreign=foreign)
    return True


def _short(world: World, item: Open, difference: Difference) -> Booking:
    """The whole item is settled; the difference explains what the bank does not show."""
    return Booking((world.settlement(item),), (difference,), partner=item.partner)


def _term(world: World, item: Open):
    return world.company.terms[world.documents[item.document].term]


def discount(world: World) -> bool:
    """The payer takes the cash discount in time; sometimes on two invoices at once."""

    def granted(item: Open) -> bool:
        term = _term(world, item)
        return bool(term.discount) and world.day <= item.date + timedelta(days=term.discount_days) and item.whole

    item = world.pick(("invoice", "bill"), granted)
    if not item:
        return False
    others = [
        other
        for other in world.ledger.of_partner(item.partner, item.currency)
        if other.kind == item.kind and other.key != item.key and other.date < world.day and granted(other)
    ]
    items = [item, *others[:1]] if others and world.rng.random() < 0.3 else [item]
    taken = []
    for each in items:
        less = discounted(world.documents[each.document], world.company) - abs(each.residual)
        taken.append(world.difference("cash_discount", less if each.residual > 0 else -less, item=each.key))
    booking = Booking(tuple(world.settlement(each) for each in items), tuple(taken), partner=item.partner)
    partner = world.partners[item.partner]
    visible = world.writer.describe(
        partner,
        world.journal(partner.habit.journal),
        world.quoted_documents(items),
        booking.total() > 0,
    )
    world.emit("discount", "discount", partner.habit.journal, booking, visible)
    return True


def late_discount(world: World) -> bool:
    """The discount is taken after its date: the rest stays open."""

    def late(item: Open) -> bool:
        term = _term(world, item)
        return bool(term.discount) and world.day > item.date + timedelta(days=term.discount_days) and item.whole

    item = world.pick(("invoice",), late)
    if not item:
        return False
    amount = discounted(world.documents[item.document], world.company)
    booking = Booking((world.settlement(item, amount),), partner=item.partner)
    return _emit(world, "late_discount", "partial", item, booking)


def fee(world: World) -> bool:
    """A bank between kept a fee; on our own payments it was added."""
    cost = world.rng.choice(_FEES)
    limit = world.company.fee_cap_percent / 100
    item = world.pick(
        ("invoice", "invoice", "bill"),
        lambda item: abs(item.residual) * limit >= cost and item.whole,
    )
    if not item:
        return False
    told = world.rng.random() < 0.7
    words = world.rng.choice(_FEE_WORDS).format(fee=cost) if told else ""
    return _emit(
        world,
        "fee",
        "fee",
        item,
        _short(world, item, world.difference("bank_fee", -cost)),
        extra=words,
    )


def withholding(world: World) -> bool:
    """A customer keeps withholding tax, on the base or on the total."""
    if not world.company.withholding_rates:
        return False
    item = world.pick(
        ("invoice",),
        lambda item: item.whole and item.residual > 100 and len(world.documents[item.document].parts) == 1,
    )
    if not item:
        return False
    document = world.documents[item.document]
    base = document.untaxed if world.rng.random() < 0.75 else document.total
    kept = money(base * world.rng.choice(world.company.withholding_rates) / 100)
    return _emit(
        world,
        "withholding",
        "withholding",
        item,
        _short(world, item, world.difference("withholding", -kept)),
    )


def rounding(world: World) -> bool:
    """A few cents too little or too much."""
    item = world.pick(("invoice", "invoice", "bill"), lambda item: item.whole and abs(item.residual) > 20)
    if not item:
        return False
    cents = Decimal(world.rng.choice((-5, -4, -3, -2, -1, 1, 2, 3))) / 100
    return _emit(
        world,
        "rounding",
        "rounding",
        item,
        _short(world, item, world.difference("rounding", cents)),
    )


def currency(world: World) -> bool:
    """A document in another currency than the account's, which the bank states or not."""
    rng = world.rng
    if rng.random() < 0.12:
        return _into_dollars(world)
    item = world.pick(
        ("invoice", "bill"),
        lambda item: item.currency != world.company.currency and item.whole,
        None,
    )
    if not item:
        return False
    rate = rate_on(world.rates, item.currency, world.day)
    if not rate:
        return False
    spread = Decimal(rng.choice(("0.002", "0.005", "0.008", "0.012", "-0.004")))
    if rng.random() < 0.06:
        spread = Decimal("0.06")  # beyond any limit: must be asked
    amount = money(item.residual / rate[0] * (1 - spread if item.residual > 0 else 1 + spread))
    booking = Booking((world.settlement(item, amount, item.residual),), partner=item.partner)
    told = rng.random() < 0.65
    return _emit(
        world,
        "currency_told" if told else "currency_untold",
        "currency",
        item,
        booking,
        journal=1,
        foreign=(item.residual, item.currency) if told else None,
    )


def _into_dollars(world: World) -> bool:
    item = world.pick(("invoice", "bill"), lambda item: item.whole)
    rate = rate_on(world.rates, "USD", world.day)
    if not item or not rate:
        return False
    amount = money(item.residual * rate[0] * Decimal("0.995"))
    booking = Booking((world.settlement(item, amount, item.residual),), partner=item.partner)
    return _emit(
        world,
        "currency_dollar",
        "currency",
        item,
        booking,
        journal=3,
        foreign=(item.residual, item.currency),
    )
