"""The company whose books are generated: accounts, journals, taxes, terms, settings and rates."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from .references import iban
from .values import Company, Journal, Tax, Term

ROLES = (
    "receivable",
    "payable",
    "sales",
    "expense",
    "suspense",
    "transfer",
    "outstanding_receipts",
    "outstanding_payments",
    "fee",
    "withholding",
    "rounding",
    "discount_loss",
    "discount_gain",
    "exchange_gain",
    "exchange_loss",
    "tax_sale",
    "tax_purchase",
    "tax_transition",
    "bank1",
    "bank2",
    "bank3",
)
_PERCENT = Decimal(100)


def _taxes() -> dict[str, Tax]:
    taxes = [Tax(f"{use}{rate}", Decimal(rate), use) for use in ("sale", "purchase") for rate in (0, 15, 21)]
    taxes += [Tax(f"{use}21cash", Decimal(21), use, True) for use in ("sale", "purchase")]
    return {tax.key: tax for tax in taxes}


def _terms() -> dict[str, Term]:
    third = Decimal("33.33")
    terms = [
        Term("now", ((_PERCENT, 0),)),
        Term("days14", ((_PERCENT, 14),)),
        Term("days30", ((_PERCENT, 30),)),
        Term("days60", ((_PERCENT, 60),)),
        Term("down30", ((Decimal(30), 0), (Decimal(70), 45))),
        Term("thirds", ((third, 0), (third, 30), (_PERCENT - 2 * third, 60))),
    ]
    for mode, percent, days in (("included", 2, 10), ("excluded", 3, 8), ("mixed", 2, 14)):
        terms.append(Term(f"discount_{mode}", ((_PERCENT, 30),), Decimal(percent), days, mode))
    return {term.key: term for term in terms}


def make_company(rng: random.Random) -> Company:
    """The settings differ from seed to seed as they differ between companies."""
    name = rng.choice(("Aurora Trading BV", "Brabo Instruments NV", "Kastanje Works SRL"))
    journals = (
        Journal(1, "BNK1", "Current account", "EUR", iban(rng, "BE"), "rich"),
        Journal(2, "BNK2", "Second account", "EUR", iban(rng, "NL"), "plain"),
        Journal(3, "BNK3", "Dollar account", "USD", iban(rng, "BE"), "rich"),
    )
    return Company(
        name=name,
        currency="EUR",
        country="BE",
        accounts={role: number for number, role in enumerate(ROLES, start=1)},
        journals=journals,
        taxes=_taxes(),
        terms=_terms(),
        reference_model=rng.choice(("none", "ogm", "rf")),
        fee_tax=rng.choice((None, "purchase21")),
        withholding_rates=rng.choice(((), (Decimal(10),), (Decimal(10), Decimal(15)))),
    )


def make_rates(rng: random.Random, start: date, days: int = 400) -> dict[tuple[str, date], Decimal]:
    """Working-day rates that drift; one currency has a hole, as forgotten imports leave."""
    rates = {}
    for currency, level in (("USD", 1.085), ("GBP", 0.855)):
        hole = start + timedelta(days=rng.randint(60, 300))
        for offset in range(-120, days):
            day = start + timedelta(days=offset)
            level *= 1 + rng.gauss(0, 0.004)
            missing = currency == "GBP" and hole <= day < hole + timedelta(days=24)
            if day.weekday() < 5 and not missing:
                rates[currency, day] = Decimal(f"{level:.6f}")
    return rates


def rate_on(rates: dict[tuple[str, date], Decimal], currency: str, day: date, limit: int = 400):
    """(rate, its date) on or before the day, at most ``limit`` days old, if there is one."""
    for back in range(limit + 1):
        rate = rates.get((currency, day - timedelta(days=back)))
        if rate is not None:
            return rate, day - timedelta(days=back)
    return None
