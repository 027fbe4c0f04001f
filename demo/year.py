"""The demo company's year: the benchmark's generator, calmer, and ending last Friday."""

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from benchmarks.bank.company import make_company, make_rates
from benchmarks.bank.noise import LEVELS
from benchmarks.bank.partners import make_partners
from benchmarks.bank.references import iban
from benchmarks.bank.scenarios import differences, movements, registered, settlements, strays
from benchmarks.bank.values import Booking, CompanyYear
from benchmarks.bank.world import World

SEED = 86
LINES = 380
DAYS = 360
PARTNERS = 56
OPENING_DAYS = 45
#: Documents that are open at any time.
STOCK = 52
COMPANY = "Lindenhof Instruments BV"
JOURNALS = {"BNK1": "Current Account", "BNK2": "Collection Account", "BNK3": "Dollar Account"}
#: What stood on each account when the year began, in its currency.
OPENING = Decimal("60000.00")


def dollars(world):
    """A document in dollars, paid on the dollar account."""
    item = world.pick(("invoice", "bill"), lambda item: item.whole, "USD")
    if not item:
        return False
    partner = world.partners[item.partner]
    booking = Booking((world.settlement(item),), partner=partner.key)
    visible = world.writer.describe(partner, world.journal(3), world.quoted_documents([item]), item.residual > 0)
    world.emit("dollars", "one", 3, booking, visible)
    return True


#: (weight, scenario): an ordinary company, not an examination.
SCENARIOS = (
    (46, settlements.one),
    (8, settlements.lump),
    (3, settlements.net_of_credit),
    (6, settlements.instalment),
    (2, settlements.partial),
    (2, settlements.overpayment),
    (2, settlements.on_account),
    (2, settlements.refund),
    (3, settlements.same_day_twins),
    (5, registered.registered),
    (2, registered.batch),
    (2, registered.payment_run),
    (6, differences.discount),
    (1, differences.late_discount),
    (4, differences.fee),
    (2, differences.withholding),
    (2, differences.rounding),
    (5, differences.currency),
    (8, dollars),
    (2, movements.transfer),
    (2, movements.returned),
    (2, movements.paid_twice),
    (9, strays.stray),
    (1, strays.disguised),
)


def make_year(today, seed=SEED):
    """About ``LINES`` bank lines up to the last Friday before ``today``: equal weekdays make (almost) equal years."""
    rng = random.Random(seed)
    saturday = today - timedelta(days=(today.weekday() + 2) % 7)
    start = saturday - timedelta(days=DAYS)
    company = _company(rng)
    partners = make_partners(rng, company, PARTNERS)
    rates = make_rates(rng, start, DAYS)
    world = World(rng, company, partners, rates, LEVELS["normal"])
    for offset in range(-OPENING_DAYS, DAYS):
        world.day = start + timedelta(days=offset)
        if world.day.weekday() < 5:
            _pass_day(world, offset)
    return CompanyYear(
        seed=seed,
        start=start,
        period="month",
        noise="normal",
        company=company,
        partners=partners,
        documents=tuple(world.documents.values()),
        payments=tuple(world.payments),
        lines=tuple(world.lines),
        truths=world.truths,
        rates=rates,
    )


def _company(rng):
    company = make_company(rng)
    journals = tuple(
        replace(journal, name=JOURNALS[journal.code], account_number=iban(rng, "BE")) for journal in company.journals
    )
    return replace(company, name=COMPANY, journals=journals, reference_model="ogm", fee_tax="purchase21")


def _pass_day(world, offset):
    _issue(world, STOCK * min(1.0, (offset + OPENING_DAYS + 5) / OPENING_DAYS))
    if offset < 0:
        return
    world.run_agenda()
    scenarios, weights = [scenario for _w, scenario in SCENARIOS], [weight for weight, _s in SCENARIOS]
    quota = LINES * (offset + 1) / DAYS
    for _attempt in range(12):
        if len(world.lines) >= quota:
            break
        world.rng.choices(scenarios, weights)[0](world)


def _issue(world, target):
    """New documents until as many are open as usual; a few of them credits, some the same every month."""
    open_now = sum(item.kind in ("invoice", "bill") for item in world.ledger.open.values())
    for _new in range(min(8, int(target - open_now))):
        partner = world.rng.choice(list(world.partners.values()))
        kind, credit = ("bill", "refund") if partner.vendor else ("invoice", "credit_note")
        earlier = [
            document
            for document in world.documents.values()
            if document.partner == partner.key and document.kind == kind
        ]
        if world.rng.random() < 0.06:
            world.issue(credit, partner)
        elif earlier and world.rng.random() < 0.10:
            world.issue(kind, partner, earlier[-1].lines)
        else:
            world.issue(kind, partner)
