"""A seeded company year: documents, payments and bank lines in date order, each with its truth.

``generate(seed)`` gives the same year for the same arguments, whatever else runs. Nothing here
knows the matcher: what is decidable is counted by ``decidable``, from the visible information.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from .company import make_company, make_rates
from .decidable import judge
from .noise import LEVELS
from .partners import make_partners
from .scenarios import SCENARIOS
from .values import CompanyYear
from .world import World

VERSION = 1
_OPENING_DAYS = 50
_YEAR_DAYS = 364


def generate(seed: int, lines: int = 400, noise: str = "normal", period: str = "week") -> CompanyYear:
    """A company year of about ``lines`` bank lines, worked on every ``period``."""
    rng = random.Random(seed)
    start = date(2025, 1, 6)
    company = make_company(rng)
    partners = make_partners(rng, company, max(24, lines // 6))
    rates = make_rates(rng, start)
    world = World(rng, company, partners, rates, LEVELS[noise])
    _live(world, start, lines)
    year = CompanyYear(
        seed=seed,
        start=start,
        period=period,
        noise=noise,
        company=company,
        partners=partners,
        documents=tuple(world.documents.values()),
        payments=tuple(world.payments),
        lines=tuple(world.lines),
        truths=world.truths,
        rates=rates,
    )
    return judge(year)


def _live(world: World, start: date, lines: int) -> None:
    """Pass the days: documents come, agenda and payments follow."""
    stock = max(30.0, lines * 0.22)
    for offset in range(-_OPENING_DAYS, _YEAR_DAYS):
        world.day = start + timedelta(days=offset)
        if world.day.weekday() >= 5:
            continue
        target = stock * min(1.0, (offset + _OPENING_DAYS + 5) / _OPENING_DAYS) * (1 + max(offset, 0) / 900)
        _issue_documents(world, target)
        if offset < 0:
            continue
        world.run_agenda()
        quota = lines * (offset + 1) / _YEAR_DAYS
        for _attempt in range(12):
            if len(world.lines) >= quota:
                break
            world.rng.choices([s for _w, s in SCENARIOS], [w for w, _s in SCENARIOS])[0](world)


def _issue_documents(world: World, target: float) -> None:
    """New documents until the stock of open ones is at its level; equal monthly ones among them."""
    rng = world.rng
    open_now = sum(item.kind in ("invoice", "bill") for item in world.ledger.open.values())
    for _new in range(min(12, int(target - open_now))):
        partner = rng.choice(list(world.partners.values()))
        vendor = partner.vendor and (not partner.customer or rng.random() < 0.5)
        kinds = ("bill", "refund") if vendor else ("invoice", "credit_note")
        if rng.random() < 0.09:
            world.issue(kinds[1], partner)
            continue
        earlier = [d for d in world.documents.values() if d.partner == partner.key and d.kind == kinds[0]]
        if earlier and rng.random() < 0.12:
            world.issue(kinds[0], partner, earlier[-1].lines)
        else:
            world.issue(kinds[0], partner)
