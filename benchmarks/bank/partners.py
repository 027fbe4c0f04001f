"""Customers and vendors: some persons, some with names that are easily confused."""

from __future__ import annotations

import random

from .names import FORMS, company_name, person_name
from .references import iban
from .values import Company, Habit, Partner

_COUNTRIES = ("BE",) * 9 + ("NL",) * 3 + ("DE",) * 3 + ("FR",) * 3 + ("GB", "IT", "ES", "US")
_TERMS = (
    ("days30",) * 8
    + ("days14",) * 4
    + ("days60", "days60", "now", "down30", "down30", "thirds")
    + ("discount_included", "discount_included", "discount_excluded", "discount_mixed")
)
_CURRENCIES = {"US": "USD", "GB": "GBP"}


def _habit(rng: random.Random, company: Company, foreign: bool, vendor: bool) -> Habit:
    quotes = ["full"] * 5 + ["digits"] * 3 + ["short"] * 2 + ["none"] * 2
    if company.reference_model != "none" and not foreign:
        quotes += ["structured"] * 5
    if vendor:  # what we write ourselves is cleaner
        quotes = ["full"] * 8 + ["digits", "short", "none"]
    return Habit(
        quotes=rng.choice(quotes),
        delay=rng.choice((-4, -1, 0, 0, 2, 5, 9, 16, 28)),
        lumps=rng.choice((0.0, 0.1, 0.3, 0.7)),
        journal=rng.choice((1, 1, 1, 2)),
        upper=rng.random() < 0.5,
        foreign_bank=foreign,
    )


def _similar(rng: random.Random, name: str) -> str:
    """Another firm of (nearly) the same name: a subsidiary, a branch, another trade."""
    words = name.split()
    if rng.random() < 0.5:
        trade = rng.choice(("Services", "Logistics", "Gent", "Europe"))
        return f"{words[0]} {trade} {rng.choice(FORMS['BE'])}"
    return f"{' '.join(words[:-1])} {rng.choice(('II', 'Noord', 'Retail', 'Benelux'))} {words[-1]}"


def make_partners(rng: random.Random, company: Company, count: int) -> dict[int, Partner]:
    """``count`` partners with unique names; keys start at 1."""
    partners: dict[int, Partner] = {}
    taken: set[str] = set()
    while len(partners) < count:
        country = rng.choice(_COUNTRIES)
        person = rng.random() < 0.15
        if partners and rng.random() < 0.08:
            name, person = _similar(rng, rng.choice(list(partners.values())).name), False
        else:
            name = person_name(rng) if person else company_name(rng, country)
        if name.casefold() in taken:
            continue
        taken.add(name.casefold())
        partners[len(partners) + 1] = _partner(rng, company, len(partners) + 1, name, country, person)
    return partners


def _partner(rng: random.Random, company: Company, key: int, name: str, country: str, person: bool) -> Partner:
    side = rng.random()
    vendor = not person and side > 0.62
    foreign = country in _CURRENCIES
    return Partner(
        key=key,
        name=name,
        country=country,
        person=person,
        customer=not vendor or side > 0.97,
        vendor=vendor,
        iban=iban(rng, country),
        iban_known=rng.random() < (0.75 if vendor else 0.4),
        currency=_CURRENCIES[country] if foreign and rng.random() < 0.8 else company.currency,
        term=rng.choice(_TERMS) if not foreign else rng.choice(("days30", "days60", "now")),
        habit=_habit(rng, company, foreign, vendor),
        prefix=rng.choice(("RE-{y}-{n:04d}", "{y}/{n:03d}", "F{n:07d}", "{n:06d}", "VF{y2}-{n:05d}", "{y}{n:04d}")),
    )
