"""Lines without a document, and those that only look like it."""

from __future__ import annotations

from ..names import MONTHS, STRAYS, TOWNS, person_name
from ..noise import plain
from ..values import NOTHING, Booking, money
from ..world import World


def _text(world: World, template: str) -> str:
    rng = world.rng
    text = template.format(
        town=rng.choice(TOWNS),
        n=rng.randint(1000, 99999),
        month=MONTHS[world.day.month - 1],
        person=plain(person_name(rng)).upper(),
    )
    return text


def _emit(world: World, scenario: str, text: str, amount) -> bool:
    journal = world.rng.choice((1, 1, 2))
    world.emit(scenario, NOTHING, journal, Booking(remainder=money(amount)), {"text": text})
    return True


def stray(world: World) -> bool:
    """Rent, wages, card purchases, bank fees, takings: nothing in the open items explains it."""
    rng = world.rng
    template, low, high = rng.choice(STRAYS)
    amount = money(rng.uniform(low, high))
    if rng.random() < 0.3:
        amount = money(round(amount / 10) * 10) or amount
    return _emit(world, "stray", _text(world, template), amount)


def decoy(world: World) -> bool:
    """A line of that kind whose amount equals an open item's by chance."""
    outgoing = world.rng.random() < 0.6
    item = world.pick(("bill",) if outgoing else ("invoice",), lambda item: abs(item.residual) < 2500)
    if not item:
        return False
    templates = [row for row in STRAYS if (row[2] < 0) == outgoing]
    return _emit(world, "decoy", _text(world, world.rng.choice(templates)[0]), item.residual)


def disguised(world: World) -> bool:
    """A bill of a known vendor, paid by a line that reads like a plain expense."""
    item = world.pick(("bill",), lambda item: item.whole and len(world.documents[item.document].parts) == 1)
    if not item:
        return False
    partner = world.partners[item.partner]
    name = plain(world.writer.payer(partner, world.journal(2))).upper()
    words = world.rng.choice(
        (
            "CARD PAYMENT {x}",
            "DIRECT DEBIT {x} SUBSCRIPTION",
            "POS {x} ONLINE",
            "INSURANCE {x}",
            "DOMICILIATION {x}",
            "ENERGY {x} MONTHLY",
        )
    )
    booking = Booking((world.settlement(item),), partner=partner.key)
    world.emit("disguised", "one", world.rng.choice((1, 2)), booking, {"text": words.format(x=name)})
    return True
