"""Lines that the books explain without a new document: transfers, returns, double payments."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ..ledger import Settled
from ..noise import plain
from ..values import Booking, Difference, Settlement, money
from ..world import World

_REASONS = ("MS03", "AC04 ACCOUNT CLOSED", "AM04 INSUFFICIENT FUNDS", "MD06 REFUND REQUEST", "NSF")
_RETURN_WORDS = (
    "RETURN DEBIT",
    "RUECKLASTSCHRIFT",
    "REJET PRELEVEMENT",
    "UNPAID CHEQUE",
    "RETOUR DOMICILIERING",
)
_BOUNCE_WORDS = ("RETURNED PAYMENT", "RUECKUEBERWEISUNG", "RETOUR VIREMENT", "TERUGBOEKING")


def transfer(world: World) -> bool:
    """Money between the two own accounts; the second leg shows up to three days later."""
    rng = world.rng
    source, target = rng.sample((1, 2), 2)
    amount = money(rng.choice((1000, 2000, 2500, 5000, 10000, 7500, rng.randint(300, 9000))))
    key = world.numbers.take("item")
    booking = Booking((), (Difference(key, "transfer", -amount),))
    first = world.emit("transfer", "transfer", source, booking, _own(world, source, target))

    def arrives() -> bool:
        if key not in world.ledger.open:
            return False
        booked = Booking((Settlement(world.numbers.take("item"), key, amount, amount),))
        second = world.emit("transfer", "transfer", target, booked, _own(world, target, source))
        leg = world.truths[first.key]
        paired = replace(leg.booking.differences[0], pair=second.key)
        world.truths[first.key] = replace(leg, booking=replace(leg.booking, differences=(paired,)))
        return True

    world.later(rng.choice((0, 0, 1, 1, 3)), arrives)
    return True


def _own(world: World, journal: int, other: int) -> dict:
    rng, mine, yours = world.rng, world.journal(journal), world.journal(other)
    words = rng.choice(
        (
            "OWN TRANSFER",
            "TRANSFER TO SAVINGS",
            "EIGEN REKENING",
            "UMBUCHUNG",
            "VIREMENT INTERNE",
            "",
        )
    )
    if mine.style == "rich":
        return {
            "text": words,
            "partner_name": world.company.name,
            "account_number": yours.account_number,
        }
    number = yours.account_number if rng.random() < 0.7 else ""
    return {"text": plain(f"{words} {world.company.name} {number}").upper().strip()}


def _paid_by_line(world: World, days: int, kinds: tuple[str, ...]) -> list[Settled]:
    """Whole items that a single line of their own paid in the last ``days`` days."""
    oldest = world.day - timedelta(days=days)
    found = []
    for settled in world.ledger.settled.values():
        if settled.line is None or settled.item.kind not in kinds or not oldest <= settled.paid_on < world.day:
            continue
        booking = world.truths[settled.line].booking
        if (
            len(booking.settlements) == 1
            and not booking.differences
            and settled.amount == settled.item.residual
            and settled.item.currency == world.company.currency == world.lines[settled.line - 1].currency
        ):
            found.append(settled)
    return found


def returned(world: World) -> bool:
    """A direct debit or cheque comes back, or our own payment bounces: the item is due again."""
    rng = world.rng
    choices = _paid_by_line(world, 56, ("invoice", "invoice", "bill"))
    choices = [settled for settled in choices if (world.day - settled.paid_on).days >= 2]
    if not choices:
        return False
    settled = rng.choices(choices, [4 if s.item.kind == "invoice" else 1 for s in choices])[0]
    original = world.lines[settled.line - 1]
    booking = Booking(
        (
            Settlement(
                world.numbers.take("item"),
                settled.payment_item,
                -settled.amount,
                -settled.amount,
                (settled.item.key,),
            ),
        ),
        partner=settled.item.partner,
    )
    words = rng.choice(_RETURN_WORDS if settled.amount > 0 else _BOUNCE_WORDS)
    partner = world.partners[settled.item.partner]
    journal = world.journal(original.journal)
    quoted = [world.documents[settled.item.document]]
    end_to_end = next((ref for ref in original.references if ref.startswith("E2E")), "")
    visible = world.writer.describe(
        partner,
        journal,
        quoted,
        settled.amount < 0,
        end_to_end=end_to_end,
        extra=rng.choice(_REASONS),
    )
    visible["text"] = f"{words} {visible['text']}".strip()[:140]
    world.emit(
        "returned",
        "returned",
        original.journal,
        booking,
        visible,
        code=rng.choice(("RRTN", "PMNT-RDDT-UPDD", "")) if journal.style == "rich" else "",
    )
    return True


def paid_twice(world: World) -> bool:
    """The customer (or we) paid an item again: owed back."""
    choices = [
        settled for settled in _paid_by_line(world, 70, ("invoice", "bill")) if (world.day - settled.paid_on).days >= 1
    ]
    if not choices:
        return False
    settled = world.rng.choice(choices)
    partner = world.partners[settled.item.partner]
    journal = world.lines[settled.line - 1].journal
    side = "receivable" if settled.item.kind == "invoice" else "payable"
    booking = Booking((), (world.difference("paid_twice", settled.amount, side=side),), partner=partner.key)
    visible = world.writer.describe(
        partner,
        world.journal(journal),
        [world.documents[settled.item.document]],
        settled.amount > 0,
        always_quote=world.rng.random() < 0.6,
    )
    world.emit("paid_twice", "paid_twice", journal, booking, visible)
    return True
