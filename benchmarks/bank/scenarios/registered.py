"""Payments that stand in the books before the bank shows them, alone and in batches."""

from __future__ import annotations

from datetime import timedelta

from ..ledger import Open
from ..values import Booking, Payment
from ..world import World


def _show(world: World, scenario: str, case: str, payments: list[Payment], visible: dict, code: str = "") -> bool:
    """The bank line of registered payments."""
    items = [world.ledger.open[payment.key] for payment in payments if payment.key in world.ledger.open]
    if len(items) != len(payments):
        return False
    partner = payments[0].partner if len(payments) == 1 else None
    booking = Booking(tuple(world.settlement(item) for item in items), partner=partner)
    world.emit(scenario, case, payments[0].journal, booking, visible, code=code)
    return True


def _untouched(world: World, item: Open) -> bool:
    """No bank line of these weeks changed the item, which the office could not know."""
    reopened = world.reopened.get(item.key)
    return item.whole and (reopened is None or reopened < world.day - timedelta(days=35))


def registered(world: World) -> bool:
    """A transfer that we sent (or a receipt that was registered) shows some days later."""
    item = world.pick(("bill", "bill", "invoice"), lambda item: _untouched(world, item))
    if not item:
        return False
    partner = world.partners[item.partner]
    items = [item]
    if world.rng.random() < 0.25:
        items += [
            other
            for other in world.ledger.of_partner(item.partner, item.currency)
            if other.kind == item.kind
            and other.document != item.document
            and other.date < world.day
            and _untouched(world, other)
            and len(world.documents[other.document].parts) == 1
        ][:2]
    payment = world.register(partner.key, items, partner.habit.journal)

    def shown() -> bool:
        named = world.rng.random() < 0.4
        visible = world.writer.describe(
            partner,
            world.journal(payment.journal),
            world.quoted_documents(items),
            payment.amount > 0,
            end_to_end=payment.name if named else "",
        )
        return _show(world, "registered", "registered", [payment], visible)

    world.later(world.rng.randint(1, 5), shown)
    return True


def _several_partners(world: World, kind: str, most: int) -> list[Open]:
    items: dict[int, Open] = {}
    for _attempt in range(most * 3):
        item = world.pick((kind,), lambda item: _untouched(world, item) and item.partner not in items)
        if item and len(items) < most:
            items[item.partner] = item
    return list(items.values())


def _bulk_text(world: World, words: str, journal: int, references: tuple[str, ...] = ()) -> dict:
    rich = world.journal(journal).style == "rich"
    return {"text": words if rich else words.upper(), "references": references if rich else ()}


def batch(world: World) -> bool:
    """One deposit of several customers: cheques that were registered, or a list of numbers."""
    items = _several_partners(world, "invoice", world.rng.randint(2, 8))
    if len(items) < 2:
        return False
    if world.rng.random() < 0.7:
        return _registered_batch(world, "batch", items, "CHQ", ("CHEQUE DEPOSIT", "REMISE DE CHEQUES", "CHEQUES"))
    return _listed(world, "batch", items[:5], ("BULK DEPOSIT", "REMISE GROUPEE", "COLLECT"))


def payment_run(world: World) -> bool:
    """One debit that pays bills of several vendors: a registered run, or a list of numbers."""
    items = _several_partners(world, "bill", world.rng.randint(2, 9))
    if len(items) < 2:
        return False
    if world.rng.random() < 0.7:
        return _registered_batch(world, "payment_run", items, "RUN", ("SEPA BATCH", "SAMMELUEBERWEISUNG", "BULK PMT"))
    return _listed(world, "payment_run", items[:5], ("BULK PAYMENT", "SAMMLER", "VIREMENTS GROUPES"))


def _registered_batch(world: World, case: str, items: list[Open], series: str, words: tuple[str, ...]) -> bool:
    journal = world.rng.choice((1, 2))
    name = f"{series}/{world.day.year}/{world.numbers.take(series):04d}"
    payments = [world.register(item.partner, [item], journal, batch=name) for item in items]

    def shown() -> bool:
        text = f"{world.rng.choice(words)} {len(payments)} TX"
        quoted = world.rng.random() < 0.75
        if quoted and world.rng.random() < 0.6:
            text += f" {name}"
        elif quoted:
            text += f" {name.rsplit('/', 1)[1]}"
        references = (name,) if quoted and world.rng.random() < 0.5 else ()
        return _show(
            world,
            f"{case}_registered",
            case,
            payments,
            _bulk_text(world, text, journal, references),
        )

    world.later(world.rng.randint(1, 4), shown)
    return True


def _listed(world: World, case: str, items: list[Open], words: tuple[str, ...]) -> bool:
    journal = world.rng.choice((1, 2))
    numbers = [world.quotable(world.documents[item.document]) for item in items]
    text = f"{world.rng.choice(words)} {len(items)} {' '.join(numbers)}"
    booking = Booking(tuple(world.settlement(item) for item in items))
    world.emit(f"{case}_listed", case, journal, booking, _bulk_text(world, text, journal))
    return True
